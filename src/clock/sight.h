/* sight.h - one subject's events as a rule sees them: for the files of clock/ only.
 *
 * turn.c says which events open a clock, while.c how things stand then, end.c what ends its period,
 * meeting.c what meets it and what it is booked for, known.c whether that would be known; clock.c puts
 * the clock together, and prepare.c those that count back from its meeting. What each decides where the
 * law is silent stands in docs/decisions/clocks.md.
 */
#pragma once

#include "clock/clock.h"

/* One subject's events, and what the engine asks of them. */
struct sight {
	const struct law *law;
	const struct event *event;
	size_t n;
	size_t undated; /* the first of them have no date */
	const struct coverage *coverage;
	/* Where each word first stands, and from each event where its word stands next: a rule looks
	 * only at events that it knows. NOWHERE at the end. */
	struct word_bits present;
	uint32_t first[WORDS];
	uint32_t *next;
	/* The events are gone through in order: the first of the day that is looked at, and where each
	 * word first stands from there on, so that no walk begins with what is long past. */
	size_t day;
	uint32_t coming[WORDS];
	bool linked; /* some event is a meeting that others may be linked to */
	struct standing *standing;
};

#define NOWHERE UINT32_MAX

/* How a child is placed hangs on three events. Half a dozen rules ask it of each visit, and from one
 * visit to the next it seldom changes: it is found once. */
struct standing {
	const struct event *event; /* of which event it was last asked, */
	day on;                    /* and on which day */
	const struct event *placement, *care, *changed;
	int regime;
	bool with_parent, to_18;
};

/* ---- order.c: the clocks of one subject come event by event, and are wanted rule by rule. */
struct order {
	/* By rank of the rule: its first and its last clock. Which of them are filled is a bit each. */
	uint32_t *first, *last;
	uint64_t *filled;
	size_t rules;
	/* By clock: the next of the same rule; and by place, the clock that goes there. */
	uint32_t *next, *place;
	size_t room;
};

void order_sort(struct order *order, const struct rules *rules, struct clock *clock, size_t n);
void order_close(struct order *order);

static inline bool has_any(const struct sight *sight, const struct word_set *set)
{
	return word_bits_meet(&sight->present, &set->bits);
}

/* Does any event of them stand before event[at]? */
static inline bool has_before(const struct sight *sight, const struct word_set *set, size_t at)
{
	for (size_t i = 0; i < set->n; i++) {
		if (sight->first[set->word[i]] < at)
			return true;
	}
	return false;
}

static inline bool is_part(const struct rule *rule, enum part part, const struct event *event)
{
	return (rule->part[event->word] & (unsigned)part) != 0;
}

/* The events of a few words, in order, from one on. */
struct walk {
	const struct sight *sight;
	size_t n;
	uint32_t at[RULE_WORDS];
};

static inline struct walk walk_open(
	const struct sight *sight, const struct word_set *set, size_t from)
{
	struct walk walk = { .sight = sight, .n = set->n, .at = { NOWHERE } };
	for (size_t i = 0; i < set->n; i++) {
		enum word word = set->word[i];
		uint32_t at = from >= sight->day ? sight->coming[word] : sight->first[word];
		while (at < from)
			at = sight->next[at];
		walk.at[i] = at;
	}
	return walk;
}

/* The next of them; NULL after the last. */
static inline const struct event *walk_next(struct walk *walk)
{
	size_t least = 0;
	for (size_t i = 1; i < walk->n; i++)
		least = walk->at[i] < walk->at[least] ? i : least;
	if (walk->at[least] == NOWHERE)
		return NULL;
	const struct event *event = &walk->sight->event[walk->at[least]];
	walk->at[least] = walk->sight->next[walk->at[least]];
	return event;
}

/* The first event of the day of event[at]. */
static inline size_t day_start(const struct sight *sight, size_t at)
{
	while (at > 0 && sight->event[at - 1].on == sight->event[at].on)
		at--;
	return at;
}

/* And the one after its last. */
static inline size_t day_end(const struct sight *sight, size_t at)
{
	size_t end = at + 1;
	while (end < sight->n && sight->event[end].on == sight->event[at].on)
		end++;
	return end;
}

/* Adjourned, inquorate or cancelled is not held: such an event neither meets nor triggers. */
static inline bool was_held(const struct rule *rule, const struct event *event)
{
	for (size_t i = 0; i < rule->not_helds; i++) {
		if (condition_ask(&rule->not_held[i], event->detail) == CONDITION_YES)
			return false;
	}
	return true;
}

/* Facts of one kind of thread belong together when the thread is the same; a fact of another kind
 * belongs by its link where it has one, and else by its date. */
static inline bool same_kind(enum word a, enum word b)
{
	return (word_rows[a].threads & word_rows[b].threads) != 0;
}

/* A file may leave the thread out: then it is not known to be another. */
static inline bool same_thread(int64_t a, int64_t b)
{
	return a == b || a == 0 || b == 0;
}

