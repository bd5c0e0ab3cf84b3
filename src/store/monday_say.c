/* monday_say.c - the definitions of the ten numbers, and what one child counts towards. */
#include "store/monday.h"

#include "law/calendar.h"

#define CLOCK_SOURCE S_INIT("clocks, from reviews, conferences and bookings in the files and by hand")
#define PLAN_SOURCE S_INIT("child protection plans, from the census and by hand")
#define NOT_YET S_INIT("no source carries it yet")
/* No row of a child carries them: they are asked of the disputes themselves (store_matter_counts). */
#define DISPUTES S_INIT("the disputes that are written down here")

const str monday_headings[11] = { S_INIT(""), S_INIT("Reviews late or going late"),
	S_INIT("Reviews on time, year to date"),
	S_INIT("Initial conference within 15 working days"), S_INIT("Review conferences"),
	S_INIT("Child protection plans"), S_INIT("Seen and held"), S_INIT("Voice"), S_INIT("Paper"),
	S_INIT("Challenge"), S_INIT("Capacity and blindness") };

const struct monday_row monday_rows[MONDAY_MEASURES] = {
	[MONDAY_REVIEW_LATE] = { S_INIT("review-late"), 1, S_INIT("Due date passed and none held"),
		S_INIT("children with a review whose due date is before today and that was not held"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_REVIEW_UNBOOKED] = { S_INIT("review-not-booked"), 1,
		S_INIT("Due within 20 working days and not booked"),
		S_INIT("children with a review due from today to 20 working days on, and no booking"),
		S_INIT(""), CLOCK_SOURCE },
	[MONDAY_REVIEW_BOOKED_LATE] = { S_INIT("review-booked-late"), 1, S_INIT("Booked after due"),
		S_INIT("children whose next review is booked for a day after its due date"),
		S_INIT(""), CLOCK_SOURCE },
	[MONDAY_REVIEW_IN_TIME] = { S_INIT("review-in-time"), 2, S_INIT("Every review held in time"),
		S_INIT("children of whom each review due since 1 April was held by its due date"),
		S_INIT("children with a review due since 1 April"), CLOCK_SOURCE },
	[MONDAY_FIRST_IN_TIME] = { S_INIT("first-review-in-time"), 2,
		S_INIT("First review held in time"),
		S_INIT("children whose first review, due since 1 April, was held by its due date"),
		S_INIT("children with a first review due since 1 April"), CLOCK_SOURCE },
	[MONDAY_ICPC_WEEK] = { S_INIT("icpc-week"), 3, S_INIT("In time, last 7 days"),
		S_INIT("children whose initial conference was held by the 15th working day after the "
		       "strategy discussion that began the section 47 enquiry"),
		S_INIT("children whose initial conference was held, or fell due and was not held, in "
		       "the 7 days before today"),
		CLOCK_SOURCE },
	[MONDAY_ICPC_YEAR] = { S_INIT("icpc-year"), 3, S_INIT("In time, since 1 April"),
		S_INIT("children whose every initial conference since 1 April was in time"),
		S_INIT("children whose initial conference was held, or fell due and was not held, "
		       "since 1 April"),
		CLOCK_SOURCE },
	[MONDAY_TRANSFER_YEAR] = { S_INIT("transfer-year"), 3, S_INIT("Transfers-in in time, since 1 April"),
		S_INIT("children whose transfer-in conference since 1 April was in time"),
		S_INIT("children whose transfer-in conference was held or fell due since 1 April"),
		CLOCK_SOURCE },
	[MONDAY_ICPC_NO_DATE] = { S_INIT("icpc-no-date"), 3, S_INIT("Day 10 or more without a date"),
		S_INIT("children for whom no initial conference is held or booked 10 working days or "
		       "more after the strategy discussion"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_RCPC_LATE] = { S_INIT("rcpc-late"), 4,
		S_INIT("First or next conference late or booked late"),
		S_INIT("children on a plan whose review conference was due before today and not "
		       "held, or is booked after its due date"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_RCPC_IN_TIME] = { S_INIT("rcpc-in-time"), 4,
		S_INIT("Open 3 months or more, every review in time"),
		S_INIT("of those, children of whom each review conference of the plan was in time"),
		S_INIT("children on a plan that began 3 months ago or earlier"), CLOCK_SOURCE },
	[MONDAY_PLAN_OPEN] = { S_INIT("plan-open"), 5, S_INIT("Open plans"),
		S_INIT("children with a plan that has begun and not ended"), S_INIT(""), PLAN_SOURCE },
	[MONDAY_PLAN_STARTED] = { S_INIT("plan-started"), 5, S_INIT("Started in the last 7 days"),
		S_INIT("children whose plan began in the 7 days before today"), S_INIT(""),
		PLAN_SOURCE },
	[MONDAY_PLAN_ENDED] = { S_INIT("plan-ended"), 5, S_INIT("Ended in the last 7 days"),
		S_INIT("children whose plan ended in the 7 days before today"), S_INIT(""),
		PLAN_SOURCE },
	[MONDAY_PLAN_15] = { S_INIT("plan-15-months"), 5, S_INIT("Open 15 months or more"),
		S_INIT("children on a plan that began 15 months ago or earlier"), S_INIT(""),
		PLAN_SOURCE, .oldest = true },
	[MONDAY_PLAN_24] = { S_INIT("plan-24-months"), 5, S_INIT("Open 24 months or more"),
		S_INIT("children on a plan that began 24 months ago or earlier"), S_INIT(""),
		PLAN_SOURCE, .oldest = true },
	[MONDAY_PLAN_AGAIN] = { S_INIT("plan-again"), 5, S_INIT("Second or later plan, ever"),
		S_INIT("of those, children who had a plan before"),
		S_INIT("children whose plan began since 1 April"), PLAN_SOURCE },
	[MONDAY_PLAN_AGAIN_2] = { S_INIT("plan-again-2-years"), 5,
		S_INIT("Second or later plan within 2 years"),
		S_INIT("of those, children whose plan before ended less than 2 years earlier"),
		S_INIT("children whose plan began since 1 April"), PLAN_SOURCE },
	[MONDAY_SEEN_ALONE] = { S_INIT("not-seen-alone"), 6, S_INIT("Not seen alone in the local interval"),
		S_INIT("children on a plan without a visit at which they were seen alone within the "
		       "local interval of the visit rule"),
		S_INIT(""), S_INIT("visits, from the census and by hand") },
	[MONDAY_CORE_GROUP] = { S_INIT("core-group-late"), 6, S_INIT("First core group not held by day 10"),
		S_INIT("children on a plan whose first core group was due before today and not held"),
		S_INIT(""), S_INIT("core groups by hand; no statutory file carries them"),
		.oldest = true },
	[MONDAY_VOICE_THERE] = { S_INIT("voice-there"), 7, S_INIT("Took part in the room or spoke (PN1 to PN4)"),
		S_INIT("children whose latest review is coded PN1, PN2, PN3 or PN4"),
		S_INIT("children aged 4 and over with a review in the last 4 weeks"),
		S_INIT("participation codes of reviews") },
	[MONDAY_VOICE_SENT] = { S_INIT("voice-sent"), 7, S_INIT("Views brought by others (PN5, PN6)"),
		S_INIT("children whose latest review is coded PN5 or PN6"),
		S_INIT("children aged 4 and over with a review in the last 4 weeks"),
		S_INIT("participation codes of reviews") },
	[MONDAY_VOICE_NOT] = { S_INIT("voice-not"), 7, S_INIT("Not heard (PN7)"),
		S_INIT("children whose latest review is coded PN7"),
		S_INIT("children aged 4 and over with a review in the last 4 weeks"),
		S_INIT("participation codes of reviews") },
	[MONDAY_VOICE_NOT_TWICE] = { S_INIT("voice-not-twice"), 7, S_INIT("Not heard twice running"),
		S_INIT("children whose latest two reviews are coded PN7"), S_INIT(""),
		S_INIT("participation codes of reviews") },
	[MONDAY_VOICE_ALONE] = { S_INIT("voice-alone"), 7,
		S_INIT("Reviewing officer did not speak with the child alone, and why"),
		S_INIT("children of whom the review’s record says so"), S_INIT(""), NOT_YET,
		.nowhere = true },
	[MONDAY_PAPER_DECISIONS] = { S_INIT("decisions-late"), 8,
		S_INIT("Review decisions not sent after 5 working days"),
		S_INIT("children with a review whose decisions are not sent and were due before today"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_PAPER_RECORD] = { S_INIT("record-late"), 8,
		S_INIT("Review record not written after 15 working days"),
		S_INIT("children with a review whose full record is not written and was due"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_PAPER_SENT] = { S_INIT("distribution-late"), 8,
		S_INIT("Review record not distributed after 20 working days"),
		S_INIT("children with a review whose record is not distributed and was due"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_PAPER_NOTICE] = { S_INIT("notice-late"), 8,
		S_INIT("Conference decisions past the local limit"),
		S_INIT("children with a conference whose decisions are not sent and were due"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_PAPER_CONFERENCE] = { S_INIT("conference-record-late"), 8,
		S_INIT("Conference record past the local limit"),
		S_INIT("children with a conference whose record is not sent and was due"),
		S_INIT(""), CLOCK_SOURCE, .oldest = true },
	[MONDAY_DISPUTE_OPEN] = { S_INIT("dispute-open"), 9, S_INIT("Informal and formal disputes, open"),
		S_INIT("children with an open dispute"), S_INIT(""), DISPUTES, .nowhere = true },
	[MONDAY_DISPUTE_LONG] = { S_INIT("dispute-long"), 9, S_INIT("Formal disputes over 20 working days"),
		S_INIT("children with a formal dispute open longer than 20 working days"), S_INIT(""),
		DISPUTES, .oldest = true, .nowhere = true },
	[MONDAY_DISPUTE_CLOSED] = { S_INIT("dispute-closed"), 9,
		S_INIT("Closed in the last 7 days, and whether the plan changed"),
		S_INIT("children whose dispute was closed"), S_INIT(""), DISPUTES, .nowhere = true },
	[MONDAY_ACTION_CARRIED] = { S_INIT("action-carried"), 9, S_INIT("Actions carried twice or more"),
		S_INIT("children with an action that survived two reviews"), S_INIT(""), NOT_YET,
		.nowhere = true },
	[MONDAY_LOAD] = { S_INIT("children"), 10, S_INIT("Children looked after or on a plan"),
		S_INIT("children looked after, on a plan or both, each counted once"), S_INIT(""),
		S_INIT("periods of care and plans; hours of officers are in no source") },
	[MONDAY_NO_OFFICER] = { S_INIT("no-officer"), 10,
		S_INIT("No named reviewing officer after 5 working days"),
		S_INIT("looked after children for 5 working days or more whom no reviewing officer "
		       "is named for"),
		S_INIT(""), S_INIT("the people file and allocations") , .oldest = true },
	[MONDAY_NO_CHAIR] = { S_INIT("no-chair"), 10, S_INIT("Meeting this week without a chair"),
		S_INIT("children with a meeting booked from Monday to Sunday of this week and no "
		       "reviewing officer or chair named"),
		S_INIT(""), S_INIT("bookings and allocations") },
	[MONDAY_NO_MINUTES] = { S_INIT("no-minutes"), 10, S_INIT("Meeting this week without a minute-taker"),
		S_INIT("children with such a meeting and no minute-taker"), S_INIT(""), NOT_YET,
		.nowhere = true },
	[MONDAY_UNCOMPUTABLE] = { S_INIT("uncomputable"), 10, S_INIT("A clock that cannot be computed"),
		S_INIT("children with a clock whose state cannot be said, for want of a date or a "
		       "detail"),
		S_INIT(""), CLOCK_SOURCE },
};

bool monday_find(str code, enum monday_measure *out)
{
	for (size_t i = 0; i < MONDAY_MEASURES; i++) {
		if (str_equal(monday_rows[i].code, code)) {
			*out = (enum monday_measure)i;
			return true;
		}
	}
	return false;
}

struct monday_day monday_day_of(const struct law *law, day today)
{
	struct civil c = day_civil(today);
	return (struct monday_day){ .law = law,
		.today = today,
		.year = day_of(c.month >= 4 ? c.year : c.year - 1, 4, 1),
		.week = today - 7 };
}

#define BIT(measure) ((uint64_t)1 << (measure))

static void waits(struct monday_child *child, enum monday_measure measure, day since)
{
	bool first = (child->in & BIT(measure)) == 0;
	child->in |= BIT(measure);
	if (since != DAY_UNKNOWN && (first || since < child->since[measure]))
		child->since[measure] = since;
}

/* Counted among the whole; `good`: and in time. */
static void counts(struct monday_child *child, enum monday_measure measure, bool good)
{
	child->of |= BIT(measure);
	if (!good)
		child->failed |= BIT(measure);
}

static bool is_past(enum clock_state state)
{
	return state == CLOCK_MET || state == CLOCK_MET_LATE || state == CLOCK_OVERDUE ||
		state == CLOCK_MISSED;
}

static bool is_open(enum clock_state state)
{
	return state == CLOCK_DUE || state == CLOCK_OVERDUE;
}

static bool is_carried(const struct clock *clock)
{
	return clock->doubt != DOUBT_NOT_CARRIED;
}

static void review_clock(const struct monday_day *on, struct monday_child *child,
	const struct clock *clock, enum clock_state state)
{
	static const enum monday_measure now[] = { MONDAY_REVIEW_LATE, MONDAY_REVIEW_UNBOOKED,
		MONDAY_REVIEW_BOOKED_LATE };
	bool first = str_equal(clock->rule->id, S("cla-review-first"));
	if (is_carried(clock))
		child->carried |= BIT(MONDAY_REVIEW_LATE) | BIT(MONDAY_REVIEW_UNBOOKED) |
			BIT(MONDAY_REVIEW_BOOKED_LATE) | BIT(MONDAY_REVIEW_IN_TIME) |
			BIT(MONDAY_FIRST_IN_TIME);
	for (size_t i = 0; i < 3 && state == CLOCK_UNKNOWN; i++)
		child->unknown |= BIT(now[i]);
	if (state == CLOCK_OVERDUE)
		waits(child, MONDAY_REVIEW_LATE, clock->due);
	if (state == CLOCK_DUE && clock->booked == DAY_UNKNOWN &&
		calendar_working_between(on->law->calendar, on->today, clock->due) <= 20)
		waits(child, MONDAY_REVIEW_UNBOOKED, clock->due);
	if (is_open(state) && clock_booking(clock) == BOOKING_LATE)
		waits(child, MONDAY_REVIEW_BOOKED_LATE, clock->due);
	if (clock->due == DAY_UNKNOWN || clock->due < on->year || clock->due > on->today)
		return;
	if (state == CLOCK_UNKNOWN)
		child->unknown |= BIT(MONDAY_REVIEW_IN_TIME) |
			(first ? BIT(MONDAY_FIRST_IN_TIME) : 0);
	if (!is_past(state))
		return;
	counts(child, MONDAY_REVIEW_IN_TIME, state == CLOCK_MET);
	if (first)
		counts(child, MONDAY_FIRST_IN_TIME, state == CLOCK_MET);
}

/* The day on which an initial conference came to count: held, or due and not held. */
static void conference_clock(const struct monday_day *on, struct monday_child *child,
	const struct clock *clock, enum clock_state state, enum monday_measure year)
{
	day when = clock->met_on != DAY_UNKNOWN ? clock->met_on : clock->due;
	bool initial = year == MONDAY_ICPC_YEAR;
	if (is_carried(clock))
		child->carried |= BIT(year) |
			(initial ? BIT(MONDAY_ICPC_WEEK) | BIT(MONDAY_ICPC_NO_DATE) : 0);
	if (state == CLOCK_UNKNOWN)
		child->unknown |= BIT(year) | (initial ? BIT(MONDAY_ICPC_NO_DATE) : 0);
	if (is_past(state) && when != DAY_UNKNOWN && when < on->today) {
		if (when >= on->year)
			counts(child, year, state == CLOCK_MET);
		if (when >= on->week && initial)
			counts(child, MONDAY_ICPC_WEEK, state == CLOCK_MET);
	}
	if (initial && is_open(state) && clock->booked == DAY_UNKNOWN &&
		clock->from != DAY_UNKNOWN &&
		calendar_working_between(on->law->calendar, clock->from, on->today) >= 10)
		waits(child, MONDAY_ICPC_NO_DATE, clock->from);
}

static void rcpc_clock(
	struct monday_child *child, const struct clock *clock, enum clock_state state)
{
	if (!child->on_plan || child->plan_began == DAY_UNKNOWN || clock->from < child->plan_began)
		return;
	if (is_carried(clock))
		child->carried |= BIT(MONDAY_RCPC_LATE) | BIT(MONDAY_RCPC_IN_TIME);
	if (state == CLOCK_UNKNOWN)
		child->unknown |= BIT(MONDAY_RCPC_LATE) | BIT(MONDAY_RCPC_IN_TIME);
	if (state == CLOCK_OVERDUE || (is_open(state) && clock_booking(clock) == BOOKING_LATE))
		waits(child, MONDAY_RCPC_LATE, clock->due);
	if (is_past(state) && state != CLOCK_MET)
		child->failed |= BIT(MONDAY_RCPC_IN_TIME);
}

/* Something that should be done and is not: sent, written, held. */
static void simple_clock(struct monday_child *child, const struct clock *clock,
	enum clock_state state, enum monday_measure measure)
{
	if (is_carried(clock))
		child->carried |= BIT(measure);
	if (state == CLOCK_UNKNOWN)
		child->unknown |= BIT(measure);
	if (state == CLOCK_OVERDUE)
		waits(child, measure, clock->due);
}

static void visit_clock(const struct monday_day *on, struct monday_child *child,
	const struct clock *clock, enum clock_state state)
{
	if (is_carried(clock))
		child->carried |= BIT(MONDAY_SEEN_ALONE);
	if (!child->on_plan || child->plan_began == DAY_UNKNOWN || clock->from < child->plan_began)
		return;
	if (state == CLOCK_UNKNOWN)
		child->unknown |= BIT(MONDAY_SEEN_ALONE);
	day base = child->last_alone >= child->plan_began ? child->last_alone : child->plan_began;
	const struct calendar *calendar = on->law->calendar;
	bool working = clock->rule->limit.unit == UNIT_WORKING_DAYS;
	int n = clock->rule->limit.n;
	/* The council's own interval, as this clock was counted by it. */
	if (clock->local != 0 && clock->due != DAY_UNKNOWN)
		n = working ? calendar_working_between(calendar, clock->from, clock->due)
			    : clock->due - clock->from;
	day limit = working ? calendar_add_working(calendar, base, n) : day_add(base, n);
	if (is_open(state) && limit != DAY_UNKNOWN && limit < on->today)
		waits(child, MONDAY_SEEN_ALONE, limit);
}

static void meeting_this_week(
	const struct monday_day *on, struct monday_child *child, const struct clock *clock)
{
	day monday = on->today - (day)day_weekday(on->today);
	bool review = str_equal(clock->rule->booking, S("cla-review"));
	child->carried |= BIT(MONDAY_NO_CHAIR);
	if (clock->booked < monday || clock->booked > monday + 6)
		return;
	if (review ? !child->has_iro : !child->has_chair)
		waits(child, MONDAY_NO_CHAIR, clock->booked);
}

void monday_clock(
	const struct monday_day *on, struct monday_child *child, const struct clock *clock)
{
	static const struct {
		str rule;
		enum monday_measure measure;
	} simple[] = {
		{ S_INIT("core-group-first"), MONDAY_CORE_GROUP },
		{ S_INIT("iro-decisions-record"), MONDAY_PAPER_DECISIONS },
		{ S_INIT("iro-full-record"), MONDAY_PAPER_RECORD },
		{ S_INIT("iro-distribute-record"), MONDAY_PAPER_SENT },
		{ S_INIT("cp-decision-notice"), MONDAY_PAPER_NOTICE },
		{ S_INIT("cp-record-distribution"), MONDAY_PAPER_CONFERENCE },
	};
	enum clock_state state = clock_state(clock, on->today);
	str id = clock->rule->id;
	if (str_equal(id, S("cla-review-first")) &&
		(child->care_began == DAY_UNKNOWN || clock->from > child->care_began))
		child->care_began = clock->from;
	if (clock->booked != DAY_UNKNOWN && is_open(state))
		meeting_this_week(on, child, clock);
	if (str_equal(clock->rule->booking, S("cla-review")) || str_starts(id, S("adoption-review-")))
		review_clock(on, child, clock, state);
	else if (str_equal(id, S("icpc-15wd")))
		conference_clock(on, child, clock, state, MONDAY_ICPC_YEAR);
	else if (str_equal(id, S("transfer-in-conference")))
		conference_clock(on, child, clock, state, MONDAY_TRANSFER_YEAR);
	else if (str_equal(clock->rule->booking, S("rcpc")))
		rcpc_clock(child, clock, state);
	else if (str_equal(id, S("cp-visit")))
		visit_clock(on, child, clock, state);
	for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
		if (str_equal(simple[i].rule, id))
			simple_clock(child, clock, state, simple[i].measure);
	}
}

static bool is_last_week(const struct monday_day *on, day d)
{
	return d != DAY_UNKNOWN && d >= on->week && d < on->today;
}

void monday_plan(
	const struct monday_day *on, struct monday_child *child, const struct monday_plan *plan)
{
	static const uint64_t all = BIT(MONDAY_PLAN_OPEN) | BIT(MONDAY_PLAN_STARTED) |
		BIT(MONDAY_PLAN_ENDED) | BIT(MONDAY_PLAN_15) | BIT(MONDAY_PLAN_24) |
		BIT(MONDAY_PLAN_AGAIN) | BIT(MONDAY_PLAN_AGAIN_2);
	bool open = plan->ended == DAY_UNKNOWN || plan->ended > on->today;
	child->carried |= all;
	if (plan->began == DAY_UNKNOWN) {
		child->unknown |= BIT(MONDAY_PLAN_OPEN);
		return;
	}
	if (plan->began > on->today)
		return;
	if (is_last_week(on, plan->began))
		waits(child, MONDAY_PLAN_STARTED, plan->began);
	if (is_last_week(on, plan->ended))
		waits(child, MONDAY_PLAN_ENDED, plan->ended);
	if (plan->began >= on->year) {
		bool known = plan->last_ended != DAY_UNKNOWN;
		counts(child, MONDAY_PLAN_AGAIN, false);
		counts(child, MONDAY_PLAN_AGAIN_2, false);
		if (known || plan->before > 0)
			waits(child, MONDAY_PLAN_AGAIN, plan->began);
		else if (plan->before < 0)
			child->unknown |= BIT(MONDAY_PLAN_AGAIN) | BIT(MONDAY_PLAN_AGAIN_2);
		if (known && plan->last_ended > day_add_months(plan->began, -24))
			waits(child, MONDAY_PLAN_AGAIN_2, plan->began);
		else if (!known && plan->before > 0)
			child->unknown |= BIT(MONDAY_PLAN_AGAIN_2);
	}
	if (!open)
		return;
	child->plan_began = plan->began;
	waits(child, MONDAY_PLAN_OPEN, plan->began);
	if (plan->began <= day_add_months(on->today, -15))
		waits(child, MONDAY_PLAN_15, plan->began);
	if (plan->began <= day_add_months(on->today, -24))
		waits(child, MONDAY_PLAN_24, plan->began);
	if (plan->began <= day_add_months(on->today, -3))
		counts(child, MONDAY_RCPC_IN_TIME, true);
}

void monday_review(
	const struct monday_day *on, struct monday_child *child, const struct monday_review *review)
{
	static const enum monday_measure by_code[] = { MONDAY_VOICE_THERE, MONDAY_VOICE_THERE,
		MONDAY_VOICE_THERE, MONDAY_VOICE_THERE, MONDAY_VOICE_SENT, MONDAY_VOICE_SENT,
		MONDAY_VOICE_NOT };
	static const enum monday_measure all[] = { MONDAY_VOICE_THERE, MONDAY_VOICE_SENT,
		MONDAY_VOICE_NOT };
	str code = review->participation;
	bool numbered = code.n == 3 && str_starts(code, S("PN")) && code.p[2] >= '1' && code.p[2] <= '7';
	if (review->held > on->today || review->held < on->today - 28 ||
		(child->born != DAY_UNKNOWN && day_add_months(child->born, 48) > review->held))
		return;
	child->carried |= BIT(MONDAY_VOICE_NOT_TWICE);
	for (size_t i = 0; i < 3; i++) {
		child->carried |= BIT(all[i]);
		child->of |= BIT(all[i]);
		if (!numbered)
			child->unknown |= BIT(all[i]) | BIT(MONDAY_VOICE_NOT_TWICE);
	}
	if (!numbered)
		return;
	enum monday_measure said = by_code[code.p[2] - '1'];
	waits(child, said, DAY_UNKNOWN);
	if (said == MONDAY_VOICE_NOT && str_equal(review->previous, S("PN7")))
		waits(child, MONDAY_VOICE_NOT_TWICE, DAY_UNKNOWN);
}

void monday_say(const struct monday_day *on, struct monday_child *child)
{
	static const enum monday_measure in_time[] = { MONDAY_REVIEW_IN_TIME, MONDAY_FIRST_IN_TIME,
		MONDAY_ICPC_WEEK, MONDAY_ICPC_YEAR, MONDAY_TRANSFER_YEAR, MONDAY_RCPC_IN_TIME };
	for (size_t i = 0; i < sizeof in_time / sizeof *in_time; i++) {
		uint64_t bit = BIT(in_time[i]);
		if ((child->of & bit) != 0 && (child->failed & bit) == 0 &&
			(child->unknown & bit) == 0)
			child->in |= bit;
	}
	child->carried |= BIT(MONDAY_LOAD) | BIT(MONDAY_NO_OFFICER) | BIT(MONDAY_UNCOMPUTABLE);
	if (child->looked_after || child->on_plan)
		child->in |= BIT(MONDAY_LOAD);
	if (child->unknowns)
		child->in |= BIT(MONDAY_UNCOMPUTABLE);
	if (!child->looked_after || child->has_iro)
		return;
	if (child->care_began == DAY_UNKNOWN)
		child->unknown |= BIT(MONDAY_NO_OFFICER);
	else if (calendar_working_between(on->law->calendar, child->care_began, on->today) > 5)
		waits(child, MONDAY_NO_OFFICER, child->care_began);
}
