/* prepare.c - what is to be done before a meeting: counted back from the day on which it was held, else
 * is booked for, else is due. Nobody prepares a meeting whose day nobody can say. */
#include "base/mem.h"
#include "clock/sight.h"

/* The meeting that is prepared. */
struct meeting {
	const struct clock *host;
	const struct event *trigger, *met;
	day planned;
};

static bool is_of_another(const struct sight *sight, int64_t thread)
{
	for (size_t i = 0; sight->linked && i < sight->n; i++) {
		if (meeting_of(&sight->event[i]) == thread)
			return true;
	}
	return false;
}

/* Of the same period; and of this meeting, where it is written of which. */
static bool belongs(
	const struct sight *sight, const struct meeting *meeting, const struct event *event)
{
	if (event->thread == 0 || word_rows[event->word].threads == 0)
		return true;
	if (same_kind(meeting->trigger->word, event->word))
		return same_thread(meeting->trigger->thread, event->thread);
	if (meeting->met != NULL && meeting_of(meeting->met) != 0)
		return meeting_of(meeting->met) == event->thread;
	return !is_of_another(sight, event->thread);
}

/* Was it done between what began the wait for the meeting, and the meeting? What lies on the day of
 * the meeting before belonged to that one. */
static bool is_in_time(const struct sight *sight, const struct rule *rule,
	const struct meeting *meeting, const struct event *event)
{
	if (meeting->met != NULL && event->on > meeting->met->on)
		return false;
	if (rule->may_precede)
		return event->on >= preceding_from(sight, (size_t)(meeting->trigger - sight->event));
	bool series = is_part(meeting->host->rule, PART_MEETING, meeting->trigger);
	return series ? event->on > meeting->trigger->on : event->on >= meeting->trigger->on;
}

static const struct event *find_done(const struct sight *sight, const struct rule *rule,
	const struct meeting *meeting, bool *undated)
{
	struct walk walk = walk_open(sight, &rule->met_by, 0);
	const struct event *event;
	*undated = false;
	while ((event = walk_next(&walk)) != NULL) {
		if (!rule_is_met_by(rule, event->word, event->detail) ||
			!belongs(sight, meeting, event))
			continue;
		if (event->on == DAY_UNKNOWN)
			*undated = true;
		else if (is_in_time(sight, rule, meeting, event))
			return event;
	}
	return NULL;
}

static void end(struct clock *clock, const struct meeting *meeting)
{
	clock->ended_on = meeting->met == NULL ? meeting->host->ended_on : meeting->met->on;
	clock->ended_by = meeting->met == NULL ? meeting->host->ended_by : meeting->met->word;
}

/* The law's own date beside a council's. */
static void prepare_law(const struct sight *sight, const struct due *by, struct clock *clock)
{
	struct due due;
	clock->local = by->figure->item;
	if (due_count_law(sight->law, clock->rule, (struct when){ clock->from, INSTANT_UNKNOWN }, &due,
		    NULL))
		clock->due_law = due.on;
}

static void prepare(const struct sight *sight, const struct rule *rule,
	const struct meeting *meeting, struct clock *clock)
{
	const struct clock *host = meeting->host;
	bool undated;
	struct due due;
	*clock = clock_blank;
	clock->rule = rule;
	clock->local = rule->item;
	clock->thread = host->thread;
	clock->from = meeting->planned;
	clock->from_word = meeting->met != NULL ? meeting->met->word
		: host->booked != DAY_UNKNOWN   ? WORD_MEETING_BOOKED
						: host->rule->met_by.word[0];
	clock->from_event = meeting->met != NULL ? meeting->met->id : 0;
	if (due_count(sight->law, rule, (struct when){ meeting->planned, INSTANT_UNKNOWN }, &due,
		    NULL)) {
		clock->due = due.on;
		clock->last_working_day = due.last_working_day;
		clock->provisional = due.provisional;
		if (due.figure != NULL)
			prepare_law(sight, &due, clock);
	} else {
		clock->doubt = DOUBT_CALENDAR;
	}
	const struct event *done = find_done(sight, rule, meeting, &undated);
	if (done != NULL) {
		clock->met_on = done->on;
		clock->met_at = done->at;
		clock->met_event = done->id;
	} else {
		end(clock, meeting);
		if (undated && clock->doubt == DOUBT_NONE)
			clock->doubt = DOUBT_MET_NO_DATE;
	}
	if (clock->doubt == DOUBT_NONE)
		doubt_coverage(sight, clock, meeting->trigger);
}

void prepare_add(const struct sight *sight, struct clock host, size_t at, const struct event *met,
	struct clocks *out)
{
	const struct rule_list *list = &sight->law->rules->by_host[host.rule->index];
	struct meeting meeting = { .host = &host, .trigger = &sight->event[at], .met = met,
		.planned = met != NULL             ? met->on
			: host.booked != DAY_UNKNOWN ? host.booked
						     : host.due };
	if (meeting.planned == DAY_UNKNOWN || host.disapplied.n > 0)
		return;
	for (size_t i = 0; i < list->n; i++) {
		const struct rule *rule = list->rule[i];
		if (day_is_within(meeting.planned, rule->effective_from, rule->effective_to))
			prepare(sight, rule, &meeting, &ARRAY_MORE(out));
	}
}
