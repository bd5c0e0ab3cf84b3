#include "returns/cin/write.h"

#include "returns/cin/gather.h"

#include <stdio.h>

const struct record_type *const cin_types[CIN_TYPES] = { &child_type, &referral_type,
	&assessment_type, &need_plan_type, &section47_type, &conference_type, &cp_plan_type };

/* The census asked for GenderCurrent, a number, until 2023-24; for Sex, a letter, since. */
enum { FIRST_OF_SEX = 2025 };

static void put_day(struct xml_out *out, const char *name, day d)
{
	char text[10];
	if (d == DAY_UNKNOWN)
		return;
	day_put(text, d);
	xml_put_element(out, name, (str){ text, sizeof text });
}

static void put_text(struct xml_out *out, const char *name, str text)
{
	if (text.n > 0)
		xml_put_element(out, name, text);
}

static void put_number(struct xml_out *out, const char *name, int64_t n)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", (long long)n);
	xml_put_element(out, name, str_of(text));
}

static void put_truth(struct xml_out *out, const char *name, bool truth)
{
	xml_put_element(out, name, truth ? S("1") : S("0"));
}

/* "1A 2B": one element each, in one around them. */
static void put_codes(struct xml_out *out, const char *around, const char *name, str codes)
{
	str code;
	if (codes.n == 0)
		return;
	xml_put_start(out, around);
	while (codes.n > 0 && str_split(&codes, ' ', &code))
		put_text(out, name, code);
	xml_put_end(out, around);
}

/* What came after the year's end was not known in it. */
static day shown(day d, const struct cin_year *year)
{
	return d != DAY_UNKNOWN && d <= year->to ? d : DAY_UNKNOWN;
}

void cin_write_begin(struct xml_out *out, const struct cin_year *year, str authority)
{
	xml_put_declaration(out);
	xml_put_start(out, "Message");
	xml_put_start(out, "Header");
	xml_put_start(out, "CollectionDetails");
	xml_put_element(out, "Collection", S("CIN"));
	put_number(out, "Year", day_civil(year->to).year);
	put_day(out, "ReferenceDate", year->to);
	xml_put_end(out, "CollectionDetails");
	xml_put_start(out, "Source");
	xml_put_element(out, "SourceLevel", S("L"));
	put_text(out, "LEA", authority);
	xml_put_element(out, "SoftwareCode", S("Duly"));
	xml_put_element(out, "Release", S("1"));
	xml_put_element(out, "SerialNo", S("001"));
	struct buf made = { 0 };
	buf_day(&made, day_add(year->to, 1));
	buf_lit(&made, "T00:00:00");
	xml_put_element(out, "DateTime", buf_view(&made));
	buf_close(&made);
	xml_put_end(out, "Source");
	xml_put_end(out, "Header");
	xml_put_start(out, "Children");
}

void cin_write_end(struct xml_out *out)
{
	xml_put_end(out, "Children");
	xml_put_end(out, "Message");
}

/* Factors are of an assessment that was completed. */
static void put_assessment(
	struct xml_out *out, const struct cin_year *year, const struct assessment *assessment)
{
	day authorised = shown(assessment->authorised, year);
	xml_put_start(out, "Assessments");
	put_day(out, "AssessmentActualStartDate", assessment->began);
	put_day(out, "AssessmentInternalReviewDate", shown(assessment->reviewed, year));
	put_day(out, "AssessmentAuthorisationDate", authorised);
	if (authorised != DAY_UNKNOWN || assessment->authorised == DAY_UNKNOWN)
		put_codes(out, "FactorsIdentifiedAtAssessment", "AssessmentFactors",
			assessment->factors);
	xml_put_end(out, "Assessments");
}

static day target_of(const struct cin_year *year, const struct section47 *enquiry)
{
	if (enquiry->target != DAY_UNKNOWN || enquiry->strategy == DAY_UNKNOWN ||
		year->calendar == NULL || enquiry->strategy < calendar_first(year->calendar) ||
		day_add(enquiry->strategy, 3 * CIN_TARGET_DAYS) > calendar_last(year->calendar))
		return enquiry->target;
	return calendar_add_working(year->calendar, enquiry->strategy, CIN_TARGET_DAYS);
}

/* That no conference is needed is said when the enquiry ends. */
static void put_enquiry(
	struct xml_out *out, const struct cin_year *year, const struct cin_enquiry *enquiry)
{
	const struct section47 *record = enquiry->record;
	bool decided = record->ended == DAY_UNKNOWN || record->ended <= year->to;
	xml_put_start(out, "Section47");
	put_day(out, "S47ActualStartDate", enquiry->began);
	put_day(out, "InitialCPCtarget", target_of(year, record));
	put_day(out, "DateOfInitialCPC", enquiry->held);
	put_truth(out, "ICPCnotRequired", record->icpc_required == ANSWER_NO && decided);
	xml_put_end(out, "Section47");
}

