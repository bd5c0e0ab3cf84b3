/* The rules of the census: the document that they are asked of, and the days that they compare. The rules
 * themselves: test_check_cin.c. */
#include "check.h"
#include "random.h"

#include "returns/cin/check/rule.h"

static struct arena *arena;
static struct calendar *calendar;

/* ---- the document itself */

#define HEAD                                                                                       \
	"<Message><Header><Collection>CIN</Collection><Year>2026</Year>"                           \
	"<ReferenceDate>2026-03-31</ReferenceDate></Header><Children>"
#define TAIL "</Children></Message>"

static bool check_text(const char *text, struct cin_result *result, struct err *err)
{
	struct cin_asked asked = { .calendar = calendar };
	struct xml *xml = xml_open(str_of(text), (struct xml_limits){ 0 });
	bool done = cin_check(arena, xml, &asked, result, err);
	xml_close(xml);
	return done;
}

static void check_refused(const char *text, const char *why)
{
	struct cin_result result;
	struct err err = { 0 };
	check_false(check_text(text, &result, &err));
	check_str(str_of(err.text), why);
	cin_result_close(&result);
}

TEST(what_is_no_census_is_refused_with_its_line)
{
	check_refused("<a/>", "line 1: a census begins with <Message>, not <a>");
	check_refused("<Message/>", "there is no Header: this is no census");
	check_refused("<Message>\n<Children><Child/></Children></Message>",
		"line 2: a child stands before any Header");
	check_refused("<Message>\n<Header><Collection>CLA</Collection></Header></Message>",
		"line 2, Collection: \"CLA\" is not the children in need census, CIN");
	check_refused("<Message><Header><Collection>CIN</Collection></Header></Message>",
		"line 1, Header: neither Year nor ReferenceDate says which year the census is of");
	check_refused("<Message>\n<Header><Collection>CIN</Collection><Year>2022</Year></Header></Message>",
		"line 2, Header: this is the census of 2022; rules are known from 2023 on");
	check_refused("<!DOCTYPE a>\n<Message/>", "line 1, column 12: a document type (<!DOCTYPE) is not accepted");
}

/* How often that rule finds fault with that field, and in which row last. */
static size_t found(const struct cin_result *result, const char *rule, enum cin_field field, uint32_t *row)
{
	size_t n = 0;
	for (size_t i = 0; i < result->n; i++) {
		if (!str_equal(cin_rule(result->item[i].rule)->code, str_of(rule)) ||
			result->item[i].field != field)
			continue;
		*row = result->item[i].row;
		n++;
	}
	return n;
}

TEST(every_date_of_a_review_counts_in_either_layout_and_plans_may_stand_in_the_child)
{
	struct cin_result result;
	struct err err;
	uint32_t row = 0;
	assert_true(check_text(HEAD "<Child><CINdetails/><ChildProtectionPlans><CPPstartDate>2025-06-01</CPPstartDate>"
				    "<Reviews><CPPreviewDate>2025-09-01</CPPreviewDate></Reviews>"
				    "<Reviews><CPPreviewDate>2025-10-01</CPPreviewDate>"
				    "<CPPreviewDate>2025-05-01</CPPreviewDate></Reviews>"
				    "</ChildProtectionPlans></Child>" TAIL,
		&result, &err));
	check_int(found(&result, "8841", CIN_FIELD_reviews_on, &row), 1);
	check_int(row, 1);
	cin_result_close(&result);
}

TEST(a_date_written_otherwise_is_remarked_on_with_its_line)
{
	struct cin_result result;
	struct err err;
	assert_true(check_text(HEAD "<Child>\n<CINdetails>\n<CINreferralDate>31/12/2025</CINreferralDate>\n"
				    "<CINclosureDate>2025-02-31</CINclosureDate><Reviews/></CINdetails></Child>" TAIL,
		&result, &err));
	assert_int_equal(result.remarks.all, 3);
	check_int(result.remarks.item[0].line, 3);
	check_int(result.remarks.item[0].read, day_of(2025, 12, 31));
	check_int(result.remarks.item[1].line, 4);
	check_int(result.remarks.item[1].read, DAY_UNKNOWN);
	check_str(result.remarks.item[2].element, "Reviews");
	cin_result_close(&result);
}

TEST(rows_count_over_all_children_and_findings_come_by_rule_table_and_row)
{
	struct cin_result result;
	struct err err;
	uint32_t row = 0;
	assert_true(check_text(HEAD "<Child><CINdetails><Section47/><Section47/></CINdetails><CINdetails/></Child>"
				    "<Child><CINdetails><Section47><DateOfInitialCPC>2025-09-06</DateOfInitialCPC>"
				    "</Section47></CINdetails></Child>" TAIL,
		&result, &err));
	check_int(found(&result, "8875", CIN_FIELD_section47_conference, &row), 1);
	check_int(row, 2);
	check_int(found(&result, "8568", CIN_FIELD_details_nfa, &row), 3);
	check_int(row, 2);
	cin_result_close(&result);
}

