/* aggregate.c - a limit on time in all: hours in secure accommodation, days of short breaks. What was
 * used of it in the days or months before is taken off. */
#include "clock/sight.h"

enum { STAYS = 64 };

/* From one position to another: milliseconds where hours count, else days. */
struct stay {
	int64_t from, to;
};

struct stays {
	struct stay item[STAYS]; /* before the one that is counted */
	size_t n;
};

static bool in_hours(const struct rule *rule)
{
	return rule->limit.unit == UNIT_HOURS;
}

/* INSTANT_UNKNOWN where the hour is not known and counts. */
static int64_t place_of(const struct rule *rule, const struct event *event)
{
	return in_hours(rule) ? event->at : event->on;
}

static int64_t window_start(const struct rule *rule, int64_t at)
{
	const struct limit *window = &rule->in_all_in;
	if (window->unit == UNIT_MONTHS)
		return day_add_months((day)at, -window->n);
	return at - window->n * (in_hours(rule) ? INSTANT_DAY : 1);
}

/* Where the stay that event[at] began was over; INSTANT_UNKNOWN: its hour is not known. What nobody
 * ended lasted until the next. */
static int64_t end_of(const struct sight *sight, const struct rule *rule, size_t at, int64_t until)
{
	const struct event *began = &sight->event[at];
	int64_t first = until;
	for (size_t i = day_start(sight, at); i < sight->n; i++) {
		const struct event *event = &sight->event[i];
		int64_t place = place_of(rule, event);
		bool ends = is_part(rule, PART_MEETING, event) || is_part(rule, PART_END, event);
		bool own = !same_kind(began->word, event->word) ||
			same_thread(began->thread, event->thread);
		if (!ends || !own || (event->on == began->on && i < at && began->thread != event->thread))
			continue;
		if (place == INSTANT_UNKNOWN)
			return event->on >= sight->event[at].on && in_hours(rule) ? INSTANT_UNKNOWN : first;
		if (place >= place_of(rule, began) && place < first)
			first = place;
	}
	return first;
}

/* The stays before the one that began there, as far as they lie in the window. False when the hour of
 * one is not known. */
static bool find_stays(const struct sight *sight, const struct rule *rule, size_t at, struct stays *out)
{
	int64_t began = place_of(rule, &sight->event[at]), since = window_start(rule, began);
	out->n = 0;
	for (size_t i = sight->undated; i < at; i++) {
		const struct event *event = &sight->event[i];
		if (!is_part(rule, PART_TRIGGER, event) || event->on < sight->event[at].on - 400 ||
			while_holds(sight, rule, event, event->on) != CONDITION_YES)
			continue;
		int64_t from = place_of(rule, event);
		int64_t to = from == INSTANT_UNKNOWN ? from : end_of(sight, rule, i, began);
		if (from == INSTANT_UNKNOWN || to == INSTANT_UNKNOWN) {
			if (event->on + rule->in_all_in.n >= sight->event[at].on)
				return false;
			continue;
		}
		if (to > since && out->n < STAYS)
			out->item[out->n++] = (struct stay){ from, to };
	}
	return true;
}

/* How much of the stays lies between two places. */
static int64_t used(const struct stays *stays, int64_t from, int64_t to)
{
	int64_t all = 0;
	for (size_t i = 0; i < stays->n; i++) {
		int64_t start = stays->item[i].from > from ? stays->item[i].from : from;
		int64_t end = stays->item[i].to < to ? stays->item[i].to : to;
		all += end > start ? end - start : 0;
	}
	return all;
}

static bool is_free(const struct law *law, day d)
{
	if (d < calendar_first(law->calendar) || d > calendar_last(law->calendar))
		return false;
	str why = calendar_why_not(law->calendar, d);
	return why.n > 0 && (day_weekday(d) != SATURDAY || !str_equal(why, S("Saturday")));
}

static instant noon(day on)
{
	instant at = INSTANT_UNKNOWN;
	must(instant_of_local(on, 12 * 60, -1, &at, NULL));
	return at;
}

/* Regulation 10(3) of the Secure Accommodation Regulations 1991: where the time runs out between noon
 * of the day before a Sunday or a public holiday and noon of the day after, and more than 48 hours
 * were used in the 27 days before, it lasts until noon of the next day that is neither. */
static instant to_noon(const struct sight *sight, const struct stays *stays, day placed, instant due)
{
	instant midnight = INSTANT_UNKNOWN, since = INSTANT_UNKNOWN;
	must(instant_of_local(placed, 0, -1, &midnight, NULL) &&
		instant_of_local(day_add(placed, -27), 0, -1, &since, NULL));
	day on = instant_day(due);
	if (used(stays, since, midnight) <= 48 * INSTANT_HOUR)
		return due;
	for (day d = day_add(on, -1); d <= day_add(on, 1); d++) {
		if (!is_free(sight->law, d) || due < noon(day_add(d, -1)) || due > noon(day_add(d, 1)))
			continue;
		while (is_free(sight->law, d))
			d = day_add(d, 1);
		return noon(d) > due ? noon(d) : due;
	}
	return due;
}

bool aggregate_due(
	const struct sight *sight, const struct rule *rule, const struct event *trigger, struct due *due)
{
	struct stays stays;
	size_t at = (size_t)(trigger - sight->event);
	int64_t step = in_hours(rule) ? INSTANT_MINUTE : 1;
	int64_t most = rule->limit.n * (in_hours(rule) ? INSTANT_HOUR : 1);
	int64_t from = place_of(rule, trigger), place = from;
	if (!find_stays(sight, rule, at, &stays))
		return false;
	if (stays.n == 0)
		return true; /* it is what was counted already */
	while (place - from + used(&stays, window_start(rule, place), from) < most)
		place += step;
	day on = in_hours(rule) ? instant_day(place) : (day)place;
	if (in_hours(rule) && rule->to_noon) {
		place = to_noon(sight, &stays, trigger->on, place);
		on = instant_day(place);
	}
	due_given(sight->law, on, due);
	if (in_hours(rule))
		due->at = place;
	return true;
}
