/* Lists 8 to 10: children looked after, care leavers, adoption. */
#include "returns/annex_a/rows.h"

enum { YEAR = 12, ADULT = 18, WEEKS_13 = 91 };

/* Short breaks are no period of being looked after here: the list leaves them out. */
static bool is_short_breaks(const struct care_period *care)
{
	return str_equal(care->legal, S("V3")) || str_equal(care->legal, S("V4"));
}

static bool in_care(const struct telling *telling, const struct care_period *care, int months)
{
	return !is_short_breaks(care) && annex_open(telling, care->began, care->ended, months);
}

/* ---- 8 */

static void put_legal(
	struct telling *telling, struct annex_row *row, int64_t id, const struct care_period *care)
{
	day since = care->began;
	str code = care->legal;
	EVERY(telling, legal_status, legal) {
		if (legal->care.id != id || !annex_was(telling, legal->changed) || legal->changed < since)
			continue;
		since = legal->changed;
		code = legal->code;
	}
	annex_put_day(row, ANNEX_LEGAL_BEGAN, annex_shown(telling, since));
	annex_put_code(telling, row, ANNEX_LEGAL, code);
}

/* Of periods with a day in the year before, is there one that began earlier? */
static enum answer is_second(const struct telling *telling, const struct care_period *care)
{
	EVERY(telling, care_period, other) {
		if (other != care && !is_short_breaks(other) && other->began < care->began &&
			annex_within(telling, other->ended, YEAR))
			return ANSWER_YES;
	}
	return care->began == DAY_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_NO;
}

static bool is_of(const struct telling *telling, ref placement, int64_t care)
{
	EVERY(telling, placement, it) {
		if (told->id == placement.id)
			return it->care.id == care;
	}
	return false;
}

static day last_step(const struct telling *telling, str kind)
{
	day last = DAY_UNKNOWN;
	EVERY(telling, child_step, step) {
		if (str_equal(step->kind, kind))
			last = annex_later(last, annex_shown(telling, step->on.on));
	}
	EVERY(telling, care_step, other) {
		if (str_equal(other->step, kind))
			last = annex_later(last, annex_shown(telling, other->on));
	}
	return last;
}

static void put_last(struct telling *telling, struct annex_row *row, int64_t care)
{
	day reviewed = DAY_UNKNOWN, visited = DAY_UNKNOWN,
	    officer = last_step(telling, S("officer-spoke-to-child"));
	EVERY(telling, cla_review, review) {
		if (review->care.id == care)
			reviewed = annex_later(reviewed, annex_shown(telling, review->held));
	}
	EVERY(telling, visit, visit) {
		if (str_equal(visit->kind, S("cla")) && annex_was(telling, visit->held) &&
			visit->held > visited && is_of(telling, visit->thread, care))
			visited = visit->held;
	}
	EVERY(telling, contact, contact)
		officer = annex_later(officer, annex_shown(telling, contact->on.on));
	annex_put_day(row, ANNEX_CARE_REVIEWED, reviewed);
	annex_put_day(row, ANNEX_CARE_VISITED, visited);
	annex_put_day(row, ANNEX_IRO_SEEN, officer);
	annex_put_day(row, ANNEX_HEALTH, last_step(telling, S("health-assessment-held")));
	annex_put_day(row, ANNEX_DENTAL, last_step(telling, S("dental-check-held")));
}

static void put_placement(struct telling *telling, struct annex_row *row, int64_t care)
{
	const struct placement *last = NULL;
	int64_t n = 0;
	EVERY(telling, placement, it) {
		if (it->care.id != care || (it->began != DAY_UNKNOWN && it->began > telling->on))
			continue;
		n += annex_open(telling, it->began, it->ended, YEAR);
		if (last == NULL || it->began >= last->began)
			last = it;
	}
	annex_put_number(row, ANNEX_PLACEMENTS, n);
	if (last == NULL)
		return;
	annex_put_day(row, ANNEX_PLACED, last->began);
	annex_put_code(telling, row, ANNEX_PLACEMENT, last->code);
	annex_put_code(telling, row, ANNEX_PROVIDER, last->provider);
	annex_put_text(row, ANNEX_POSTCODE, last->postcode);
	annex_put_text(row, ANNEX_URN, last->urn);
	if (last->out_of_area != ANSWER_UNKNOWN)
		annex_put_code(telling, row, ANNEX_LOCATION,
			last->out_of_area == ANSWER_YES ? S("out") : S("in"));
}

/* A conversation that was held was offered. That none is recorded does not say that none was. */
static void put_missing(struct telling *telling, struct annex_row *row)
{
	const struct missing_episode *last = NULL;
	int64_t missing = 0, away = 0;
	EVERY(telling, missing_episode, it) {
		bool away_only = str_equal(it->kind, S("A"));
		if (!annex_was(telling, it->began.on))
			continue;
		missing += !away_only && annex_within(telling, it->began.on, YEAR);
		away += away_only && annex_within(telling, it->began.on, YEAR);
		if (!away_only && (last == NULL || it->began.on >= last->began.on))
			last = it;
	}
	annex_put_number(row, ANNEX_MISSINGS, missing);
	annex_put_number(row, ANNEX_ABSENCES, away);
	if (last == NULL)
		return;
	enum answer held =
		annex_was(telling, last->interview.on) ? ANSWER_YES : ANSWER_UNKNOWN;
	annex_put_answer(row, ANNEX_INTERVIEW_OFFERED, held);
	annex_put_answer(row, ANNEX_INTERVIEW_ACCEPTED, held);
}

