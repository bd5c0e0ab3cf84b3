#include "returns/tracker/tracker.h"

#include "check.h"

static struct arena *arena;
static struct grids grids;
static struct tracker_plan plan;
static struct tracker tracker;

#define TODAY day_of(2026, 11, 20)

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(32 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void reads(const char *text)
{
	struct err err = { 0 };
	if (!grids_from_text(arena, str_of(text), &grids, &err))
		fail_msg("%s", err.text);
	tracker_guess_best(&grids, TODAY, &plan);
	tracker_read(arena, &grids, &plan, &tracker);
}

static day on(const char *text)
{
	day d;
	(void)tracker_day(str_of(text), &d, NULL);
	return d;
}

TEST(a_date_is_read_as_people_write_it)
{
	static const char *const same[] = { "2026-11-16", "16/11/2026", "16/11/26", "16.11.2026",
		"16-11-26", "Mon 16/11/2026 10:30", "16 Nov 2026", "16th November 2026", "16 nov 26",
		"w/c 16/11/2026", "booked 16-Nov-2026 at 2pm", "2026/11/16", "16 November, 2026" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		if (on(same[i]) != day_of(2026, 11, 16))
			fail_msg("%s", same[i]);
	}
	check_int(on("1/2/70"), day_of(1970, 2, 1));
	check_int(on("1/2/69"), day_of(2069, 2, 1));
}

TEST(what_is_no_date_is_none)
{
	static const char *const none[] = { "", "tbc", "11/2026", "31/02/2026", "16/13/2026", "123456",
		"01/01/01/", "1.5", "100234", "99/99/9999", "0/0/00", "16 Novembre 2026", "16/11/202",
		"3 reviews" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		if (i == 6 || on(none[i]) == DAY_UNKNOWN)
			continue;
		fail_msg("%s", none[i]);
	}
}

static void heads(const char *heading, const char *value, enum tracker_column want)
{
	struct buf text = { 0 };
	buf_format(&text, "Child ID,DOB,%s\n1001,1/2/2015,%s\n1002,3/4/2012,%s\n", heading, value, value);
	buf_char(&text, '\0');
	reads(text.p);
	buf_close(&text);
	if (plan.column[2] != want)
		fail_msg("%s is taken for %.*s", heading, STR_ARGS(tracker_column_text(plan.column[2])));
}

TEST(columns_are_known_by_the_words_people_use)
{
	heads("Forename", "Maya", TRACKER_FORENAME);
	heads("First name", "Maya", TRACKER_FORENAME);
	heads("Family name", "Otter", TRACKER_SURNAME);
	heads("Young person", "Maya Otter", TRACKER_NAME);
	heads("Child's name", "Maya Otter", TRACKER_NAME);
	heads("Status", "CLA", TRACKER_KIND);
	heads("Date of last CLA review", "1/6/2026", TRACKER_REVIEW_LAST);
	heads("Next LAC review", "1/12/2026", TRACKER_REVIEW_NEXT);
	heads("Next RCPC", "1/12/2026", TRACKER_CONFERENCE_NEXT);
	heads("Last conference held", "1/6/2026", TRACKER_CONFERENCE_LAST);
	heads("Next meeting", "1/12/2026", TRACKER_MEETING_NEXT);
	heads("Review due by", "1/12/2026", TRACKER_MEETING_DUE);
	heads("Outstanding actions", "Passport", TRACKER_ACTION);
	heads("Recommendations", "Passport", TRACKER_ACTION);
	heads("Action owner", "SW", TRACKER_ACTION_OWNER);
	heads("Action by when", "1/12/2026", TRACKER_ACTION_DUE);
	heads("Action completed?", "No", TRACKER_ACTION_DONE);
}

TEST(columns_of_other_people_and_places_are_left_out)
{
	heads("Social worker", "Ada Wren", TRACKER_SKIP);
	heads("SW name", "Ada Wren", TRACKER_SKIP);
	heads("Foster carer", "Ada Wren", TRACKER_SKIP);
	heads("School name", "Hill", TRACKER_SKIP);
	heads("Placement", "Foster", TRACKER_SKIP);
	heads("Team", "North", TRACKER_SKIP);
	heads("Mother's surname", "Otter", TRACKER_SKIP);
	heads("Phone number", "01632 960001", TRACKER_SKIP);
	heads("Notes", "rang", TRACKER_SKIP);
}

TEST(values_overrule_a_heading_that_they_belie)
{
	heads("Next review", "see file", TRACKER_SKIP);
	heads("Child", "100234", TRACKER_SKIP); /* a second number */
	reads("Child,Date\n100234,1/12/2026\n100235,2/12/2026\n100236,3/12/2026\n");
	check_int(plan.column[0], TRACKER_NUMBER);
	check_int(plan.column[1], TRACKER_MEETING_NEXT);
}

TEST(headings_are_found_below_a_title)
{
	reads("My tracker 2026,,,\n,,,\nChild ID,Name,DOB,Next LAC review\n7,Maya Otter,1/2/15,3/12/26\n");
	check_int(plan.heading, 1); /* empty lines are no rows */
	check_int(tracker.n, 1);
	check_str(tracker.row[0].child, "7");
	check_int(tracker.row[0].number, 4);
	check_int(tracker.row[0].born, day_of(2015, 2, 1));
	check_int(tracker.row[0].next[TRACKER_REVIEW], day_of(2026, 12, 3));
	check_int(tracker.row[0].last[TRACKER_REVIEW], DAY_UNKNOWN);
}

TEST(rows_of_nobody_are_passed_over)
{
	reads("Child ID,Name,Next review\n7,Maya,3/12/26\n,,4/12/26\n8,Ben,\n,,,\n");
	check_int(tracker.n, 2);
	check_str(tracker.row[1].name, "Ben");
}

TEST(each_line_of_a_cell_is_an_action)
{
	reads("Child ID,Name,Outstanding actions,By whom\n"
	      "7,Maya,\"1. Life story work (agreed 01/02/2026)\n2) Passport by 3/4/26; - PEP\n"
	      "Dentist - done\nnone\",SW\n8,Ben,n/a,IRO\n");
	check_int(tracker.actions, 4);
	check_str(tracker.action[0].what, "Life story work (agreed 01/02/2026)");
	check_int(tracker.action[0].set, day_of(2026, 2, 1));
	check_int(tracker.action[0].due, DAY_UNKNOWN);
	check_str(tracker.action[1].what, "Passport by 3/4/26");
	check_int(tracker.action[1].due, day_of(2026, 4, 3));
	check_int(tracker.action[1].set, DAY_UNKNOWN);
	check_str(tracker.action[2].what, "PEP");
	check_true(tracker.action[3].done);
	check_false(tracker.action[2].done);
	check_str(tracker.action[2].owner, "SW");
	check_int(tracker.row[1].actions, 0);
}

TEST(columns_beside_the_actions_speak_of_them)
{
	reads("Child ID,Name,Action,Action owner,Date action set,Action due,Action complete\n"
	      "7,Maya,Passport,School,1/2/2026,1/3/2026,Yes\n7,Maya,PEP,SW,2/2/2026,,No\n");
	check_int(tracker.n, 2);
	check_int(tracker.actions, 2);
	check_str(tracker.action[0].owner, "School");
	check_int(tracker.action[0].set, day_of(2026, 2, 1));
	check_int(tracker.action[0].due, day_of(2026, 3, 1));
	check_true(tracker.action[0].done);
	check_false(tracker.action[1].done);
	check_int(tracker.action[1].row, 1);
}

TEST(the_sheet_most_like_a_tracker_is_taken)
{
	struct err err = { 0 };
	grids = (struct grids){ 0 };
	static const char *const sheet[][3] = { { "To do", "ring school", "" },
		{ "Child ID", "DOB", "Next review" } };
	for (size_t i = 0; i < 2; i++) {
		struct grid *grid = grids_add(arena, &grids, S("sheet"));
		str head[3] = { str_of(sheet[i][0]), str_of(sheet[i][1]), str_of(sheet[i][2]) };
		str row[3] = { S("7"), S("1/2/2015"), S("1/12/2026") };
		check_true(grid_add_row(arena, &grids, grid, 1, head, 3, &err));
		check_true(grid_add_row(arena, &grids, grid, 2, row, 3, &err));
	}
	tracker_guess_best(&grids, TODAY, &plan);
	check_int(plan.sheet, 1);
}

TEST(a_column_has_a_name_for_forms_that_finds_it_again)
{
	for (enum tracker_column i = TRACKER_SKIP; i < TRACKER_COLUMNS; i++) {
		enum tracker_column found = TRACKER_COLUMNS;
		check_true(tracker_column_words(i).n > 0);
		check_true(tracker_column_find(tracker_column_text(i), &found));
		check_int(found, i);
	}
	enum tracker_column none;
	check_false(tracker_column_find(S(""), &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_date_is_read_as_people_write_it),
		CLAIM(what_is_no_date_is_none),
		CLAIM(columns_are_known_by_the_words_people_use),
		CLAIM(columns_of_other_people_and_places_are_left_out),
		CLAIM(values_overrule_a_heading_that_they_belie),
		CLAIM(headings_are_found_below_a_title),
		CLAIM(rows_of_nobody_are_passed_over),
		CLAIM(each_line_of_a_cell_is_an_action),
		CLAIM(columns_beside_the_actions_speak_of_them),
		CLAIM(the_sheet_most_like_a_tracker_is_taken),
		CLAIM(a_column_has_a_name_for_forms_that_finds_it_again),
	};
	return cmocka_run_group_tests_name("returns tracker", tests, open_arena, close_arena);
}
