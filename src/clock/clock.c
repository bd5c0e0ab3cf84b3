#include "base/mem.h"
#include "clock/passing.h"
#include "clock/sight.h"

#include <string.h>

static void take_due(struct clock *clock, const struct due *due)
{
	clock->due = due->on;
	clock->due_at = due->at;
	clock->last_working_day = due->last_working_day;
	clock->provisional = due->provisional;
}

/* It was counted by a council's figure: the law's own date stands beside it. */
static void take_law(const struct sight *sight, const struct due *by, struct when from,
	struct clock *clock)
{
	struct due due;
	clock->local = by->figure->item;
	if (!due_count_law(sight->law, clock->rule, from, &due, NULL))
		return;
	clock->due_law = due.on;
	clock->due_law_at = due.at;
}

/* The first of another limit's event: "or 10 working days after birth, if that is earlier". */
static void count_earlier(const struct sight *sight, struct clock *clock)
{
	const struct rule *rule = clock->rule;
	for (uint32_t i = sight->first[rule->earlier_word]; i != NOWHERE; i = sight->next[i]) {
		const struct event *event = &sight->event[i];
		struct due due;
		if (event->on == DAY_UNKNOWN || event->on < clock->from)
			continue;
		if (!due_count_earlier(sight->law, rule, (struct when){ event->on, event->at }, &due,
			    NULL) ||
			(clock->due != DAY_UNKNOWN && due.on >= clock->due && clock->due_law <= due.on))
			return;
		if (clock->due_law != DAY_UNKNOWN && due.on < clock->due_law) {
			clock->due_law = due.on;
			if (due.on >= clock->due)
				return;
		}
		take_due(clock, &due);
		clock->doubt = DOUBT_NONE;
		clock->from = event->on;
		clock->from_at = event->at;
		clock->from_word = event->word;
		clock->from_event = event->id;
		return;
	}
}

/* A day that is given is not counted: it is as planned, or as a court ordered it. */
static void take_given(const struct sight *sight, const struct event *trigger, struct clock *clock)
{
	str text;
	day on;
	struct due due;
	if (!detail_find(trigger->detail, clock->rule->given, &text) || !day_read(text, &on, NULL)) {
		clock->doubt = DOUBT_NO_DETAIL;
		return;
	}
	due_given(sight->law, on, &due);
	take_due(clock, &due);
}

/* The data standard counts from the same day, or from an event of its own: the first of the trigger's
 * period from that day on. An assessment is due by its referral, and counted from its start. */
static bool find_data_from(const struct sight *sight, const struct event *trigger,
	const struct rule *rule, struct when *from)
{
	if (rule_twin_shares(rule))
		return true;
	struct walk walk = walk_open(sight, &rule->twin->trigger, (size_t)(trigger - sight->event));
	const struct event *event;
	while ((event = walk_next(&walk)) != NULL) {
		if (!of_thread(trigger, event))
			continue;
		*from = (struct when){ event->on, event->at };
		return true;
	}
	return false;
}

