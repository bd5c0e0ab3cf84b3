/* turn.c - which of its trigger events open a clock: all, the first of a series, or the later ones. */
#include "clock/sight.h"

const struct trigger_choice *choice_on(const struct rule *rule, day on)
{
	size_t i = 0;
	while (i + 1 < rule->choices && !day_is_within(on, rule->choice[i].from, rule->choice[i].to))
		i++;
	return &rule->choice[i]; /* the last holds on every day */
}

enum condition_answer choice_fits(const struct rule *rule, const struct event *event)
{
	const struct trigger_choice *choice = choice_on(rule, event->on);
	if (event->word != choice->word)
		return CONDITION_NO;
	return choice->when.n == 0 ? CONDITION_YES : condition_ask(&choice->when, event->detail);
}

/* Where no thread is written, only an end tells one period from the next. */
static size_t period_start(const struct sight *sight, size_t at)
{
	const struct event *event = &sight->event[at];
	for (size_t i = event->thread == 0 ? at : 0; i > sight->undated; i--) {
		const struct event *end = &sight->event[i - 1];
		if (word_rows[end->word].order == ORDER_END && same_kind(end->word, event->word) &&
			end->on < event->on)
			return i;
	}
	return sight->undated;
}

/* Is a dated trigger of the thread of event[at], that surely is one, among the first `upto` events? */
static bool has_trigger(
	const struct sight *sight, const struct rule *rule, size_t at, size_t upto)
{
	const struct event *self = &sight->event[at], *event;
	struct walk walk = walk_open(sight, &rule->trigger, period_start(sight, at));
	while ((event = walk_next(&walk)) != NULL && event < sight->event + upto) {
		if (event != self && same_thread(event->thread, self->thread) &&
			was_held(rule, event) && when_fits(rule, event) == CONDITION_YES)
			return true;
	}
	return false;
}

/* A series that began before the sources do starts at its first known event, which then need not
 * be the first there was. It is the first when the sources reach back to the start of the period,
 * or when it was held inside the limit for the first. */
static bool first_known_is_first(
	const struct sight *sight, const struct rule *rule, const struct event *first)
{
	const struct coverage *coverage = sight->coverage;
	if (coverage->all || rule->chain == NULL ||
		(coverage->carried[first->word] && coverage->span[first->word].from == DAY_UNKNOWN))
		return true;
	for (size_t i = sight->n; i > sight->undated; i--) {
		const struct event *opener = &sight->event[i - 1];
		if (opener->on > first->on || !opens(rule->chain, opener) || !of_thread(opener, first))
			continue;
		struct due due;
		day to;
		if (is_word_carried(sight, first->word, opener->on, &to))
			return true;
		return due_count(sight->law, rule->chain, (struct when){ opener->on, opener->at }, &due,
			       NULL) &&
			first->on <= due.on;
	}
	return false;
}

/* The first since the child last became looked after, by the day: on the day itself what came first
 * is not always written. */
static bool is_first_in_care(const struct sight *sight, const struct rule *rule, size_t at)
{
	day earliest = DAY_UNKNOWN;
	for (size_t i = day_end(sight, at); i > sight->undated; i--) {
		const struct event *before = &sight->event[i - 1];
		if (earliest != DAY_UNKNOWN && before->on < earliest)
			break;
		if (i <= at && opens(rule, before))
			return false;
		if (before->word == WORD_LOOKED_AFTER_BEGAN || before->word == WORD_LOOKED_AFTER_ENDED)
			earliest = before->on;
	}
	return true;
}

/* Does this trigger event open a clock of this rule? */
bool turn_is_its(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *event = &sight->event[at];
	if (rule->first_in_care)
		return is_first_in_care(sight, rule, at);
	if (event->on == DAY_UNKNOWN || when_fits(rule, event) == CONDITION_NOT_RECORDED)
		return rule->nth == 1 && !has_trigger(sight, rule, at, sight->n);
	bool first = !has_trigger(sight, rule, at, at) && first_known_is_first(sight, rule, event);
	return rule->nth == 1 ? first : !first;
}
