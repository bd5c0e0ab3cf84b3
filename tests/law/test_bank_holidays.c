/* The published list of bank holidays: taken whole, or refused with the line and the reason. */
#include "check.h"

#include "law/bank_holidays.h"
#include "law/calendar.h"

static struct arena *arena;
static day today;

static int open_arena(__attribute__((unused)) void **state)
{
	arena = arena_open(256 << 20);
	today = day_of(2026, 11, 22);
	return 0;
}

static int close_arena(__attribute__((unused)) void **state)
{
	arena_close(arena);
	return 0;
}

/* As it is published: an event a line from line 4 on, of these years, without the day `left_out`. */
static str list_of(int first, int last, const char *left_out, const char *more_at, const char *more)
{
	struct buf b = { 0 };
	buf_lit(&b, "{\n\"england-and-wales\": {\"division\": \"england-and-wales\",\n\"events\": [");
	str rest = calendar_embedded_csv(), line;
	bool any = false;
	while (str_split(&rest, '\n', &line)) {
		str date = str_upto(line, str_find(line, ','));
		int64_t year;
		if (!str_int(str_upto(date, 4), &year) || year < first || year > last ||
			(left_out != NULL && str_equal(date, str_of(left_out))))
			continue;
		str title = str_from(line, date.n + 1);
		title = str_upto(title, str_find(title, ','));
		if (more_at != NULL && str_equal(date, str_of(more_at)))
			buf_format(&b, "%s%s", any ? ",\n" : "\n", more);
		any = any || (more_at != NULL && str_equal(date, str_of(more_at)));
		buf_format(&b, "%s{\"title\": \"%.*s\", \"date\": \"%.*s\", \"notes\": \"\"}",
			any ? ",\n" : "\n", STR_ARGS(title), STR_ARGS(date));
		any = true;
	}
	buf_lit(&b, "]}}\n");
	str made = arena_str(arena, buf_view(&b));
	buf_close(&b);
	return made;
}

static str rows_of(str json)
{
	struct buf rows = { 0 };
	struct err err = { 0 };
	if (!bank_holidays_read(arena, json, &rows, &err))
		print_error("%s\n", err.text);
	str made = arena_str(arena, buf_view(&rows));
	buf_close(&rows);
	return made;
}

static void refuses(str json, const char *why)
{
	struct buf rows = { 0 };
	struct err err = { 0 };
	assert_false(bank_holidays_read(arena, json, &rows, &err));
	check_int(err.code, ERR_INPUT);
	if (strstr(err.text, why) == NULL)
		print_error("got \"%s\"\n", err.text);
	check_true(strstr(err.text, why) != NULL);
	buf_close(&rows);
}

#define EVENT(date) "{\"title\": \"A day\", \"date\": \"" date "\"}"

TEST(what_is_published_already_changes_nothing)
{
	struct bank_join join;
	str rows = rows_of(list_of(2019, 2028, NULL, NULL, NULL));
	check_true(str_starts(rows, S("date,title,note\n2019-01-01,")));
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, NULL));
	check_true(join.same);
	check_int(join.changes, 0);
	check_int(join.first, 2019);
	check_int(join.last, 2028);
}

TEST(a_day_more_is_told_and_moves_the_count)
{
	struct bank_join join;
	str rows = rows_of(list_of(2026, 2028, NULL, "2027-08-30", EVENT("2027-06-14")));
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, NULL));
	check_false(join.same);
	check_int(join.changes, 1);
	check_int(join.warnings, 0);
	check_int(join.change[0].on, day_of(2027, 6, 14));
	check_str(join.change[0].title, "A day");
	struct calendar *calendar;
	assert_true(calendar_load(arena, join.rows, &calendar, NULL));
	check_int(calendar_add_working(calendar, day_of(2027, 6, 11), 1), day_of(2027, 6, 15));
	/* What the file does not speak of stays: the state funeral, and the years before. */
	check_str(calendar_why_not(calendar, day_of(2022, 9, 19)), "Bank Holiday for the State Funeral of Queen Elizabeth II");
	check_int(calendar_horizon(calendar), day_of(2028, 12, 31));
}

