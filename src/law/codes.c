#include "law/codes.h"

#define CODE(code, meaning)                                                                        \
	{                                                                                          \
		S_INIT(code), S_INIT(meaning), false                                               \
	}
#define RETIRED(code, meaning)                                                                     \
	{                                                                                          \
		S_INIT(code), S_INIT(meaning), true                                                \
	}
#define LIST(name, title)                                                                          \
	const struct code_list codes_##name = { S_INIT(title), name, sizeof name / sizeof *name }

static const struct code sex[] = {
	CODE("M", "Male"),
	CODE("F", "Female"),
	CODE("U", "Unknown"),
};
LIST(sex, "sex");

static const struct code ethnicity[] = {
	CODE("WBRI", "White British"),
	CODE("WIRI", "White Irish"),
	CODE("WOTH", "Any other White background"),
	CODE("WIRT", "Traveller of Irish heritage"),
	CODE("WROM", "Gypsy or Roma"),
	CODE("MWBC", "White and Black Caribbean"),
	CODE("MWBA", "White and Black African"),
	CODE("MWAS", "White and Asian"),
	CODE("MOTH", "Any other Mixed background"),
	CODE("AIND", "Indian"),
	CODE("APKN", "Pakistani"),
	CODE("ABAN", "Bangladeshi"),
	CODE("AOTH", "Any other Asian background"),
	CODE("BCRB", "Black Caribbean"),
	CODE("BAFR", "Black African"),
	CODE("BOTH", "Any other Black background"),
	CODE("CHNE", "Chinese"),
	CODE("OOTH", "Any other ethnic group"),
	CODE("REFU", "Refused"),
	CODE("NOBT", "Not yet obtained"),
};
LIST(ethnicity, "ethnicity");

static const struct code participation[] = {
	CODE("PN0", "Child aged under 4 at the time of the review"),
	CODE("PN1", "Physically attends and speaks for him or herself"),
	CODE("PN2", "Physically attends and an advocate speaks on his or her behalf"),
	CODE("PN3", "Attends and conveys his or her view symbolically, non-verbally"),
	CODE("PN4",
		"Physically attends but does not speak, does not convey a view symbolically and "
		"does not ask an advocate to speak"),
	CODE("PN5", "Does not attend but briefs an advocate to speak on his or her behalf"),
	CODE("PN6", "Does not attend but conveys his or her feelings by a facilitative medium"),
	CODE("PN7", "Does not attend nor are his or her views conveyed to the review"),
};
LIST(participation, "participation in a review");

static const struct code new_episode[] = {
	CODE("S", "Started to be looked after"),
	CODE("P", "Change of placement and carer"),
	CODE("L", "Change of legal status"),
	CODE("T", "Change of placement, same carer"),
	CODE("U", "Change of legal status and placement, same carer"),
	CODE("B", "Change of legal status, placement and carer"),
};
LIST(new_episode, "the reason for a new episode");

static const struct code legal_status[] = {
	CODE("C1", "Interim care order"),
	CODE("C2", "Full care order"),
	CODE("D1", "Freeing order granted"),
	CODE("E1", "Placement order granted"),
	CODE("V2", "Accommodated under section 20"),
	CODE("V3", "Short-term breaks, each episode recorded"),
	CODE("V4", "Short-term breaks, agreement recorded"),
	CODE("J1", "Remanded to local authority accommodation or youth detention accommodation"),
	CODE("J2", "Placed in local authority accommodation under PACE 1984"),
	CODE("J3", "Youth rehabilitation order with residence or intensive fostering"),
	CODE("L1", "Under police protection and in local authority accommodation"),
	CODE("L2", "Emergency protection order"),
	CODE("L3", "Child assessment order and in local authority accommodation"),
};
LIST(legal_status, "legal status");

