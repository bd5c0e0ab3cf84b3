/* while.c - how things stand with a subject on a day, where a rule hangs on it. */
#include "clock/sight.h"

/* What is asked: of which event, on which day. */
struct asked {
	const struct sight *sight;
	const struct event *event; /* the trigger; its thread is the placement's, or the period's */
	day on;
};

static bool is_code(str code, char letter, char from, char to)
{
	return code.n == 2 && code.p[0] == letter && code.p[1] >= from && code.p[1] <= to;
}

/* The last dated event of a word up to that day, of that thread. */
static const struct event *last_of(const struct asked *asked, enum word word, int64_t thread)
{
	const struct sight *sight = asked->sight;
	const struct event *found = NULL;
	for (uint32_t i = sight->first[word]; i != NOWHERE; i = sight->next[i]) {
		const struct event *event = &sight->event[i];
		if (event->on > asked->on)
			break;
		if (event->on != DAY_UNKNOWN && same_thread(event->thread, thread))
			found = event;
	}
	return found;
}

static const struct event *later(const struct event *a, const struct event *b)
{
	return a == NULL || (b != NULL && b > a) ? b : a;
}

static bool detail_is(const struct event *event, str key, str wanted)
{
	str value;
	return event != NULL && detail_find(event->detail, key, &value) && str_equal(value, wanted);
}

static enum condition_answer yes_if(bool yes)
{
	return yes ? CONDITION_YES : CONDITION_NO;
}

/* ---- ages */

static day born(const struct asked *asked)
{
	const struct sight *sight = asked->sight;
	for (uint32_t i = sight->first[WORD_BIRTH]; i != NOWHERE; i = sight->next[i]) {
		if (sight->event[i].on != DAY_UNKNOWN)
			return sight->event[i].on;
	}
	return DAY_UNKNOWN;
}


/* Had that birthday come by then? Born on 29 February: on the 28th of a common year. */
static enum condition_answer is_aged(const struct asked *asked, int years, day by)
{
	day birth = born(asked);
	if (birth == DAY_UNKNOWN)
		return CONDITION_NOT_RECORDED;
	return by >= day_add_months(birth, years * 12) ? CONDITION_YES : CONDITION_NO;
}

/* A birth that is not recorded stands in the way of nothing. */
static enum condition_answer is_born(const struct asked *asked)
{
	day birth = born(asked);
	return yes_if(birth != DAY_UNKNOWN && birth <= asked->on);
}

static enum condition_answer is_5_when_due(const struct asked *asked)
{
	return is_aged(asked, 5, day_add_months(asked->on, 6));
}

/* Where the birth is not known, the shorter interval asks. */
static enum condition_answer is_surely_5_when_due(const struct asked *asked)
{
	return yes_if(is_5_when_due(asked) == CONDITION_YES);
}

static enum condition_answer is_13(const struct asked *asked)
{
	return is_aged(asked, 13, asked->on);
}

static enum condition_answer is_of_school_age(const struct asked *asked)
{
	return yes_if(is_aged(asked, 4, asked->on) != CONDITION_NO);
}

/* Asked of children from 4 to 16 (SSDA903, OC2), and so at the end of the year that is counted. */
static enum condition_answer is_of_questionnaire_age(const struct asked *asked)
{
	day due = day_add_months(asked->on, 12);
	return yes_if(is_aged(asked, 4, due) != CONDITION_NO &&
		is_aged(asked, 17, due) != CONDITION_YES);
}

static enum condition_answer died_a_child(const struct asked *asked)
{
	const struct sight *sight = asked->sight;
	uint32_t i = sight->first[WORD_DEATH];
	while (i != NOWHERE && sight->event[i].on == DAY_UNKNOWN)
		i = sight->next[i];
	return yes_if(i != NOWHERE && is_aged(asked, 18, sight->event[i].on) == CONDITION_NO);
}

/* ---- care and placements */

static enum condition_answer was_ever_looked_after(const struct asked *asked)
{
	return yes_if(asked->sight->first[WORD_LOOKED_AFTER_BEGAN] != NOWHERE);
}

