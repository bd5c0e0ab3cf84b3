/* end.c - what ends the period that a duty belongs to, and the duty with it. */
#include "clock/sight.h"

static bool ends(const struct rule *rule, const struct event *event)
{
	return rule_is_ended_by(rule, event->word, event->detail);
}

/* May an event of one word start what an event of the other ended, or hold what was held? A dispute
 * is a thread of its own. */
static bool same_period(const struct event *a, const struct event *b)
{
	if (word_rows[a->word].subject != SUBJECT_CHILD)
		return true;
	return same_kind(a->word, b->word) && same_thread(a->thread, b->thread);
}

/* An end on the day of a start, in one thread, ends what began before, if that still ran, and else
 * what began that day. A file without threads has many such days. */
static bool ends_earlier(const struct sight *sight, const struct event *end, enum word start)
{
	for (size_t i = (size_t)(end - sight->event); i > sight->undated; i--) {
		const struct event *before = &sight->event[i - 1];
		if (before->on == end->on || !same_period(before, end))
			continue;
		if (before->word == end->word)
			return false;
		if (before->word == start)
			return true;
	}
	return false;
}

/* Had the period that it was held in ended by then, with none begun since? What is held as its
 * period ends, or after, starts nothing: the conference that ended the plan. A trigger that opens
 * its period, as the first strategy discussion does, is only stopped by death. */
bool end_was_before(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *held = &sight->event[at];
	if (held->on == DAY_UNKNOWN || word_rows[held->word].order != ORDER_HELD)
		return false;
	bool runs = rule->nth == 1 && rule->base == BASE_TRIGGER;
	const struct event *own = NULL, *care = NULL;
	for (size_t i = at; i > sight->undated; i--) {
		const struct event *event = &sight->event[i - 1];
		if (ends(rule, event)) {
			if (event->word == WORD_DEATH)
				return true;
			bool same = same_kind(held->word, event->word);
			if (runs || (same && !same_thread(held->thread, event->thread)))
				continue;
			const struct event *began = same || own != NULL ? own : care;
			if (began == NULL || (began->on == event->on && same_period(began, event) &&
						     !ends_earlier(sight, event, began->word)))
				return true;
			runs = true; /* but for a death before it */
		}
		if (word_rows[event->word].order != ORDER_START)
			continue;
		if (own == NULL && same_period(event, held))
			own = event;
		if (care == NULL && event->word == WORD_LOOKED_AFTER_BEGAN)
			care = event;
	}
	return false;
}

static const struct event *find_undated_end(
	const struct sight *sight, const struct rule *rule, const struct event *trigger)
{
	for (size_t i = 0; i < sight->undated; i++) {
		const struct event *event = &sight->event[i];
		if (ends(rule, event) && (event->word == WORD_DEATH || same_period(event, trigger)))
			return event;
	}
	return NULL;
}

/* The end of the period that the rule's duty belongs to, on or after the trigger. On one day an end
 * comes before a start, so the end of another thread on the trigger's day is not this one's.
 * Nothing runs after a death. */
const struct event *end_find(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *trigger = &sight->event[at];
	bool dated = trigger->on != DAY_UNKNOWN;
	struct walk walk = walk_open(sight, &rule->ends, day_start(sight, at));
	const struct event *event;
	while ((event = walk_next(&walk)) != NULL) {
		if (event->on == DAY_UNKNOWN || !ends(rule, event))
			continue;
		if (same_kind(trigger->word, event->word)) {
			if (same_thread(event->thread, trigger->thread) &&
				(event->on != trigger->on || !ends_earlier(sight, event, trigger->word)))
				return event;
		} else if (dated && (event->on != trigger->on || word_rows[event->word].threads == 0)) {
			return event;
		}
	}
	/* Of two deaths the first: what was done between them was done after a death. */
	for (uint32_t i = sight->first[WORD_DEATH]; i < at; i = sight->next[i]) {
		if (i >= sight->undated && ends(rule, &sight->event[i]))
			return &sight->event[i];
	}
	return find_undated_end(sight, rule, trigger);
}

/* Whatever lies on the trigger's own day came with it, and does not stop it; but what the duty had to
 * precede may. */
const struct event *stop_find(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *trigger = &sight->event[at];
	if (trigger->on == DAY_UNKNOWN)
		return NULL;
	for (size_t i = at + 1; i < sight->n; i++) {
		const struct event *event = &sight->event[i];
		bool until = event->on > trigger->on && rule_is_until(rule, event->word, event->detail);
		if (!until && !is_part(rule, PART_TOO_LATE, event))
			continue;
		if (!same_kind(trigger->word, event->word) ||
			same_thread(event->thread, trigger->thread))
			return event;
	}
	return NULL;
}
