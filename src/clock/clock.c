#include "clock/clock.h"
#include "base/mem.h"

#include <string.h>

/* One subject's events, and what the engine asks of them. */
struct sight {
	const struct law *law;
	const struct event *event;
	size_t n;
	size_t undated; /* the first of them have no date */
	const struct coverage *coverage;
	bool has[WORDS]; /* which words happened at all: most rules need not look for their end */
};

static bool has_any(const struct sight *sight, const struct word_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		if (sight->has[set->word[i]])
			return true;
	}
	return false;
}

static bool is_part(const struct rule *rule, enum part part, const struct event *event)
{
	return (rule->part[event->word] & (unsigned)part) != 0;
}

/* The first event of the day of event[at]. */
static size_t day_start(const struct sight *sight, size_t at)
{
	while (at > 0 && sight->event[at - 1].on == sight->event[at].on)
		at--;
	return at;
}

/* And the one after its last. */
static size_t day_end(const struct sight *sight, size_t at)
{
	size_t end = at + 1;
	while (end < sight->n && sight->event[end].on == sight->event[at].on)
		end++;
	return end;
}

/* Adjourned, inquorate or cancelled is not held: such an event neither meets nor triggers. */
static bool was_held(const struct rule *rule, const struct event *event)
{
	for (size_t i = 0; i < rule->not_helds; i++) {
		if (condition_ask(&rule->not_held[i], event->detail) == CONDITION_YES)
			return false;
	}
	return true;
}

/* Facts of one kind of thread belong together when the thread is the same; a fact of another kind
 * belongs by its link where it has one, and else by its date. */
static bool same_kind(enum word a, enum word b)
{
	return (word_rows[a].threads & word_rows[b].threads) != 0;
}

/* A file may leave the thread out: then it is not known to be another. */
static bool same_thread(int64_t a, int64_t b)
{
	return a == b || a == 0 || b == 0;
}

/* The record that a meeting is; 0 when that is not known. What is its own thread, as a placement is,
 * says nothing of what belongs to it: whose care plan, say. */
static int64_t meeting_of(const struct event *event)
{
	return event->link == event->thread ? 0 : event->link;
}

static bool of_thread(const struct event *trigger, const struct event *event)
{
	if (same_kind(trigger->word, event->word))
		return same_thread(trigger->thread, event->thread);
	int64_t meeting = meeting_of(trigger);
	if (meeting != 0 && event->thread != 0 && word_rows[event->word].threads != 0)
		return event->thread == meeting;
	return true;
}

/* Is that thread another meeting's own record? Then it is not this one's. */
static bool is_linked_elsewhere(
	const struct sight *sight, const struct event *trigger, const struct event *event)
{
	if (event->thread == 0 || meeting_of(trigger) != 0 || same_kind(trigger->word, event->word))
		return false;
	for (size_t i = 0; i < sight->n; i++) {
		if (meeting_of(&sight->event[i]) == event->thread)
			return true;
	}
	return false;
}

/* What the rule asks of the detail of its trigger. */
static enum condition_answer when_fits(const struct rule *rule, const struct event *event)
{
	enum condition_answer fits = CONDITION_YES;
	for (size_t i = 0; i < rule->whens; i++) {
		enum condition_answer answer = condition_ask(&rule->when[i], event->detail);
		if (answer == CONDITION_NO)
			return CONDITION_NO;
		if (answer == CONDITION_NOT_RECORDED)
			fits = CONDITION_NOT_RECORDED;
	}
	return fits;
}