static enum condition_answer is_reviewed(const struct asked *asked)
{
	const struct event *care = last_of(asked, WORD_LOOKED_AFTER_BEGAN, 0);
	const struct event *review =
		last_of(asked, WORD_CLA_REVIEW_HELD, care == NULL ? 0 : care->thread);
	return yes_if(review != NULL && (care == NULL || review->on >= care->on));
}

/* The placement that the trigger belongs to; of a trigger without one, the last. */
static const struct event *placement(const struct asked *asked)
{
	bool own = (word_rows[asked->event->word].threads & THREAD_PLACEMENT) != 0;
	int64_t thread = own ? asked->event->thread : 0;
	return later(last_of(asked, WORD_PLACEMENT_BEGAN, thread),
		last_of(asked, WORD_PLACED_FOR_ADOPTION, thread));
}

static str code_of(const struct event *placement)
{
	str code = S("");
	if (placement != NULL)
		(void)detail_find(placement->detail, S("code"), &code);
	return code;
}

static bool is_with_parent(const struct event *placement)
{
	return is_code(code_of(placement), 'P', '1', '1') ||
		detail_is(placement, S("with_parent"), S("yes"));
}

/* Regulation 28 of the Care Planning Regulations 2010 has a rhythm for each. */
enum regime { GENERAL, UNASSESSED, TEMPORARY, ORDER_AT_HOME, BY_OTHERS, ADOPTION, SHORT_BREAKS };

/* Was a care order made while the child lived in that placement? Paragraph (5) counts from it. */
static bool ordered_at_home(const struct event *placement, const struct event *changed)
{
	return detail_is(changed, S("code"), S("C2")) && changed->on > placement->on;
}

/* National code of the child's legal status; empty when not known. */
static str legal_status(const struct event *care, const struct event *changed)
{
	const struct event *last = later(care, changed);
	str code = S("");
	if (last != NULL)
		(void)detail_find(last->detail, last == care ? S("legal") : S("code"), &code);
	return code;
}

static enum regime find_regime(const struct standing *of)
{
	const struct event *placed = of->placement;
	str legal = legal_status(of->care, of->changed), code = code_of(placed);
	if (is_code(legal, 'V', '3', '4'))
		return SHORT_BREAKS;
	if (placed == NULL)
		return GENERAL;
	if (placed->word == WORD_PLACED_FOR_ADOPTION || is_code(code, 'A', '3', '6'))
		return ADOPTION;
	if (detail_is(placed, S("reg19"), S("yes")))
		return UNASSESSED;
	if (detail_is(placed, S("reg24"), S("yes")) ||
		(of->with_parent && is_code(legal, 'C', '1', '1')))
		return TEMPORARY;
	if (of->with_parent && ordered_at_home(placed, of->changed))
		return ORDER_AT_HOME;
	return is_code(code, 'R', '2', '2') || is_code(code, 'R', '5', '5') ? BY_OTHERS : GENERAL;
}

static const struct standing *placed(const struct asked *asked)
{
	struct standing *last = asked->sight->standing;
	if (last->event == asked->event && last->on == asked->on)
		return last;
	const struct event *home = placement(asked);
	const struct event *care = last_of(asked, WORD_LOOKED_AFTER_BEGAN, 0);
	const struct event *changed = last_of(asked, WORD_LEGAL_STATUS_CHANGED, 0);
	bool same = last->event != NULL && last->placement == home && last->care == care &&
		last->changed == changed;
	last->event = asked->event;
	last->on = asked->on;
	if (same)
		return last;
	last->placement = home;
	last->care = care;
	last->changed = changed;
	last->with_parent = is_with_parent(home);
	last->to_18 = detail_is(home, S("to_18"), S("yes"));
	last->regime = (int)find_regime(last);
	return last;
}

static enum regime regime(const struct asked *asked)
{
	return (enum regime)placed(asked)->regime;
}

static enum condition_answer lives_with_parent(const struct asked *asked)
{
	return yes_if(placed(asked)->with_parent);
}

/* The thread's own start: of the placement, or of the private arrangement. */
static enum condition_answer is_later_year(const struct asked *asked)
{
	bool arrangement = (word_rows[asked->event->word].threads & THREAD_ARRANGEMENT) != 0;
	const struct event *began =
		arrangement ? last_of(asked, WORD_PRIVATE_FOSTERING_KNOWN, asked->event->thread)
			    : placement(asked);
	return yes_if(began != NULL && asked->on >= day_add_months(began->on, 12));
}

