/* tree.h - private to cin/: the elements of one child, in the order of the document. */
#pragma once

#include "returns/cin/cin.h"

#include "base/xml.h"

#define CIN_ELEMENTS(X)                                                                            \
	X(Message)                                                                                 \
	X(Header) X(Collection) X(ReferenceDate) X(LEA) X(Children) X(Child) X(ChildIdentifiers)   \
		X(LAchildID) X(UPN) X(PersonBirthDate) X(ExpectedPersonBirthDate) X(Sex) X(        \
			GenderCurrent) X(PersonDeathDate) X(Ethnicity) X(CINdetails)               \
			X(CINreferralDate) X(ReferralSource) X(PrimaryNeedCode) X(CINclosureDate)  \
				X(ReasonForClosure) X(DateOfInitialCPC) X(Assessments) X(          \
					AssessmentActualStartDate) X(AssessmentAuthorisationDate)  \
					X(AssessmentFactors) X(Section47) X(S47ActualStartDate)    \
						X(ICPCnotRequired) X(ReferralNFA) X(               \
							ChildProtectionPlans) X(CPPstartDate)      \
							X(CPPendDate) X(InitialCategoryOfAbuse)    \
								X(LatestCategoryOfAbuse)           \
									X(NumberOfPreviousCPP)     \
										X(CPPreviewDate)                 \
	X(FormerUPN) X(UPNunknown) X(ChildCharacteristics) X(Disability) X(CINPlanDates)            \
		X(CINPlanStartDate) X(CINPlanEndDate) X(AssessmentInternalReviewDate) X(InitialCPCtarget) \
	X(PreProceedingsandFGDM) X(LBPSentDate) X(InitialPPMeetingDate) X(CourtAppDate)

enum cin_element {
	CIN_OTHER,
#define X(name) CIN_##name,
	CIN_ELEMENTS(X)
#undef X
};

struct cin_node {
	enum cin_element element;
	size_t line, depth;
	str text; /* of an element that holds only text */
};

/* A child, or the header. */
struct cin_tree {
	struct cin_node *item;
	size_t n, room;
};

enum cin_element cin_element_find(str name);
str cin_element_name(enum cin_element element);
/* Reads up to the end of the element whose start was just read. False at a fault. */
bool cin_tree_read(struct xml *xml, struct arena *arena, struct cin_tree *tree);
/* One past the last node inside node `at`. */
size_t cin_tree_end(const struct cin_tree *tree, size_t at);
/* The first child of node `at` of that kind; NULL when there is none. */
const struct cin_node *cin_tree_find(
	const struct cin_tree *tree, size_t at, enum cin_element element);

/* Makes the child's records out of its elements. */
struct cin_reading {
	struct staging *staging;
	str file;
	day last_day; /* nothing happened later: the reference date, or today */
	day last_told;
	bool pre_proceedings; /* it carries their block, which earlier years had not */
};
void cin_child(struct cin_reading *reading, const struct cin_tree *tree);