TEST(a_further_year_moves_the_horizon)
{
	struct bank_join join;
	str rows = rows_of(list_of(2028, 2029, NULL, NULL, NULL));
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, NULL));
	check_false(join.same);
	check_int(join.changes, 0);
	struct calendar *calendar;
	assert_true(calendar_load(arena, join.rows, &calendar, NULL));
	check_int(calendar_horizon(calendar), day_of(2029, 12, 31));
}

TEST(a_day_that_is_moved_warns_and_a_new_day_of_the_past_does)
{
	struct bank_join join;
	str moved = rows_of(list_of(2026, 2028, "2027-05-03", "2027-05-31", EVENT("2027-05-07")));
	/* Eight remain: one moved. */
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), moved, today, &join, NULL));
	check_int(join.changes, 2);
	check_int(join.warnings, 1);
	check_false(join.change[0].added);
	check_true(bank_change_warns(&join.change[0]));
	str past = rows_of(list_of(2026, 2028, NULL, "2026-12-25", EVENT("2026-11-09")));
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), past, today, &join, NULL));
	check_int(join.changes, 1);
	check_int(join.warnings, 1);
	check_true(join.change[0].past);
}

TEST(what_is_past_is_not_taken_back_nor_what_is_published)
{
	struct bank_join join;
	struct err err = { 0 };
	str rows = rows_of(list_of(2022, 2028, "2022-09-19", NULL, NULL));
	assert_false(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, &err));
	check_true(strstr(err.text, "2022-09-19") != NULL && strstr(err.text, "taken back") != NULL);
	rows = rows_of(list_of(2020, 2026, NULL, NULL, NULL));
	assert_false(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, &err));
	check_true(strstr(err.text, "an older one") != NULL);
	rows = rows_of(list_of(2030, 2030, NULL, NULL, NULL));
	assert_false(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, &err));
	check_true(strstr(err.text, "the years between") != NULL);
}

TEST(a_hostile_file_is_refused_with_its_line)
{
	refuses(list_of(2028, 2028, "2028-04-14", "2028-12-25", EVENT("2028-12-22")), "lacks Good Friday");
	refuses(list_of(2028, 2028, "2028-08-28", NULL, NULL), "2028 has 7 bank holidays");
	refuses(list_of(2027, 2028, NULL, "2028-04-14", EVENT("2028-01-03")), "line 13: the same day comes twice");
	refuses(list_of(2027, 2028, NULL, "2028-04-14", EVENT("2028-01-02")), "line 13: a bank holiday is a weekday");
	refuses(list_of(2027, 2028, NULL, "2028-04-14", EVENT("2027-12-31")), "line 13: the days are not in order");
	refuses(list_of(2028, 2028, NULL, "2028-01-03", EVENT("2011-01-03")), "line 4: the calendar of working days runs");
	refuses(list_of(2028, 2028, NULL, "2028-01-03", EVENT("2028-02-30")), "the date is none");
	refuses(list_of(2028, 2028, NULL, "2028-01-03", "7"), "line 4: an event is an object");
	refuses(S("{}"), "no \"england-and-wales\"");
	refuses(S(""), "line 1: this is not JSON");
	refuses(S("{\n\n\"england-and-wales\": ["), "line 3: this is not JSON");
	refuses(S("{\n\"a\": \"\xe9\"}"), "line 2: this is not text (UTF-8)");
	refuses(S("{\"england-and-wales\": {\"events\": []}}"), "not one day");
	refuses(S("{\"england-and-wales\": {\"division\": \"scotland\", \"events\": []}}"), "another than England");
}

/* One event of 2028 written otherwise. */
static str list_with(const char *event)
{
	return list_of(2028, 2028, NULL, "2028-01-03", event);
}

