/* Who can put a finding right, and where: the table holds together with the returns and the records. */
#include "check.h"

#include "returns/cin/check/modules.h"
#include "returns/mend/mend.h"
#include "returns/ssda903/check/rows.h"

#include <stdio.h>

static size_t lines_of(str kind, str name, str field)
{
	size_t n = 0;
	for (size_t i = 0; i < mend_rows_n; i++) {
		const struct mend_row *row = &mend_rows[i];
		n += row->what == MEND_FIELD && str_equal(row->kind, kind) && str_equal(row->name, name) &&
			str_equal(row->field, field);
	}
	return n;
}

TEST(every_field_of_both_returns_says_who_puts_it_right)
{
	for (enum table t = 0; t < TABLES; t++) {
		for (size_t c = 0; c < table_rows[t].columns; c++) {
			str column = table_rows[t].column[c].name;
			if (lines_of(S("ssda903"), table_rows[t].title, column) == 0)
				fail_msg("%.*s, %.*s has no line", STR_ARGS(table_rows[t].title),
					STR_ARGS(column));
		}
	}
	for (enum cin_field f = 0; f < CIN_FIELDS; f++) {
		str table = cin_tables[cin_fields[f].table].title;
		if (lines_of(S("cin"), table, cin_fields[f].title) == 0)
			fail_msg("%.*s, %.*s has no line", STR_ARGS(table), STR_ARGS(cin_fields[f].title));
	}
}

static bool is_in_return(const struct mend_row *row)
{
	bool found = false;
	for (enum table t = 0; t < TABLES && str_equal(row->kind, S("ssda903")); t++) {
		for (size_t c = 0; c < table_rows[t].columns; c++)
			found = found || (str_equal(table_rows[t].title, row->name) &&
				str_equal(table_rows[t].column[c].name, row->field));
	}
	for (enum cin_field f = 0; f < CIN_FIELDS && str_equal(row->kind, S("cin")); f++)
		found = found || (str_equal(cin_tables[cin_fields[f].table].title, row->name) &&
			str_equal(cin_fields[f].title, row->field));
	return found;
}

TEST(every_line_names_a_field_of_a_return_and_a_field_of_a_record_that_there_is)
{
	for (size_t i = 0; i < mend_rows_n; i++) {
		const struct mend_row *row = &mend_rows[i];
		if (row->what == MEND_RULE) {
			if (mend_message(row->kind, row->name, 2026).n == 0)
				fail_msg("there is no rule %.*s", STR_ARGS(row->name));
			continue;
		}
		if (!is_in_return(row))
			fail_msg("there is no %.*s, %.*s", STR_ARGS(row->name), STR_ARGS(row->field));
		if (row->record.n == 0)
			continue;
		const struct record_type *type = record_type_find(row->record);
		if (type == NULL || record_field(type, row->record_field) == NULL)
			fail_msg("no record has %.*s, %.*s", STR_ARGS(row->record),
				STR_ARGS(row->record_field));
	}
}

static enum mender by(const char *kind, const char *rule, const char *name, const char *fields)
{
	return mend_by(&(struct mend_place){ str_of(kind), str_of(rule), str_of(name), str_of(fields) });
}

TEST(what_is_wrong_with_a_review_is_its_officers_and_with_a_plan_the_chairs)
{
	check_int(by("ssda903", "441", "Reviews", "DOB REVIEW REVIEW_CODE"), MENDER_OFFICER);
	check_int(by("ssda903", "103", "Header", "ETHNIC"), MENDER_SUPPORT);
	check_int(by("ssda903", "399", "Episodes", "MOTHER LS REVIEW REVIEW_CODE"), MENDER_WORKER);
	check_int(by("ssda903", "x", "Header", "DOB"), MENDER_SUPPORT);
	check_int(by("cin", "8842Q", "Reviews", "CPPreviewDate"), MENDER_CHAIR);
	check_int(by("cin", "8510", "ChildIdentifiers", "LAchildID"), MENDER_SYSTEM);
	check_int(by("cin", "x", "Nothing", "Nothing"), MENDER_SYSTEM);
}

TEST(a_finding_leads_to_the_field_of_the_record_that_its_row_tells_of)
{
	struct mend mend[MENDS_MOST];
	const struct mend_place review = { S("ssda903"), S("441"), S("Reviews"), S("DOB REVIEW REVIEW_CODE") };
	const struct mend_place episode = { S("ssda903"), S("142"), S("Episodes"), S("DEC DECOM") };
	const struct mend_place health = { S("ssda903"), S("411"), S("Episodes"), S("PL_LOCATION") };
	check_int(mend_fields(&review, mend), 1);
	check_true(mend[0].type == &cla_review_type);
	check_str(str_of(mend[0].field->name), "held");
	check_int(mend_fields(&episode, mend), 2);
	check_true(mend[0].type == &placement_type && mend[1].type == &care_period_type);
	check_int(mend_fields(&health, mend), 0);
	check_str(mend_key(S("ssda903"), S("Reviews")), "REVIEW");
	check_int(mend_key(S("ssda903"), S("Header")).n, 0);
	const struct cla_review held = { .held = day_of(2026, 5, 2) };
	check_int(mend_is_of(&cla_review_type, &held, day_of(2026, 5, 2)), 2);
	check_int(mend_is_of(&cla_review_type, &held, day_of(2026, 5, 3)), 0);
	const struct placement placement = { .began = day_of(2026, 1, 1), .ended = day_of(2026, 6, 1) };
	check_int(mend_is_of(&placement_type, &placement, day_of(2026, 1, 1)), 2);
	check_int(mend_is_of(&placement_type, &placement, day_of(2026, 5, 3)), 1);
	check_int(mend_is_of(&placement_type, &placement, day_of(2026, 6, 2)), 0);
	check_true(mend_touches(S("cin"), S("Section47"), &section47_type));
	check_false(mend_touches(S("cin"), S("Assessments"), &section47_type));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_field_of_both_returns_says_who_puts_it_right),
		CLAIM(every_line_names_a_field_of_a_return_and_a_field_of_a_record_that_there_is),
		CLAIM(what_is_wrong_with_a_review_is_its_officers_and_with_a_plan_the_chairs),
		CLAIM(a_finding_leads_to_the_field_of_the_record_that_its_row_tells_of),
	};
	return cmocka_run_group_tests_name("returns mend", tests, NULL, NULL);
}