/* Counts the dates from clock->from; a doubt when they cannot be counted. */
static void count(const struct sight *sight, const struct event *trigger, struct clock *clock)
{
	struct when from = { clock->from, clock->from_at };
	struct due due, data;
	if (clock->from == DAY_UNKNOWN) {
		clock->doubt = DOUBT_NO_DATE;
		return;
	}
	if (clock->rule->limit.unit == UNIT_GIVEN) {
		take_given(sight, trigger, clock);
		return;
	}
	if (clock->rule->limit.unit == UNIT_HOURS && clock->from_at == INSTANT_UNKNOWN) {
		clock->doubt = DOUBT_NO_TIME;
		return;
	}
	if (due_count(sight->law, clock->rule, from, &due, NULL)) {
		if (clock->rule->in_all_in.n > 0 &&
			!aggregate_due(sight, clock->rule, trigger, &due)) {
			clock->doubt = DOUBT_NO_TIME;
			return;
		}
		take_due(clock, &due);
		if (due.figure != NULL)
			take_law(sight, &due, from, clock);
	} else {
		clock->doubt = DOUBT_CALENDAR;
	}
	if (clock->rule->earlier_word != WORD_NONE)
		count_earlier(sight, clock);
	if (clock->rule->twin != NULL && clock->due != DAY_UNKNOWN &&
		find_data_from(sight, trigger, clock->rule, &from) &&
		due_count(sight->law, clock->rule->twin, from, &data, NULL))
		clock->due_data = data.on;
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

/* What ends the duty first: its period, or what stops it within the period. */
static const struct event *find_first_end(
	const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *end = has_any(sight, &rule->ends) ? end_find(sight, rule, at) : NULL;
	bool stops = has_any(sight, &rule->until) || has_any(sight, &rule->too_late);
	const struct event *stop = stops ? stop_find(sight, rule, at) : NULL;
	bool sooner = stop != NULL && (end == NULL || end->on == DAY_UNKNOWN || stop->on < end->on);
	return sooner ? stop : end;
}

/* A clock, and what it was made of. */
struct occurred {
	const struct event *met, *end;
};

/* The clock that event[at] opens, where things stand on that day as the rule says. False when there
 * is none after all. */
static bool occurrence(const struct sight *sight, const struct rule *rule, size_t at, day asked,
	struct clock *clock, struct occurred *of)
{
	const struct event *trigger = &sight->event[at];
	if (has_before(sight, &rule->ends, at) && end_was_before(sight, rule, at))
		return false;
	enum condition_answer stands = while_holds(sight, rule, trigger, asked);
	if (stands == CONDITION_NO)
		return false;
	const struct event *end = find_first_end(sight, rule, at);
	*of = (struct occurred){ 0 };
	*clock = clock_blank;
	clock->rule = rule;
	clock->local = rule->choices == 0 ? rule->item : choice_on(rule, trigger->on)->item;
	clock->thread = trigger->thread;
	clock->from = trigger->on;
	clock->from_at = trigger->at;
	clock->from_word = trigger->word;
	clock->from_event = trigger->id;
	count(sight, trigger, clock);
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
		clock->doubt = DOUBT_MAY_NOT_APPLY;
	if (clock->doubt == DOUBT_NONE && clock->met_on == DAY_UNKNOWN &&
		stands == CONDITION_NOT_RECORDED)
		clock->doubt = DOUBT_NO_DETAIL;
	if (clock->doubt == DOUBT_NONE)
		doubt_coverage(sight, clock, trigger);
	if (rule->booking.n > 0 && clock->from != DAY_UNKNOWN)
		clock->booked = booking_find(sight, clock, trigger);
	*of = (struct occurred){ clock->met_on == DAY_UNKNOWN ? NULL : met, end };
	return true;
}

static bool in_force(const struct rule *rule, day on)
{
	return on == DAY_UNKNOWN || day_is_within(on, rule->effective_from, rule->effective_to);
}

/* Undated meetings of a series cannot be placed in it: they cast doubt on its last clock and open
 * none themselves. */
static bool is_unplaced(const struct rule *rule, const struct event *event)
{
	return event->on == DAY_UNKNOWN && word_set_has(&rule->met_by, event->word);
}

/* Chains the events of each word together, from the last to the first. */
static void chain(struct sight *sight)
{
	sight->present = (struct word_bits){ 0 };
	sight->linked = false;
	sight->day = 0;
	for (size_t i = sight->n; i > 0; i--) {
		const struct event *event = &sight->event[i - 1];
		sight->next[i - 1] = sight->first[event->word];
		sight->first[event->word] = sight->coming[event->word] = (uint32_t)(i - 1);
		word_bits_add(&sight->present, event->word);
		sight->linked = sight->linked || meeting_of(event) != 0;
	}
	sight->undated = 0;
	while (sight->undated < sight->n && sight->event[sight->undated].on == DAY_UNKNOWN)
		sight->undated++;
}

/* And takes them apart again: far fewer words stood there than there are. */
static void unchain(struct sight *sight)
{
	for (size_t i = 0; i < sight->n; i++)
		sight->first[sight->event[i].word] = sight->coming[sight->event[i].word] = NOWHERE;
}

/* What lies before event[at] is past. */
static void begin_day(struct sight *sight, size_t at)
{
	for (; sight->day < at; sight->day++)
		sight->coming[sight->event[sight->day].word] = sight->next[sight->day];
}

/* One clock, and those that prepare its meeting. */
static void open_clock(const struct sight *sight, const struct rule *rule, size_t at, day asked,
	struct clocks *out)
{
	/* Filled where it will stand: a clock is large, and most triggers open one. */
	struct clock *clock = &ARRAY_MORE(out);
	struct occurred of;
	if (!occurrence(sight, rule, at, asked, clock, &of)) {
		out->n--;
		return;
	}
	if (sight->law->rules->by_host[rule->index].n > 0)
		prepare_add(sight, *clock, at, of.met, out);
}

/* From this event on the rule counts from the last of its own events before it, unless it did so by
 * itself: the six-weekly visits of a child who was visited weekly until the first review. */
static void take_over(
	const struct sight *sight, const struct rule *rule, size_t by, struct clocks *out)
{
	const struct event *over = &sight->event[by];
	if (over->on == DAY_UNKNOWN || !in_force(rule, over->on))
		return;
	size_t at = sight->n;
	for (size_t i = day_end(sight, by); i > sight->undated; i--) {
		const struct event *event = &sight->event[i - 1];
		if (!rule_is_met_by(rule, event->word, event->detail) ||
			(same_kind(event->word, over->word) && !same_thread(event->thread, over->thread)))
			continue;
		at = i - 1;
		break;
	}
	if (at == sight->n || while_holds(sight, rule, &sight->event[at], sight->event[at].on) == CONDITION_YES)
		return;
	const struct event *end = has_any(sight, &rule->ends) ? end_find(sight, rule, at) : NULL;
	if (end == NULL || end->on > over->on)
		open_clock(sight, rule, at, over->on, out);
}

static void open_all(struct sight *sight, struct clocks *out)
{
	const struct rules *rules = sight->law->rules;
	for (size_t at = 0; at < sight->n; at++) {
		const struct event *event = &sight->event[at];
		if (event->on != sight->event[sight->day].on)
			begin_day(sight, at);
		const struct rule_list *list = &rules->by_trigger[event->word];
		for (size_t i = 0; i < list->n; i++) {
			const struct rule *rule = list->rule[i];
			if (in_force(rule, event->on) && !is_unplaced(rule, event) &&
				triggers(rule, event) && turn_opens(sight, rule, at))
				open_clock(sight, rule, at, event->on, out);
		}
		list = &rules->by_take_over[event->word];
		for (size_t i = 0; i < list->n; i++)
			take_over(sight, list->rule[i], at, out);
	}
}

/* What is asked for once, however many subjects are computed. */
struct workings {
	struct sight sight;
	struct standing standing;
	struct order order;
	struct passing passing;
	struct event *event; /* with what time has brought about */
	size_t room;         /* of it, and of sight.next */
};

static struct workings *workings_of(struct clocks *clocks)
{
	struct workings *workings = clocks->workings;
	if (workings == NULL) {
		workings = clocks->workings = mem_alloc(1, sizeof *workings);
		memset(workings->sight.first, 0xFF, sizeof workings->sight.first); /* NOWHERE */
		memset(workings->sight.coming, 0xFF, sizeof workings->sight.coming);
		workings->sight.standing = &workings->standing;
	}
	return workings;
}

/* The events, with what time alone has brought about by `today`. */
static void see(struct workings *workings, const struct event *event, size_t n, day today)
{
	struct sight *sight = &workings->sight;
	struct passing *passing = &workings->passing;
	passing_find(event, n, today, passing);
	size_t most = n + passing->n;
	must(most < NOWHERE);
	if (most > workings->room) {
		workings->room = most * 2;
		workings->event = mem_resize(workings->event, workings->room, sizeof *workings->event);
		sight->next = mem_resize(sight->next, workings->room, sizeof *sight->next);
	}
	sight->event = event;
	sight->n = n;
	if (passing->n > 0) {
		memcpy(workings->event, event, n * sizeof *event);
		memcpy(workings->event + n, passing->item, passing->n * sizeof *event);
		sight->event = workings->event;
		sight->n = events_add(workings->event, n, most);
	}
	*sight->standing = (struct standing){ 0 };
	chain(sight);
}

void clocks_compute(const struct law *law, const struct event *event, size_t n,
	const struct coverage *coverage, day today, struct clocks *out)
{
	struct workings *workings = workings_of(out);
	struct sight *sight = &workings->sight;
	size_t first = out->n;
	sight->law = law;
	sight->coverage = coverage;
	see(workings, event, n, today);
	open_all(sight, out);
	unchain(sight);
	if (out->n > first)
		order_sort(&workings->order, law->rules, out->item + first, out->n - first);
}

void clocks_close(struct clocks *clocks)
{
	if (clocks->workings != NULL) {
		passing_close(&clocks->workings->passing);
		order_close(&clocks->workings->order);
		mem_free(clocks->workings->event);
		mem_free(clocks->workings->sight.next);
		mem_free(clocks->workings);
	}
	mem_free(clocks->item);
	*clocks = (struct clocks){ 0 };
}