TEST(without_a_calendar_rules_that_count_working_days_say_that_they_were_not_run)
{
	struct cin_asked asked = { 0 };
	struct cin_result result;
	struct err err;
	size_t not_run = 0;
	struct xml *xml = xml_open(S(HEAD TAIL), (struct xml_limits){ 0 });
	assert_true(cin_check(arena, xml, &asked, &result, &err));
	xml_close(xml);
	for (size_t i = 0; i < cin_rules_n(); i++)
		not_run += result.rule[i].why.n > 0;
	check_int(not_run, 3);
	cin_result_close(&result);
}

TEST(a_child_of_countless_modules_is_refused)
{
	struct buf text = { 0 };
	struct cin_result result;
	struct err err = { 0 };
	buf_lit(&text, HEAD "<Child><ChildCharacteristics><Disabilities>");
	for (size_t i = 0; i <= CIN_CHILD_MOST; i++)
		buf_lit(&text, "<Disability/>");
	buf_lit(&text, "</Disabilities></ChildCharacteristics></Child>" TAIL);
	buf_char(&text, '\0');
	check_false(check_text(text.p, &result, &err));
	check_str(str_of(err.text), "line 1: one child has more than 1000000 modules and factors");
	cin_result_close(&result);
	buf_close(&text);
}

TEST(a_child_of_very_many_plans_that_overlap_is_checked_in_no_time_to_speak_of)
{
	struct buf text = { 0 };
	struct cin_result result;
	struct err err;
	uint32_t row;
	buf_lit(&text, HEAD "<Child><CINdetails>");
	for (size_t i = 0; i < 50000; i++)
		buf_lit(&text, "<CINPlanDates><CINPlanStartDate>2025-05-01</CINPlanStartDate></CINPlanDates>"
			       "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>");
	buf_lit(&text, "</CINdetails></Child>" TAIL);
	buf_char(&text, '\0');
	assert_true(check_text(text.p, &result, &err));
	check_int(found(&result, "4014", CIN_FIELD_plans_end, &row), 50000);
	check_int(found(&result, "4016", CIN_FIELD_protection_end, &row), 50000);
	check_int(row, 49999);
	cin_result_close(&result);
	buf_close(&text);
}

/* ---- spans */

enum { MANY = 12 };

static void check_spans(struct random *random, size_t n, size_t m, bool own)
{
	day points[MANY] = { 0 };
	struct cin_span spans[MANY] = { 0 };
	bool inside[MANY] = { false }, holds[MANY] = { false };
	for (size_t i = 0; i < n; i++)
		points[i] = random_below(random, 8) == 0 ? DAY_UNKNOWN : (day)random_below(random, 20);
	for (size_t k = 0; k < m; k++) {
		spans[k].from = own ? points[k] : (day)random_below(random, 20);
		spans[k].to = (day)random_below(random, 25) - 2;
	}
	cin_spans_hold(arena, points, n, spans, m, own, inside, holds);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < m; k++) {
			bool in = (!own || i != k) && points[i] != DAY_UNKNOWN && spans[k].from != DAY_UNKNOWN &&
				points[i] >= spans[k].from && points[i] <= spans[k].to;
			assert_true(!in || (inside[i] && holds[k]));
		}
	}
	for (size_t i = 0; i < n + m; i++) {
		bool *told = i < n ? &inside[i] : &holds[i - n], any = false;
		for (size_t k = 0; k < (i < n ? m : n); k++) {
			size_t p = i < n ? i : k, s = i < n ? k : i - n;
			any |= (!own || p != s) && points[p] != DAY_UNKNOWN && spans[s].from != DAY_UNKNOWN &&
				points[p] >= spans[s].from && points[p] <= spans[s].to;
		}
		assert_true(*told == any);
	}
}

TEST(sorting_finds_the_days_in_spans_that_comparing_each_with_each_finds)
{
	struct random random = random_open("spans");
	for (size_t round = 0; round < 3000; round++) {
		size_t n = random_below(&random, MANY + 1);
		check_spans(&random, n, n, true);
		check_spans(&random, n, random_below(&random, MANY + 1), false);
	}
}

static int open_arena(__attribute__((unused)) void **state)
{
	struct err err;
	arena = arena_open((size_t)1 << 30);
	assert_true(calendar_load(arena, calendar_embedded_csv(), &calendar, &err));
	return 0;
}

static int close_arena(__attribute__((unused)) void **state)
{
	arena_close(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_is_no_census_is_refused_with_its_line),
		CLAIM(every_date_of_a_review_counts_in_either_layout_and_plans_may_stand_in_the_child),
		CLAIM(a_date_written_otherwise_is_remarked_on_with_its_line),
		CLAIM(rows_count_over_all_children_and_findings_come_by_rule_table_and_row),
		CLAIM(without_a_calendar_rules_that_count_working_days_say_that_they_were_not_run),
		CLAIM(a_child_of_countless_modules_is_refused),
		CLAIM(a_child_of_very_many_plans_that_overlap_is_checked_in_no_time_to_speak_of),
		CLAIM(sorting_finds_the_days_in_spans_that_comparing_each_with_each_finds),
	};
	return cmocka_run_group_tests_name("returns check_cin_file", tests, open_arena, close_arena);
}
