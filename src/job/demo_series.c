/* Meetings in a row, their bookings and papers, and visits: in the shares of England. */
#include "job/demo_make.h"

day demo_working_before(const struct demo_maker *maker, day d)
{
	return calendar_on_or_before(maker->options->calendar, d);
}

day demo_working_after(const struct demo_maker *maker, day d)
{
	return calendar_is_working(maker->options->calendar, d)
		       ? d
		       : calendar_add_working(maker->options->calendar, d, 1);
}

static day meeting_day(
	const struct demo_maker *maker, struct dice *dice, day last, day due, int on_time)
{
	static const struct weighted_range early[] = { { 0, 5, 45 }, { 6, 14, 35 },
		{ 15, 30, 20 } };
	static const struct weighted_range late[] = { { 1, 7, 50 }, { 8, 21, 35 }, { 22, 50, 15 } };
	if (!dice_chance(dice, on_time))
		return demo_working_after(maker, due + DICE_RANGE(dice, late));
	int most = (due - last) / 3, days = DICE_RANGE(dice, early);
	day held = demo_working_before(maker, due - (days < most ? days : most));
	return held > last ? held : demo_working_after(maker, last + 1);
}

size_t demo_make_series(const struct demo_maker *maker, struct dice *dice,
	const struct demo_series *series, struct demo_review *review, size_t n, day *next_due)
{
	day due = series->first_due, last = series->base;
	size_t count = 0;
	while (count < n) {
		day held = meeting_day(maker, dice, last, due, series->on_time);
		if (held > series->now || (series->ended != DAY_UNKNOWN && held >= series->ended))
			break;
		struct demo_review *made = &review[count++];
		*made = (struct demo_review){ .held = held, .participation = "" };
		demo_make_papers(maker, dice, series->conference, held, &made->decisions_sent,
			&made->record_sent);
		due = day_add_months(held, count == 1 ? series->second : series->further);
		last = held;
	}
	*next_due = series->ended == DAY_UNKNOWN ? due : DAY_UNKNOWN;
	return count;
}

day demo_make_booking(
	const struct demo_maker *maker, struct dice *dice, day last, day due, int lead)
{
	day now = maker->options->now;
	if (due == DAY_UNKNOWN)
		return DAY_UNKNOWN;
	if (due <= now) /* overdue: most have a new day */
		return dice_chance(dice, 650)
			       ? demo_working_after(maker, now + dice_in(dice, 1, 14))
			       : DAY_UNKNOWN;
	int away = due - now, chance = away <= 20 ? 955 : away <= lead ? 880 : 350;
	if (!dice_chance(dice, chance))
		return DAY_UNKNOWN;
	if (dice_chance(dice, 35))
		return demo_working_after(maker, due + dice_in(dice, 1, 15));
	day on = demo_working_before(maker, due - dice_in(dice, 0, away < 16 ? away - 1 : 15));
	return on > now && on > last ? on : demo_working_after(maker, now + 1);
}

/* The n-th working day after `held`, when that has come. */
static day sent_after(const struct demo_maker *maker, day held, int n)
{
	day on = n == 0 ? held : calendar_add_working(maker->options->calendar, held, n);
	return on <= maker->options->now ? on : DAY_UNKNOWN;
}

void demo_make_papers(const struct demo_maker *maker, struct dice *dice, bool conference, day held,
	day *decisions_sent, day *record_sent)
{
	static const struct weighted_range after_review[] = { { 1, 3, 60 }, { 4, 5, 30 },
		{ 6, 12, 8 }, { 9999, 9999, 2 } };
	static const struct weighted_range after_conference[] = { { 0, 1, 93 }, { 2, 4, 6 },
		{ 9999, 9999, 1 } };
	static const struct weighted_range records[] = { { 6, 15, 88 }, { 16, 24, 10 },
		{ 9999, 9999, 2 } };
	int n = conference ? DICE_RANGE(dice, after_conference) : DICE_RANGE(dice, after_review);
	int m = DICE_RANGE(dice, records);
	*decisions_sent = n == 9999 ? DAY_UNKNOWN : sent_after(maker, held, n);
	*record_sent = m == 9999 ? DAY_UNKNOWN : sent_after(maker, held, m);
}

void demo_make_visits(const struct demo_maker *maker, struct dice *dice, day from, day to,
	int apart, struct demo_visits *visits)
{
	day on = from >= maker->watch ? from + dice_in(dice, 1, 7)
				      : maker->watch + dice_in(dice, 0, apart - 1);
	while (visits->n < DEMO_VISITS) {
		on = demo_working_after(maker, on);
		if (on > to)
			return;
		visits->item[visits->n++] = (struct demo_visit){ on, dice_chance(dice, 880) };
		on += dice_chance(dice, 40) ? apart + dice_in(dice, 2, apart)
					    : dice_in(dice, apart * 6 / 10, apart - 3);
	}
}
