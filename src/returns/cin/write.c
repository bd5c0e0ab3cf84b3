#include "returns/cin/write.h"

#include <stdio.h>

static void put_day(struct xml_out *out, const char *name, day d)
{
	struct buf text = { 0 };
	if (d == DAY_UNKNOWN)
		return;
	buf_day(&text, d);
	xml_put_element(out, name, buf_view(&text));
	buf_close(&text);
}

static void put_text(struct xml_out *out, const char *name, str text)
{
	if (text.n > 0)
		xml_put_element(out, name, text);
}

static void put_number(struct xml_out *out, const char *name, int n)
{
	char text[16];
	snprintf(text, sizeof text, "%d", n);
	xml_put_element(out, name, str_of(text));
}

static void put_truth(struct xml_out *out, const char *name, bool truth)
{
	xml_put_element(out, name, truth ? S("1") : S("0"));
}

void cin_write_begin(struct xml_out *out, const struct cin_message *message)
{
	xml_put_declaration(out);
	xml_put_start(out, "Message");
	xml_put_start(out, "Header");
	xml_put_start(out, "CollectionDetails");
	xml_put_element(out, "Collection", S("CIN"));
	put_number(out, "Year", message->year);
	put_day(out, "ReferenceDate", message->reference);
	xml_put_end(out, "CollectionDetails");
	xml_put_start(out, "Source");
	xml_put_element(out, "SourceLevel", S("L"));
	put_text(out, "LEA", message->authority);
	put_text(out, "SoftwareCode", message->software);
	put_text(out, "Release", message->release);
	xml_put_element(out, "SerialNo", S("001"));
	struct buf made = { 0 };
	buf_day(&made, message->made);
	buf_lit(&made, "T09:00:00");
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

static void put_assessment(struct xml_out *out, const struct cin_assessment *assessment)
{
	xml_put_start(out, "Assessments");
	put_day(out, "AssessmentActualStartDate", assessment->began);
	put_day(out, "AssessmentInternalReviewDate", assessment->reviewed);
	put_day(out, "AssessmentAuthorisationDate", assessment->authorised);
	if (assessment->factors > 0) {
		xml_put_start(out, "FactorsIdentifiedAtAssessment");
		for (size_t i = 0; i < assessment->factors; i++)
			put_text(out, "AssessmentFactors", assessment->factor[i]);
		xml_put_end(out, "FactorsIdentifiedAtAssessment");
	}
	xml_put_end(out, "Assessments");
}

static void put_section47(struct xml_out *out, const struct cin_section47 *section47)
{
	xml_put_start(out, "Section47");
	put_day(out, "S47ActualStartDate", section47->began);
	put_day(out, "InitialCPCtarget", section47->target);
	put_day(out, "DateOfInitialCPC", section47->conference);
	put_truth(out, "ICPCnotRequired", section47->not_required);
	xml_put_end(out, "Section47");
}

static void put_plan(struct xml_out *out, const struct cin_protection_plan *plan)
{
	xml_put_start(out, "ChildProtectionPlans");
	put_day(out, "CPPstartDate", plan->began);
	put_day(out, "CPPendDate", plan->ended);
	put_text(out, "InitialCategoryOfAbuse", plan->category);
	put_text(out, "LatestCategoryOfAbuse", plan->latest);
	put_number(out, "NumberOfPreviousCPP", plan->before);
	if (plan->reviews > 0) {
		xml_put_start(out, "Reviews");
		for (size_t i = 0; i < plan->reviews; i++)
			put_day(out, "CPPreviewDate", plan->review[i]);
		xml_put_end(out, "Reviews");
	}
	xml_put_end(out, "ChildProtectionPlans");
}

static void put_details(struct xml_out *out, const struct cin_details *details)
{
	xml_put_start(out, "CINdetails");
	put_day(out, "CINreferralDate", details->received);
	put_text(out, "ReferralSource", details->source);
	put_text(out, "PrimaryNeedCode", details->need);
	put_day(out, "CINclosureDate", details->closed);
	put_text(out, "ReasonForClosure", details->closure);
	put_day(out, "DateOfInitialCPC", details->conference);
	for (size_t i = 0; i < details->assessments; i++)
		put_assessment(out, &details->assessment[i]);
	for (size_t i = 0; i < details->need_plans; i++) {
		xml_put_start(out, "CINPlanDates");
		put_day(out, "CINPlanStartDate", details->need_plan[i].began);
		put_day(out, "CINPlanEndDate", details->need_plan[i].ended);
		xml_put_end(out, "CINPlanDates");
	}
	for (size_t i = 0; i < details->section47s; i++)
		put_section47(out, &details->section47[i]);
	put_truth(out, "ReferralNFA", details->nfa);
	for (size_t i = 0; i < details->plans; i++)
		put_plan(out, &details->plan[i]);
	xml_put_end(out, "CINdetails");
}

void cin_write_child(struct xml_out *out, const struct cin_child *child)
{
	xml_put_start(out, "Child");
	xml_put_start(out, "ChildIdentifiers");
	put_text(out, "LAchildID", child->number);
	put_text(out, "UPN", child->upn);
	put_text(out, "UPNunknown", child->upn_unknown);
	put_day(out, "PersonBirthDate", child->born);
	put_day(out, "ExpectedPersonBirthDate", child->expected);
	put_text(out, "Sex", child->sex);
	put_day(out, "PersonDeathDate", child->died);
	xml_put_end(out, "ChildIdentifiers");
	xml_put_start(out, "ChildCharacteristics");
	put_text(out, "Ethnicity", child->ethnicity);
	if (child->disabilities > 0) {
		xml_put_start(out, "Disabilities");
		for (size_t i = 0; i < child->disabilities; i++)
			put_text(out, "Disability", child->disability[i]);
		xml_put_end(out, "Disabilities");
	}
	xml_put_end(out, "ChildCharacteristics");
	for (size_t i = 0; i < child->n; i++)
		put_details(out, &child->details[i]);
	xml_put_end(out, "Child");
}