static const struct code placement[] = {
	CODE("A3", "Placed for adoption with consent, with current foster carer"),
	CODE("A4", "Placed for adoption with consent, not with current foster carer"),
	CODE("A5", "Placed for adoption with placement order, with current foster carer"),
	CODE("A6", "Placed for adoption with placement order, not with current foster carer"),
	CODE("K1", "Secure children's home"),
	CODE("K2", "Children's home"),
	CODE("K3", "Supported accommodation"),
	CODE("P1", "Placed with own parents or another person with parental responsibility"),
	CODE("P3", "Residential employment"),
	CODE("R1", "Residential care home"),
	CODE("R2", "NHS or other medical establishment"),
	CODE("R3", "Family centre or mother and baby unit"),
	CODE("R5", "Young offender institution"),
	CODE("S1", "Residential school"),
	CODE("T0", "Temporary placement, any kind"),
	CODE("T1", "Temporary: in hospital"),
	CODE("T2", "Temporary: on holiday"),
	CODE("T3", "Temporary: while the usual carer is on holiday"),
	CODE("T4", "Temporary: seven days or less, other reason"),
	CODE("U1", "Foster placement with a relative or friend, long term"),
	CODE("U2", "Foster placement with a relative or friend, also approved for adoption"),
	CODE("U3", "Foster placement with a relative or friend, not long term"),
	CODE("U4", "Foster placement with another carer, long term"),
	CODE("U5", "Foster placement with another carer, also approved for adoption"),
	CODE("U6", "Foster placement with another carer, not long term"),
	CODE("Z11", "Other placement (Z11)"),
	CODE("Z12", "Other placement (Z12)"),
	CODE("Z13", "Other placement (Z13)"),
	CODE("Z14", "Other placement (Z14)"),
	RETIRED("H5", "Semi-independent living accommodation"),
	RETIRED("P2", "Independent living"),
	RETIRED("Z1", "Other placement"),
};
LIST(placement, "a placement");

static const struct code provider[] = {
	CODE("PR0", "Parents or another person with parental responsibility"),
	CODE("PR1", "Own provision"),
	CODE("PR2", "Other local authority"),
	CODE("PR3", "Other public provision"),
	CODE("PR4", "Private provision"),
	CODE("PR5", "Voluntary or third sector"),
};
LIST(provider, "a placement provider");

static const struct code end_reason[] = {
	CODE("X1", "Episode ceases and a new one begins"),
	CODE("E11", "Adopted, application unopposed"),
	CODE("E12", "Adopted, consent dispensed with"),
	CODE("E2", "Died"),
	CODE("E3", "Care taken over by another authority"),
	CODE("E4A", "Returned home as part of care planning"),
	CODE("E4B", "Returned home, not part of care planning"),
	CODE("E13", "Left to live with parents, relatives or others without parental "
		    "responsibility"),
	CODE("E41", "Child arrangements order"),
	CODE("E45", "Special guardianship order to a former foster carer, relative or friend"),
	CODE("E46", "Special guardianship order to a former foster carer, other"),
	CODE("E47", "Special guardianship order to another carer, relative or friend"),
	CODE("E48", "Special guardianship order to another carer, other"),
	CODE("E5", "Moved to independent living with formal support"),
	CODE("E6", "Moved to independent living without formal support"),
	CODE("E7", "Transferred to adult social care"),
	CODE("E8", "Ceased for any other reason"),
	CODE("E9", "Sentenced to custody"),
	CODE("E14", "Accommodation on remand ended"),
	CODE("E15", "Age assessed as 18 or over"),
	CODE("E16", "Moved abroad"),
	CODE("E17", "Aged 18 or over and remained with current carers"),
	RETIRED("E43", "Special guardianship order to a former foster carer"),
	RETIRED("E44", "Special guardianship order to another carer"),
};
LIST(end_reason, "the reason an episode ceased");

