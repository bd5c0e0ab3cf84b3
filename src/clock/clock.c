#include "base/mem.h"
#include "clock/sight.h"

#include <string.h>

static bool is_carried(const struct coverage *coverage, const struct rule *rule, struct span *span)
{
	bool carried = coverage->all;
	*span = (struct span){ DAY_UNKNOWN, DAY_UNKNOWN };
	for (size_t i = 0; i < rule->met_by.n && !coverage->all; i++) {
		enum word word = rule->met_by.word[i];
		if (!coverage->carried[word])
			continue;
		*span = coverage->span[word];
		carried = true;
	}
	return carried || rule->met_by.n == 0;
}

/* Counts the dates from clock->from; a doubt when they cannot be counted. */
static void count(const struct sight *sight, struct clock *clock)
{
	struct when from = { clock->from, clock->from_at };
	struct due due, data;
	if (clock->from == DAY_UNKNOWN) {
		clock->doubt = DOUBT_NO_DATE;
		return;
	}
	if (clock->rule->unit == UNIT_HOURS && clock->from_at == INSTANT_UNKNOWN) {
		clock->doubt = DOUBT_NO_TIME;
		return;
	}
	if (!due_count(sight->law, clock->rule, from, &due, NULL)) {
		clock->doubt = DOUBT_CALENDAR;
		return;
	}
	clock->due = due.on;
	clock->due_at = due.at;
	clock->last_working_day = due.last_working_day;
	clock->provisional = due.provisional;
	if (clock->rule->twin != NULL && due_count(sight->law, clock->rule->twin, from, &data, NULL))
		clock->due_data = data.on;
}

static bool met_in_time(const struct clock *clock)
{
	if (clock->due_at != INSTANT_UNKNOWN && clock->met_at != INSTANT_UNKNOWN)
		return clock->met_at <= clock->due_at;
	return clock->met_on <= clock->due;
}

/* Done in time is done, whatever else the source may have left out. Anything else is only known
 * when the source carries the whole of the time from the trigger on. */
static void doubt_coverage(const struct sight *sight, struct clock *clock)
{
	struct span span;
	bool carried = is_carried(sight->coverage, clock->rule, &span);
	clock->known_to = span.to;
	if (clock->met_on != DAY_UNKNOWN && met_in_time(clock))
		return;
	if (carried && (span.from == DAY_UNKNOWN || clock->from >= span.from))
		return;
	clock->doubt = DOUBT_NOT_CARRIED;
	clock->met_on = DAY_UNKNOWN;
	clock->met_at = INSTANT_UNKNOWN;
	clock->met_event = 0;
}

static void disapply(const struct rule *rule, const struct event *trigger, struct clock *clock)
{
	for (size_t i = 0; i < rule->unlesses; i++) {
		if (condition_ask(&rule->unless[i], trigger->detail) == CONDITION_YES)
			clock->disapplied = rule->unless[i].because;
	}
}

static void meet(struct clock *clock, const struct event *met)
{
	clock->met_on = met->on;
	clock->met_at = met->at;
	clock->met_event = met->id;
	if (clock->due_at != INSTANT_UNKNOWN && met->at == INSTANT_UNKNOWN && met->on == clock->due)
		clock->doubt = DOUBT_MET_NO_TIME;
}

/* The clock that event[at] opens. False when there is none after all. */
static bool occurrence(
	const struct sight *sight, const struct rule *rule, size_t at, struct clock *clock)
{
	const struct event *trigger = &sight->event[at];
	bool may_end = has_any(sight, &rule->ends);
	if (may_end && end_was_before(sight, rule, at))
		return false;
	const struct event *end = may_end ? end_find(sight, rule, at) : NULL;
	*clock = clock_blank;
	clock->rule = rule;
	clock->thread = trigger->thread;
	clock->from = trigger->on;
	clock->from_at = trigger->at;
	clock->from_word = trigger->word;
	clock->from_event = trigger->id;
	count(sight, clock);
	const struct event *met =
		clock->from == DAY_UNKNOWN || !has_any(sight, &rule->met_by)
		? NULL
		: meeting_find(sight, rule, at);
	if (met != NULL && (end == NULL || end->on == DAY_UNKNOWN || met->on <= end->on)) {
		meet(clock, met);
	} else {
		/* What was done although it need not have been is told as done. */
		disapply(rule, trigger, clock);
		if (clock->disapplied.n > 0)
			return true;
		if (end != NULL) {
			clock->ended_on = end->on;
			clock->ended_by = end->word;
		}
	}
	if (clock->doubt == DOUBT_NONE && clock->met_on == DAY_UNKNOWN &&
		meeting_is_undated(sight, rule, trigger))
		clock->doubt = DOUBT_MET_NO_DATE;
	if (clock->doubt == DOUBT_NONE && clock->met_on == DAY_UNKNOWN &&
		when_fits(rule, trigger) == CONDITION_NOT_RECORDED)
		clock->doubt = DOUBT_NO_DETAIL;
	if (clock->doubt == DOUBT_NONE)
		doubt_coverage(sight, clock);
	if (rule->booking.n > 0 && clock->from != DAY_UNKNOWN)
		clock->booked = booking_find(sight, clock, trigger->thread);
	return true;
}

