/* plans.c - conferences, child protection plans, their reviews and visits. */
#include "returns/ssd/rows.h"

static const struct staged *item_of(const struct ssd *ssd, uint32_t child, ref at)
{
	return &ssd->staging->children.item[child].item[-at.id - 1];
}

static ref known(const struct ssd_ids *ids, str id)
{
	uint32_t at;
	return ssd_id_find(ids, id, &at) ? (ref){ -(int64_t)at - 1 } : (ref){ 0 };
}

/* Held before the child was born? An unborn child has an expected date and no other. */
static enum answer is_prebirth(const struct ssd *ssd, uint32_t child, day held)
{
	const struct child *who = ssd->staging->children.item[child].item[0].record;
	if (who->born == DAY_UNKNOWN)
		return who->expected == DAY_UNKNOWN ? ANSWER_UNKNOWN : ANSWER_YES;
	return held < who->born ? ANSWER_YES : ANSWER_NO;
}

static void take_conference(struct ssd *ssd, const struct ssd_row *row,
	const struct ssd_ids *referrals, const struct ssd_ids *enquiries)
{
	struct ssd_at at = ssd_at(ssd, SSD_CONFERENCE, row);
	ref planned = known(enquiries, ssd_value(&at, SSD_icpc_s47_enquiry_id));
	if (planned.id != 0)
		((struct section47 *)item_of(ssd, row->child, planned)->record)->target =
			ssd_any_day(&at, SSD_icpc_icpc_target_date);
	/* One that is only planned was not held. */
	if (ssd_value(&at, SSD_icpc_icpc_date).n == 0)
		return;
	day held = ssd_day(&at, SSD_icpc_icpc_date, NEEDED);
	enum answer transfer = ssd_answer(&at, SSD_icpc_icpc_transfer_in);
	ref enquiry = known(enquiries, ssd_value(&at, SSD_icpc_s47_enquiry_id));
	if (enquiry.id != 0) {
		const struct section47 *of = item_of(ssd, row->child, enquiry)->record;
		ssd_not_before(&at, SSD_icpc_icpc_date, held, of->began, "the enquiry began");
	}
	if (!cells_end(&at.cells))
		return;
	if (enquiry.id != 0)
		((struct section47 *)item_of(ssd, row->child, enquiry)->record)->icpc_required =
			ANSWER_YES;
	struct conference *conference = ssd_add(&at, &conference_type)->record;
	conference->kind = transfer == ANSWER_YES ? S("transfer-in") : S("icpc");
	if (transfer == ANSWER_YES)
		conference->referral = known(referrals, ssd_value(&at, SSD_icpc_referral_id));
	conference->section47 = enquiry;
	conference->held = held;
	conference->prebirth = is_prebirth(ssd, row->child, held);
}

static bool began_before(struct ssd_at *at, day began)
{
	const struct staged_child *child = &at->ssd->staging->children.item[at->row->child];
	for (size_t i = 0; i < child->n; i++) {
		if (child->item[i].type == &cp_plan_type &&
			((const struct cp_plan *)child->item[i].record)->began == began) {
			cells_fault(&at->cells, S("cppl_cp_plan_start_date"),
				ssd_value(at, SSD_cppl_cp_plan_start_date),
				arena_format(at->ssd->staging->arena,
					"the plan on line %zu began on the same day",
					child->item[i].line));
			return true;
		}
	}
	return false;
}

static void take_plan(struct ssd *ssd, const struct ssd_row *row,
	const struct ssd_ids *referrals, struct ssd_ids *plans)
{
	struct ssd_at at = ssd_at(ssd, SSD_PLAN, row);
	/* Another council's plan of a child who stays here for a time is theirs to review. */
	if (ssd_answer(&at, SSD_cppl_cp_plan_ola) == ANSWER_YES) {
		ssd->theirs++;
		return;
	}
	day began = ssd_day(&at, SSD_cppl_cp_plan_start_date, NEEDED);
	day ended = ssd_day(&at, SSD_cppl_cp_plan_end_date, OPTIONAL);
	ssd_not_before(&at, SSD_cppl_cp_plan_end_date, ended, began, "the plan began");
	if (!at.cells.bad)
		(void)began_before(&at, began);
	if (!cells_end(&at.cells))
		return;
	str category = ssd_code_or_none(
		&at, SSD_cppl_cp_plan_initial_category, &codes_category_of_abuse);
	str latest = ssd_code_or_none(
		&at, SSD_cppl_cp_plan_latest_category, &codes_category_of_abuse);
	struct staged *item = ssd_add(&at, &cp_plan_type);
	*(struct cp_plan *)item->record = (struct cp_plan){ .began = began,
		.ended = ended,
		.category = category,
		.category_latest = latest,
		.plans_before = -1,
		.referral = known(referrals, ssd_value(&at, SSD_cppl_referral_id)) };
	item->from = began;
	item->to = ended;
	ssd_id_put(plans, ssd_value(&at, SSD_cppl_cp_plan_id),
		(uint32_t)(item - ssd->staging->children.item[row->child].item));
}

