/* need.c - referrals, assessments, enquiries and plans, as the census has them. */
#include "returns/ssd/rows.h"

#include "base/mem.h"

static struct staged_child *child_of(struct ssd *ssd, uint32_t child)
{
	return &ssd->staging->children.item[child];
}

static ref known(const struct ssd_ids *ids, str id)
{
	uint32_t at;
	return ssd_id_find(ids, id, &at) ? (ref){ -(int64_t)at - 1 } : (ref){ 0 };
}

/* "Y" under a key of a JSON text that holds the word, as {"OUTCOME_CP_CONFERENCE_FLAG": "Y"}. */
static enum answer flag_in(str json, const char *word)
{
	str want = str_of(word);
	for (size_t i = 0; i + want.n <= json.n; i++) {
		if (!str_equal_nocase((str){ json.p + i, want.n }, want))
			continue;
		size_t colon = i + str_find(str_from(json, i), ':');
		str rest = str_trim(str_from(json, colon + 1));
		while (rest.n > 0 && (rest.p[0] == '"' || rest.p[0] == ' '))
			rest = str_from(rest, 1);
		if (rest.n > 0 && (rest.p[0] == 'Y' || rest.p[0] == 'y' || rest.p[0] == '1' ||
					  rest.p[0] == 't'))
			return ANSWER_YES;
		if (rest.n > 0 && (rest.p[0] == 'N' || rest.p[0] == 'n' || rest.p[0] == '0' ||
					  rest.p[0] == 'f'))
			return ANSWER_NO;
	}
	return ANSWER_UNKNOWN;
}

static void take_referral(struct ssd *ssd, const struct ssd_row *row, struct ssd_ids *referrals)
{
	struct ssd_at at = ssd_at(ssd, SSD_NEED, row);
	struct referral read = { .received = ssd_day(&at, SSD_cine_referral_date, NEEDED),
		.closed = ssd_day(&at, SSD_cine_close_date, OPTIONAL),
		.decided = DAY_UNKNOWN,
		.nfa = ssd_answer(&at, SSD_cine_referral_nfa) };
	ssd_not_before(&at, SSD_cine_close_date, read.closed, read.received, "the referral");
	if (!cells_end(&at.cells))
		return;
	read.source = ssd_code_or_none(&at, SSD_cine_referral_source_code, &codes_referral_source);
	read.need = ssd_code_or_none(&at, SSD_cine_cin_primary_need_code, &codes_need);
	read.closure = ssd_code_or_none(&at, SSD_cine_close_reason, &codes_closure);
	struct staged *item = ssd_add(&at, &referral_type);
	*(struct referral *)item->record = read;
	ssd_id_put(referrals, ssd_value(&at, SSD_cine_referral_id),
		(uint32_t)(item - child_of(ssd, row->child)->item));
}

/* {"1A": "Y"}, ["1A", "2B"] or "1A, 2B": the codes that stand in it and are not said to be no. */
static str factors_of(struct ssd_at *at, str found)
{
	str json = ssd_value(at, SSD_cinf_assessment_factors_json);
	struct arena *arena = at->ssd->staging->arena;
	for (size_t i = 0; i < json.n;) {
		size_t end = i;
		while (end < json.n && ((json.p[end] >= '0' && json.p[end] <= '9') ||
					       (json.p[end] >= 'A' && json.p[end] <= 'Z')))
			end++;
		bool code = end - i >= 1 && end - i <= 3 && json.p[i] >= '1' && json.p[i] <= '9' &&
			    found.n < 180;
		str after = str_trim(str_from(json, end + 1));
		bool denied = str_starts(after, S(":")) &&
			      flag_in(str_from(json, i), "") == ANSWER_NO;
		if (code && !denied)
			found = arena_format(arena, "%.*s%s%.*s", STR_ARGS(found),
				found.n > 0 ? " " : "", (int)(end - i), json.p + i);
		i = end > i ? end : i + 1;
	}
	return found;
}

static str factors_for(struct ssd *ssd, uint32_t child, str assessment)
{
	struct ssd_slice slice = ssd_slice(ssd, SSD_FACTOR, child);
	str found = { 0 };
	for (size_t i = 0; i < slice.n; i++) {
		struct ssd_at at = ssd_at(ssd, SSD_FACTOR, &slice.row[i]);
		if (str_equal(ssd_value(&at, SSD_cinf_assessment_id), assessment))
			found = factors_of(&at, found);
	}
	return found;
}

static void take_assessment(
	struct ssd *ssd, const struct ssd_row *row, const struct ssd_ids *referrals)
{
	struct ssd_at at = ssd_at(ssd, SSD_ASSESSMENT, row);
	struct assessment read = { .began = ssd_day(&at, SSD_cina_assessment_start_date, OPTIONAL),
		.authorised = ssd_day(&at, SSD_cina_assessment_auth_date, OPTIONAL),
		.reviewed = DAY_UNKNOWN,
		.referral = known(referrals, ssd_value(&at, SSD_cina_referral_id)) };
	ssd_not_before(&at, SSD_cina_assessment_auth_date, read.authorised, read.began,
		"the assessment began");
	if (!at.cells.bad && read.referral.id == 0)
		cells_fault(&at.cells, S("cina_referral_id"), ssd_value(&at, SSD_cina_referral_id),
			S("the referral that it belongs to was not taken"));
	if (!cells_end(&at.cells))
		return;
	read.factors = factors_for(ssd, row->child, ssd_value(&at, SSD_cina_assessment_id));
	*(struct assessment *)ssd_add(&at, &assessment_type)->record = read;
}

