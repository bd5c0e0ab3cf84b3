#include "base/instant.h"
#include "check.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static instant at(const char *text)
{
	struct err err;
	instant out = INSTANT_UNKNOWN;
	if (!instant_read(str_of(text), &out, &err))
		fail_msg("%s: %s", text, err.text);
	return out;
}

static void check_refused(const char *text, const char *words)
{
	struct err err = { 0 };
	instant out = 7;
	check_false(instant_read(str_of(text), &out, &err));
	check_int(out, 7);
	check_int(err.code, ERR_INPUT);
	if (strstr(err.text, words) == NULL)
		fail_msg("%s: \"%s\" does not say \"%s\"", text, err.text, words);
}

static void check_written(
	void (*write)(struct buf *, instant), const char *text, const char *want)
{
	struct buf buf = { 0 };
	write(&buf, at(text));
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

TEST(winter_is_utc_and_summer_an_hour_ahead)
{
	check_int(at("1970-01-01T00:00"), 0);
	check_int(at("2026-01-15T12:00"), at("2026-01-15T12:00Z"));
	check_int(at("2026-07-15T12:00"), at("2026-07-15T11:00Z"));
	check_int(instant_local(at("2026-07-15T11:59Z")).minute, 12 * 60 + 59);
	check_int(instant_local(at("2026-07-15T11:59Z")).offset, 60);
	check_int(instant_day(at("2026-07-15T23:00Z")), day_of(2026, 7, 16));
	check_int(instant_day(at("2026-07-15T22:59Z")), day_of(2026, 7, 15));
	check_int(instant_day(INSTANT_UNKNOWN), DAY_UNKNOWN);
}

TEST(the_clocks_change_on_the_last_sundays_of_march_and_october)
{
	check_written(buf_instant_local, "2026-03-29T00:59Z", "2026-03-29T00:59");
	check_written(buf_instant_local, "2026-03-29T01:00Z", "2026-03-29T02:00");
	check_written(buf_instant_local, "2026-10-25T00:59Z", "2026-10-25T01:59+01:00");
	check_written(buf_instant_local, "2026-10-25T01:00Z", "2026-10-25T01:00+00:00");
	check_written(buf_instant_local, "2026-10-25T01:59:59Z", "2026-10-25T01:59+00:00");
	check_written(buf_instant_local, "2026-10-25T02:00Z", "2026-10-25T02:00");
	check_written(buf_instant_local, "2026-10-24T23:59Z", "2026-10-25T00:59");
}

TEST(the_hour_that_spring_leaves_out_is_refused)
{
	check_refused("2026-03-29T01:00", "there was no 01:00 on 29 March 2026");
	check_refused("2026-03-29T01:59:59", "forward");
	check_int(at("2026-03-29T00:59"), at("2026-03-29T00:59Z"));
	check_int(at("2026-03-29T02:00"), at("2026-03-29T01:00Z"));
	check_int(at("2026-03-22T01:30"), at("2026-03-22T01:30Z"));
	struct err err;
	instant out;
	check_false(instant_of_local(day_of(2026, 3, 29), 90, 0, &out, &err));
}

TEST(the_hour_that_autumn_repeats_needs_its_offset)
{
	check_refused("2026-10-25T01:30", "01:30 on 25 October 2026 came twice");
	check_int(at("2026-10-25T01:30+01:00"), at("2026-10-25T00:30Z"));
	check_int(at("2026-10-25T01:30+00:00"), at("2026-10-25T01:30Z"));
	check_int(at("2026-10-25T00:59"), at("2026-10-24T23:59Z"));
	check_int(at("2026-10-25T02:00"), at("2026-10-25T02:00Z"));
	instant first, second;
	check_true(instant_of_local(day_of(2026, 10, 25), 90, 60, &first, NULL));
	check_true(instant_of_local(day_of(2026, 10, 25), 90, 0, &second, NULL));
	check_int(second - first, INSTANT_HOUR);
}

TEST(an_offset_that_london_does_not_have_is_refused)
{
	struct err err;
	instant out;
	check_false(instant_of_local(day_of(2026, 7, 1), 600, 0, &out, &err));
	check_str(str_of(err.text),
		"at 10:00 on 1 July 2026 London was at +01:00: write that or leave it out");
	check_false(instant_of_local(day_of(2026, 1, 1), 600, 60, &out, &err));
	check_str(str_of(err.text),
		"at 10:00 on 1 January 2026 London was at +00:00: write that or leave it out");
	check_true(instant_of_local(day_of(2026, 7, 1), 600, 60, &out, &err));
	check_int(out, at("2026-07-01T09:00Z"));
}

TEST(seconds_fractions_and_zones_are_read)
{
	instant plain = at("2026-03-27T14:30");
	check_int(at("2026-03-27t14:30"), plain);
	check_int(at("2026-03-27 14:30"), plain);
	check_int(at("2026-03-27T14:30:00"), plain);
	check_int(at("2026-03-27T14:30:05"), plain + 5000);
	check_int(at("2026-03-27T14:30:05.2"), plain + 5200);
	check_int(at("2026-03-27T14:30:59.9999999"), plain + 59999);
	check_int(at("2026-03-27T14:30:00.000Z"), plain);
	check_int(at("2026-03-27T14:30z"), plain);
	check_int(at("2026-03-27T14:30+00:00"), plain);
	check_int(at("2026-03-27T14:30-00:00"), plain);
	check_int(at("2026-03-27T15:30+01:00"), plain);
	check_int(at("2026-03-27T20:00+0530"), plain);
	check_int(at("2026-03-27T04:30-10:00"), plain);
	/* A zone makes every minute of the missing hour real. */
	check_int(at("2026-03-29T01:30Z"), at("2026-03-29T02:30"));
}

TEST(what_is_not_a_date_and_time_is_refused_with_an_example)
{
	static const char *const wrong[] = { "", "2026", "2026-03-27", "2026-03-27T", "2026-03-27T1",
		"2026-03-27T1430", "2026-03-27T14:3", "2026-03-27T24:00", "2026-03-27T14:60",
		"2026-03-27_14:30", "2026-03-27T14-30", "2026-03-27T14:30:", "2026-03-27T14:30:60",
		"2026-03-27T14:30:0", "2026-03-27T14:30:00.", "2026-03-27T14:30:00.x",
		"2026-03-27T14:30x", "2026-03-27T14:30+", "2026-03-27T14:30+1", "2026-03-27T14:30+24:00",
		"2026-03-27T14:30+01:", "2026-03-27T14:30+01:60", "2026-03-27T14:30ZZ",
		"2026-03-27T14:30 ", "2026-03-27T1/:30", "2026-03-27T:4:30", "2026-03-27T/4:30" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		check_refused(wrong[i], "write it like 2026-12-18T14:30");
	check_refused("2026-02-30T14:30", "there is no day 2026-02-30");
	check_refused("27/03/2026T14:30", "write it like 2026-12-18");
	check_refused("1900-01-01T00:30+01:00", "is not between the years 1900 and 2299");
	check_refused("2299-12-31T23:30-01:00", "is not between the years 1900 and 2299");
	check_int(at("1900-01-01T00:00Z"), INSTANT_MIN);
	check_int(at("2299-12-31T23:59:59.999Z"), INSTANT_MAX);
}

TEST(a_when_is_a_date_or_a_date_and_time)
{
	struct when when;
	struct err err;
	check_true(when_read(S("2026-03-27"), &when, &err));
	check_int(when.on, day_of(2026, 3, 27));
	check_true(when.at == INSTANT_UNKNOWN);
	check_true(when_read(S("2026-07-27T23:30Z"), &when, &err));
	check_int(when.on, day_of(2026, 7, 28));
	check_int(when.at, at("2026-07-28T00:30"));
	check_false(when_read(S("27/03/2026"), &when, &err));
	check_false(when_read(S("2026-03-29T01:30"), &when, &err));
	check_false(when_read(S(""), &when, &err));
	check_int(when.on, day_of(2026, 7, 28));
}

TEST(instants_are_written_for_machines_and_for_people)
{
	check_written(buf_instant_local, "2026-03-30T14:30Z", "2026-03-30T15:30");
	check_written(buf_instant_utc, "2026-03-30T15:30:07.999", "2026-03-30T14:30:07Z");
	check_written(buf_instant_utc, "1969-12-31T23:59:59.999", "1969-12-31T23:59:59Z");
	check_written(buf_instant_words, "2026-03-30T15:30", "30 March 2026, 3:30pm");
	check_written(buf_instant_words, "2026-03-30T15:00", "30 March 2026, 3pm");
	check_written(buf_instant_words, "2026-03-30T09:05", "30 March 2026, 9:05am");
	check_written(buf_instant_words, "2026-03-30T12:00", "30 March 2026, midday");
	check_written(buf_instant_words, "2026-03-30T12:01", "30 March 2026, 12:01pm");
	check_written(buf_instant_words, "2026-03-30T00:00", "30 March 2026, midnight");
	check_written(buf_instant_words, "2026-03-30T00:10", "30 March 2026, 12:10am");
	check_written(buf_instant_words, "2026-10-25T01:30+01:00",
		"25 October 2026, 1:30am (British Summer Time)");
	check_written(buf_instant_words, "2026-10-25T01:00Z",
		"25 October 2026, 1am (Greenwich Mean Time)");
	struct buf buf = { 0 };
	buf_instant_local(&buf, INSTANT_UNKNOWN);
	buf_instant_utc(&buf, INSTANT_UNKNOWN);
	buf_instant_words(&buf, INSTANT_UNKNOWN);
	check_int(buf.n, 0);
	buf_close(&buf);
}

/* Every hour of 1996 to 2037, against the C library and the zone file of the machine; glibc itself
 * goes by rule after the last change in the file. */
TEST(london_agrees_with_the_zone_file)
{
	if (access("/usr/share/zoneinfo/Europe/London", R_OK) != 0)
		not_here("the zone file");
	setenv("TZ", ":Europe/London", 1);
	tzset();
	struct buf buf = { 0 };
	for (instant t = at("1996-01-01T00:00Z"); t < at("2038-01-01T00:00Z"); t += INSTANT_HOUR) {
		time_t seconds = (time_t)(t / 1000);
		struct tm tm;
		localtime_r(&seconds, &tm);
		struct local local = instant_local(t);
		check_int(local.offset * 60, tm.tm_gmtoff);
		check_int(local.on, day_of(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday));
		check_int(local.minute, tm.tm_hour * 60 + tm.tm_min);
		buf_clear(&buf);
		buf_instant_local(&buf, t);
		struct when when;
		check_true(when_read(buf_view(&buf), &when, NULL));
		check_true(when.at == t);
		check_int(when.on, local.on);
	}
	buf_close(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(winter_is_utc_and_summer_an_hour_ahead),
		CLAIM(the_clocks_change_on_the_last_sundays_of_march_and_october),
		CLAIM(the_hour_that_spring_leaves_out_is_refused),
		CLAIM(the_hour_that_autumn_repeats_needs_its_offset),
		CLAIM(an_offset_that_london_does_not_have_is_refused),
		CLAIM(seconds_fractions_and_zones_are_read),
		CLAIM(what_is_not_a_date_and_time_is_refused_with_an_example),
		CLAIM(a_when_is_a_date_or_a_date_and_time),
		CLAIM(instants_are_written_for_machines_and_for_people),
		CLAIM(london_agrees_with_the_zone_file),
	};
	return cmocka_run_group_tests_name("base instant", tests, NULL, NULL);
}