static const struct code placement_change[] = {
	CODE("CARPL", "Change to, or implementing, the care plan"),
	CODE("CLOSE", "Resignation or closure of provision"),
	CODE("ALLEG", "Allegation"),
	CODE("STAND", "Standards of care concern"),
	CODE("APPRR", "Approval removed"),
	CODE("CREQB", "Carer asked for it to end: the child's behaviour"),
	CODE("CREQO", "Carer asked for it to end: other reason"),
	CODE("CHILD", "Child asked for it to end"),
	CODE("LAREQ", "Responsible or area authority asked for it to end"),
	CODE("PLACE", "Change in the status of the placement only"),
	CODE("CUSTOD", "Custody arrangement"),
	CODE("OTHER", "Other"),
};
LIST(placement_change, "the reason for a change of placement");

static const struct code missing[] = {
	CODE("M", "Missing from care"),
	CODE("A", "Away from placement without authorisation"),
};
LIST(missing, "missing or away");

static const struct code category_of_abuse[] = {
	CODE("NEG", "Neglect"),
	CODE("PHY", "Physical abuse"),
	CODE("SAB", "Sexual abuse"),
	CODE("EMO", "Emotional abuse"),
	CODE("MUL", "More than one category, in a return"),
};
LIST(category_of_abuse, "a category of abuse");

static const struct code need[] = {
	CODE("N1", "Abuse or neglect"),
	CODE("N2", "Child's disability or illness"),
	CODE("N3", "Parental disability or illness"),
	CODE("N4", "Family in acute stress"),
	CODE("N5", "Family dysfunction"),
	CODE("N6", "Socially unacceptable behaviour"),
	CODE("N7", "Low income"),
	CODE("N8", "Absent parenting"),
	CODE("N9", "Cases other than children in need"),
	CODE("N0", "Not stated"),
};
LIST(need, "a category of need");

static const struct code referral_source[] = {
	CODE("1A", "Family member, relative or carer"),
	CODE("1B", "Acquaintance"),
	CODE("1C", "Self"),
	CODE("1D", "Other individual"),
	CODE("2A", "School"),
	CODE("2B", "Education services"),
	CODE("3A", "GP"),
	CODE("3B", "Health visitor"),
	CODE("3C", "School nurse"),
	CODE("3D", "Other primary health services"),
	CODE("3E", "A&E"),
	CODE("3F", "Other health services"),
	CODE("4", "Housing"),
	CODE("5A", "Social care, own authority"),
	CODE("5B", "Other department, own authority"),
	CODE("5C", "External authority"),
	CODE("5D", "Early help, own authority"),
	CODE("6", "Police"),
	CODE("7", "Other legal agency"),
	CODE("8", "Other"),
	CODE("9", "Anonymous"),
	CODE("10", "Unknown"),
};
LIST(referral_source, "a source of referral");

static const struct code closure[] = {
	CODE("RC1", "Adopted"),
	CODE("RC2", "Died"),
	CODE("RC3", "Child arrangements order"),
	CODE("RC4", "Special guardianship order"),
	CODE("RC5", "Transferred to the services of another authority"),
	CODE("RC6", "Transferred to adult services"),
	CODE("RC7", "Services ceased for any other reason, including no longer in need"),
	CODE("RC8", "Closed after assessment, no further action"),
	CODE("RC9", "Closed after assessment, referred to early help"),
};
LIST(closure, "the reason for closure");

static const struct code disability[] = {
	CODE("NONE", "No disability"),
	CODE("MOB", "Mobility"),
	CODE("HAND", "Hand function"),
	CODE("PC", "Personal care"),
	CODE("INC", "Incontinence"),
	CODE("COMM", "Communication"),
	CODE("LD", "Learning"),
	CODE("HEAR", "Hearing"),
	CODE("VIS", "Vision"),
	CODE("BEH", "Behaviour"),
	CODE("CON", "Consciousness"),
	CODE("AUT", "Autism"),
	CODE("DDA", "Another disability"),
};
LIST(disability, "a disability");

