#include "base/day.h"
#include "check.h"
#include "random.h"

#include <time.h>

static day d(const char *text)
{
	struct err err;
	day out = DAY_UNKNOWN;
	if (!day_read(str_of(text), &out, &err))
		fail_msg("%s", err.text);
	return out;
}

/* The C library counts the same days by its own arithmetic. */
TEST(every_day_of_1900_to_2299_agrees_with_the_c_library)
{
	struct buf buf = { 0 };
	struct err err;
	for (day on = DAY_MIN; on <= DAY_MAX; on++) {
		time_t seconds = (time_t)on * 86400;
		struct tm tm;
		gmtime_r(&seconds, &tm);
		struct civil c = day_civil(on);
		check_int(c.year, tm.tm_year + 1900);
		check_int(c.month, tm.tm_mon + 1);
		check_int(c.day, tm.tm_mday);
		check_int((day_weekday(on) + 1) % 7, tm.tm_wday);
		check_int(day_of(c.year, c.month, c.day), on);
		char want[40];
		day back = DAY_UNKNOWN;
		buf_clear(&buf);
		buf_day(&buf, on);
		snprintf(want, sizeof want, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
			tm.tm_mday);
		check_str(buf_view(&buf), want);
		check_true(day_read(buf_view(&buf), &back, &err) && back == on);
		buf_clear(&buf);
		buf_day_slashed(&buf, on);
		snprintf(want, sizeof want, "%02d/%02d/%04d", tm.tm_mday, tm.tm_mon + 1,
			tm.tm_year + 1900);
		check_str(buf_view(&buf), want);
		check_true(day_read_slashed(buf_view(&buf), &back, &err) && back == on);
	}
	buf_close(&buf);
}

TEST(days_are_real_when_the_c_library_keeps_them)
{
	for (int year = 1899; year <= 2300; year++) {
		for (int month = 0; month <= 13; month++) {
			for (int dayofmonth = 0; dayofmonth <= 32; dayofmonth++) {
				struct tm tm = { .tm_year = year - 1900,
					.tm_mon = month - 1,
					.tm_mday = dayofmonth };
				timegm(&tm);
				bool kept = tm.tm_year == year - 1900 && tm.tm_mon == month - 1 &&
					tm.tm_mday == dayofmonth;
				check_int(day_is_real(year, month, dayofmonth),
					kept && year >= 1900 && year <= 2299);
			}
		}
	}
}

TEST(a_month_clamps_to_its_last_day)
{
	check_int(day_add_months(d("2026-01-31"), 1), d("2026-02-28"));
	check_int(day_add_months(d("2028-01-31"), 1), d("2028-02-29"));
	check_int(day_add_months(d("2026-08-31"), 6), d("2027-02-28"));
	check_int(day_add_months(d("2026-11-30"), 3), d("2027-02-28"));
	check_int(day_add_months(d("2026-03-31"), -1), d("2026-02-28"));
	check_int(day_add_months(d("2028-02-29"), 12), d("2029-02-28"));
	check_int(day_add_months(d("2026-01-15"), -13), d("2024-12-15"));
	check_int(day_add_months(d("2026-02-28"), 1), d("2026-03-28"));
}

TEST(months_counted_by_one_way_or_another_agree)
{
	struct random random = random_open("months");
	for (int round = 0; round < 100000; round++) {
		day on = DAY_MIN + (day)random_below(&random, DAY_MAX - DAY_MIN + 1);
		int n = (int)random_below(&random, 2401) - 1200;
		struct civil c = day_civil(on);
		int year = c.year, month = c.month;
		for (int i = 0; i < n; i++)
			month = month == 12 ? (year++, 1) : month + 1;
		for (int i = 0; i > n; i--)
			month = month == 1 ? (year--, 12) : month - 1;
		int dayofmonth = c.day;
		while (dayofmonth > 28 && year >= 1900 && year <= 2299 &&
			!day_is_real(year, month, dayofmonth))
			dayofmonth--;
		day want = day_is_real(year, month, dayofmonth) ? day_of(year, month, dayofmonth) :
								   DAY_UNKNOWN;
		check_int(day_add_months(on, n), want);
	}
}

