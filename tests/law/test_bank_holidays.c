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
		CLAIM(a_thousand_holidays_are_too_many),
		CLAIM(two_calendars_join_year_by_year),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
