/* The codes that stand in the columns, and how they are shown. */
#include "returns/annex_a/codes.h"

#define CODE(code, shown) { S_INIT(code), S_INIT(shown) }
#define CODES(name, title, list)                                                                   \
	const struct annex_codes annex_codes_##name = { S_INIT(title), name,                       \
		sizeof name / sizeof *name, list }

static const struct annex_code gender[] = {
	CODE("M", "a) Male"),
	CODE("F", "b) Female"),
	CODE("U", "c) Not stated/recorded"),
	CODE("", "d) Neither"),
};
CODES(gender, "gender", &codes_sex);

static const struct annex_code ethnicity[] = {
	CODE("WBRI", "a) WBRI"), CODE("WIRI", "b) WIRI"), CODE("WIRT", "c) WIRT"),
	CODE("WOTH", "d) WOTH"), CODE("WROM", "e) WROM"), CODE("MWBC", "f) MWBC"),
	CODE("MWBA", "g) MWBA"), CODE("MWAS", "h) MWAS"), CODE("MOTH", "i) MOTH"),
	CODE("AIND", "j) AIND"), CODE("APKN", "k) APKN"), CODE("ABAN", "l) ABAN"),
	CODE("AOTH", "m) AOTH"), CODE("BCRB", "n) BCRB"), CODE("BAFR", "o) BAFR"),
	CODE("BOTH", "p) BOTH"), CODE("CHNE", "q) CHNE"), CODE("OOTH", "r) OOTH"),
	CODE("REFU", "s) REFU"), CODE("NOBT", "t) NOBT"),
};
CODES(ethnicity, "ethnicity", &codes_ethnicity);

static const struct annex_code source[] = {
	CODE("1A", "a) 1A: Individual"), CODE("1B", "b) 1B: Individual"),
	CODE("1C", "c) 1C: Individual"), CODE("1D", "d) 1D: Individual"),
	CODE("2A", "e) 2A: Schools"), CODE("2B", "f) 2B: Education services"),
	CODE("3A", "g) 3A: Health services"), CODE("3B", "h) 3B: Health services"),
	CODE("3C", "i) 3C: Health services"), CODE("3D", "j) 3D: Health services"),
	CODE("3E", "k) 3E: Health services"), CODE("3F", "l) 3F: Health services"),
	CODE("4", "m) 4: Housing"), CODE("5A", "n) 5A: LA services"),
	CODE("5B", "o) 5B: LA services"), CODE("5C", "p) 5C: LA services"),
	CODE("5D", "p1) 5D: LA services"), CODE("6", "q) 6: Police"),
	CODE("7", "r) 7: Other legal agency"), CODE("8", "s) 8: Other"),
	CODE("9", "t) 9: Anonymous"), CODE("10", "u) 10: Unknown"),
};
CODES(source, "a source", &codes_referral_source);

static const struct annex_code yes_no[] = { CODE("yes", "a) Yes"), CODE("no", "b) No") };
CODES(yes_no, "yes or no", NULL);

static const struct annex_code yes_no_unknown[] = {
	CODE("yes", "a) Yes"),
	CODE("no", "b) No"),
	CODE("unknown", "c) Unknown"),
};
CODES(yes_no_unknown, "yes, no or unknown", NULL);

static const struct annex_code need[] = {
	CODE("N1", "N1 - Abuse or neglect"),
	CODE("N2", "N2 - Child's disability"),
	CODE("N3", "N3 - Parental disability or illness"),
	CODE("N4", "N4 - Family in acute stress"),
	CODE("N5", "N5 - Family dysfunction"),
	CODE("N6", "N6 - Socially unacceptable behaviour"),
	CODE("N7", "N7 - Low income"),
	CODE("N8", "N8 - Absent parenting"),
	CODE("N9", "N9 - Cases other than children in need"),
	CODE("N0", "N0 - Not stated"),
};
CODES(need, "a category of need", &codes_need);

static const struct annex_code closure[] = {
	CODE("RC1", "RC1 - Adopted"),
	CODE("RC2", "RC2 - Died"),
	CODE("RC3", "RC3 - Child arrangements order"),
	CODE("RC4", "RC4 - Special guardianship order"),
	CODE("RC5", "RC5 - Transferred to services of another local authority"),
	CODE("RC6", "RC6 - Transferred to adult social care services"),
	CODE("RC7", "RC7 - Services ceased for any other reason, including child no longer in need"),
	CODE("RC8", "RC8 - Case closed after assessment, no further action"),
	CODE("RC9", "RC9 - Case closed after assessment, referred to early help"),
};
CODES(closure, "the reason for closure", &codes_closure);