TEST(arithmetic_stops_at_the_limits_and_unknown_stays_unknown)
{
	check_int(DAY_MIN, day_of(1900, 1, 1));
	check_int(DAY_MAX, day_of(2299, 12, 31));
	check_int(day_add(DAY_MAX, 1), DAY_UNKNOWN);
	check_int(day_add(DAY_MIN, -1), DAY_UNKNOWN);
	check_int(day_add(DAY_MAX, INT32_MAX), DAY_UNKNOWN);
	check_int(day_add(DAY_MAX, -1), DAY_MAX - 1);
	check_int(day_add(DAY_MAX - 1, 1), DAY_MAX);
	check_int(day_add(DAY_MIN + 1, -1), DAY_MIN);
	check_int(day_add(DAY_UNKNOWN, 1), DAY_UNKNOWN);
	check_int(day_add_months(DAY_UNKNOWN, 1), DAY_UNKNOWN);
	check_int(day_add_months(DAY_MAX, 1), DAY_UNKNOWN);
	check_int(day_add_months(DAY_MIN, -1), DAY_UNKNOWN);
	check_int(day_add_months(0, 6001), DAY_UNKNOWN);
	check_int(day_add_months(0, -6001), DAY_UNKNOWN);
	check_int(day_add_months(0, 0), 0);
}

static void check_refused(
	bool (*read)(str, day *, struct err *), const char *text, const char *words)
{
	struct err err = { 0 };
	day out = 7;
	check_false(read(str_of(text), &out, &err));
	check_int(out, 7);
	check_int(err.code, ERR_INPUT);
	check_str(str_of(err.text), words);
}

TEST(what_is_not_a_date_is_refused_with_an_example)
{
	static const char *const wrong[] = { "", "2026-12-1", "2026-12-188", "2026/12/18", "2026-12/18",
		"18-12-2026", "2026-1a-18", "2026-12-1:", "202/-12-18", "x026-12-18", " 2026-12-1",
		"20261218..", "+026-12-18", "2026-:2-18" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char words[120];
		snprintf(words, sizeof words,
			"\"%s\" is not a date: write it like 2026-12-18", wrong[i]);
		check_refused(day_read, wrong[i], words);
	}
	check_refused(day_read_slashed, "2026-12-18",
		"\"2026-12-18\" is not a date: write it like 18/12/2026");
	check_refused(day_read_slashed, "18/12-2026",
		"\"18/12-2026\" is not a date: write it like 18/12/2026");
	check_refused(day_read_slashed, "1/12/2026",
		"\"1/12/2026\" is not a date: write it like 18/12/2026");
	check_refused(day_read, "2026-02-29", "there is no day 2026-02-29");
	check_refused(day_read, "1899-12-31", "there is no day 1899-12-31");
	check_refused(day_read, "2300-01-01", "there is no day 2300-01-01");
	check_refused(day_read_slashed, "31/04/2026", "there is no day 31/04/2026");
	check_refused(day_read, "a text that goes on and on well beyond forty bytes",
		"\"a text that goes on and on well beyond f\" is not a date: write it like 2026-12-18");
}

TEST(days_are_written_in_words)
{
	struct buf buf = { 0 };
	buf_day_words(&buf, d("2026-12-08"));
	check_str(buf_view(&buf), "8 December 2026");
	buf_clear(&buf);
	buf_day(&buf, DAY_UNKNOWN);
	buf_day_slashed(&buf, DAY_UNKNOWN);
	buf_day_words(&buf, DAY_UNKNOWN);
	check_int(buf.n, 0);
	check_str(str_of(weekday_name(day_weekday(d("2026-11-21")))), "Saturday");
	check_str(str_of(month_name(1)), "January");
	buf_close(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_day_of_1900_to_2299_agrees_with_the_c_library),
		CLAIM(days_are_real_when_the_c_library_keeps_them),
		CLAIM(a_month_clamps_to_its_last_day),
		CLAIM(months_counted_by_one_way_or_another_agree),
		CLAIM(arithmetic_stops_at_the_limits_and_unknown_stays_unknown),
		CLAIM(what_is_not_a_date_is_refused_with_an_example),
		CLAIM(days_are_written_in_words),
	};
	return cmocka_run_group_tests_name("base day", tests, NULL, NULL);
}