static void put_plan(struct arena *arena, struct xml_out *out, const struct cin_year *year,
	const struct told_child *child, const struct cin_plan *plan)
{
	const struct cp_plan *record = plan->record;
	day *review;
	size_t reviews = cin_gather_reviews(arena, year, child, plan->id, &review);
	xml_put_start(out, "ChildProtectionPlans");
	put_day(out, "CPPstartDate", record->began);
	put_day(out, "CPPendDate", shown(record->ended, year));
	put_text(out, "InitialCategoryOfAbuse", record->category);
	put_text(out, "LatestCategoryOfAbuse", record->category_latest);
	if (record->plans_before >= 0)
		put_number(out, "NumberOfPreviousCPP", record->plans_before);
	if (reviews > 0)
		xml_put_start(out, "Reviews");
	for (size_t i = 0; i < reviews; i++)
		put_day(out, "CPPreviewDate", review[i]);
	if (reviews > 0)
		xml_put_end(out, "Reviews");
	xml_put_end(out, "ChildProtectionPlans");
}

static void put_details(struct arena *arena, struct xml_out *out, const struct cin_year *year,
	const struct told_child *child, const struct cin_episode *episode)
{
	const struct referral *referral = episode->record;
	day closed = shown(referral->closed, year);
	xml_put_start(out, "CINdetails");
	put_day(out, "CINreferralDate", referral->received);
	put_text(out, "ReferralSource", referral->source);
	put_text(out, "PrimaryNeedCode", referral->need);
	put_day(out, "CINclosureDate", closed);
	if (closed != DAY_UNKNOWN || referral->closed == DAY_UNKNOWN)
		put_text(out, "ReasonForClosure", referral->closure);
	put_day(out, "DateOfInitialCPC", episode->conference);
	for (size_t i = 0; i < episode->assessments; i++)
		put_assessment(out, year, episode->assessment[i]);
	for (size_t i = 0; i < episode->need_plans; i++) {
		xml_put_start(out, "CINPlanDates");
		put_day(out, "CINPlanStartDate", episode->need_plan[i]->began);
		put_day(out, "CINPlanEndDate", shown(episode->need_plan[i]->ended, year));
		xml_put_end(out, "CINPlanDates");
	}
	for (size_t i = 0; i < episode->enquiries; i++)
		put_enquiry(out, year, &episode->enquiry[i]);
	put_truth(out, "ReferralNFA", referral->nfa == ANSWER_YES);
	for (size_t i = 0; i < episode->plans; i++)
		put_plan(arena, out, year, child, &episode->plan[i]);
	xml_put_end(out, "CINdetails");
}

static void put_sex(struct xml_out *out, const struct cin_year *year, str sex)
{
	if (day_civil(year->to).year >= FIRST_OF_SEX)
		put_text(out, "Sex", sex);
	else if (sex.n > 0)
		xml_put_element(out, "GenderCurrent",
			str_equal(sex, S("M")) ? S("1") : str_equal(sex, S("F")) ? S("2") : S("0"));
}

/* Born after the year: in it, unborn. */
static void put_identity(struct xml_out *out, const struct cin_year *year, str number,
	const struct child *child)
{
	day born = shown(child->born, year);
	xml_put_start(out, "ChildIdentifiers");
	put_text(out, "LAchildID", number);
	put_text(out, "UPN", child->upn);
	put_text(out, "FormerUPN", child->upn_former);
	if (child->upn.n == 0)
		put_text(out, "UPNunknown", child->upn_unknown);
	put_day(out, "PersonBirthDate", born);
	if (born == DAY_UNKNOWN)
		put_day(out, "ExpectedPersonBirthDate", child->expected);
	put_sex(out, year, child->sex);
	put_day(out, "PersonDeathDate", shown(child->died, year));
	xml_put_end(out, "ChildIdentifiers");
	xml_put_start(out, "ChildCharacteristics");
	put_text(out, "Ethnicity", child->ethnicity);
	put_codes(out, "Disabilities", "Disability", child->disabilities);
	xml_put_end(out, "ChildCharacteristics");
}

size_t cin_write_child(struct arena *arena, const struct cin_year *year, const struct told_child *child,
	struct xml_out *out, struct cin_left_out *left_out)
{
	struct cin_gathered gathered;
	const struct told_list *who = &child->of[child_type.index];
	size_t modules = 0;
	cin_gather(arena, year, child, &gathered);
	if (left_out != NULL) {
		left_out->plans += gathered.left_out.plans;
		left_out->enquiries += gathered.left_out.enquiries;
		left_out->conferences += gathered.left_out.conferences;
	}
	if (gathered.n == 0 || who->n == 0)
		return 0;
	xml_put_start(out, "Child");
	put_identity(out, year, child->number, who->item[0].record);
	for (size_t i = 0; i < gathered.n; i++) {
		const struct cin_episode *it = &gathered.episode[i];
		put_details(arena, out, year, child, it);
		modules += 1 + it->assessments + it->need_plans + it->enquiries + it->plans;
	}
	xml_put_end(out, "Child");
	return modules;
}