/* The record that a meeting is; 0 when that is not known. What is its own thread, as a placement is,
 * says nothing of what belongs to it: whose care plan, say. */
static inline int64_t meeting_of(const struct event *event)
{
	return event->link == event->thread ? 0 : event->link;
}

static inline bool of_thread(const struct event *trigger, const struct event *event)
{
	if (same_kind(trigger->word, event->word))
		return same_thread(trigger->thread, event->thread);
	int64_t meeting = meeting_of(trigger);
	if (meeting != 0 && event->thread != 0 && word_rows[event->word].threads != 0)
		return event->thread == meeting;
	return true;
}

/* ---- turn.c: which of several triggers the council counts from on the day of the event, and is it
 * this one? */
const struct trigger_choice *choice_on(const struct rule *rule, day on);
enum condition_answer choice_fits(const struct rule *rule, const struct event *event);

/* What the rule asks of the detail of its trigger. */
static inline enum condition_answer when_fits(const struct rule *rule, const struct event *event)
{
	enum condition_answer fits =
		rule->choices == 0 ? CONDITION_YES : choice_fits(rule, event);
	if (fits == CONDITION_NO)
		return CONDITION_NO;
	for (size_t i = 0; i < rule->whens; i++) {
		enum condition_answer answer = condition_ask(&rule->when[i], event->detail);
		if (answer == CONDITION_NO)
			return CONDITION_NO;
		if (answer == CONDITION_NOT_RECORDED)
			fits = CONDITION_NOT_RECORDED;
	}
	return fits;
}

/* An event of a trigger's word: is it one? */
static inline bool triggers(const struct rule *rule, const struct event *event)
{
	return was_held(rule, event) && when_fits(rule, event) != CONDITION_NO;
}

static inline bool opens(const struct rule *rule, const struct event *event)
{
	return is_part(rule, PART_TRIGGER, event) && triggers(rule, event);
}

/* ---- turn.c: does event[at], a trigger of the rule, open a clock of it? */
bool turn_is_its(const struct sight *sight, const struct rule *rule, size_t at);

/* For most rules each trigger does. */
static inline bool turn_opens(const struct sight *sight, const struct rule *rule, size_t at)
{
	return (rule->nth == 0 && !rule->first_in_care) || turn_is_its(sight, rule, at);
}

/* ---- while.c: does what the rule says of how things stand hold on that day? */
enum condition_answer while_ask(
	const struct sight *sight, const struct rule *rule, const struct event *event, day on);

/* Most rules say nothing of it. */
static inline enum condition_answer while_holds(
	const struct sight *sight, const struct rule *rule, const struct event *event, day on)
{
	return rule->circumstances == 0 ? CONDITION_YES : while_ask(sight, rule, event, on);
}

/* ---- end.c */
/* Had the period in which event[at] was held ended by then? Then it starts nothing. */
bool end_was_before(const struct sight *sight, const struct rule *rule, size_t at);
/* The end of the period of the trigger event[at]; NULL: it runs. */
const struct event *end_find(const struct sight *sight, const struct rule *rule, size_t at);
/* What comes after event[at] and ends its duty though not its period: another rule takes over, or it
 * is too late. NULL: nothing. */
const struct event *stop_find(const struct sight *sight, const struct rule *rule, size_t at);

/* ---- meeting.c */
/* The first day on which what "may precede" event[at] counts. */
day preceding_from(const struct sight *sight, size_t at);
/* What met the duty that event[at] began; NULL: nothing yet. */
const struct event *meeting_find(const struct sight *sight, const struct rule *rule, size_t at);
/* Was it done on a day that nobody wrote down? */
bool meeting_is_undated(
	const struct sight *sight, const struct rule *rule, const struct event *trigger);
/* The day for which the clock's meeting, after the trigger, is booked; DAY_UNKNOWN: it is not. */
day booking_find(const struct sight *sight, const struct clock *clock, const struct event *trigger);

/* ---- aggregate.c: takes off what was used of a limit on time in all before that trigger. False when
 * the hour of an earlier stay is not known. */
bool aggregate_due(const struct sight *sight, const struct rule *rule, const struct event *trigger,
	struct due *due);

/* ---- known.c */
/* Would each such event since that day be known, and up to when (DAY_UNKNOWN: for good)? */
bool is_word_carried(const struct sight *sight, enum word word, day since, day *to);
/* What else is not known of a clock that nothing met, or met late. */
void doubt_coverage(const struct sight *sight, struct clock *clock, const struct event *trigger);

/* ---- prepare.c: the clocks that count back from the meeting of `host`, which event[at] opened and
 * `met` met (NULL: nothing yet). Appended to *out; `host` is a copy, for they may move. */
void prepare_add(const struct sight *sight, struct clock host, size_t at, const struct event *met,
	struct clocks *out);
