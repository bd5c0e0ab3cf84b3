#include "base/arena.h"
#include "check.h"
#include "law/calendar.h"
#include "law/holiday.h"

static struct arena *arena;
static struct calendar *embedded;

static int open_calendar(void **state)
{
	(void)state;
	arena = arena_open(64 << 20);
	return calendar_load(arena, calendar_embedded_csv(), &embedded, NULL) ? 0 : -1;
}

static int close_calendar(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

TEST(the_calendar_runs_from_2012_and_knows_its_published_horizon)
{
	check_int(calendar_first(embedded), day_of(2012, 1, 1));
	check_int(calendar_last(embedded), day_of(2199, 12, 31));
	check_int(calendar_horizon(embedded), day_of(2028, 12, 31));
	check_true(str_starts(calendar_version(embedded), S("england-and-wales-2028-")));
}

/* The days that royal proclamation moved or added in the window. */
static bool is_one_off(day d)
{
	static const int moved[][3] = { { 2012, 5, 28 }, { 2012, 6, 4 }, { 2012, 6, 5 },
		{ 2020, 5, 4 }, { 2020, 5, 8 }, { 2022, 5, 30 }, { 2022, 6, 2 }, { 2022, 6, 3 },
		{ 2022, 9, 19 }, { 2023, 5, 8 } };
	for (size_t i = 0; i < sizeof moved / sizeof *moved; i++) {
		if (d == day_of(moved[i][0], moved[i][1], moved[i][2]))
			return true;
	}
	return false;
}

TEST(the_rule_of_substitute_days_gives_every_year_of_the_data_but_the_one_offs)
{
	for (int year = 2012; year <= 2030; year++) {
		struct holiday computed[HOLIDAYS_A_YEAR];
		holidays_compute(year, computed);
		for (day d = day_of(year, 1, 1); d <= day_of(year, 12, 31); d++) {
			if (day_weekday(d) >= SATURDAY || is_one_off(d))
				continue;
			const struct holiday *found = NULL;
			for (size_t i = 0; i < HOLIDAYS_A_YEAR; i++) {
				if (computed[i].on == d)
					found = &computed[i];
			}
			str why = calendar_why_not(embedded, d);
			check_int(found != NULL, why.n > 0);
			if (found == NULL)
				continue;
			check_true(str_starts(why, found->title));
			check_int(found->substitute, str_ends(why, S(" (substitute day)")));
		}
	}
}

TEST(computed_holidays_come_by_date_and_never_on_a_weekend)
{
	for (int year = 1990; year <= 2199; year++) {
		struct holiday computed[HOLIDAYS_A_YEAR];
		holidays_compute(year, computed);
		for (size_t i = 0; i < HOLIDAYS_A_YEAR; i++) {
			check_true(day_weekday(computed[i].on) < SATURDAY);
			check_true(i == 0 || computed[i].on > computed[i - 1].on);
		}
		check_int(day_weekday(computed[1].on), FRIDAY);
		check_int(computed[2].on - computed[1].on, 3);
	}
}

TEST(moved_and_added_days_are_in_the_data)
{
	check_true(calendar_is_working(embedded, day_of(2020, 5, 4)));
	check_str(
		calendar_why_not(embedded, day_of(2020, 5, 8)), "Early May bank holiday (VE day)");
	check_true(calendar_is_working(embedded, day_of(2022, 5, 30)));
	check_false(calendar_is_working(embedded, day_of(2022, 6, 2)));
	check_str(calendar_why_not(embedded, day_of(2022, 6, 3)), "Platinum Jubilee bank holiday");
	check_str(calendar_why_not(embedded, day_of(2022, 9, 19)),
		"Bank Holiday for the State Funeral of Queen Elizabeth II");
	check_str(calendar_why_not(embedded, day_of(2023, 5, 8)),
		"Bank holiday for the coronation of King Charles III");
	check_str(calendar_why_not(embedded, day_of(2012, 6, 4)),
		"Spring bank holiday (substitute day)");
	check_str(calendar_why_not(embedded, day_of(2012, 6, 5)), "Queen’s Diamond Jubilee");
}

TEST(a_day_off_says_why_in_the_words_of_the_published_list)
{
	check_str(calendar_why_not(embedded, day_of(2026, 12, 18)), "");
	check_str(calendar_why_not(embedded, day_of(2026, 12, 19)), "Saturday");
	check_str(calendar_why_not(embedded, day_of(2026, 12, 20)), "Sunday");
	check_str(calendar_why_not(embedded, day_of(2026, 12, 25)), "Christmas Day");
	/* At a weekend the holiday's own name, and its substitute after it. */
	check_str(calendar_why_not(embedded, day_of(2026, 12, 26)), "Boxing Day");
	check_str(calendar_why_not(embedded, day_of(2026, 12, 28)), "Boxing Day (substitute day)");
	check_str(calendar_why_not(embedded, day_of(2027, 12, 25)), "Christmas Day");
	/* The naming trap: where Christmas Day is a Sunday, it is the one that moves. */
	check_str(calendar_why_not(embedded, day_of(2022, 12, 26)), "Boxing Day");
	check_str(
		calendar_why_not(embedded, day_of(2022, 12, 27)), "Christmas Day (substitute day)");
	check_str(calendar_why_not(embedded, day_of(2028, 1, 1)), "New Year’s Day");
	check_str(
		calendar_why_not(embedded, day_of(2028, 1, 3)), "New Year’s Day (substitute day)");
	/* Beyond the data, computed: 2033 begins on a Saturday. */
	check_str(
		calendar_why_not(embedded, day_of(2033, 1, 3)), "New Year’s Day (substitute day)");
}

TEST(adding_working_days_equals_stepping_day_by_day)
{
	for (day from = day_of(2019, 12, 1); from < day_of(2024, 2, 1); from++) {
		day on = from, back = from;
		check_int(calendar_add_working(embedded, from, 0), from);
		for (int n = 1; n <= 25; n++) {
			do {
				on++;
			} while (!calendar_is_working(embedded, on));
			check_int(calendar_add_working(embedded, from, n), on);
			check_int(calendar_working_between(embedded, from, on), n);
			do {
				back--;
			} while (!calendar_is_working(embedded, back));
			check_int(calendar_add_working(embedded, from, -n), back);
		}
		check_int(calendar_working_between(embedded, on, from), -25);
	}
}

TEST(counting_back_returns_to_a_working_day)
{
	for (day d = day_of(2020, 1, 1); d < day_of(2032, 1, 1); d++) {
		if (!calendar_is_working(embedded, d))
			continue;
		for (int n = 1; n < 50; n += 7)
			check_int(calendar_add_working(
					  embedded, calendar_add_working(embedded, d, n), -n),
				d);
	}
}

TEST(the_last_working_day_is_the_day_itself_or_one_before)
{
	check_int(calendar_on_or_before(embedded, day_of(2026, 12, 25)), day_of(2026, 12, 24));
	check_int(calendar_on_or_before(embedded, day_of(2026, 12, 28)), day_of(2026, 12, 24));
	check_int(calendar_on_or_before(embedded, day_of(2026, 12, 29)), day_of(2026, 12, 29));
	/* 1 January 2012 was a Sunday: nothing before it is known. */
	check_int(calendar_on_or_before(embedded, day_of(2012, 1, 2)), DAY_UNKNOWN);
	check_int(calendar_on_or_before(embedded, day_of(2012, 1, 3)), day_of(2012, 1, 3));
	check_int(calendar_on_or_before(embedded, day_of(2011, 12, 31)), DAY_UNKNOWN);
	check_int(calendar_on_or_before(embedded, day_of(2200, 1, 1)), DAY_UNKNOWN);
}

TEST(a_count_that_leaves_the_calendar_is_unknown)
{
	check_int(calendar_add_working(embedded, day_of(2011, 12, 31), 1), DAY_UNKNOWN);
	check_int(calendar_add_working(embedded, day_of(2200, 1, 1), -1), DAY_UNKNOWN);
	check_int(calendar_add_working(embedded, DAY_UNKNOWN, 1), DAY_UNKNOWN);
	check_int(calendar_add_working(embedded, day_of(2012, 1, 3), -1), DAY_UNKNOWN);
	check_int(calendar_add_working(embedded, day_of(2199, 12, 30), 1), day_of(2199, 12, 31));
	check_int(calendar_add_working(embedded, day_of(2199, 12, 30), 2), DAY_UNKNOWN);
	check_int(calendar_add_working(embedded, day_of(2020, 1, 1), INT32_MAX), DAY_UNKNOWN);
	check_int(calendar_add_working(embedded, day_of(2020, 1, 1), INT32_MIN), DAY_UNKNOWN);
}

static void refuses(const char *text, const char *why)
{
	struct calendar *calendar;
	struct err err = { 0 };
	check_false(calendar_load(arena, str_of(text), &calendar, &err));
	if (strstr(err.text, why) == NULL)
		print_error("got \"%s\", want \"%s\"\n", err.text, why);
	check_true(strstr(err.text, why) != NULL);
}

TEST(a_holiday_file_that_is_wrong_is_refused_by_line)
{
	refuses("", "line 1");
	refuses("date,name,note\n", "the first line must be");
	refuses("date,title,note\n", "not one proclaimed day");
	refuses("date,title,note\n2020-01-01\n", "line 2: write date,title,note");
	refuses("date,title,note\n2020-01-01,A\n", "line 2: write");
	refuses("date,title,note\n2020-01-01,A,,\n", "line 2: write");
	refuses("date,title,note\n2020-01-01,,\n", "line 2: write");
	refuses("date,title,note\n2020-02-30,A,\n", "line 2: the date is not one");
	refuses("date,title,note\n2020-01-01,A,\n\n2020-01-01,B,\n", "line 4: dates must rise");
	refuses("date,title,note\n2020-01-01,A,\n2022-01-03,A,\n", "line 3: a year is left out");
	refuses("date,title,note\n2020-01-04,A,\n", "line 2: a bank holiday is a weekday");
	refuses("date,title,note\n2201-01-01,A,\n", "line 2: a bank holiday is a weekday");
	refuses("date,title,note\n2020-01-01,A,Not proclaimed\n", "not one proclaimed day");
}

TEST(a_newer_holiday_file_moves_the_horizon_and_the_version)
{
	struct calendar *calendar;
	check_true(calendar_load(arena,
		S("date,title,note\r\n2020-01-01,New Year’s Day,\r\n2021-01-01,X,Not "
		  "proclaimed\r\n"),
		&calendar, NULL));
	check_int(calendar_first(calendar), day_of(2020, 1, 1));
	check_int(calendar_horizon(calendar), day_of(2020, 12, 31));
	check_str(calendar_why_not(calendar, day_of(2021, 1, 1)), "X");
	/* Only what the file says, where it says anything of a year; computed after it. */
	check_true(calendar_is_working(calendar, day_of(2021, 12, 27)));
	check_false(calendar_is_working(calendar, day_of(2022, 12, 27)));
	check_false(str_equal(calendar_version(calendar), calendar_version(embedded)));
}

TEST(a_file_of_ever_new_names_is_refused_not_followed)
{
	struct buf text = { 0 };
	buf_lit(&text, "date,title,note\n");
	for (day d = day_of(2012, 1, 2); d < day_of(2050, 1, 1); d++) {
		if (day_weekday(d) >= SATURDAY)
			continue;
		buf_day(&text, d);
		buf_format(&text, ",name %d,\n", d);
	}
	struct calendar *calendar;
	struct err err;
	check_false(calendar_load(arena, buf_view(&text), &calendar, &err));
	check_true(strstr(err.text, "too many different names") != NULL);
	buf_close(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_calendar_runs_from_2012_and_knows_its_published_horizon),
		CLAIM(the_rule_of_substitute_days_gives_every_year_of_the_data_but_the_one_offs),
		CLAIM(computed_holidays_come_by_date_and_never_on_a_weekend),
		CLAIM(moved_and_added_days_are_in_the_data),
		CLAIM(a_day_off_says_why_in_the_words_of_the_published_list),
		CLAIM(adding_working_days_equals_stepping_day_by_day),
		CLAIM(counting_back_returns_to_a_working_day),
		CLAIM(the_last_working_day_is_the_day_itself_or_one_before),
		CLAIM(a_count_that_leaves_the_calendar_is_unknown),
		CLAIM(a_holiday_file_that_is_wrong_is_refused_by_line),
		CLAIM(a_newer_holiday_file_moves_the_horizon_and_the_version),
		CLAIM(a_file_of_ever_new_names_is_refused_not_followed),
	};
	return cmocka_run_group_tests_name("law calendar", tests, open_calendar, close_calendar);
}
