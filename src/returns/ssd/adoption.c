/* adoption.c - plans of adoption: a row of ssd_permanence that tells of the agency's decision, or of a match. Of
 * another order (special guardianship, child arrangements) the period of care says what it ended in. */
#include "returns/ssd/rows.h"

#include "base/utf8.h"

/* "1", "2", and "A1" as some systems have the code. */
static int64_t adopters_of(struct ssd_at *at)
{
	str value = loose_value(ssd_value(at, SSD_perm_number_of_adopters));
	str digit = str_from(value, value.n == 0 ? 0 : value.n - 1);
	bool known = value.n <= 2 && (str_equal(digit, S("1")) || str_equal(digit, S("2")));
	if (value.n > 0 && !known)
		staging_reject(at->ssd->staging,
			(struct reject){ at->cells.file, at->cells.line,
				str_of(ssd_fields[SSD_perm_number_of_adopters].name),
				arena_str(at->ssd->staging->arena, utf8_upto(value, 200)),
				S("not one adopter or two: the row is taken without it") });
	return known ? digit.p[0] - '0' : -1;
}

/* One decision has one plan; rows without a day of decision are one. */
static bool is_told(const struct ssd_at *at, day decided)
{
	const struct staged_child *child = &at->ssd->staging->children.item[at->row->child];
	for (size_t i = 0; i < child->n; i++) {
		const struct adoption_plan *plan = child->item[i].record;
		if (child->item[i].type == &adoption_plan_type && plan->decided == decided)
			return true;
	}
	return false;
}

void ssd_take_permanence(struct ssd *ssd, const struct ssd_row *row)
{
	struct ssd_at at = ssd_at(ssd, SSD_PERMANENCE, row);
	struct adoption_plan plan = { .decided = ssd_day(&at, SSD_perm_adm_decision_date, OPTIONAL),
		.ceased = ssd_day(&at, SSD_perm_decision_reversed_date, OPTIONAL),
		.matched = ssd_day(&at, SSD_perm_matched_date, OPTIONAL),
		.foster_carer = ssd_answer(&at, SSD_perm_adopted_by_carer_flag) };
	ssd_not_before(&at, SSD_perm_decision_reversed_date, plan.ceased, plan.decided, "the decision");
	if (!at.cells.bad && plan.decided != DAY_UNKNOWN && is_told(&at, plan.decided))
		cells_fault(&at.cells, str_of(ssd_fields[SSD_perm_adm_decision_date].name),
			ssd_value(&at, SSD_perm_adm_decision_date), S("another row has the decision of that day"));
	if (!cells_end(&at.cells) || (plan.decided == DAY_UNKNOWN && plan.matched == DAY_UNKNOWN) ||
		is_told(&at, plan.decided))
		return;
	plan.ceased_reason = ssd_code_or_none(&at, SSD_perm_decision_reversed_reason, &codes_plan_reversed);
	plan.adopters = adopters_of(&at);
	plan.adopters_sex = ssd_code_or_none(&at, SSD_perm_adopter_sex, &codes_adopters_sex);
	plan.adopters_status = ssd_code_or_none(&at, SSD_perm_adopter_legal_status, &codes_adopters_status);
	*(struct adoption_plan *)ssd_add(&at, &adoption_plan_type)->record = plan;
}
