#include "check.h"

#include "returns/people/people.h"
#include "staging_text.h"

static struct arena *arena;
static struct staging staging;
static struct err err;

static int begin(void **state)
{
	(void)state;
	arena = arena_open(1 << 26);
	staging_open(&staging, arena);
	err = (struct err){ 0 };
	return 0;
}

static int end(void **state)
{
	(void)state;
	staging_close(&staging);
	arena_close(arena);
	return 0;
}

#define COLUMNS "child,forename,surname,dob,iro,chair,social_worker,team,sibling_group,restricted\n"

static bool stage_text(str text)
{
	return people_stage(&(struct source){ S("people.csv"), text }, &staging, &err);
}

static void check_staged(const char *want)
{
	struct buf buf = { 0 };
	buf_staging(&buf, &staging);
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

TEST(a_row_is_a_child_and_who_works_with_the_child)
{
	check_true(stage_text(
		S(COLUMNS "7,Ffion,O\xE2\x80\x99Neill,02/08/2015,Ann Iro,,Sam,North,G1,no\n"
			  "8,,,2015-08-03,,,,,,YES\n"
			  "9,,,,,,,,,\n")));
	check_staged("7 1 child forename=Ffion surname=O\xE2\x80\x99Neill born=2015-08-02\n"
		     "7 2 allocation iro=Ann Iro social_worker=Sam team=North sibling_group=G1 "
		     "restricted=no\n"
		     "8 1 child born=2015-08-03\n8 2 allocation restricted=yes\n"
		     "9 1 child\n9 2 allocation\n");
	check_int(staging.rejects.n, 0);
	/* iro, chair, social worker, team and sibling group; never the restriction */
	check_int(staging.children.item[0].item[1].settles, 31);
}

TEST(an_accent_written_by_an_old_spreadsheet_is_read)
{
	check_true(stage_text(S("child;restricted;forename\r\n7;no;Zo\xEB\r\n")));
	check_staged("7 1 child forename=Zo\xC3\xAB\n7 2 allocation restricted=no\n");
	check_int(staging.children.item[0].item[1].settles, 0);
}

TEST(a_wrong_row_is_told_and_the_rest_goes_in)
{
	check_true(stage_text(S(COLUMNS "7,A,B,31/02/2015,,,,,,perhaps\n"
					",A,B,,,,,,,no\n"
					"8,A\n"
					"9,A,B,,,,,,,no\n"
					"9,A,B,,,,,,,yes\n")));
	struct buf buf = { 0 };
	buf_rejects(&buf, &staging.rejects);
	check_str(buf_view(&buf),
		"file,line,column,value,reason\n"
		"people.csv,2,dob,31/02/2015,\"there is no day 31/02/2015; also restricted "
		"\"\"perhaps\"\": write yes or no\"\n"
		"people.csv,3,child,,child is blank\n"
		"people.csv,4,,,has 2 fields where the first line has 10\n"
		"people.csv,6,child,9,this child stands on line 5 already\n");
	buf_close(&buf);
	/* the row that is not taken says that the child is restricted */
	check_staged("9 1 child forename=A surname=B\n9 2 allocation restricted=yes\n");
}

TEST(a_file_silent_about_restrictions_or_torn_imports_nothing)
{
	check_false(stage_text(S("child,forename\n7,A\n")));
	check_str(str_of(err.text), "people.csv, line 1: columns missing: restricted");
	check_false(stage_text(S("child,restricted\n7,no\n8")));
	check_str(str_of(err.text), "people.csv, line 3: the file ends in the middle of a row");
	check_false(stage_text(S("")));
	check_str(str_of(err.text), "people.csv, line 1: the file is empty");
}

#define EACH(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_row_is_a_child_and_who_works_with_the_child),
		EACH(an_accent_written_by_an_old_spreadsheet_is_read),
		EACH(a_wrong_row_is_told_and_the_rest_goes_in),
		EACH(a_file_silent_about_restrictions_or_torn_imports_nothing),
	};
	return cmocka_run_group_tests_name("returns people", tests, NULL, NULL);
}
