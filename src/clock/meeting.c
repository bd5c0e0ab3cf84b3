/* meeting.c - what meets a duty, and what its meeting is booked for. */
#include "base/mem.h"
#include "clock/sight.h"

/* Is that thread another meeting's own record? Then it is not this one's. */
static bool is_linked_elsewhere(
	const struct sight *sight, const struct event *trigger, const struct event *event)
{
	if (!sight->linked || event->thread == 0 || meeting_of(trigger) != 0 ||
		same_kind(trigger->word, event->word))
		return false;
	for (size_t i = 0; i < sight->n; i++) {
		if (meeting_of(&sight->event[i]) == event->thread)
			return true;
	}
	return false;
}

/* What nothing links to its trigger belongs to it until the next trigger comes: the record of this
 * review, and not of the one after. Not so in a series, where the next trigger is what meets. Where
 * the thread of what meets is of another kind, the next trigger of any thread ends the wait. */
static day window_end(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *trigger = &sight->event[at];
	if (rule->nth == 1)
		return DAY_UNKNOWN;
	bool any = !same_kind(trigger->word, rule->met_by.word[0]);
	struct walk walk = walk_open(sight, &rule->trigger, at + 1);
	const struct event *next;
	while ((next = walk_next(&walk)) != NULL) {
		if (next->on > trigger->on && !is_part(rule, PART_MEETING, next) &&
			(any || same_thread(next->thread, trigger->thread)) && triggers(rule, next) &&
			turn_opens(sight, rule, (size_t)(next - sight->event)) &&
			while_holds(sight, rule, next, next->on) != CONDITION_NO)
			return next->on;
	}
	return DAY_UNKNOWN;
}

/* "Before, or within so many days": what was done since the last period of care ended counts. */
day preceding_from(const struct sight *sight, size_t at)
{
	for (size_t i = at; i > 0; i--) {
		if (sight->event[i - 1].word == WORD_LOOKED_AFTER_ENDED)
			return sight->event[i - 1].on;
	}
	return DAY_MIN;
}

static bool may_meet(const struct rule *rule, const struct event *trigger, const struct event *event)
{
	return rule_is_met_by(rule, event->word, event->detail) && of_thread(trigger, event);
}

/* Was it done on a day that nobody wrote down? */
bool meeting_is_undated(
	const struct sight *sight, const struct rule *rule, const struct event *trigger)
{
	for (size_t i = 0; i < sight->undated; i++) {
		const struct event *event = &sight->event[i];
		if (may_meet(rule, trigger, event) && !is_linked_elsewhere(sight, trigger, event))
			return true;
	}
	return false;
}

/* Which of the triggers before it that event meets, where each is met by one of its own: the earliest for
 * which it is in time, else the earliest that waits. So a report that was never made leaves its own visit
 * open, and does not make every later one late. sight->n: none. */
static size_t pair_of(const struct sight *sight, const struct rule *rule, const struct event *event,
	const bool *paired)
{
	size_t late = sight->n;
	struct walk walk = walk_open(sight, &rule->trigger, sight->undated);
	const struct event *trigger;
	while ((trigger = walk_next(&walk)) != NULL && trigger->on <= event->on) {
		size_t i = (size_t)(trigger - sight->event);
		if (paired[i])
			continue;
		if (event->on <= limit_add(&rule->limit, trigger->on))
			return i;
		if (late == sight->n)
			late = i;
	}
	return late;
}

static const struct event *one_of_its_own(
	const struct sight *sight, const struct rule *rule, size_t at)
{
	bool *paired = mem_alloc(sight->n, sizeof *paired);
	struct walk walk = walk_open(sight, &rule->met_by, sight->undated);
	const struct event *event;
	while ((event = walk_next(&walk)) != NULL) {
		size_t with = pair_of(sight, rule, event, paired);
		if (with == at)
			break;
		if (with < sight->n)
			paired[with] = true;
	}
	mem_free(paired);
	return event;
}

/* The event that met the duty. */
const struct event *meeting_find(
	const struct sight *sight, const struct rule *rule, size_t at)
{
	if (rule->one_each)
		return one_of_its_own(sight, rule, at);
	const struct event *trigger = &sight->event[at];
	day first = rule->may_precede ? preceding_from(sight, at) : trigger->on;
	/* "Counts from 9 months": what was done before that does not count. */
	if (rule->counts_from.n > 0)
		first = limit_add(&rule->counts_from, trigger->on);
	day before = DAY_UNKNOWN;
	bool windowed = false;
	bool later = is_part(rule, PART_MEETING, trigger); /* an event does not meet itself */
	struct walk walk = walk_open(sight, &rule->met_by,
		rule->may_precede ? sight->undated : day_start(sight, at));
	const struct event *event;
	while ((event = walk_next(&walk)) != NULL) {
		if (event->on < first || !may_meet(rule, trigger, event) ||
			(later && event->on <= trigger->on))
			continue;
		bool linked = event->thread != 0 && event->thread == meeting_of(trigger);
		if (!linked && !windowed) {
			before = window_end(sight, rule, at);
			windowed = true;
		}
		if (!linked && ((before != DAY_UNKNOWN && event->on >= before) ||
				       is_linked_elsewhere(sight, trigger, event)))
			continue;
		if (event->at != INSTANT_UNKNOWN && trigger->at != INSTANT_UNKNOWN &&
			event->at < trigger->at && !rule->may_precede)
			continue;
		return event;
	}
	return NULL;
}

/* In whose thread a meeting is booked: a review in the period of care, a conference in the enquiry or
 * in the plan. */
static unsigned booked_in(str meeting)
{
	if (str_equal(meeting, S("cla-review")))
		return THREAD_CARE;
	return str_equal(meeting, S("rcpc")) ? THREAD_PLAN : THREAD_S47;
}

bool clock_books_in_thread(const struct clock *clock)
{
	return (word_rows[clock->from_word].threads & booked_in(clock->rule->booking)) != 0;
}

/* Of several bookings of one meeting the last that was made stands. */
day booking_find(const struct sight *sight, const struct clock *clock, const struct event *trigger)
{
	const struct event *last = NULL;
	bool own = clock_books_in_thread(clock);
	for (uint32_t i = sight->first[WORD_MEETING_BOOKED]; i != NOWHERE; i = sight->next[i]) {
		const struct event *event = &sight->event[i];
		str what;
		if (event->on <= trigger->on ||
			(clock->met_on != DAY_UNKNOWN && event->on > clock->met_on) ||
			(own && !same_thread(event->thread, trigger->thread)) ||
			!detail_find(event->detail, S("for"), &what) ||
			!str_equal(what, clock->rule->booking))
			continue;
		if (last == NULL || event->id > last->id)
			last = event;
	}
	return last == NULL ? DAY_UNKNOWN : last->on;
}