static void take_need_plan(
	struct ssd *ssd, const struct ssd_row *row, const struct ssd_ids *referrals)
{
	struct ssd_at at = ssd_at(ssd, SSD_NEED_PLAN, row);
	struct need_plan read = { .began = ssd_day(&at, SSD_cinp_cin_plan_start_date, NEEDED),
		.ended = ssd_day(&at, SSD_cinp_cin_plan_end_date, OPTIONAL),
		.referral = known(referrals, ssd_value(&at, SSD_cinp_referral_id)) };
	ssd_not_before(&at, SSD_cinp_cin_plan_end_date, read.ended, read.began, "the plan began");
	if (!at.cells.bad && read.referral.id == 0)
		cells_fault(&at.cells, S("cinp_referral_id"), ssd_value(&at, SSD_cinp_referral_id),
			S("the referral that it belongs to was not taken"));
	if (cells_end(&at.cells))
		*(struct need_plan *)ssd_add(&at, &need_plan_type)->record = read;
}

/* The enquiry starts on the day of the strategy discussion at which it was begun, as in the census. */
static void take_enquiry(struct ssd *ssd, const struct ssd_row *row,
	const struct ssd_ids *referrals, struct ssd_ids *enquiries)
{
	struct ssd_at at = ssd_at(ssd, SSD_ENQUIRY, row);
	struct section47 read = { .began = ssd_day(&at, SSD_s47e_s47_start_date, NEEDED),
		.ended = ssd_day(&at, SSD_s47e_s47_end_date, OPTIONAL),
		.target = DAY_UNKNOWN,
		.referral = known(referrals, ssd_value(&at, SSD_s47e_referral_id)) };
	enum answer nfa = ssd_answer(&at, SSD_s47e_s47_nfa);
	enum answer conference =
		flag_in(ssd_value(&at, SSD_s47e_s47_outcome_json), "CONFERENCE");
	read.strategy = read.began;
	ssd_not_before(&at, SSD_s47e_s47_end_date, read.ended, read.began, "the enquiry began");
	if (!cells_end(&at.cells))
		return;
	/* Until the enquiry is over, a flag that is not set says nothing. */
	if (conference == ANSWER_YES || (conference == ANSWER_NO && read.ended != DAY_UNKNOWN))
		read.icpc_required = conference;
	else if (nfa == ANSWER_YES)
		read.icpc_required = ANSWER_NO;
	struct staged *item = ssd_add(&at, &section47_type);
	*(struct section47 *)item->record = read;
	ssd_id_put(enquiries, ssd_value(&at, SSD_s47e_s47_enquiry_id),
		(uint32_t)(item - child_of(ssd, row->child)->item));
}

static void take_pre_proceedings(struct ssd *ssd, const struct ssd_row *row)
{
	static const struct {
		enum ssd_field field;
		const char *kind;
	} steps[] = { { SSD_prep_pre_pro_letter_date, "pre-proceedings-began" },
		{ SSD_prep_initial_pre_pro_meeting_date, "pre-proceedings-meeting-held" },
		{ SSD_prep_agree_stepdown_issue_date, "pre-proceedings-ended" } };
	enum { STEPS = sizeof steps / sizeof *steps };
	struct ssd_at at = ssd_at(ssd, SSD_PRE_PROCEEDINGS, row);
	day on[STEPS];
	for (size_t i = 0; i < STEPS; i++) {
		on[i] = ssd_day(&at, steps[i].field, OPTIONAL);
		ssd_not_before(&at, steps[i].field, on[i], on[0], "the letter was sent");
	}
	if (!cells_end(&at.cells) || on[0] == DAY_UNKNOWN)
		return;
	ref letter = { 0 };
	for (size_t i = 0; i < STEPS; i++) {
		if (on[i] == DAY_UNKNOWN)
			continue;
		struct staged *item = ssd_add(&at, &child_step_type);
		struct child_step *step = item->record;
		step->kind = str_of(steps[i].kind);
		step->about = letter;
		step->on.on = on[i];
		if (i == 0)
			letter = staged_ref(child_of(ssd, row->child), item);
	}
}

#define EACH_OF(slice, ssd, table, child)                                                          \
	struct ssd_slice slice = ssd_slice(ssd, table, child);                                     \
	for (size_t i = 0; i < slice.n; i++)

void ssd_need(struct ssd *ssd, uint32_t child)
{
	struct ssd_ids referrals = { 0 }, enquiries = { 0 };
	{
		EACH_OF(rows, ssd, SSD_NEED, child)
			take_referral(ssd, &rows.row[i], &referrals);
	}
	{
		EACH_OF(rows, ssd, SSD_ASSESSMENT, child)
			take_assessment(ssd, &rows.row[i], &referrals);
	}
	{
		EACH_OF(rows, ssd, SSD_NEED_PLAN, child)
			take_need_plan(ssd, &rows.row[i], &referrals);
	}
	{
		EACH_OF(rows, ssd, SSD_ENQUIRY, child)
			take_enquiry(ssd, &rows.row[i], &referrals, &enquiries);
	}
	ssd_plans(ssd, child, &referrals, &enquiries);
	{
		EACH_OF(rows, ssd, SSD_PRE_PROCEEDINGS, child)
			take_pre_proceedings(ssd, &rows.row[i]);
	}
	ssd_ids_close(&referrals);
	ssd_ids_close(&enquiries);
}
