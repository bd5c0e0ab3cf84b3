#include "clock/suggest.h"

#include "base/mem.h"

#include <stdlib.h>

static bool is_taken(
	const struct suggest_asked *asked, enum suggest_whom whom, size_t which, day on, int from)
{
	for (size_t i = 0; i < asked->n_busy; i++) {
		const struct suggest_busy *busy = &asked->busy[i];
		if (busy->whom != whom || busy->which != which || busy->on != on)
			continue;
		if (busy->from < 0 || (from < busy->to && busy->from < from + asked->minutes))
			return true;
	}
	return false;
}

const struct suggest_leave *suggest_leave_on(const struct suggest_chair *chair, day on)
{
	for (size_t i = 0; i < chair->leaves; i++) {
		const struct suggest_leave *leave = &chair->leave[i];
		if (on >= leave->first && (leave->last == DAY_UNKNOWN || on <= leave->last))
			return leave;
	}
	return NULL;
}

static bool has_room(const struct suggest_asked *asked, day on, int start, size_t *room)
{
	for (*room = 0; *room < asked->rooms; (*room)++) {
		if (!is_taken(asked, BUSY_ROOM, *room, on, start))
			return true;
	}
	return asked->rooms == 0;
}

/* A start that follows a brother's or sister's meeting: nobody travels twice. Else -1. */
static int after_sibling(const struct suggest_asked *asked, day on, bool *sibling)
{
	int after = -1;
	*sibling = false;
	for (size_t i = 0; i < asked->n_busy; i++) {
		const struct suggest_busy *busy = &asked->busy[i];
		if (busy->whom != BUSY_SIBLING || busy->on != on)
			continue;
		*sibling = true;
		if (busy->from >= 0 && busy->to > after)
			after = busy->to;
	}
	return after < 0 ? -1 : (after + SUGGEST_STEP - 1) / SUGGEST_STEP * SUGGEST_STEP;
}

/* The earliest start from `from` on at which chair, child and a room are free. */
static enum suggest_verdict find_start(const struct suggest_asked *asked, size_t chair,
	struct suggest_day *out, int from, int to)
{
	enum suggest_verdict why = SUGGEST_OFF;
	from = (from + SUGGEST_STEP - 1) / SUGGEST_STEP * SUGGEST_STEP;
	for (int start = from; start + asked->minutes <= to; start += SUGGEST_STEP) {
		if (is_taken(asked, BUSY_CHAIR, chair, out->on, start))
			why = why == SUGGEST_OFF ? SUGGEST_CHAIR_BUSY : why;
		else if (is_taken(asked, BUSY_CHILD, 0, out->on, start))
			why = why == SUGGEST_OFF ? SUGGEST_CHILD_BUSY : why;
		else if (!has_room(asked, out->on, start, &out->room))
			why = SUGGEST_ROOM_BUSY;
		else {
			out->start = start;
			return SUGGEST_FREE;
		}
	}
	return why;
}

static enum suggest_verdict ask_chair(
	const struct suggest_asked *asked, size_t which, struct suggest_day *out)
{
	const struct suggest_chair *chair = &asked->chair[which];
	const struct suggest_hours *hours = &chair->hours[day_weekday(out->on)];
	const struct suggest_leave *leave = suggest_leave_on(chair, out->on);
	if ((chair->first != DAY_UNKNOWN && out->on < chair->first) ||
		(chair->last != DAY_UNKNOWN && out->on > chair->last))
		return SUGGEST_OFF;
	if (leave != NULL) {
		out->until = leave->last;
		return SUGGEST_AWAY;
	}
	int from = hours->from > SUGGEST_FIRST ? hours->from : SUGGEST_FIRST;
	int after = after_sibling(asked, out->on, &out->sibling);
	if (after > from && find_start(asked, which, out, after, hours->to) == SUGGEST_FREE)
		return SUGGEST_FREE;
	return find_start(asked, which, out, from, hours->to);
}

