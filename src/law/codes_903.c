/* Codes that only the SSDA903 return has: health of a year, care leavers, adoption, earlier permanence,
 * social workers. As printed in the collection's guide; the meanings in our own words. */
#include "law/codes.h"

#define CODE(code, meaning)                                                                        \
	{                                                                                          \
		S_INIT(code), S_INIT(meaning), false                                               \
	}
#define LIST(name, title)                                                                          \
	const struct code_list codes_##name = { S_INIT(title), name, sizeof name / sizeof *name }

static const struct code sdq_reason[] = {
	CODE("SDQ1", "Too young or too old for the questionnaire"),
	CODE("SDQ2", "The carer did not complete it"),
	CODE("SDQ3", "Not possible because of the child’s disability"),
	CODE("SDQ4", "Another reason"),
	CODE("SDQ5", "The child did not want it to be completed"),
};
LIST(sdq_reason, "why there is no score");

static const struct code in_touch[] = {
	CODE("YES", "In touch"),
	CODE("NO", "Not in touch"),
	CODE("DIED", "Died"),
	CODE("REFU", "The young person refuses contact"),
	CODE("NREQ", "The young person no longer needs the service"),
	CODE("RHOM", "Returned home for six months or more"),
};
LIST(in_touch, "being in touch with a care leaver");

static const struct code leaver_activity[] = {
	CODE("F1", "Higher education, full time"),
	CODE("P1", "Higher education, part time"),
	CODE("F2", "Other education, full time"),
	CODE("P2", "Other education, part time"),
	CODE("F4", "Training or an apprenticeship, full time"),
	CODE("P4", "Training or an apprenticeship, part time"),
	CODE("F5", "Employment, full time"),
	CODE("P5", "Employment, part time"),
	CODE("G4", "None of these, because of illness or disability"),
	CODE("G5", "None of these, for other reasons"),
	CODE("G6", "None of these, because of pregnancy or being a parent"),
	CODE("0", "Not known: not in touch"),
};
LIST(leaver_activity, "what a care leaver does");

#define HOME(letter, meaning)                                                                      \
	CODE(letter "1", meaning ", suitable"), CODE(letter "2", meaning ", not suitable")
static const struct code leaver_home[] = {
	HOME("B", "With parents or relatives"),
	HOME("C", "Community home or other residential care"),
	HOME("D", "Semi-independent accommodation"),
	HOME("E", "Supported lodgings"),
	HOME("G", "Gone abroad"),
	HOME("H", "Deported"),
	HOME("K", "Ordinary lodgings"),
	HOME("R", "Residence not known"),
	CODE("S2", "No fixed abode, not suitable"),
	HOME("T", "Foyer or similar supported housing"),
	HOME("U", "Independent living"),
	HOME("V", "Emergency accommodation"),
	HOME("W", "Bed and breakfast"),
	CODE("X2", "In custody, not suitable"),
	HOME("Y", "Other accommodation"),
	HOME("Z", "With former foster carers"),
	CODE("0", "Not known: not in touch"),
};
LIST(leaver_home, "where a care leaver lives");

static const struct code plan_reversed[] = {
	CODE("RD1", "The child’s needs changed"),
	CODE("RD2", "The court did not make a placement order"),
	CODE("RD3", "No adopters were found"),
	CODE("RD4", "Another reason"),
};
LIST(plan_reversed, "why a plan of adoption was reversed");

static const struct code adopters_sex[] = {
	CODE("M1", "One man"),
	CODE("F1", "One woman"),
	CODE("MM", "Two men"),
	CODE("FF", "Two women"),
	CODE("MF", "A man and a woman"),
};
LIST(adopters_sex, "the adopters");

static const struct code adopters_status[] = {
	CODE("L0", "A single adopter"),
	CODE("L11", "Married couple of a man and a woman"),
	CODE("L12", "Married couple of one sex"),
	CODE("L2", "Civil partners"),
	CODE("L3", "Unmarried couple of a man and a woman"),
	CODE("L4", "Unmarried couple of one sex"),
};
LIST(adopters_status, "the adopters’ legal status");

static const struct code earlier_permanence[] = {
	CODE("P1", "Adoption"),
	CODE("P2", "Special guardianship order"),
	CODE("P3", "Residence order or child arrangements order"),
	CODE("P4", "An order, and not known which"),
	CODE("Z1", "Care did not end for good before"),
};
LIST(earlier_permanence, "how care ended for good before");

static const struct code worker_change[] = {
	CODE("MANAGE", "Change in how the work is managed"),
	CODE("FCONTA", "First contact"),
	CODE("LEFTRL", "The worker left the role"),
	CODE("ORGRST", "Reorganisation"),
	CODE("TSPROC", "Passed on as part of the process"),
	CODE("ABSENC", "Absence"),
	CODE("CHCHAN", "The child asked for a change"),
	CODE("PCCHAN", "The parent or carer asked for a change"),
	CODE("SWDIED", "The worker died"),
	CODE("OTHERS", "Another reason"),
};
LIST(worker_change, "why the social worker changed");
