/* Lists 3 to 7: referrals, assessments, enquiries and conferences, children in need, plans. */
#include "returns/annex_a/rows.h"

#include <stdlib.h>

enum { YEAR = 12, HALF_YEAR = 6 };

/* ---- in order of day */

struct dated {
	day on;
	size_t place; /* in its list: the oldest first of one day */
};

static int by_day(const void *x, const void *y)
{
	const struct dated *a = x, *b = y;
	if (a->on != b->on)
		return a->on < b->on ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* The places of a list's records, by the day that they are of. */
static struct dated *in_order(struct telling *telling, const struct told_list *list,
	day (*day_of_record)(const void *record))
{
	struct dated *order = arena_take(telling->arena, list->n + 1, sizeof *order);
	for (size_t i = 0; i < list->n; i++)
		order[i] = (struct dated){ day_of_record(list->item[i].record), i };
	if (list->n > 1)
		qsort(order, list->n, sizeof *order, by_day);
	return order;
}

static day referral_day(const void *record)
{
	return ((const struct referral *)record)->received;
}

static day assessment_day(const void *record)
{
	return ((const struct assessment *)record)->began;
}

static day enquiry_day(const void *record)
{
	const struct section47 *enquiry = record;
	return enquiry->strategy != DAY_UNKNOWN ? enquiry->strategy : enquiry->began;
}

static day plan_day(const void *record)
{
	return ((const struct cp_plan *)record)->began;
}

static day conference_day(const void *record)
{
	return ((const struct conference *)record)->held;
}

#define IN_ORDER(telling, type, day_of_record, it)                                                 \
	const struct told_list *list_##it = TOLD(telling, type);                                   \
	const struct dated *order_##it = in_order(telling, list_##it, day_of_record);              \
	for (size_t at_##it = 0; at_##it < list_##it->n; at_##it++)                                \
		for (const struct type *it = list_##it->item[order_##it[at_##it].place].record;    \
			it != NULL; it = NULL)
#define ID_OF(it) (list_##it->item[order_##it[at_##it].place].id)

/* ---- 3 */

static int64_t referrals_in_year(const struct telling *telling)
{
	int64_t n = 0;
	EVERY(telling, referral, it)
		n += annex_within(telling, it->received, YEAR);
	return n;
}

static void tell_referrals(struct telling *telling)
{
	IN_ORDER(telling, referral, referral_day, it) {
		if (!annex_within(telling, it->received, annex_sheets[ANNEX_REFERRALS_MADE].months))
			continue;
		struct annex_row row = annex_row_of(telling);
		annex_put_day(&row, ANNEX_REFERRED, it->received);
		annex_put_code(telling, &row, ANNEX_REFERRAL_SOURCE, it->source);
		annex_put_answer(&row, ANNEX_NFA, it->nfa);
		annex_put_number(&row, ANNEX_REFERRALS, referrals_in_year(telling));
		annex_end_row(telling, ANNEX_REFERRALS_MADE, &row);
	}
}

/* ---- 4 */

static void tell_assessments(struct telling *telling)
{
	IN_ORDER(telling, assessment, assessment_day, it) {
		if (!annex_open(telling, it->began, it->authorised,
			    annex_sheets[ANNEX_ASSESSMENTS].months))
			continue;
		struct annex_row row = annex_row_of(telling);
		annex_put_day(&row, ANNEX_ASSESSMENT_BEGAN, it->began);
		annex_put_day(&row, ANNEX_ASSESSMENT_AUTHORISED, annex_shown(telling, it->authorised));
		annex_end_row(telling, ANNEX_ASSESSMENTS, &row);
	}
}

/* ---- 5 */

static bool is_initial(const struct conference *conference)
{
	return !str_equal(conference->kind, S("rcpc"));
}

/* A plan begins on the day of the conference that decided on it. */
static enum answer led_to_plan(const struct telling *telling, day held)
{
	EVERY(telling, cp_plan, plan) {
		if (plan->began == held)
			return ANSWER_YES;
	}
	return ANSWER_NO;
}

static void put_conference(struct telling *telling, struct annex_row *row, day held)
{
	if (!annex_was(telling, held))
		return;
	annex_put_day(row, ANNEX_ICPC, held);
	annex_put_answer(row, ANNEX_ICPC_RESULTED, led_to_plan(telling, held));
}

static void put_counts(struct telling *telling, struct annex_row *row)
{
	int64_t enquiries = 0, conferences = 0;
	EVERY(telling, section47, enquiry)
		enquiries += annex_within(telling, enquiry_day(enquiry), YEAR);
	EVERY(telling, conference, conference)
		conferences += is_initial(conference) && annex_within(telling, conference->held, YEAR);
	annex_put_number(row, ANNEX_ENQUIRIES, enquiries);
	annex_put_number(row, ANNEX_ICPCS, conferences);
}

static day conference_of(const struct telling *telling, int64_t enquiry)
{
	day first = DAY_UNKNOWN;
	EVERY(telling, conference, it) {
		if (it->section47.id == enquiry && is_initial(it) &&
			(first == DAY_UNKNOWN || it->held < first))
			first = it->held;
	}
	return first;
}

static void tell_enquiries(struct telling *telling)
{
	int months = annex_sheets[ANNEX_SECTION_47].months;
	IN_ORDER(telling, section47, enquiry_day, it) {
		day began = enquiry_day(it), held = conference_of(telling, ID_OF(it));
		if (!annex_within(telling, began, months) && !annex_within(telling, held, months))
			continue;
		struct annex_row row = annex_row_of(telling);
		annex_put_day(&row, ANNEX_STRATEGY, began);
		if (it->icpc_required != ANSWER_UNKNOWN)
			annex_put_answer(&row, ANNEX_ICPC_UNNECESSARY,
				it->icpc_required == ANSWER_NO ? ANSWER_YES : ANSWER_NO);
		put_conference(telling, &row, held);
		put_counts(telling, &row);
		annex_end_row(telling, ANNEX_SECTION_47, &row);
	}
}

/* Those that followed no enquiry here: a plan came from another council, or nobody said which. */
static void tell_conferences(struct telling *telling)
{
	IN_ORDER(telling, conference, conference_day, it) {
		if (!is_initial(it) || it->section47.id != 0 ||
			!annex_within(telling, it->held, annex_sheets[ANNEX_SECTION_47].months))
			continue;
		struct annex_row row = annex_row_of(telling);
		put_conference(telling, &row, it->held);
		put_counts(telling, &row);
		annex_end_row(telling, ANNEX_SECTION_47, &row);
	}
}

/* ---- 6 */

/* By whoever saw the child: a statutory visit, or the reviewing officer in person. */
static day last_seen(const struct telling *telling)
{
	day last = DAY_UNKNOWN;
	EVERY(telling, visit, visit)
		last = annex_later(last, annex_shown(telling, visit->held));
	EVERY(telling, contact, contact) {
		if (str_equal(contact->method, S("visit")) || str_equal(contact->method, S("room")))
			last = annex_later(last, annex_shown(telling, contact->on.on));
	}
	return last;
}

/* The most that is being done for the child on the day. */
static str status_of(const struct telling *telling, const struct referral *referral)
{
	if (annex_was(telling, referral->closed))
		return S("closed");
	EVERY(telling, care_period, care) {
		if (annex_open(telling, care->began, care->ended, 0))
			return S("looked-after");
	}
	EVERY(telling, cp_plan, plan) {
		if (annex_open(telling, plan->began, plan->ended, 0))
			return S("protection-plan");
	}
	EVERY(telling, need_plan, plan) {
		if (annex_open(telling, plan->began, plan->ended, 0))
			return S("need-plan");
	}
	EVERY(telling, assessment, assessment) {
		if (annex_open(telling, assessment->began, assessment->authorised, 0))
			return S("assessment");
	}
	return (str){ 0 };
}

static void tell_in_need(struct telling *telling)
{
	IN_ORDER(telling, referral, referral_day, it) {
		if (it->nfa == ANSWER_YES || !annex_open(telling, it->received, it->closed,
						     annex_sheets[ANNEX_IN_NEED].months))
			continue;
		struct annex_row row = annex_row_of(telling);
		annex_put_day(&row, ANNEX_NEED_BEGAN, it->received);
		annex_put_code(telling, &row, ANNEX_NEED, it->need);
		annex_put_day(&row, ANNEX_LAST_SEEN, last_seen(telling));
		if (annex_was(telling, it->closed)) {
			annex_put_day(&row, ANNEX_NEED_CLOSED, it->closed);
			annex_put_code(telling, &row, ANNEX_CLOSURE, it->closure);
		}
		annex_put_code(telling, &row, ANNEX_STATUS, status_of(telling, it));
		annex_end_row(telling, ANNEX_IN_NEED, &row);
	}
}

/* ---- 7 */

/* Police protection (L1) or an emergency protection order (L2), as a legal status or written down. */
static bool is_emergency(str legal)
{
	return str_equal(legal, S("L1")) || str_equal(legal, S("L2"));
}

static enum answer had_emergency(const struct telling *telling)
{
	EVERY(telling, care_period, care) {
		if (is_emergency(care->legal) && annex_within(telling, care->began, HALF_YEAR))
			return ANSWER_YES;
	}
	EVERY(telling, legal_status, legal) {
		if (is_emergency(legal->code) && annex_within(telling, legal->changed, HALF_YEAR))
			return ANSWER_YES;
	}
	EVERY(telling, child_step, step) {
		if (str_equal(step->kind, S("police-protection-began")) &&
			annex_within(telling, step->on.on, HALF_YEAR))
			return ANSWER_YES;
	}
	return ANSWER_NO;
}

static void put_visit(struct telling *telling, struct annex_row *row, int64_t plan)
{
	const struct visit *last = NULL;
	EVERY(telling, visit, visit) {
		if (visit->thread.id == plan && str_equal(visit->kind, S("cp")) &&
			annex_was(telling, visit->held) && (last == NULL || visit->held >= last->held))
			last = visit;
	}
	if (last == NULL)
		return;
	annex_put_day(row, ANNEX_PLAN_VISITED, last->held);
	annex_put_answer(row, ANNEX_SEEN_ALONE, last->alone);
}

static void tell_plans(struct telling *telling)
{
	IN_ORDER(telling, cp_plan, plan_day, it) {
		if (!annex_open(telling, it->began, it->ended, annex_sheets[ANNEX_PROTECTION].months))
			continue;
		struct annex_row row = annex_row_of(telling);
		int64_t id = ID_OF(it);
		day reviewed = DAY_UNKNOWN;
		EVERY(telling, conference, conference) {
			if (conference->plan.id == id && str_equal(conference->kind, S("rcpc")))
				reviewed = annex_later(
					reviewed, annex_shown(telling, conference->held));
		}
		annex_put_day(&row, ANNEX_PLAN_BEGAN, it->began);
		annex_put_code(telling, &row, ANNEX_CATEGORY, it->category);
		annex_put_code(telling, &row, ANNEX_CATEGORY_LATEST, it->category_latest);
		put_visit(telling, &row, id);
		annex_put_day(&row, ANNEX_PLAN_REVIEWED, reviewed);
		annex_put_day(&row, ANNEX_PLAN_ENDED, annex_shown(telling, it->ended));
		annex_put_answer(&row, ANNEX_EMERGENCY, had_emergency(telling));
		annex_put_number(&row, ANNEX_PLANS_BEFORE, it->plans_before);
		annex_end_row(telling, ANNEX_PROTECTION, &row);
	}
}

void annex_tell_need(struct telling *telling)
{
	tell_referrals(telling);
	tell_assessments(telling);
	tell_enquiries(telling);
	tell_conferences(telling);
	tell_in_need(telling);
	tell_plans(telling);
}