/* As recorded of the period of care; else of the episode of need that ran when it began. */
static str need_of(const struct telling *telling, const struct care_period *care)
{
	const struct referral *best = NULL;
	EVERY(telling, referral, it) {
		if (it->need.n > 0 && it->received != DAY_UNKNOWN && care->began != DAY_UNKNOWN &&
			day_is_within(care->began, it->received, it->closed) &&
			(best == NULL || it->received > best->received))
			best = it;
	}
	return care->need.n > 0 || best == NULL ? care->need : best->need;
}

static const struct child *who(const struct telling *telling)
{
	return TOLD(telling, child)->item[0].record;
}

/* Unaccompanied at some time of the year before. */
static enum answer was_unaccompanied(const struct telling *telling)
{
	const struct child *child = who(telling);
	if (child->unaccompanied != ANSWER_YES || child->unaccompanied_until == DAY_UNKNOWN)
		return child->unaccompanied;
	return child->unaccompanied_until > day_add_months(telling->on, -YEAR) ? ANSWER_YES : ANSWER_NO;
}

static void tell_looked_after(struct telling *telling)
{
	int months = annex_sheets[ANNEX_LOOKED_AFTER].months;
	EVERY(telling, care_period, care) {
		if (!in_care(telling, care, months))
			continue;
		int64_t id = told->id;
		struct annex_row row = annex_row_of(telling);
		annex_put_answer(&row, ANNEX_ASYLUM, was_unaccompanied(telling));
		annex_put_day(&row, ANNEX_CARE_BEGAN, care->began);
		annex_put_code(telling, &row, ANNEX_CARE_NEED, need_of(telling, care));
		annex_put_answer(&row, ANNEX_CARE_AGAIN, is_second(telling, care));
		put_legal(telling, &row, id, care);
		put_last(telling, &row, id);
		put_placement(telling, &row, id);
		put_missing(telling, &row);
		if (annex_was(telling, care->ended)) {
			annex_put_day(&row, ANNEX_CARE_ENDED, care->ended);
			annex_put_code(telling, &row, ANNEX_CARE_END, care->end_reason);
		}
		annex_end_row(telling, ANNEX_LOOKED_AFTER, &row);
	}
}

/* ---- 9 */

/* Days looked after from one day up to another. */
static int days_in_care(const struct telling *telling, day from, day to)
{
	int days = 0;
	EVERY(telling, care_period, care) {
		if (is_short_breaks(care) || care->began == DAY_UNKNOWN)
			continue;
		day first = annex_later(care->began, from);
		day last = care->ended != DAY_UNKNOWN && care->ended < to ? care->ended : to;
		if (first < last)
			days += last - first;
	}
	return days;
}

/* Children Act 1989, schedule 2, paragraph 19B, and section 23A: 13 weeks in care since the age of
 * 14, and a day of them at 16 or 17. In care still: eligible; not: relevant, and from 18 former
 * relevant, to 25. Who was looked after at 16 or 17 for less: qualifying (section 24). */
static str eligibility_of(const struct telling *telling, day born)
{
	day on = telling->on, at_14 = day_add_months(born, 14 * YEAR),
	    at_16 = day_add_months(born, 16 * YEAR), at_18 = day_add_months(born, ADULT * YEAR),
	    at_25 = day_add_months(born, 25 * YEAR);
	if (on < at_16 || on >= at_25 || days_in_care(telling, at_16, at_18) == 0)
		return (str){ 0 };
	/* Up to the day of the lists: what is still to come does not count. */
	bool enough = days_in_care(telling, at_14, on < at_18 ? on : at_18) >= WEEKS_13;
	EVERY(telling, care_period, care) {
		if (in_care(telling, care, 0) && on < at_18)
			return enough ? S("eligible") : (str){ 0 };
	}
	return !enough ? S("qualifying") : on < at_18 ? S("relevant") : S("former-relevant");
}

/* As last returned: "K1" is ordinary lodgings (K), suitable (1). */
static void put_year(struct telling *telling, struct annex_row *row)
{
	const struct leaver_year *last = NULL;
	EVERY(telling, leaver_year, year) {
		if (annex_was(telling, year->ended) && (last == NULL || year->ended > last->ended))
			last = year;
	}
	if (last == NULL)
		return;
	annex_put_code(telling, row, ANNEX_IN_TOUCH, last->in_touch);
	if (!str_equal(last->activity, S("0")))
		annex_put_code(telling, row, ANNEX_ACTIVITY, last->activity);
	if (last->accommodation.n == 2) {
		annex_put_code(telling, row, ANNEX_ACCOMMODATION, str_upto(last->accommodation, 1));
		annex_put_code(telling, row, ANNEX_SUITABLE, str_from(last->accommodation, 1));
	}
}