static bool is_held_already(const struct ssd *ssd, uint32_t child, ref plan, day held)
{
	const struct staged_child *of = &ssd->staging->children.item[child];
	for (size_t i = 0; i < of->n; i++) {
		const struct conference *other = of->item[i].record;
		if (of->item[i].type == &conference_type && other->plan.id == plan.id &&
			other->held == held)
			return true;
	}
	return false;
}

static void take_review(struct ssd *ssd, const struct ssd_row *row, const struct ssd_ids *plans)
{
	struct ssd_at at = ssd_at(ssd, SSD_PLAN_REVIEW, row);
	str name = S("cppr_cp_review_date"), id = ssd_value(&at, SSD_cppr_cp_plan_id);
	if (ssd_value(&at, SSD_cppr_cp_review_date).n == 0)
		return; /* due, and not held */
	day held = ssd_day(&at, SSD_cppr_cp_review_date, NEEDED);
	enum answer quorate = ssd_answer(&at, SSD_cppr_cp_review_quorate);
	ref plan = known(plans, id);
	if (!at.cells.bad && plan.id == 0)
		cells_fault(&at.cells, S("cppr_cp_plan_id"), id,
			S("the plan that it is of was not taken"));
	if (!at.cells.bad) {
		const struct staged *of = item_of(ssd, row->child, plan);
		str value = ssd_value(&at, SSD_cppr_cp_review_date);
		if (held <= of->from)
			cells_fault(&at.cells, name, value, S("not after the day the plan began"));
		else if (of->to != DAY_UNKNOWN && held > of->to)
			cells_fault(&at.cells, name, value, S("after the plan ended"));
		else if (is_held_already(ssd, row->child, plan, held))
			cells_fault(&at.cells, name, value, S("the plan has this review already"));
	}
	if (!cells_end(&at.cells))
		return;
	struct conference *conference = ssd_add(&at, &conference_type)->record;
	conference->kind = S("rcpc");
	conference->plan = plan;
	conference->held = held;
	conference->quorate = quorate;
}

static void take_visit(struct ssd *ssd, const struct ssd_row *row, const struct ssd_ids *plans)
{
	struct ssd_at at = ssd_at(ssd, SSD_PLAN_VISIT, row);
	day held = ssd_day(&at, SSD_cppv_cp_visit_date, NEEDED);
	enum answer seen = ssd_answer(&at, SSD_cppv_cp_visit_seen);
	struct visit visit = { .kind = S("cp"),
		.held = held,
		.alone = ssd_answer(&at, SSD_cppv_cp_visit_seen_alone),
		.thread = known(plans, ssd_value(&at, SSD_cppv_cp_plan_id)) };
	if (!at.cells.bad && visit.thread.id == 0) {
		const struct staged *plan = ssd_ran(ssd, row->child, &cp_plan_type, held);
		if (plan == NULL)
			cells_fault(&at.cells, S("cppv_cp_visit_date"),
				ssd_value(&at, SSD_cppv_cp_visit_date),
				S("the child was on no plan on this day that was taken"));
		else
			visit.thread = staged_ref(
				&ssd->staging->children.item[row->child], plan);
	}
	if (!cells_end(&at.cells) || seen == ANSWER_NO)
		return;
	*(struct visit *)ssd_add(&at, &visit_type)->record = visit;
}

void ssd_plans(struct ssd *ssd, uint32_t child, const struct ssd_ids *referrals,
	const struct ssd_ids *enquiries)
{
	struct ssd_ids plans = { 0 };
	struct ssd_slice rows = ssd_slice(ssd, SSD_CONFERENCE, child);
	for (size_t i = 0; i < rows.n; i++)
		take_conference(ssd, &rows.row[i], referrals, enquiries);
	rows = ssd_slice(ssd, SSD_PLAN, child);
	for (size_t i = 0; i < rows.n; i++)
		take_plan(ssd, &rows.row[i], referrals, &plans);
	rows = ssd_slice(ssd, SSD_PLAN_REVIEW, child);
	for (size_t i = 0; i < rows.n; i++)
		take_review(ssd, &rows.row[i], &plans);
	rows = ssd_slice(ssd, SSD_PLAN_VISIT, child);
	for (size_t i = 0; i < rows.n; i++)
		take_visit(ssd, &rows.row[i], &plans);
	ssd_ids_close(&plans);
}