static bool opens(const struct rule *rule, const struct event *event)
{
	return is_part(rule, PART_TRIGGER, event) && was_held(rule, event) &&
		when_fits(rule, event) != CONDITION_NO;
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

/* How many dated triggers of the thread of event[at], that surely are triggers, are among the first
 * `upto` events. */
static size_t count_triggers(
	const struct sight *sight, const struct rule *rule, size_t at, size_t upto)
{
	size_t found = 0;
	for (size_t i = period_start(sight, at); i < upto; i++) {
		const struct event *event = &sight->event[i];
		found += i != at && is_part(rule, PART_TRIGGER, event) &&
			same_thread(event->thread, sight->event[at].thread) && opens(rule, event) &&
			when_fits(rule, event) == CONDITION_YES;
	}
	return found;
}

/* A series that began before the sources do starts at its first known event, which then need not
 * be the first there was. It is the first when the sources reach back to the start of the period,
 * or when it was held inside the limit for the first. */
static bool first_known_is_first(
	const struct sight *sight, const struct rule *rule, const struct event *first)
{
	const struct span *span = &sight->coverage->span[first->word];
	if (sight->coverage->all || (sight->coverage->carried[first->word] && span->from == DAY_UNKNOWN))
		return true;
	if (rule->chain == NULL)
		return true;
	for (size_t i = sight->n; i > sight->undated; i--) {
		const struct event *opener = &sight->event[i - 1];
		if (opener->on > first->on || !opens(rule->chain, opener) || !of_thread(opener, first))
			continue;
		struct due due;
		if (sight->coverage->carried[first->word] && opener->on >= span->from)
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
static bool is_turn(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *event = &sight->event[at];
	if (rule->first_in_care)
		return is_first_in_care(sight, rule, at);
	if (rule->nth == 0)
		return true;
	if (event->on == DAY_UNKNOWN || when_fits(rule, event) == CONDITION_NOT_RECORDED)
		return rule->nth == 1 && count_triggers(sight, rule, at, sight->n) == 0;
	size_t before = count_triggers(sight, rule, at, at);
	bool first = before == 0 && first_known_is_first(sight, rule, event);
	return rule->nth == 1 ? first : !first;
}

static bool ends(const struct rule *rule, const struct event *event)
{
	return is_part(rule, PART_END, event) &&
		rule_is_ended_by(rule, event->word, event->detail);
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
static bool is_over(const struct sight *sight, const struct rule *rule, size_t at)
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
static const struct event *find_end(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *trigger = &sight->event[at];
	bool dated = trigger->on != DAY_UNKNOWN;
	for (size_t i = day_start(sight, at); i < sight->n; i++) {
		const struct event *event = &sight->event[i];
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
	for (size_t i = sight->has[WORD_DEATH] ? at : 0; i > sight->undated; i--) {
		if (sight->event[i - 1].word == WORD_DEATH && ends(rule, &sight->event[i - 1]))
			return &sight->event[i - 1];
	}
	return find_undated_end(sight, rule, trigger);
}

/* What nothing links to its trigger belongs to it until the next trigger comes: the record of this
 * review, and not of the one after. Not so in a series, where the next trigger is what meets. Where
 * the thread of what meets is of another kind, the next trigger of any thread ends the wait. */
static day window_end(const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *trigger = &sight->event[at];
	if (rule->nth == 1 || rule->met_by.n == 0)
		return DAY_UNKNOWN;
	bool any = !same_kind(trigger->word, rule->met_by.word[0]);
	for (size_t i = at + 1; i < sight->n; i++) {
		const struct event *next = &sight->event[i];
		if ((rule->part[next->word] & (PART_TRIGGER | PART_MEETING)) != PART_TRIGGER)
			continue;
		if (next->on > trigger->on && opens(rule, next) &&
			(any || same_thread(next->thread, trigger->thread)) && is_turn(sight, rule, i))
			return next->on;
	}
	return DAY_UNKNOWN;
}

/* "Before, or within so many days": what was done since the last period of care ended counts. */
static day preceding_from(const struct sight *sight, size_t at)
{
	for (size_t i = at; i > 0; i--) {
		if (sight->event[i - 1].word == WORD_LOOKED_AFTER_ENDED)
			return sight->event[i - 1].on;
	}
	return DAY_MIN;
}

static bool may_meet(const struct rule *rule, const struct event *trigger, const struct event *event)
{
	return is_part(rule, PART_MEETING, event) &&
		rule_is_met_by(rule, event->word, event->detail) && of_thread(trigger, event);
}

/* Was it done on a day that nobody wrote down? */
static bool met_undated(
	const struct sight *sight, const struct rule *rule, const struct event *trigger)
{
	for (size_t i = 0; i < sight->undated; i++) {
		const struct event *event = &sight->event[i];
		if (may_meet(rule, trigger, event) && !is_linked_elsewhere(sight, trigger, event))
			return true;
	}
	return false;
}

/* The event that met the duty. */
static const struct event *find_meeting(
	const struct sight *sight, const struct rule *rule, size_t at)
{
	const struct event *trigger = &sight->event[at];
	day first = rule->may_precede ? preceding_from(sight, at) : trigger->on;
	day before = DAY_UNKNOWN;
	bool windowed = false;
	bool later = is_part(rule, PART_MEETING, trigger); /* an event does not meet itself */
	for (size_t i = rule->may_precede ? sight->undated : day_start(sight, at); i < sight->n; i++) {
		const struct event *event = &sight->event[i];
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

/* Of several bookings of one meeting the last that was made stands. */
static day find_booking(const struct sight *sight, const struct clock *clock, int64_t thread)
{
	const struct event *last = NULL;
	for (size_t i = sight->undated; i < sight->n; i++) {
		const struct event *event = &sight->event[i];
		str what;
		if (event->word != WORD_MEETING_BOOKED || event->on <= clock->from ||
			(clock->met_on != DAY_UNKNOWN && event->on > clock->met_on) ||
			(event->thread != 0 && thread != 0 && event->thread != thread) ||
			!detail_find(event->detail, S("for"), &what) ||
			!str_equal(what, clock->rule->booking))
			continue;
		if (last == NULL || event->id > last->id)
			last = event;
	}
	return last == NULL ? DAY_UNKNOWN : last->on;
}

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
	if (may_end && is_over(sight, rule, at))
		return false;
	const struct event *end = may_end ? find_end(sight, rule, at) : NULL;
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
		: find_meeting(sight, rule, at);
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
		met_undated(sight, rule, trigger))
		clock->doubt = DOUBT_MET_NO_DATE;
	if (clock->doubt == DOUBT_NONE && clock->met_on == DAY_UNKNOWN &&
		when_fits(rule, trigger) == CONDITION_NOT_RECORDED)
		clock->doubt = DOUBT_NO_DETAIL;
	if (clock->doubt == DOUBT_NONE)
		doubt_coverage(sight, clock);
	if (rule->booking.n > 0 && clock->from != DAY_UNKNOWN)
		clock->booked = find_booking(sight, clock, trigger->thread);
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
	uint16_t few[FEW], *place = few;
	size_t n = out->n - first;
	if (n > FEW)
		place = mem_alloc(n, sizeof *place);
	must(n <= UINT16_MAX);
	const struct clock *clock = out->item + first;
	for (size_t i = 0; i < n; i++) {
		size_t at = i;
		for (; at > 0 && before(&clock[i], &clock[place[at - 1]]); at--)
			place[at] = place[at - 1];
		place[at] = (uint16_t)i;
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

void clocks_compute(const struct law *law, const struct event *event, size_t n,
	const struct coverage *coverage, struct clocks *out)
{
	struct sight sight = { .law = law, .event = event, .n = n, .coverage = coverage };
	for (size_t i = 0; i < n; i++)
		sight.has[event[i].word] = true;
	while (sight.undated < n && event[sight.undated].on == DAY_UNKNOWN)
		sight.undated++;
	size_t first = out->n;
	for (size_t at = 0; at < n; at++) {
		const struct rule_list *list = &law->rules->by_trigger[event[at].word];
		for (size_t i = 0; i < list->n; i++) {
			const struct rule *rule = list->rule[i];
			if (rule->is_twin || !in_force(rule, event[at].on) ||
				is_unplaced(rule, &event[at]) || !opens(rule, &event[at]) ||
				!is_turn(&sight, rule, at))
				continue;
			/* Filled where it will stand: a clock is large, and most triggers open one. */
			struct clock *clock = &ARRAY_MORE(out);
			if (!occurrence(&sight, rule, at, clock))
				out->n--;
		}
	}
	if (out->n > first)
		sort(out, first);
}

void clocks_close(struct clocks *clocks)
{
	mem_free(clocks->item);
	*clocks = (struct clocks){ 0 };
}
