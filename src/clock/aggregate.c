/* aggregate.c - a limit on time in all: hours in secure accommodation, days of short breaks. What was
 * used of it in the days or months before is taken off. */
#include "base/mem.h"
#include "clock/sight.h"

/* From one place in time to another: milliseconds where hours count, else days. */
struct stay {
	int64_t from, to;
};

struct stays {
	struct stay *item;
	size_t n, room;
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

static day window_day(const struct rule *rule, day on)
{
	struct limit back = rule->in_all_in;
	back.before = true;
	return limit_add(&back, on);
}

static int64_t window_start(const struct rule *rule, int64_t place)
{
	return in_hours(rule) ? place - rule->in_all_in.n * INSTANT_DAY : window_day(rule, (day)place);
}

/* What ended the stay that event[at] began. What nobody ended, on a day that is known, lasted until the
 * next began: nobody is in two places. */
static const struct event *end_of(const struct sight *sight, const struct rule *rule, size_t at,
	const struct event *next)
{
	const struct event *met = meeting_find(sight, rule, at), *end = end_find(sight, rule, at);
	if (end == NULL || end->on == DAY_UNKNOWN || (met != NULL && met < end))
		end = met;
	return end == NULL || end > next ? next : end;
}

/* The stays before the one that began there, from the last to the first, as far as they lie in the
 * window. False when the hour of one is not known. */
static bool find_stays(const struct sight *sight, const struct rule *rule, size_t at, struct stays *out)
{
	const struct event *next = &sight->event[at];
	day since = window_day(rule, next->on);
	for (size_t i = at; i > sight->undated && next->on >= since; i--) {
		const struct event *began = &sight->event[i - 1];
		if (!opens(rule, began) || while_holds(sight, rule, began, began->on) != CONDITION_YES)
			continue;
		const struct event *end = end_of(sight, rule, i - 1, next);
		next = began;
		if (end->on < since)
			continue;
		struct stay stay = { place_of(rule, began), place_of(rule, end) };
		if (stay.from == INSTANT_UNKNOWN || stay.to == INSTANT_UNKNOWN)
			return false;
		ARRAY_MORE(out) = stay;
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

/* A Sunday or a public holiday, on a Saturday too; where the calendar does not reach none is known. */
static bool is_free(const struct law *law, day d)
{
	if (!day_is_within(d, calendar_first(law->calendar), calendar_last(law->calendar)))
		return false;
	str why = calendar_why_not(law->calendar, d);
	return why.n > 0 && !str_equal(why, S("Saturday"));
}

static instant local_instant(day on, int minute)
{
	instant at = INSTANT_UNKNOWN;
	must(instant_of_local(on, minute, -1, &at, NULL));
	return at;
}

static instant noon(day on)
{
	return local_instant(on, 12 * 60);
}

/* Regulation 10(3) of the Secure Accommodation Regulations 1991: where the time runs out between noon
 * of the day before a Sunday or a public holiday and noon of the day after, and more than 48 hours
 * were used in the 27 days before, it lasts until noon of the next day that is neither. */
static instant to_noon(const struct sight *sight, const struct stays *stays, day placed, instant due)
{
	day on = instant_day(due);
	if (used(stays, local_instant(day_add(placed, -27), 0), local_instant(placed, 0)) <=
		48 * INSTANT_HOUR)
		return due;
	for (day d = day_add(on, -1); d <= day_add(on, 1); d++) {
		if (!is_free(sight->law, d) || due < noon(day_add(d, -1)) || due > noon(day_add(d, 1)))
			continue;
		while (is_free(sight->law, d))
			d = day_add(d, 1);
		return noon(d);
	}
	return due;
}

/* The place at which `most` of it is used up. As it moves on by one, so does the window: what is used
 * grows by one at most. */
static int64_t runs_out(const struct rule *rule, const struct stays *stays, int64_t from, int64_t most)
{
	int64_t place = from, left;
	while ((left = most - (place - from) - used(stays, window_start(rule, place), from)) > 0)
		place += left;
	return place;
}

bool aggregate_due(
	const struct sight *sight, const struct rule *rule, const struct event *trigger, struct due *due)
{
	struct stays stays = { 0 };
	int64_t from = place_of(rule, trigger);
	bool known = find_stays(sight, rule, (size_t)(trigger - sight->event), &stays);
	if (known && in_hours(rule)) {
		instant at = runs_out(rule, &stays, from, rule->limit.n * INSTANT_HOUR);
		at = rule->to_noon ? to_noon(sight, &stays, trigger->on, at) : at;
		due_given(sight->law, instant_day(at), due);
		due->at = at;
	} else if (known) {
		due_given(sight->law, (day)runs_out(rule, &stays, from, rule->limit.n), due);
	}
	mem_free(stays.item);
	return known;
}