static const struct annex_code status[] = {
	CODE("looked-after", "a) Looked after child"),
	CODE("protection-plan", "b) Child Protection plan"),
	CODE("need-plan", "c) Child in need plan"),
	CODE("assessment", "d) Open assessment"),
	CODE("closed", "e) Closed episode"),
};
CODES(status, "a child's status", NULL);

static const struct annex_code category[] = {
	CODE("NEG", "a) Neglect"),
	CODE("PHY", "b) Physical abuse"),
	CODE("SAB", "c) Sexual abuse"),
	CODE("EMO", "d) Emotional abuse"),
	CODE("MUL", "e) Multiple/not recommended"),
};
CODES(category, "a category of abuse", &codes_category_of_abuse);

static const struct annex_code legal[] = {
	CODE("C1", "C1: ICO"),
	CODE("C2", "C2: FCO"),
	CODE("D1", "D1: Freeing order"),
	CODE("E1", "E1: Placement order"),
	CODE("V2", "V2: Single period under S20"),
	CODE("V3", "V3: Short term breaks, episodes recorded"),
	CODE("V4", "V4: Short term breaks, agreements recorded"),
	CODE("J1", "J1: Remanded to LA or youth detention"),
	CODE("J2", "J2: LA accommodation under PACE"),
	CODE("J3", "J3: Youth rehabilitation order"),
	CODE("L1", "L1: Police protection LA accommodation"),
	CODE("L2", "L2: EPO"),
	CODE("L3", "L3: Child assessment order LA accommodation"),
};
CODES(legal, "legal status", &codes_legal_status);

static const struct annex_code permanence[] = {
	CODE("home", "a) Return to family"),
	CODE("adoption", "b) Adoption"),
	CODE("guardianship", "c) SGO/CAO"),
	CODE("supported", "d) Supported living in the community"),
	CODE("residential", "e) Long-term residential placement"),
	CODE("fostering", "f) Long-term fostering"),
	CODE("other", "g) Other"),
};
CODES(permanence, "a plan for permanence", NULL);

static const struct annex_code end[] = {
	CODE("E11", "a) E11: Adopted - application unopposed"),
	CODE("E12", "b) E12: Adopted - consent dispensed"),
	CODE("E2", "c) E2: Died"),
	CODE("E3", "d) E3: Care taken by another LA"),
	CODE("E4A", "e) E4A: Returned home to live with parents or relatives - part of planning"),
	CODE("E4B", "f) E4B: Returned home to live with parents or relatives - not part of planning"),
	CODE("E13", "g) E13: Parents, relatives or other with no parental responsibility"),
	CODE("E41", "h) E41: Residence order granted"),
	CODE("E45", "i) E45: Special Guardianship Orders - former carer relative/friend"),
	CODE("E46", "j) E46: Special Guardianship Orders - former carer other"),
	CODE("E47", "k) E47: Special Guardianship Orders - relative/friend"),
	CODE("E48", "l) E48: Special Guardianship Orders - other"),
	CODE("E5", "m) E5: Moved into independent living - supported"),
	CODE("E6", "n) E6: Moved into independent living - no support"),
	CODE("E7", "o) E7: Transferred to residential care funded by adult social services"),
	CODE("E9", "p) E9: Sentenced to custody"),
	CODE("E14", "q) E14: Accommodation on remand ended"),
	CODE("E15", "r) E15: Age assessment determined child was 18 or over"),
	CODE("E16", "s) E16: Child moved abroad"),
	CODE("E8", "t) E8: Care ceased for any other reason"),
	CODE("E17", "v) E17: Aged 18+ and remained with current carers"),
};
CODES(end, "the reason that a child ceased to be looked after", &codes_end_reason);

static const struct annex_code placement[] = {
	CODE("U1", "a) U1: Foster placement - relatives - long term"),
	CODE("U2", "b) U2: Foster placement - relative - FFA"),
	CODE("U3", "c) U3: Foster placement - relative - not FFA"),
	CODE("U4", "d) U4: Foster placement - long term"),
	CODE("U5", "e) U5: Foster placement - FFA"),
	CODE("U6", "f) U6: Foster placement - not FFA"),
	CODE("A3", "g) A3: Placed for adoption - consent - current foster"),
	CODE("A4", "h) A4: Placed for adoption - consent - not foster"),
	CODE("A5", "i) A5: Placed for adoption - order - foster"),
	CODE("A6", "j) A6: Placed for adoption - order - not foster"),
	CODE("P1", "k) P1: Placed with parents"),
	CODE("P2", "l) P2: Independent living"),
	CODE("P3", "m) P3: Residential employment"),
	CODE("H5", "n) H5: Residential accommodation"),
	CODE("K1", "o) K1: Secure Children's Homes"),
	CODE("K2", "p) K2: Children's Homes"),
	CODE("R1", "q) R1: Residential Care Home"),
	CODE("R2", "r) R2: NHS/Health Trust"),
	CODE("R3", "s) R3: Family Centre or Mother and Baby Unit"),
	CODE("R5", "t) R5: Young Offender Institution"),
	CODE("S1", "u) S1: Residential school"),
	CODE("Z1", "v) Z1: Other placements"),
	CODE("T0", "w) T0: Temporary placement"),
	CODE("T1", "x) T1: Temporary placement - hospital"),
	CODE("T2", "y) T2: Temporary placement - holiday"),
	CODE("T3", "z) T3: Temporary placement - carer holiday"),
	CODE("T4", "zz) T4: Temporary placement - seven days or less"),
};
CODES(placement, "a placement", &codes_placement);