static void tell_leaver(struct telling *telling)
{
	const struct child *child = who(telling);
	if (!annex_was(telling, child->born) || annex_was(telling, child->died))
		return;
	str eligibility = eligibility_of(telling, child->born);
	if (eligibility.n == 0)
		return;
	struct annex_row row = annex_row_of(telling);
	annex_put_code(telling, &row, ANNEX_ELIGIBILITY, eligibility);
	annex_put_answer(&row, ANNEX_ASYLUM_EVER, child->unaccompanied);
	put_year(telling, &row);
	annex_put_day(&row, ANNEX_PATHWAY_REVIEWED, last_step(telling, S("pathway-review-held")));
	annex_put_day(&row, ANNEX_IN_TOUCH_ON, last_step(telling, S("leaver-visit-held")));
	annex_end_row(telling, ANNEX_LEAVERS, &row);
}

/* ---- 10 */

struct adoption {
	day began, order, placed, adopted, fostered;
	const struct adoption_plan *plan; /* NULL: no decision is recorded */
};

static bool is_adopted(str end_reason)
{
	return str_equal(end_reason, S("E11")) || str_equal(end_reason, S("E12"));
}

static void look_at_placements(struct telling *telling, int64_t care, struct adoption *out)
{
	EVERY(telling, placement, it) {
		if (it->care.id != care || !annex_was(telling, it->began))
			continue;
		if (it->code.n == 2 && it->code.p[0] == 'A')
			out->placed = out->placed == DAY_UNKNOWN || it->began < out->placed ? it->began
											    : out->placed;
		if (str_equal(it->code, S("U2")) || str_equal(it->code, S("U5")))
			out->fostered = annex_later(out->fostered, it->began);
	}
}

/* The latest decision that a child should be placed for adoption, of that period of care. */
static const struct adoption_plan *decision_in(
	const struct telling *telling, const struct care_period *care)
{
	const struct adoption_plan *last = NULL;
	EVERY(telling, adoption_plan, plan) {
		if (annex_was(telling, plan->decided) && plan->decided >= care->began &&
			(care->ended == DAY_UNKNOWN || plan->decided <= care->ended) &&
			(last == NULL || plan->decided > last->decided))
			last = plan;
	}
	return last;
}

static void put_decision(
	struct telling *telling, struct annex_row *row, const struct adoption_plan *plan)
{
	if (plan == NULL)
		return;
	annex_put_day(row, ANNEX_ADOPTION_DECIDED, plan->decided);
	annex_put_day(row, ANNEX_MATCHED, annex_shown(telling, plan->matched));
	if (!annex_was(telling, plan->ceased))
		return;
	annex_put_day(row, ANNEX_ADOPTION_STOPPED, plan->ceased);
	annex_put_code(telling, row, ANNEX_ADOPTION_STOP, plan->ceased_reason);
}

static struct adoption adoption_of(
	struct telling *telling, int64_t id, const struct care_period *care)
{
	struct adoption out = { care->began, DAY_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN,
		decision_in(telling, care) };
	if (str_equal(care->legal, S("E1")))
		out.order = care->began;
	EVERY(telling, legal_status, legal) {
		if (legal->care.id == id && str_equal(legal->code, S("E1")))
			out.order = annex_later(out.order, annex_shown(telling, legal->changed));
	}
	look_at_placements(telling, id, &out);
	if (is_adopted(care->end_reason))
		out.adopted = annex_shown(telling, care->ended);
	EVERY(telling, child_step, step) {
		if (str_equal(step->kind, S("adoption-order-made")))
			out.adopted = annex_later(out.adopted, annex_shown(telling, step->on.on));
	}
	return out;
}

/* Those for whom adoption was the plan in the year before: decided, placed, or adopted. */
static void tell_adoption(struct telling *telling)
{
	int months = annex_sheets[ANNEX_ADOPTION].months;
	EVERY(telling, care_period, care) {
		if (!in_care(telling, care, months))
			continue;
		struct adoption found = adoption_of(telling, told->id, care);
		bool planned = (found.plan != NULL && (!annex_was(telling, found.plan->ceased) ||
							      annex_within(telling, found.plan->ceased, months))) ||
			found.order != DAY_UNKNOWN || found.placed != DAY_UNKNOWN ||
			annex_within(telling, found.adopted, months);
		if (!planned)
			continue;
		struct annex_row row = annex_row_of(telling);
		annex_put_day(&row, ANNEX_ENTERED_CARE, found.began);
		put_decision(telling, &row, found.plan);
		annex_put_day(&row, ANNEX_PLACEMENT_ORDER, found.order);
		annex_put_day(&row, ANNEX_ADOPTION_PLACED, found.placed);
		annex_put_day(&row, ANNEX_ADOPTED, found.adopted);
		annex_put_day(&row, ANNEX_FOSTERED_FOR_ADOPTION, found.fostered);
		annex_end_row(telling, ANNEX_ADOPTION, &row);
	}
}

void annex_tell_care(struct telling *telling)
{
	tell_looked_after(telling);
	tell_leaver(telling);
	tell_adoption(telling);
}