static const struct code upn_unknown[] = {
	CODE("UN1", "Too young to have been given one"),
	CODE("UN2", "Never in a school in England that gives one"),
	CODE("UN3", "Educated outside England"),
	CODE("UN4", "Came into care in the last week before 31 March"),
	CODE("UN5", "The sources disagree, so that none can be relied on"),
	CODE("UN6", "Not known yet when the return was made"),
	CODE("UN7", "Referred, and no further action"),
};
LIST(upn_unknown, "the reason that there is no pupil number");

static const struct code conference[] = {
	CODE("icpc", "Initial child protection conference"),
	CODE("transfer-in", "Transfer-in conference"),
	CODE("rcpc", "Review child protection conference"),
};
LIST(conference, "a conference");

static const struct code visit[] = {
	CODE("cla", "Visit to a looked after child"),
	CODE("cp", "Visit to a child subject to a child protection plan"),
};
LIST(visit, "a visit");

static const struct code meeting[] = {
	CODE("cla-review", "Review of a looked after child"),
	CODE("icpc", "Initial child protection conference"),
	CODE("rcpc", "Review child protection conference"),
	CODE("midway", "Midway check"),
};
LIST(meeting, "a meeting");

/* Words of the period of care, the placement or the review that have no record type of their own.
 */
static const struct code care_step[] = {
	CODE("authority-to-place-obtained", "Authority to place for adoption obtained"),
	CODE("iro-service-notified", "Reviewing service told"),
	CODE("iro-appointed", "Independent Reviewing Officer appointed"),
	CODE("care-plan-made", "Care plan made"),
	CODE("placement-plan-made", "Placement plan made"),
	CODE("cla-review-adjourned", "Review adjourned"),
	CODE("review-decisions-sent", "Decisions of the review sent to the manager"),
	CODE("review-decisions-received", "Decisions of the review received by the manager"),
	CODE("review-record-completed", "Full record of the review completed"),
	CODE("review-record-distributed", "Full record of the review distributed"),
	CODE("midway-held", "Midway check held"),
	RETIRED("health-assessment-held", "Health assessment held"), /* now with its kind */
	CODE("dental-check-held", "Dental check held"),
	CODE("pep-initiated", "Personal education plan initiated"),
	CODE("pep-completed", "Personal education plan completed"),
	CODE("pathway-needs-assessed", "Pathway needs assessed"),
	CODE("pathway-plan-made", "Pathway plan made"),
	CODE("short-break-series-began", "Series of short breaks began"),
	CODE("short-break-review-held", "Review of a series of short breaks held"),
};
LIST(care_step, "a step of a period of care");

static const struct code remand[] = {
	CODE("accommodation", "Local authority accommodation"),
	CODE("detention", "Youth detention accommodation"),
};
LIST(remand, "a remand");

/* How a child said something: never to be read off the code of taking part. */
static const struct code view_method[] = {
	CODE("room", "In the room"),
	CODE("video", "By video"),
	CODE("phone", "By phone"),
	CODE("text", "By text message"),
	CODE("letter", "In a letter or an email"),
	CODE("picture", "In a picture or a drawing"),
	CODE("advocate", "Through an advocate"),
	CODE("carer", "Through a carer"),
};
LIST(view_method, "how the child said it");

static const struct code contact_method[] = {
	CODE("visit", "A visit to where the child lives"),
	CODE("room", "Together somewhere else, as at school or a meeting"),
	CODE("video", "By video"),
	CODE("phone", "By phone"),
	CODE("text", "By text message"),
	CODE("letter", "By letter or email"),
};
LIST(contact_method, "how the contact was made");

const struct code *code_find(const struct code_list *list, str code)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_equal(list->code[i].code, code))
			return &list->code[i];
	}
	return NULL;
}

str code_meaning(const struct code_list *list, str code)
{
	const struct code *found = code_find(list, code);
	return found == NULL ? (str){ 0 } : found->meaning;
}