static bool in_force(const struct rule *rule, day on)
{
	return on == DAY_UNKNOWN ||
		((rule->effective_from == DAY_UNKNOWN || on >= rule->effective_from) &&
			(rule->effective_to == DAY_UNKNOWN || on <= rule->effective_to));
}

/* Undated meetings of a series cannot be placed in it: they cast doubt on its last clock and open
 * none themselves. */
static bool is_unplaced(const struct rule *rule, const struct event *event)
{
	return event->on == DAY_UNKNOWN && word_set_has(&rule->met_by, event->word);
}

static bool before(const struct clock *a, const struct clock *b)
{
	if (a->rule != b->rule)
		return a->rule->rank < b->rule->rank;
	if (a->from != b->from)
		return a->from < b->from;
	if (a->from_at != b->from_at)
		return a->from_at < b->from_at;
	return a->thread < b->thread;
}

/* Sorts places, not clocks, and then moves each clock once. */
static void sort(struct clocks *out, size_t first)
{
	enum { FEW = 64 };
	uint32_t few[FEW], *place = few;
	size_t n = out->n - first;
	if (n > FEW)
		place = mem_alloc(n, sizeof *place);
	must(n <= UINT32_MAX);
	const struct clock *clock = out->item + first;
	for (size_t i = 0; i < n; i++) {
		size_t at = i;
		for (; at > 0 && before(&clock[i], &clock[place[at - 1]]); at--)
			place[at] = place[at - 1];
		place[at] = (uint32_t)i;
	}
	for (size_t i = 0; i < n; i++) {
		struct clock *copy = &ARRAY_MORE(out);
		*copy = out->item[first + place[i]];
	}
	memcpy(out->item + first, out->item + first + n, n * sizeof *out->item);
	out->n = first + n;
	if (place != few)
		mem_free(place);
}

/* Chains the events of each word together, from the last to the first. */
static void chain(struct sight *sight, uint32_t *next)
{
	memset(sight->first, 0xFF, sizeof sight->first); /* NOWHERE */
	for (size_t i = sight->n; i > 0; i--) {
		const struct event *event = &sight->event[i - 1];
		next[i - 1] = sight->first[event->word];
		sight->first[event->word] = (uint32_t)(i - 1);
		sight->linked = sight->linked || meeting_of(event) != 0;
	}
	sight->next = next;
}

void clocks_compute(const struct law *law, const struct event *event, size_t n,
	const struct coverage *coverage, struct clocks *out)
{
	enum { FEW = 128 };
	struct sight sight;
	uint32_t few[FEW], *next = n <= FEW ? few : mem_alloc(n, sizeof *next);
	must(n < NOWHERE);
	sight.law = law;
	sight.event = event;
	sight.n = n;
	sight.undated = 0;
	sight.coverage = coverage;
	sight.linked = false;
	chain(&sight, next);
	while (sight.undated < n && event[sight.undated].on == DAY_UNKNOWN)
		sight.undated++;
	size_t first = out->n;
	for (size_t at = 0; at < n; at++) {
		const struct rule_list *list = &law->rules->by_trigger[event[at].word];
		for (size_t i = 0; i < list->n; i++) {
			const struct rule *rule = list->rule[i];
			if (rule->is_twin || !in_force(rule, event[at].on) ||
				is_unplaced(rule, &event[at]) || !opens(rule, &event[at]) ||
				!turn_opens(&sight, rule, at))
				continue;
			/* Filled where it will stand: a clock is large, and most triggers open one. */
			struct clock *clock = &ARRAY_MORE(out);
			if (!occurrence(&sight, rule, at, clock))
				out->n--;
		}
	}
	if (out->n > first)
		sort(out, first);
	if (next != few)
		mem_free(next);
}

void clocks_close(struct clocks *clocks)
{
	mem_free(clocks->item);
	*clocks = (struct clocks){ 0 };
}