TEST(a_title_is_a_line_of_text)
{
	refuses(list_with("{\"date\": \"2028-01-01\"}"), "line 4: an event needs a title");
	str title = arena_format(arena, "{\"title\": \"%0101d\", \"date\": \"2028-01-01\"}", 0);
	refuses(list_with(arena_format(arena, "%.*s%c", STR_ARGS(title), 0).p), "an event needs a title");
	refuses(list_with("{\"title\": \"A\\u0007day\", \"date\": \"2027-12-31\"}"),
		"the title has a character that no title has");
	refuses(list_with("{\"title\": \"A\\u007fday\", \"date\": \"2027-12-31\"}"),
		"the title has a character that no title has");
	refuses(list_with("{\"title\": \"A day\", \"notes\": \"\\n!\\u0007?\", \"date\": \"2027-12-31\"}"),
		"the note has a character that no note has");
}

static bool says(str text, const char *what)
{
	return memmem(text.p, text.n, what, strlen(what)) != NULL;
}

/* A row's fields end with a comma; and what no note may say is that a day is not proclaimed. */
TEST(what_a_file_writes_cannot_be_taken_for_more_than_a_day)
{
	str rows = rows_of(list_of(2028, 2028, NULL, "2028-08-28",
		"{\"title\": \"One, two\", \"date\": \"2028-06-12\", \"notes\": \"Not proclaimed\"}"));
	check_true(says(rows, "\n2028-06-12,One; two,"));
	check_false(says(rows, "Not proclaimed"));
	str note = arena_format(arena,
		"{\"title\": \"One\", \"date\": \"2028-06-12\", \"notes\": \"%0101d\"}%c", 0, 0);
	rows = rows_of(list_of(2028, 2028, NULL, "2028-08-28", note.p));
	check_true(says(rows, "\n2028-06-12,One,\n"));
}

TEST(days_lie_in_order_within_the_calendar_s_years_and_each_year_is_whole)
{
	refuses(list_with(EVENT("2200-01-01")), "the calendar of working days runs");
	refuses(list_of(2026, 2026, NULL, "2026-12-28", EVENT("2028-12-20")), "a year is left out");
	refuses(list_of(2026, 2027, "2026-12-25", "2026-12-28", EVENT("2026-12-24")), "2026 lacks Christmas Day");
	refuses(list_of(2027, 2028, "2027-08-30", NULL, NULL), "line 10: 2027 has 7 bank holidays");
	refuses(S("{\"england-and-wales\": {\"events\": 7}}"), "no \"england-and-wales\" with \"events\"");
	struct buf large = { 0 };
	for (size_t i = 0; i <= BANK_HOLIDAYS_BYTES; i++)
		buf_char(&large, ' ');
	refuses(buf_view(&large), "larger than a list of bank holidays can be");
	buf_close(&large);
}

static void joins_not(str rows, const char *why)
{
	struct bank_join join;
	struct err err = { 0 };
	assert_false(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, &err));
	if (strstr(err.text, why) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

/* Between the reading and the joining the rows went through a form. */
TEST(rows_that_came_back_are_held_to_what_a_file_is)
{
	joins_not(S("date,title,note\n"), "not one day");
	joins_not(S("2028-01-03\n\n"), "2028 has 1 bank holidays");
	str rows = rows_of(list_of(2028, 2028, NULL, NULL, NULL)), line;
	struct buf less = { 0 }, more = { 0 };
	for (str rest = rows; str_split(&rest, '\n', &line);) {
		if (!str_starts(line, S("2028-04-14")))
			buf_format(&less, "%.*s\n", STR_ARGS(line));
		for (int i = 0; i < 3; i++)
			buf_format(&more, "%.*s\n", STR_ARGS(line));
	}
	str cut = arena_format(arena, "%.*s2028-12-27\n", STR_ARGS(rows));
	joins_not(buf_view(&less), "2028 has 7 bank holidays");
	joins_not(buf_view(&more), "2028 lacks ");
	joins_not(cut, "write date,title,note: \"2028-12-27\"");
	buf_lit(&less, "2028-12-29,One more,\n");
	joins_not(buf_view(&less), "2028 lacks Good Friday");
	buf_close(&less);
	buf_close(&more);
}

/* However many days a file changes, each of them is told, by day. */
TEST(changes_are_told_by_day_and_none_is_left_out)
{
	struct bank_join join;
	str rows = rows_of(list_of(2026, 2028, "2027-08-30", "2027-05-03", EVENT("2027-04-30")));
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, NULL));
	check_int(join.changes, 2);
	check_int(join.change[0].on, day_of(2027, 4, 30));
	check_true(join.change[0].added);
	check_int(join.change[1].on, day_of(2027, 8, 30));
	check_false(join.change[1].added);
	struct buf years = { 0 };
	buf_lit(&years, "date,title,note\n");
	for (int year = 2029; year <= 2199; year++) {
		for (int month = 1; month <= 12; month++) {
			day on = day_of(year, month, 15);
			on += day_weekday(on) >= SATURDAY ? 2 : 0;
			buf_day(&years, on);
			buf_lit(&years, ",Its middle,\n");
		}
	}
	joins_not(buf_view(&years), "2029 lacks Good Friday");
	buf_close(&years);
}

