#include "clock/clock.h"

const struct clock clock_blank = { .from = DAY_UNKNOWN, .from_at = INSTANT_UNKNOWN,
	.due = DAY_UNKNOWN, .due_at = INSTANT_UNKNOWN, .due_law = DAY_UNKNOWN,
	.due_law_at = INSTANT_UNKNOWN, .due_data = DAY_UNKNOWN,
	.last_working_day = DAY_UNKNOWN, .booked = DAY_UNKNOWN, .met_on = DAY_UNKNOWN,
	.met_at = INSTANT_UNKNOWN, .ended_on = DAY_UNKNOWN, .known_to = DAY_UNKNOWN };

static const struct {
	str text, words;
} states[CLOCK_STATES] = {
	[CLOCK_UNKNOWN] = { S_INIT("unknown"), S_INIT("Unknown") },
	[CLOCK_DUE] = { S_INIT("due"), S_INIT("Due") },
	[CLOCK_OVERDUE] = { S_INIT("overdue"), S_INIT("Overdue") },
	[CLOCK_MET] = { S_INIT("met"), S_INIT("Met") },
	[CLOCK_MET_LATE] = { S_INIT("met-late"), S_INIT("Met late") },
	[CLOCK_MISSED] = { S_INIT("missed"), S_INIT("Missed") },
	[CLOCK_NOT_REQUIRED] = { S_INIT("not-required"), S_INIT("Not required") },
};

str clock_state_text(enum clock_state state)
{
	return states[state].text;
}

str clock_state_words(enum clock_state state)
{
	return states[state].words;
}

bool clock_is_open(enum clock_state state)
{
	return state == CLOCK_DUE || state == CLOCK_OVERDUE || state == CLOCK_UNKNOWN;
}

static bool met_late(const struct clock *clock)
{
	if (clock->due_at != INSTANT_UNKNOWN && clock->met_at != INSTANT_UNKNOWN)
		return clock->met_at > clock->due_at;
	return clock->met_on > clock->due;
}

/* Could the source have carried what was to happen by the due date? */
static bool known_past_due(const struct clock *clock)
{
	return clock->known_to == DAY_UNKNOWN || clock->known_to >= clock->due;
}

enum clock_state clock_state(const struct clock *clock, day today)
{
	bool ended = clock->ended_by != WORD_NONE &&
		(clock->ended_on == DAY_UNKNOWN || clock->ended_on <= today);
	bool met = clock->met_on != DAY_UNKNOWN && clock->met_on <= today;
	bool counted = clock->due != DAY_UNKNOWN;

	if (clock->disapplied.n > 0)
		return CLOCK_NOT_REQUIRED;
	/* What had to be done before something, and was not when that came, was missed. */
	bool too_late = (clock->rule->part[clock->ended_by] & (unsigned)PART_TOO_LATE) != 0;
	if (ended && !met && counted && !too_late &&
		(clock->ended_on == DAY_UNKNOWN || clock->ended_on <= clock->due) &&
		clock->doubt != DOUBT_MET_NO_DATE)
		return CLOCK_NOT_REQUIRED;
	if (clock->doubt != DOUBT_NONE || !counted)
		return CLOCK_UNKNOWN;
	if (met)
		return met_late(clock) ? CLOCK_MET_LATE : CLOCK_MET;
	if (today <= clock->due && !ended)
		return CLOCK_DUE;
	/* A window only passes: nobody replied, and what the rule says of silence holds. */
	if (clock->rule->met_by.n == 0)
		return CLOCK_NOT_REQUIRED;
	if (!known_past_due(clock))
		return CLOCK_UNKNOWN;
	return ended ? CLOCK_MISSED : CLOCK_OVERDUE;
}

enum clock_state clock_state_law(const struct clock *clock, day today)
{
	if (clock->due_law == DAY_UNKNOWN)
		return clock_state(clock, today);
	struct clock law = *clock;
	law.due = clock->due_law;
	law.due_at = clock->due_law_at;
	return clock_state(&law, today);
}

day clock_due_law(const struct clock *clock)
{
	return clock->due_law == DAY_UNKNOWN ? clock->due : clock->due_law;
}

enum booking_state clock_booking(const struct clock *clock)
{
	if (clock->booked == DAY_UNKNOWN)
		return BOOKING_NONE;
	return clock->due != DAY_UNKNOWN && clock->booked > clock->due ? BOOKING_LATE
								       : BOOKING_IN_TIME;
}

/* An event's own word in a file; for people its phrase, between quotation marks. */
static void buf_word(struct buf *buf, enum word word, clock_say *say)
{
	if (say == NULL) {
		buf_str(buf, word_text(word));
		return;
	}
	buf_lit(buf, "“");
	buf_str(buf, say(word));
	buf_lit(buf, "”");
}

/* The words of what would meet the clock: "cla-review-held or adoption-review-held". */
static void buf_words(struct buf *buf, const struct word_set *set, clock_say *say)
{
	for (size_t i = 0; i < set->n; i++) {
		if (i > 0)
			buf_lit(buf, " or ");
		buf_word(buf, set->word[i], say);
	}
}

static void reason_no_detail(struct buf *buf, const struct clock *clock, clock_say *say)
{
	const struct rule *rule = clock->rule;
	bool may_not_apply = clock->doubt == DOUBT_MAY_NOT_APPLY;
	if (!may_not_apply && rule->given.n == 0) {
		buf_lit(buf, "whether this applies is not recorded: the date of birth is missing");
		return;
	}
	buf_str(buf, may_not_apply ? S("whether this applies is not recorded: ")
				   : S("the day is not recorded: "));
	buf_str(buf, may_not_apply ? rule->when[0].key : rule->given);
	buf_lit(buf, " of ");
	buf_word(buf, clock->from_word, say);
	buf_lit(buf, " is missing");
}