static enum condition_answer is_long_term_later(const struct asked *asked)
{
	return placed(asked)->to_18 ? is_later_year(asked) : CONDITION_NO;
}

/* The regulations' own care plan (regulation 4): section 31A has one of its own for a child under a care
 * order, or an interim one, and regulation 47B for a child on remand. */
static enum condition_answer has_plan_by_regulation_4(const struct asked *asked)
{
	const struct standing *of = placed(asked);
	str legal = legal_status(of->care, of->changed);
	return yes_if(!is_code(legal, 'C', '1', '2') && !is_code(legal, 'J', '1', '1'));
}

/* ---- adoption, health */

/* Regulation 36(4)(a) of the Adoption Agencies Regulations 2005: weekly until the first review. */
static enum condition_answer is_reviewed_there(const struct asked *asked)
{
	const struct event *there = placed(asked)->placement;
	return yes_if(there != NULL &&
		last_of(asked, WORD_ADOPTION_REVIEW_HELD, there->thread) != NULL);
}

/* Authority to place was obtained in this period of care, and the child is not placed. */
static enum condition_answer is_to_be_placed(const struct asked *asked)
{
	const struct event *care = placed(asked)->care;
	const struct event *authority =
		last_of(asked, WORD_AUTHORITY_TO_PLACE_OBTAINED, care == NULL ? 0 : care->thread);
	return yes_if(authority != NULL && (care == NULL || authority->on >= care->on) &&
		regime(asked) != ADOPTION);
}

/* On the day itself it is the assessment that was due. */
static enum condition_answer is_assessed_lately(const struct asked *asked)
{
	struct asked before = *asked;
	before.on = day_add(asked->on, -1);
	const struct event *last = last_of(&before, WORD_HEALTH_ASSESSMENT_HELD, 0);
	return yes_if(last != NULL && last->on >= day_add_months(asked->on, -3));
}

static enum condition_answer is_six_monthly(const struct asked *asked)
{
	return yes_if(detail_is(placed(asked)->placement, S("six_monthly"), S("yes")));
}

/* V3: each break is an episode of its own; V4 records the agreement, not the days. */
static enum condition_answer is_in_single_breaks(const struct asked *asked)
{
	const struct standing *of = placed(asked);
	return yes_if(str_equal(legal_status(of->care, of->changed), S("V3")));
}

/* A review recorded as one of such a series is one, whatever is known of the legal status. */
static enum condition_answer is_in_break_series(const struct asked *asked)
{
	return yes_if(asked->event->word == WORD_SHORT_BREAK_REVIEW_HELD ||
		regime(asked) == SHORT_BREAKS);
}

static enum condition_answer is_in_short_breaks(const struct asked *asked)
{
	return yes_if(regime(asked) == SHORT_BREAKS);
}

/* ---- what a rule may ask */

#define BIT(regime) (1u << (regime))
#define REGULATION_28                                                                              \
	(BIT(GENERAL) | BIT(UNASSESSED) | BIT(TEMPORARY) | BIT(ORDER_AT_HOME) | BIT(BY_OTHERS))

/* One question each: how the child is placed, or a function of its own; and what is asked may be that it
 * is not so. */