/* What the calendar computed, because nobody had published it, was never promised. */
TEST(a_computed_day_of_the_past_may_turn_out_to_be_none)
{
	struct bank_join join;
	str published = rows_of(list_of(2019, 2026, NULL, NULL, NULL));
	str rows = rows_of(list_of(2026, 2028, "2027-05-03", "2027-05-31", EVENT("2027-05-07")));
	day then = day_of(2027, 12, 1);
	assert_true(bank_holidays_join(arena, published, rows, then, &join, NULL));
	check_int(join.changes, 2);
	check_int(join.change[0].on, day_of(2027, 5, 3));
	check_false(join.change[0].added);
	check_true(join.change[0].past);
	check_false(bank_change_warns(&join.change[0]));
	check_true(bank_change_warns(&join.change[1]));
}

TEST(a_thousand_holidays_are_too_many)
{
	struct buf b = { 0 };
	day d = day_of(2028, 1, 3);
	buf_lit(&b, "{\"england-and-wales\": {\"events\": [");
	for (int i = 0; i < 1000; i++, d++) {
		while (day_weekday(d) >= SATURDAY)
			d++;
		buf_str(&b, i > 0 ? S(",\n") : S(""));
		buf_lit(&b, "{\"title\": \"Holiday\", \"date\": \"");
		buf_day(&b, d);
		buf_lit(&b, "\"}");
	}
	buf_lit(&b, "]}}");
	refuses(buf_view(&b), "so many bank holidays in one year");
	buf_close(&b);
}

TEST(two_calendars_join_year_by_year)
{
	struct bank_join join;
	str rows = rows_of(list_of(2027, 2028, NULL, "2027-08-30", EVENT("2027-06-14")));
	assert_true(bank_holidays_join(arena, calendar_embedded_csv(), rows, today, &join, NULL));
	/* A later duly that publishes 2029 keeps the day that only the file knew. */
	str later = rows_of(list_of(2026, 2029, NULL, NULL, NULL));
	str both = bank_holidays_over(arena, later, join.rows);
	struct calendar *calendar;
	assert_true(calendar_load(arena, both, &calendar, NULL));
	check_false(calendar_is_working(calendar, day_of(2027, 6, 14)));
	check_int(calendar_horizon(calendar), day_of(2029, 12, 31));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_is_published_already_changes_nothing),
		CLAIM(a_day_more_is_told_and_moves_the_count),
		CLAIM(a_further_year_moves_the_horizon),
		CLAIM(a_day_that_is_moved_warns_and_a_new_day_of_the_past_does),
		CLAIM(what_is_past_is_not_taken_back_nor_what_is_published),
		CLAIM(a_hostile_file_is_refused_with_its_line),
		CLAIM(a_title_is_a_line_of_text),
		CLAIM(what_a_file_writes_cannot_be_taken_for_more_than_a_day),
		CLAIM(days_lie_in_order_within_the_calendar_s_years_and_each_year_is_whole),
		CLAIM(rows_that_came_back_are_held_to_what_a_file_is),
		CLAIM(changes_are_told_by_day_and_none_is_left_out),
		CLAIM(a_computed_day_of_the_past_may_turn_out_to_be_none),
		CLAIM(a_thousand_holidays_are_too_many),
		CLAIM(two_calendars_join_year_by_year),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