static void judge(const struct suggest_asked *asked, struct suggest_day *out)
{
	out->verdict = SUGGEST_EARLY;
	if (asked->planned != DAY_UNKNOWN && out->on < asked->planned)
		return;
	out->verdict = SUGGEST_NOT_WORKING;
	if (!calendar_is_working(asked->calendar, out->on))
		return;
	out->notice = calendar_working_between(asked->calendar, asked->today, out->on) >=
		SUGGEST_NOTICE;
	out->verdict = ask_chair(asked, 0, out);
	for (size_t i = 1; out->verdict != SUGGEST_FREE && i < asked->chairs; i++) {
		struct suggest_day other = *out;
		if (ask_chair(asked, i, &other) != SUGGEST_FREE)
			continue;
		*out = other;
		out->chair = i;
		out->verdict = SUGGEST_FREE;
	}
}

static void look_at(const struct suggest_asked *asked, struct suggested *out, day from, day to,
	bool late)
{
	for (day on = from; on <= to; on++) {
		struct suggest_day *next = &out->day_of[out->n++];
		*next = (struct suggest_day){ .on = on, .until = DAY_UNKNOWN, .late = late,
			.last = !late && on == out->last_working, .start = -1 };
		judge(asked, next);
	}
}

static int compare(const void *a, const void *b)
{
	const struct suggest_day *one = *(const struct suggest_day *const *)a,
				 *two = *(const struct suggest_day *const *)b;
	if (one->chair != two->chair)
		return one->chair < two->chair ? -1 : 1;
	if (one->sibling != two->sibling)
		return two->sibling - one->sibling;
	if (one->notice != two->notice)
		return two->notice - one->notice;
	return one->on - two->on;
}

/* Late days are looked at only as far as the calendar goes. */
static day late_until(const struct suggest_asked *asked, day from)
{
	day to = calendar_add_working(asked->calendar, from, SUGGEST_LATE_DAYS);
	return to == DAY_UNKNOWN ? calendar_last(asked->calendar) : to;
}

/* Days of the window that are free, the last lawful one aside. */
static size_t free_before_last(const struct suggested *out)
{
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		n += out->day_of[i].verdict == SUGGEST_FREE && !out->day_of[i].last;
	return n;
}

static void look_at_window(const struct suggest_asked *asked, struct suggested *out)
{
	look_at(asked, out, out->opens, out->closes, false);
	if (free_before_last(out) > 0 || asked->planned == DAY_UNKNOWN)
		return;
	/* Rather before the time when meetings are planned than on the last lawful day, or late. */
	struct suggest_asked earlier = *asked;
	earlier.planned = DAY_UNKNOWN;
	out->n = 0;
	look_at(&earlier, out, out->opens, out->closes, false);
}

static void rank(struct arena *arena, struct suggested *out)
{
	out->best = arena_take(arena, out->n + 1, sizeof *out->best);
	for (size_t i = 0; i < out->n; i++) {
		if (out->day_of[i].verdict == SUGGEST_FREE)
			out->best[out->n_best++] = &out->day_of[i];
	}
	if (out->n_best > 1)
		qsort(out->best, out->n_best, sizeof *out->best, compare);
}

void suggest_days(struct arena *arena, const struct suggest_asked *asked, struct suggested *out)
{
	day tomorrow = asked->today + 1;
	must(asked->chairs > 0 && asked->due != DAY_UNKNOWN && asked->minutes > 0);
	*out = (struct suggested){ .opens = asked->after + 1 > tomorrow ? asked->after + 1 : tomorrow,
		.closes = asked->due,
		.last_working = calendar_on_or_before(asked->calendar, asked->due) };
	if (out->last_working < out->opens)
		out->last_working = DAY_UNKNOWN;
	day late_from = out->closes >= out->opens ? out->closes + 1 : out->opens;
	day late_to = late_until(asked, late_from - 1);
	size_t most = (size_t)(late_to > out->opens ? late_to - out->opens : 0) + 2;
	out->day_of = arena_take(arena, most, sizeof *out->day_of);
	look_at_window(asked, out);
	size_t others = free_before_last(out), free = others;
	for (size_t i = 0; i < out->n; i++) {
		struct suggest_day *day_of = &out->day_of[i];
		free += day_of->last && day_of->verdict == SUGGEST_FREE;
		if (day_of->last && day_of->verdict == SUGGEST_FREE && others > 0)
			day_of->verdict = SUGGEST_LAST;
	}
	if (free == 0)
		look_at(asked, out, late_from, late_to, true);
	rank(arena, out);
}
