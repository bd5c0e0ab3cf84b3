#include "check.h"

#include "returns/cin/cin.h"
#include "stage.h"

#define HEADER                                                                                     \
	"<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"                 \
	"<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source>"                    \
	"<LEA>330</LEA></Source></Header>"
#define CENSUS(children) "<Message>" HEADER "<Children>" children "</Children></Message>"
#define IDENTITY(id)                                                                               \
	"<ChildIdentifiers><LAchildID>" id "</LAchildID>"                                          \
	"<PersonBirthDate>2015-08-02</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>"

static bool stage_text(str text)
{
	return cin_stage(
		&(struct source){ S("census.xml"), text }, day_of(2026, 11, 21), &staging, &err);
}

#define STAGE(text) stage_text(S(text))

static void check_staged(const char *want)
{
	struct buf buf = { 0 };
	buf_staging(&buf, &staging);
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

static void check_rejects(const char *want)
{
	struct buf buf = { 0 };
	for (size_t i = 0; i < staging.rejects.n; i++) {
		buf_reject(&buf, &staging.rejects.item[i]);
		buf_char(&buf, '\n');
	}
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

TEST(a_child_in_need_becomes_records)
{
	check_true(STAGE(CENSUS("<Child>" IDENTITY(
		"A1") "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
		      "<CINdetails><CINreferralDate>2025-05-01</CINreferralDate>"
		      "<ReferralSource>6</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>"
		      "<Assessments><AssessmentActualStartDate>2025-05-02</"
		      "AssessmentActualStartDate>"
		      "<AssessmentAuthorisationDate>2025-06-02</AssessmentAuthorisationDate>"
		      "<FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors>"
		      "<AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment>"
		      "</Assessments><Section47><S47ActualStartDate>2025-05-06</S47ActualStartDate>"
		      "<InitialCPCtarget>2025-05-28</InitialCPCtarget>"
		      "<DateOfInitialCPC>2025-05-20</DateOfInitialCPC>"
		      "<ICPCnotRequired>false</ICPCnotRequired></Section47>"
		      "<ReferralNFA>0</ReferralNFA><ChildProtectionPlans>"
		      "<CPPstartDate>2025-05-20</CPPstartDate>"
		      "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
		      "<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
		      "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>"
		      "<Reviews><CPPreviewDate>2025-08-12</CPPreviewDate></Reviews>"
		      "<Reviews><CPPreviewDate>2026-01-20</CPPreviewDate>"
		      "<CPPreviewDate>2026-03-20</CPPreviewDate></Reviews>"
		      "</ChildProtectionPlans></CINdetails></Child>")));
	check_rejects("");
	check_staged("A1 1 child born=2015-08-02 sex=F ethnicity=WBRI\n"
		     "A1 2 referral received=2025-05-01 source=6 need=N1 nfa=no\n"
		     "A1 3 assessment referral=-2 began=2025-05-02 authorised=2025-06-02 "
		     "factors=1A 2B\n"
		     "A1 4 section47 referral=-2 strategy=2025-05-06 began=2025-05-06 "
		     "icpc_required=yes target=2025-05-28\n"
		     "A1 5 conference kind=icpc section47=-4 held=2025-05-20 prebirth=no\n"
		     "A1 6 cp_plan began=2025-05-20 category=NEG category_latest=EMO "
		     "plans_before=0 referral=-2\n"
		     "A1 7 conference kind=rcpc plan=-6 held=2025-08-12\n"
		     "A1 8 conference kind=rcpc plan=-6 held=2026-01-20\n"
		     "A1 9 conference kind=rcpc plan=-6 held=2026-03-20\n");
	check_int(staging.known_to, day_of(2026, 3, 31));
	check_str(staging.authority, "330");
	check_int(staging_events(&staging, scratch), 11);
}

TEST(a_conference_outside_an_enquiry_is_of_a_plan_from_elsewhere)
{
	check_true(STAGE(CENSUS("<Child>" IDENTITY(
		"A1") "<CINdetails><CINreferralDate>2025-05-01</CINreferralDate>"
		      "<DateOfInitialCPC>2025-05-20</DateOfInitialCPC><Section47>"
		      "<S47ActualStartDate>2025-05-06</S47ActualStartDate>"
		      "<ICPCnotRequired>1</ICPCnotRequired></Section47></CINdetails></Child>")));
	check_rejects("");
	check_staged("A1 1 child born=2015-08-02 sex=F\n"
		     "A1 2 referral received=2025-05-01\n"
		     "A1 3 conference kind=transfer-in held=2025-05-20 prebirth=no referral=-2\n"
		     "A1 4 section47 referral=-2 strategy=2025-05-06 began=2025-05-06 "
		     "icpc_required=no\n");
}

TEST(an_unborn_child_has_a_referral_before_birth)
{
	check_true(STAGE(CENSUS(
		"<Child><ChildIdentifiers><LAchildID>U1</LAchildID>"
		"<ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate><Sex>U</Sex>"
		"</ChildIdentifiers><CINdetails><CINreferralDate>2025-11-01</CINreferralDate>"
		"</CINdetails></Child>")));
	check_rejects("");
	check_staged("U1 1 child expected=2026-05-01 sex=U\nU1 2 referral received=2025-11-01\n");
}

TEST(a_conference_before_birth_says_so_and_what_came_before_proceedings_is_told)
{
	check_true(STAGE(CENSUS(
		"<Child><ChildIdentifiers><LAchildID>U1</LAchildID>"
		"<ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate><Sex>U</Sex>"
		"</ChildIdentifiers><CINdetails><CINreferralDate>2025-11-01</CINreferralDate>"
		"<Section47><S47ActualStartDate>2026-01-06</S47ActualStartDate>"
		"<DateOfInitialCPC>2026-01-20</DateOfInitialCPC></Section47>"
		"<PreProceedingsandFGDM><PPStartDate>2026-01-28</PPStartDate>"
		"<LBPSentDate>2026-02-02</LBPSentDate>"
		"<InitialPPMeetingDate>2026-02-12</InitialPPMeetingDate>"
		"<CourtAppDate>2026-03-20</CourtAppDate></PreProceedingsandFGDM>"
		"</CINdetails></Child>")));
	check_rejects("");
	check_staged("U1 1 child expected=2026-05-01 sex=U\nU1 2 referral received=2025-11-01\n"
		     "U1 3 section47 referral=-2 strategy=2026-01-06 began=2026-01-06 "
		     "icpc_required=yes\n"
		     "U1 4 conference kind=icpc section47=-3 held=2026-01-20 prebirth=yes\n"
		     "U1 5 child_step kind=pre-proceedings-began on=2026-02-02\n"
		     "U1 6 child_step kind=pre-proceedings-meeting-held about=-5 on=2026-02-12\n"
		     "U1 7 child_step kind=pre-proceedings-ended about=-5 on=2026-03-20\n");
}

TEST(a_blank_number_rejects_the_child_and_takes_the_others)
{
	check_true(STAGE("<Message>\n" HEADER "\n<Children>\n<Child>\n<ChildIdentifiers>\n"
			 "<LAchildID></LAchildID></ChildIdentifiers><CINdetails>"
			 "<CINreferralDate>2025-05-01</CINreferralDate></CINdetails></Child>\n"
			 "<Child><ChildIdentifiers><LAchildID/></ChildIdentifiers></Child>\n"
			 "<Child/>\n"
			 "<Child>" IDENTITY("A2") "</Child></Children></Message>"));
	check_rejects("census.xml, line 5, column LAchildID: LAchildID is blank\n"
		      "census.xml, line 7, column LAchildID: LAchildID is blank\n"
		      "census.xml, line 8, column LAchildID: LAchildID is blank\n");
	check_staged("A2 1 child born=2015-08-02 sex=F\n");
}

TEST(a_wrong_date_or_code_names_line_element_and_value)
{
	check_true(STAGE(CENSUS("<Child>" IDENTITY(
		"A1") "<CINdetails><CINreferralDate>2025-02-30</CINreferralDate>"
		      "<PrimaryNeedCode>N99</PrimaryNeedCode>\n"
		      "<Assessments><AssessmentActualStartDate>2025-05-02</"
		      "AssessmentActualStartDate>"
		      "</Assessments>\n"
		      "<Section47><S47ActualStartDate>2025-05-06</S47ActualStartDate>"
		      "<ICPCnotRequired>perhaps</ICPCnotRequired></Section47>\n"
		      "<Section47><S47ActualStartDate>2026-05-06</S47ActualStartDate></Section47>\n"
		      "<ChildProtectionPlans><CPPstartDate>2025-05-20</CPPstartDate>"
		      "<NumberOfPreviousCPP>-1</NumberOfPreviousCPP></ChildProtectionPlans>\n"
		      "<ChildProtectionPlans><CPPstartDate>2025-06-20</CPPstartDate>\n"
		      "<Reviews><CPPreviewDate>2025-06-20</CPPreviewDate></Reviews>\n"
		      "<Reviews><CPPreviewDate/></Reviews></ChildProtectionPlans>\n"
		      "<ChildProtectionPlans><CPPstartDate>2025-06-20</CPPstartDate>"
		      "</ChildProtectionPlans></CINdetails></Child>\n"
		      "<Child>" IDENTITY("A1") "</Child>")));
	check_rejects(
		"census.xml, line 1, column CINreferralDate, \"2025-02-30\": there is no day "
		"2025-02-30; also PrimaryNeedCode \"N99\": not a code for a category of need\n"
		"census.xml, line 2, column Assessments: the CINdetails that it belongs to was not "
		"taken\n"
		"census.xml, line 3, column ICPCnotRequired, \"perhaps\": write yes or no\n"
		"census.xml, line 4, column S47ActualStartDate, \"2026-05-06\": after the day up "
		"to which the census knows (31 March 2026)\n"
		"census.xml, line 5, column NumberOfPreviousCPP, \"-1\": write a number from 0 to "
		"99\n"
		"census.xml, line 7, column CPPreviewDate, \"2025-06-20\": not after the day the "
		"plan began (20 June 2025)\n"
		"census.xml, line 8, column CPPreviewDate: CPPreviewDate is blank\n"
		"census.xml, line 9, column CPPstartDate, \"2025-06-20\": the plan on line 6 began "
		"on the same day\n"
		"census.xml, line 10, column LAchildID, \"A1\": this child stands on line 1 "
		"already\n");
	check_staged("A1 1 child born=2015-08-02 sex=F\nA1 2 cp_plan began=2025-06-20\n");
}

TEST(a_birth_after_an_event_rejects_the_one_that_stands_alone)
{
	check_true(STAGE(CENSUS("<Child>" IDENTITY(
		"A1") "<CINdetails><CINreferralDate>2014-01-01</CINreferralDate></CINdetails>"
		      "<CINdetails><CINreferralDate>2025-07-01</CINreferralDate></CINdetails></"
		      "Child>\n"
		      "<Child>" IDENTITY("A2") "<CINdetails><CINreferralDate>2014-01-01</"
					       "CINreferralDate></CINdetails></Child>")));
	check_rejects("census.xml, line 1, column CINreferralDate, \"2014-01-01\": more than 40 "
		      "weeks before the child's birth (2 August 2015)\n"
		      "census.xml, line 2, column PersonBirthDate, \"2015-08-02\": more than 40 "
		      "weeks after most of what happened to this child (1 of 1 dates)\n");
	check_staged("A1 1 child born=2015-08-02 sex=F\nA1 2 referral received=2025-07-01\n"
		     "A2 1 child\nA2 2 referral received=2014-01-01\n");
}

static void check_refused(str text, const char *part)
{
	check_false(stage_text(text));
	check_int(err.code, ERR_INPUT);
	if (strstr(err.text, part) == NULL || strstr(err.text, "census.xml") != err.text)
		fail_msg("got \"%s\", want census.xml and \"%s\"", err.text, part);
}

TEST(a_hostile_torn_or_wrong_document_imports_nothing)
{
	check_refused(S("<EXPSSDA903/>"), "line 1: <EXPSSDA903> is not the children in need");
	check_refused(S("<Message><Children><Child/></Children></Message>"), "no <Header>");
	check_refused(S("<Message></Message>"), "no <Header>");
	check_refused(S("<Message><Header><Collection>SCHOOL</Collection></Header></Message>"),
		"line 1, Collection: \"SCHOOL\"");
	check_refused(S("<Message><Header><Collection>CIN</Collection></Header></Message>"),
		"ReferenceDate: it is blank or missing");
	check_refused(S("<Message>" HEADER "<Children><Child><ChildIdentifiers>\n"), "line ");
	check_refused(S(""), "line ");
	check_refused(S("not xml"), "line ");
	check_refused(S("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\">\n"
			"<!ENTITY b \"&a;&a;&a;&a;\">]>\n" CENSUS("<Child>&b;</Child>")),
		"line 2");
	check_refused(S("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\n" CENSUS("")), "line 1");
	check_refused(S(CENSUS("<Child>&undefined;</Child>")), "line ");
}

TEST(a_text_of_millions_of_bytes_is_refused_with_its_line)
{
	size_t n = 3 << 20;
	char *bytes = arena_take(arena, n, 1);
	memset(bytes, 'A', n);
	static const char start[] = "<Message>" HEADER "<Children>\n<Child><ChildIdentifiers>"
				    "<LAchildID>";
	memcpy(bytes, start, sizeof start - 1);
	check_refused((str){ bytes, n }, "line 2");
}

TEST(the_generated_census_imports_with_the_numbers_counted_apart)
{
	str bytes;
	if (!read_shared(arena, "expected/cin/cin_300.xml", &bytes)) {
		print_message("# skipped: ../shared/data-standards is not here\n");
		return;
	}
	check_true(stage_text(bytes));
	/* Each number is what tests/returns/count_census.py counts. */
	check_int(staging_children(&staging), 298);
	check_int(staging.rejects.n, 84);
	check_int(staging_count(&staging, &referral_type), 303);
	check_int(staging_count(&staging, &assessment_type), 214);
	check_int(staging_count(&staging, &need_plan_type), 78);
	check_int(staging_count(&staging, &section47_type), 49);
	check_int(staging_count(&staging, &conference_type), 59);
	check_int(staging_count(&staging, &cp_plan_type), 33);
	check_int(staging_events(&staging, scratch), 1216);
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_child_in_need_becomes_records),
		EACH(a_conference_outside_an_enquiry_is_of_a_plan_from_elsewhere),
		EACH(an_unborn_child_has_a_referral_before_birth),
		EACH(a_conference_before_birth_says_so_and_what_came_before_proceedings_is_told),
		EACH(a_blank_number_rejects_the_child_and_takes_the_others),
		EACH(a_wrong_date_or_code_names_line_element_and_value),
		EACH(a_birth_after_an_event_rejects_the_one_that_stands_alone),
		EACH(a_hostile_torn_or_wrong_document_imports_nothing),
		EACH(a_text_of_millions_of_bytes_is_refused_with_its_line),
		EACH(the_generated_census_imports_with_the_numbers_counted_apart),
	};
	return cmocka_run_group_tests_name("returns cin", tests, open_arena, close_arena);
}
