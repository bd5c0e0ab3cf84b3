#include "clock/passing.h"

#include "base/mem.h"

/* One day on which time brings `word` about. False: it has not come. */
static bool pass(struct passing *out, const struct event *source, enum word word, day on)
{
	if (on == DAY_UNKNOWN)
		return false;
	if (on > out->today) {
		if (out->next == DAY_UNKNOWN || on < out->next)
			out->next = on;
		return false;
	}
	struct event *event = &ARRAY_MORE(out);
	*event = *source;
	event->word = word;
	event->on = on;
	event->at = INSTANT_UNKNOWN;
	event->link = 0;
	return true;
}

static bool of_one_thread(const struct event *a, const struct event *b)
{
	return a->thread == b->thread || a->thread == 0 || b->thread == 0;
}

/* The day on which what event[at] began ended; DAY_MAX: it runs. An end written before its start on
 * one day is its own where they are of one written thread. */
static day end_of(const struct event *event, size_t n, size_t at, enum word end, enum word other)
{
	const struct event *began = &event[at];
	for (size_t i = 0; i < n; i++) {
		bool after = event[i].on > began->on || i > at;
		if (event[i].word == WORD_DEATH && event[i].on >= began->on)
			return event[i].on;
		if (event[i].word == other && after)
			return event[i].on;
		if (event[i].word == end && event[i].on >= began->on && of_one_thread(&event[i], began) &&
			(after || (event[i].thread == began->thread && began->thread != 0)))
			return event[i].on;
	}
	return DAY_MAX;
}

static bool says(const struct event *event, str key, str wanted)
{
	str value;
	return detail_find(event->detail, key, &value) && str_equal(value, wanted);
}

/* The first year matters where another rhythm follows it. */
static void first_year(struct passing *out, const struct event *event, size_t n, size_t at)
{
	bool placement = event[at].word == WORD_PLACEMENT_BEGAN;
	if (placement && !says(&event[at], S("to_18"), S("yes")) &&
		!says(&event[at], S("code"), S("R2")) && !says(&event[at], S("code"), S("R5")))
		return;
	day over = day_add_months(event[at].on, 12);
	day end = placement ? end_of(event, n, at, WORD_PLACEMENT_ENDED, WORD_LOOKED_AFTER_ENDED)
			    : end_of(event, n, at, WORD_PRIVATE_FOSTERING_ENDED, WORD_NONE);
	if (over <= end)
		pass(out, &event[at], WORD_FIRST_YEAR_OVER, over);
}

static day next_month(day on)
{
	struct civil civil = day_civil(on);
	return day_add_months(day_of(civil.year, civil.month, 1), 1);
}

/* The month in which the home opened counts, too. */
static void months(struct passing *out, const struct event *event, size_t n, size_t at)
{
	day end = end_of(event, n, at, WORD_HOME_CLOSED, WORD_NONE);
	day on = event[at].on;
	while (on != DAY_UNKNOWN && on < end && pass(out, &event[at], WORD_MONTH_BEGAN, on))
		on = next_month(on);
}

/* The first day of the next January, April or September. */
static day next_term(day on)
{
	struct civil civil = day_civil(on);
	int months = civil.month < 4 ? 4 - civil.month : civil.month < 9 ? 9 - civil.month : 13 - civil.month;
	return day_add_months(day_of(civil.year, civil.month, 1), months);
}

/* Each term that begins while the child is looked after; the plan made on coming in is for the first. */
static void terms(struct passing *out, const struct event *event, size_t n, size_t at)
{
	day end = end_of(event, n, at, WORD_LOOKED_AFTER_ENDED, WORD_NONE);
	day on = next_term(event[at].on);
	while (on != DAY_UNKNOWN && on < end && pass(out, &event[at], WORD_TERM_BEGAN, on))
		on = next_term(on);
}

enum { ELIGIBLE_DAYS = 91 }; /* 13 weeks in all since the 14th birthday */

static const struct event *birth_of(const struct event *event, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (event[i].word == WORD_BIRTH && event[i].on != DAY_UNKNOWN)
			return &event[i];
	}
	return NULL;
}

static bool is_short_break(const struct event *began)
{
	return says(began, S("legal"), S("V3")) || says(began, S("legal"), S("V4"));
}

/* Looked after at 16 or 17, and for 13 weeks since 14, in one period or several (Care Planning
 * Regulations 2010, regulation 40); a series of short breaks never counts. */
static void eligible(struct passing *out, const struct event *event, size_t n)
{
	const struct event *birth = birth_of(event, n);
	if (birth == NULL)
		return;
	day at_14 = day_add_months(birth->on, 14 * 12), at_16 = day_add_months(birth->on, 16 * 12);
	day at_18 = day_add_months(birth->on, 18 * 12);
	day counted_to = at_14;
	int so_far = 0;
	for (size_t i = 0; i < n; i++) {
		if (event[i].word != WORD_LOOKED_AFTER_BEGAN || event[i].on == DAY_UNKNOWN ||
			is_short_break(&event[i]))
			continue;
		day end = end_of(event, n, i, WORD_LOOKED_AFTER_ENDED, WORD_NONE);
		day from = event[i].on > counted_to ? event[i].on : counted_to;
		if (end < from)
			continue;
		day on = from + (ELIGIBLE_DAYS - so_far) - 1;
		on = on > at_16 ? on : at_16;
		on = on > event[i].on ? on : event[i].on;
		if (on <= end && on < at_18) {
			pass(out, &event[i], WORD_BECAME_ELIGIBLE, on);
			return;
		}
		so_far += end - from;
		so_far = so_far > ELIGIBLE_DAYS ? ELIGIBLE_DAYS : so_far;
		counted_to = end;
	}
}

void passing_find(const struct event *event, size_t n, day today, struct passing *out)
{
	out->n = 0;
	out->today = today;
	out->next = DAY_UNKNOWN;
	bool care = false;
	for (size_t i = 0; i < n; i++) {
		if (event[i].on == DAY_UNKNOWN)
			continue;
		enum word word = event[i].word;
		if (word == WORD_PLACEMENT_BEGAN || word == WORD_PRIVATE_FOSTERING_KNOWN)
			first_year(out, event, n, i);
		else if (word == WORD_HOME_OPENED)
			months(out, event, n, i);
		else if (word == WORD_LOOKED_AFTER_BEGAN)
			terms(out, event, n, i);
		care = care || word == WORD_LOOKED_AFTER_BEGAN;
	}
	if (care)
		eligible(out, event, n);
}

void passing_close(struct passing *passing)
{
	mem_free(passing->item);
	*passing = (struct passing){ 0 };
}

day passing_next(const struct event *event, size_t n, day today)
{
	struct passing passing = { 0 };
	passing_find(event, n, today, &passing);
	day next = passing.next;
	passing_close(&passing);
	return next;
}