static void reason_unknown(struct buf *buf, const struct clock *clock, clock_say *say)
{
	switch (clock->doubt) {
	case DOUBT_NO_DATE:
		buf_lit(buf, "the date of ");
		buf_word(buf, clock->from_word, say);
		buf_lit(buf, " is not recorded");
		return;
	case DOUBT_NO_TIME:
		buf_lit(buf, "the time of ");
		buf_word(buf, clock->from_word, say);
		buf_lit(buf, " is not recorded, and the limit is in hours");
		return;
	case DOUBT_NO_DETAIL:
	case DOUBT_MAY_NOT_APPLY:
		reason_no_detail(buf, clock, say);
		return;
	case DOUBT_MET_NO_DATE:
		buf_lit(buf, "done, but the date of ");
		buf_words(buf, &clock->rule->met_by, say);
		buf_lit(buf, " is not recorded");
		return;
	case DOUBT_MET_NO_TIME:
		buf_lit(buf, "done on the day it fell due, but the time of ");
		buf_words(buf, &clock->rule->met_by, say);
		buf_lit(buf, " is not recorded");
		return;
	case DOUBT_CALENDAR:
		buf_lit(buf, "the calendar of working days does not reach that far");
		return;
	case DOUBT_NOT_CARRIED:
		buf_lit(buf, "no source carries ");
		buf_words(buf, &clock->rule->met_by, say);
		buf_lit(buf, " for the whole of that time");
		return;
	case DOUBT_NONE:
		buf_lit(buf, "the source of ");
		buf_words(buf, &clock->rule->met_by, say);
		buf_lit(buf, " knows only up to ");
		buf_day(buf, clock->known_to);
		return;
	}
}

static void reason_ended(struct buf *buf, const struct clock *clock, clock_say *say)
{
	buf_word(buf, clock->ended_by, say);
	if (clock->ended_on == DAY_UNKNOWN) {
		buf_lit(buf, ", on a date not recorded");
		return;
	}
	buf_lit(buf, " on ");
	buf_day(buf, clock->ended_on);
}

const struct limit *clock_limit(const struct clock *clock)
{
	const struct rule *rule = clock->rule;
	bool earlier = rule->earlier_word != WORD_NONE && clock->from_word == rule->earlier_word;
	return earlier ? &rule->earlier : &rule->limit;
}

const struct limit *clock_limit_local(const struct clock *clock)
{
	const struct limit *limit = clock_limit(clock);
	const struct figure *figure = clock->due_law == DAY_UNKNOWN || limit != &clock->rule->limit
		? NULL
		: figure_on(clock->rule, clock->from);
	return figure == NULL ? limit : &figure->limit;
}

/* What prepares a meeting counts back from the meeting's day, whoever said it. */
static void reason_planned(struct buf *buf, const struct clock *clock, clock_say *say)
{
	buf_char(buf, ' ');
	if (clock->from_word != WORD_MEETING_BOOKED)
		buf_word(buf, clock->from_word, say);
	else
		buf_lit(buf, "the meeting, booked");
	buf_str(buf, clock->from_word == WORD_MEETING_BOOKED ? S(" for ")
			: clock->from_event == 0             ? S(", due by ")
							     : S(" on "));
	buf_day(buf, clock->from);
}

static void reason_count(struct buf *buf, const struct clock *clock, clock_say *say)
{
	const struct limit *limit = clock_limit_local(clock);
	if (limit->before && limit->n == 0)
		buf_lit(buf, "before");
	else if (limit != &clock->rule->limit)
		buf_limit(buf, limit);
	else
		buf_offset(buf, clock->rule);
	if (clock->rule->prepared > 0) {
		reason_planned(buf, clock, say);
		return;
	}
	buf_str(buf, limit->before ? S(" ") : S(" from "));
	buf_word(buf, clock->from_word, say);
	buf_lit(buf, " on ");
	if (clock->from_at != INSTANT_UNKNOWN && limit->unit == UNIT_HOURS)
		buf_instant_local(buf, clock->from_at);
	else
		buf_day(buf, clock->from);
}

void buf_clock_reason(struct buf *buf, const struct clock *clock, day today, clock_say *say)
{
	enum clock_state state = clock_state(clock, today);
	if (state == CLOCK_UNKNOWN) {
		reason_unknown(buf, clock, say);
	} else if (clock->disapplied.n > 0) {
		buf_str(buf, clock->disapplied);
	} else if (state == CLOCK_NOT_REQUIRED && clock->ended_by == WORD_NONE) {
		buf_str(buf, clock->rule->silence);
	} else if (state == CLOCK_NOT_REQUIRED) {
		buf_lit(buf, "no longer required: ");
		reason_ended(buf, clock, say);
	} else {
		reason_count(buf, clock, say);
		if (state == CLOCK_MISSED) {
			buf_lit(buf, "; never done before ");
			reason_ended(buf, clock, say);
		} else if (state == CLOCK_OVERDUE && clock->known_to != DAY_UNKNOWN) {
			buf_lit(buf, "; known to ");
			buf_day(buf, clock->known_to);
		}
		if (clock->due_law != DAY_UNKNOWN && clock->due_law != clock->due) {
			buf_lit(buf, ", by the council's policy; ");
			buf_str(buf, clock->rule->level <= LEVEL_SG ? S("the national date is ")
								   : S("without it the date is "));
			buf_day(buf, clock->due_law);
		}
		if (clock->provisional)
			buf_lit(buf, "; provisional: holidays not yet published");
	}
}