static const struct annex_code provider[] = {
	CODE("PR0", "a) PR0: Parents/Parental responsibility"),
	CODE("PR1", "b) PR1: Own provision"),
	CODE("PR2", "c) PR2: Other LA provision"),
	CODE("PR3", "d) PR3: Other public provision"),
	CODE("PR4", "e) PR4: Private provision"),
	CODE("PR5", "f) PR5: Voluntary/third sector"),
};
CODES(provider, "a placement provider", &codes_provider);

static const struct annex_code location[] = { CODE("in", "a) In"), CODE("out", "b) Out") };
CODES(location, "the place of a placement", NULL);

static const struct annex_code eligibility[] = {
	CODE("relevant", "a) Relevant child"),
	CODE("former-relevant", "b) Former relevant child"),
	CODE("qualifying", "c) Qualifying care leaver"),
	CODE("eligible", "d) Eligible child"),
};
CODES(eligibility, "a care leaver's eligibility", NULL);

static const struct annex_code in_touch[] = {
	CODE("YES", "a) Yes"),
	CODE("NO", "b) No"),
	CODE("DIED", "c) Died"),
	CODE("REFU", "d) Refu"),
	CODE("NREQ", "e) NREQ"),
	CODE("RHOM", "f) Rhom"),
};
CODES(in_touch, "being in touch", NULL);

static const struct annex_code accommodation[] = {
	CODE("B", "B: Parents/relatives"),
	CODE("C", "C: Community home/residential care"),
	CODE("D", "D: Semi-independent, transitional accommodation and self-contained accommodation"),
	CODE("E", "E: Supported lodgings"),
	CODE("G", "G: Abroad"),
	CODE("H", "H: Deported"),
	CODE("K", "K: Ordinary lodgings, without formal support"),
	CODE("R", "R: Residence not known"),
	CODE("S", "S: No fixed abode/homeless"),
	CODE("T", "T: Foyers and similar supported accommodation"),
	CODE("U", "U: Independent living"),
	CODE("V", "V: Emergency accommodation"),
	CODE("W", "W: Bed and breakfast"),
	CODE("X", "X: In custody"),
	CODE("Y", "Y: Other accommodation"),
	CODE("Z", "Z: With former foster carers"),
};
CODES(accommodation, "accommodation", NULL);

static const struct annex_code suitable[] = {
	CODE("1", "a) Suitable"),
	CODE("2", "b) Unsuitable"),
};
CODES(suitable, "whether accommodation is suitable", NULL);

static const struct annex_code activity[] = {
	CODE("F1", "F1: Full time in higher education"),
	CODE("P1", "P1: Part time in higher education"),
	CODE("F2", "F2: Full time in education other than higher"),
	CODE("P2", "P2: Part time in education other than higher"),
	CODE("F3", "F3: Full time in training or employment"),
	CODE("P3", "P3: Part time in training or employment"),
	CODE("F4", "F4: Young person engaged full time in an apprenticeship"),
	CODE("P4", "P4: Young person engaged part time in an apprenticeship"),
	CODE("F5", "F5: Young person engaged full time in training or employment (not apprenticeship)"),
	CODE("P5", "P5: Young person engaged part time in training or employment (not apprenticeship)"),
	CODE("G4", "G4: Not in education, employment or training - illness or disability"),
	CODE("G5", "G5: Not in education, employment or training - other"),
	CODE("G6", "G6: Not in education, employment or training - pregnancy or parenting"),
};
CODES(activity, "a main activity", NULL);

static const struct annex_code adoption_stop[] = {
	CODE("RD1", "RD1 - The child's needs changed subsequent to the decision"),
	CODE("RD2", "RD2 - The Court did not make a placement order"),
	CODE("RD3", "RD3 - Prospective adopters could not be found"),
	CODE("RD4", "RD4 - Any other reason"),
};
CODES(adoption_stop, "the reason that a child is no longer to be placed for adoption", NULL);

static const struct annex_code left[] = {
	CODE("1", "1 - Adopter withdrew from process"),
	CODE("2", "2 - Process put on hold"),
	CODE("3", "3 - Application refused"),
};
CODES(left, "the reason for leaving the adoption process", NULL);