static const struct {
	unsigned regimes;
	enum condition_answer (*ask)(const struct asked *asked);
	bool not;
} question[CIRCUMSTANCES] = {
	[CIRCUMSTANCE_REVIEWED] = { .ask = is_reviewed },
	[CIRCUMSTANCE_NOT_REVIEWED] = { .ask = is_reviewed, .not = true },
	[CIRCUMSTANCE_PLACED_REGULATION_28] = { .regimes = REGULATION_28 },
	[CIRCUMSTANCE_PLACED_GENERALLY] = { .regimes = BIT(GENERAL) },
	[CIRCUMSTANCE_PLACED_UNASSESSED] = { .regimes = BIT(UNASSESSED) },
	[CIRCUMSTANCE_PLACED_TEMPORARILY] = { .regimes = BIT(TEMPORARY) },
	[CIRCUMSTANCE_PLACED_ORDER_AT_HOME] = { .regimes = BIT(ORDER_AT_HOME) },
	[CIRCUMSTANCE_PLACED_BY_OTHERS] = { .regimes = BIT(BY_OTHERS) },
	[CIRCUMSTANCE_PLACED_FOR_ADOPTION] = { .regimes = BIT(ADOPTION) },
	[CIRCUMSTANCE_IN_SHORT_BREAKS] = { .regimes = BIT(SHORT_BREAKS) },
	[CIRCUMSTANCE_NOT_IN_SHORT_BREAKS] = { .ask = is_in_short_breaks, .not = true },
	[CIRCUMSTANCE_IN_BREAK_SERIES] = { .ask = is_in_break_series },
	[CIRCUMSTANCE_IN_SINGLE_BREAKS] = { .ask = is_in_single_breaks },
	[CIRCUMSTANCE_LIVING_WITH_PARENT] = { .ask = lives_with_parent },
	[CIRCUMSTANCE_PLAN_BY_REGULATION_4] = { .ask = has_plan_by_regulation_4 },
	[CIRCUMSTANCE_LONG_TERM_LATER] = { .ask = is_long_term_later },
	[CIRCUMSTANCE_NOT_LONG_TERM_LATER] = { .ask = is_long_term_later, .not = true },
	[CIRCUMSTANCE_FIRST_YEAR] = { .ask = is_later_year, .not = true },
	[CIRCUMSTANCE_LATER_YEAR] = { .ask = is_later_year },
	[CIRCUMSTANCE_SIX_MONTHLY_AGREED] = { .ask = is_six_monthly },
	[CIRCUMSTANCE_SIX_MONTHLY_NOT_AGREED] = { .ask = is_six_monthly, .not = true },
	[CIRCUMSTANCE_EVER_LOOKED_AFTER] = { .ask = was_ever_looked_after },
	[CIRCUMSTANCE_ADOPTION_NOT_REVIEWED] = { .ask = is_reviewed_there, .not = true },
	[CIRCUMSTANCE_TO_BE_PLACED] = { .ask = is_to_be_placed },
	[CIRCUMSTANCE_NOT_ASSESSED_LATELY] = { .ask = is_assessed_lately, .not = true },
	[CIRCUMSTANCE_NOT_YET_BORN] = { .ask = is_born, .not = true },
	[CIRCUMSTANCE_UNDER_5_WHEN_DUE] = { .ask = is_5_when_due, .not = true },
	[CIRCUMSTANCE_FIVE_WHEN_DUE] = { .ask = is_surely_5_when_due },
	[CIRCUMSTANCE_UNDER_13] = { .ask = is_13, .not = true },
	[CIRCUMSTANCE_OF_SCHOOL_AGE] = { .ask = is_of_school_age },
	[CIRCUMSTANCE_OF_QUESTIONNAIRE_AGE] = { .ask = is_of_questionnaire_age },
	[CIRCUMSTANCE_DIED_A_CHILD] = { .ask = died_a_child },
	[CIRCUMSTANCE_NOT_DIED_A_CHILD] = { .ask = died_a_child, .not = true },
};

static enum condition_answer ask(const struct asked *asked, enum circumstance circumstance)
{
	must(question[circumstance].ask != NULL || question[circumstance].regimes != 0);
	enum condition_answer answer = question[circumstance].ask != NULL
		? question[circumstance].ask(asked)
		: yes_if((question[circumstance].regimes & BIT(regime(asked))) != 0);
	if (!question[circumstance].not || answer == CONDITION_NOT_RECORDED)
		return answer;
	return yes_if(answer == CONDITION_NO);
}

enum condition_answer while_ask(
	const struct sight *sight, const struct rule *rule, const struct event *event, day on)
{
	struct asked asked = { .sight = sight, .event = event, .on = on };
	enum condition_answer holds = CONDITION_YES;
	/* On a day that nobody wrote down nothing is known to stand in the way. */
	if (on == DAY_UNKNOWN)
		return CONDITION_NOT_RECORDED;
	for (size_t i = 0; i < rule->circumstances && holds != CONDITION_NO; i++) {
		enum condition_answer answer = ask(&asked, rule->circumstance[i]);
		holds = answer == CONDITION_YES ? holds : answer;
	}
	return holds;
}
