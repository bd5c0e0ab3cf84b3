/* sight.h - one subject's events as a rule sees them: for the files of clock/ only.
 *
 * turn.c says which events open a clock, while.c how things stand then, end.c what ends its period,
 * meeting.c what meets it and what it is booked for; clock.c puts the clock together, and prepare.c
 * those that count back from its meeting. What each decides where the law is silent
 * stands in docs/decisions/clocks.md.
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
	uint32_t first[WORDS];
	const uint32_t *next;
	bool linked; /* some event is a meeting that others may be linked to */
	struct placed *placed; /* while.c: what was last said of how the child is placed */
};

/* How a child is placed hangs on three events: asked for each visit, it is said once. */
struct placed {
	const struct event *placement, *care, *changed;
	int regime;
	bool known, with_parent, to_18;
};

#define NOWHERE UINT32_MAX

static inline bool has_any(const struct sight *sight, const struct word_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		if (sight->first[set->word[i]] != NOWHERE)
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
	struct walk walk = { .sight = sight, .n = set->n };
	for (size_t i = 0; i < set->n; i++) {
		bool here = from < sight->n && sight->event[from].word == set->word[i];
		walk.at[i] = here ? (uint32_t)from : sight->first[set->word[i]];
		while (walk.at[i] < from)
			walk.at[i] = sight->next[walk.at[i]];
	}
	return walk;
}

/* The next of them; NULL after the last. */
static inline const struct event *walk_next(struct walk *walk)
{
	size_t least = 0;
	for (size_t i = 1; i < walk->n; i++)
		least = walk->at[i] < walk->at[least] ? i : least;
	if (walk->n == 0 || walk->at[least] == NOWHERE)
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

static inline bool opens(const struct rule *rule, const struct event *event)
{
	return is_part(rule, PART_TRIGGER, event) && was_held(rule, event) &&
		when_fits(rule, event) != CONDITION_NO;
}

/* ---- turn.c: does event[at], a trigger of the rule, open a clock of it? */
bool turn_opens(const struct sight *sight, const struct rule *rule, size_t at);

/* ---- while.c: does what the rule says of how things stand hold on that day? */
enum condition_answer while_holds(
	const struct sight *sight, const struct rule *rule, const struct event *event, day on);

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

/* ---- clock.c, for prepare.c */
/* What else is not known of a clock that nothing met, or met late. */
void doubt_coverage(const struct sight *sight, struct clock *clock, const struct event *trigger);

/* ---- prepare.c: the clocks that count back from the meeting of `host`, which event[at] opened and
 * `met` met (NULL: nothing yet). Appended to *out; `host` is a copy, for they may move. */
void prepare_add(const struct sight *sight, struct clock host, size_t at, const struct event *met,
	struct clocks *out);
