#include "base/arena.h"
#include "check.h"
#include "law/due.h"

static struct arena *arena;
static const struct law *law;

static int open_law(void **state)
{
	(void)state;
	arena = arena_open(16 << 20);
	law = law_open(arena);
	return 0;
}

static int close_law(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct when on(int year, int month, int dayofmonth)
{
	return (struct when){ day_of(year, month, dayofmonth), INSTANT_UNKNOWN };
}

static const struct rule *rule_of(const char *id)
{
	const struct rule *rule = rules_find(law->rules, str_of(id));
	assert_non_null(rule);
	return rule;
}

TEST(a_due_date_after_the_published_holidays_is_provisional)
{
	struct due due;
	check_true(due_count(law, rule_of("cla-review-first"), on(2028, 12, 1), &due, NULL));
	check_int(due.on, day_of(2029, 1, 3));
	check_true(due.provisional);
	check_true(due_count(law, rule_of("cla-review-first"), on(2028, 11, 29), &due, NULL));
	check_int(due.on, day_of(2028, 12, 29));
	check_false(due.provisional);
	check_true(due_count(law, rule_of("rcpc-first"), on(2028, 11, 1), &due, NULL));
	check_true(due.provisional);
}

TEST(an_unknown_day_is_not_counted_from)
{
	struct due due;
	struct err err;
	struct when unknown = { DAY_UNKNOWN, INSTANT_UNKNOWN };
	check_false(due_count(law, rule_of("rcpc-first"), unknown, &due, &err));
	check_str(str_of(err.text), "the day to count from is not known");
	check_int(due.on, DAY_UNKNOWN);
}

TEST(hours_need_a_time_and_stay_inside_the_years_that_duly_knows)
{
	struct due due;
	struct err err;
	const struct rule *rule = rule_of("missing-rhi-72h");
	check_false(due_count(law, rule, on(2026, 3, 27), &due, &err));
	check_true(strstr(err.text, "give the time too") != NULL);
	struct when last = { DAY_MAX, INSTANT_MAX };
	check_false(due_count(law, rule, last, &due, &err));
	check_true(strstr(err.text, "2299") != NULL);
	struct when before = { day_of(2011, 6, 1), 0 };
	check_true(instant_of_local(before.on, 600, -1, &before.at, NULL));
	check_true(due_count(law, rule, before, &due, NULL));
	check_int(due.on, day_of(2011, 6, 4));
	check_int(due.last_working_day, DAY_UNKNOWN);
}

TEST(days_that_leave_the_years_that_duly_knows_are_refused)
{
	struct due due;
	struct err err;
	check_false(due_count(law, rule_of("cla-visit-first"), on(2299, 12, 30), &due, &err));
	check_true(strstr(err.text, "2299") != NULL);
	check_true(due_count(law, rule_of("cla-visit-first"), on(2250, 1, 1), &due, &err));
	check_int(due.last_working_day, DAY_UNKNOWN);
	check_true(due.provisional);
}

struct skipped {
	size_t n;
	day first, last;
	struct buf text;
};

static void note(void *to, day d, str why)
{
	struct skipped *skipped = to;
	if (skipped->n++ == 0)
		skipped->first = d;
	check_true(skipped->n == 1 || d > skipped->last);
	skipped->last = d;
	buf_str(&skipped->text, why);
	buf_char(&skipped->text, ';');
}

TEST(the_days_passed_over_are_told_in_order_and_by_name)
{
	struct skipped skipped = { 0 };
	const struct rule *rule = rule_of("core-group-first");
	due_skipped(law, &rule->limit, day_of(2026, 3, 27), day_of(2026, 4, 14), note, &skipped);
	check_str(buf_view(&skipped.text),
		"Saturday;Sunday;Good Friday;Saturday;Sunday;Easter Monday;Saturday;Sunday;");
	check_int(skipped.first, day_of(2026, 3, 28));
	check_int(skipped.last, day_of(2026, 4, 12));
	buf_close(&skipped.text);
	struct skipped none = { 0 };
	due_skipped(
		law, &rule_of("rcpc-first")->limit, day_of(2026, 3, 27), day_of(2026, 6, 27), note, &none);
	check_int(none.n, 0);
}

TEST(counted_and_passed_over_make_up_the_whole_time)
{
	for (size_t i = 0; i < law->rules->n; i++) {
		const struct rule *rule = &law->rules->rule[i];
		if (rule->limit.unit != UNIT_WORKING_DAYS)
			continue;
		for (day from = day_of(2026, 1, 1); from < day_of(2027, 1, 1); from += 3) {
			struct due due;
			struct skipped skipped = { 0 };
			struct when when = { from, INSTANT_UNKNOWN };
			check_true(due_count(law, rule, when, &due, NULL));
			due_skipped(law, &rule->limit, from, due.on, note, &skipped);
			day days = rule->limit.before ? from - due.on : due.on - from;
			check_int(days, rule->limit.n + (int)skipped.n);
			check_int(due.last_working_day, due.on);
			buf_close(&skipped.text);
		}
	}
}

TEST(a_day_that_somebody_sets_is_never_counted)
{
	struct due due;
	struct err err = { 0 };
	check_false(due_count(law, rule_of("cla-review-early"), on(2026, 3, 27), &due, &err));
	check_true(strstr(err.text, "it is the one that the trigger gives as \"by\"") != NULL);
	struct buf said = { 0 };
	buf_offset(&said, rule_of("cla-review-early"));
	buf_char(&said, '\0');
	check_true(strstr(said.p, "the day given as by") != NULL);
	buf_close(&said);
}

TEST(half_of_a_limit_that_cannot_be_counted_cannot_be_counted)
{
	struct due due;
	struct err err = { 0 };
	check_false(due_count(law, rule_of("iro-midway"), on(2299, 12, 1), &due, &err));
	check_false(due_count(law, rule_of("iro-midway"), on(1999, 12, 1), &due, &err));
	struct when unknown = { DAY_UNKNOWN, INSTANT_UNKNOWN };
	check_false(due_count_earlier(law, rule_of("prebirth-rcpc"), unknown, &due, &err));
	check_false(due_count_earlier(law, rule_of("prebirth-rcpc"), on(2299, 12, 30), &due, &err));
}

/* From any day; hours from noon. False where the rule counts nothing from a day alone. */
static bool count(const struct rule *rule, day from, struct due *due)
{
	struct when when = { from, INSTANT_UNKNOWN };
	if (rule->limit.unit == UNIT_HOURS)
		check_true(instant_of_local(from, 12 * 60, -1, &when.at, NULL));
	return rule->limit.unit != UNIT_GIVEN && due_count(law, rule, when, due, NULL);
}

TEST(what_begins_a_day_later_is_never_due_earlier)
{
	for (size_t i = 0; i < law->rules->n; i++) {
		const struct rule *rule = &law->rules->rule[i];
		struct due due, before = { .on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN };
		for (day from = day_of(2023, 12, 1); from < day_of(2029, 3, 1); from++) {
			if (!count(rule, from, &due))
				continue;
			assert_true(due.on >= before.on);
			assert_true(due.at >= before.at);
			before = due;
		}
	}
}

TEST(a_limit_in_working_days_never_ends_on_a_day_off)
{
	for (size_t i = 0; i < law->rules->n; i++) {
		const struct rule *rule = &law->rules->rule[i];
		struct due due;
		bool working = rule->limit.unit == UNIT_WORKING_DAYS || rule->limit.unit == UNIT_HALFWAY ||
			rule->next_working;
		for (day from = day_of(2023, 12, 1); working && from < day_of(2029, 3, 1); from++) {
			check_true(count(rule, from, &due));
			assert_true(calendar_is_working(law->calendar, due.on));
			check_int(due.last_working_day, due.on);
		}
	}
}

TEST(months_end_on_the_same_date_or_on_the_last_of_a_shorter_month)
{
	for (size_t i = 0; i < law->rules->n; i++) {
		const struct rule *rule = &law->rules->rule[i];
		struct due due;
		bool months = rule->limit.unit == UNIT_MONTHS || rule->limit.unit == UNIT_YEARS;
		if (!months || rule->limit.with_day || rule->next_working)
			continue;
		int n = rule->limit.unit == UNIT_YEARS ? rule->limit.n * 12 : rule->limit.n;
		for (day from = day_of(2023, 12, 1); from < day_of(2029, 3, 1); from++) {
			check_true(count(rule, from, &due));
			struct civil a = day_civil(from), b = day_civil(due.on);
			check_int(b.year * 12 + b.month, a.year * 12 + a.month + n);
			int length = day_month_length(b.year, b.month);
			check_int(b.day, a.day < length ? a.day : length);
		}
	}
}

TEST(nothing_is_counted_past_either_end_of_the_calendar)
{
	struct due due;
	struct err err = { 0 };
	struct rule back = { .limit = { .n = 3, .unit = UNIT_WEEKS, .before = true } };
	check_false(due_count(law, &back, on(1900, 1, 5), &due, &err));
	check_str(str_of(err.text), "the due date lies before the year 1900");
	struct rule moved = { .limit = { .n = 1, .unit = UNIT_DAYS }, .next_working = true };
	check_false(due_count(law, &moved, on(2199, 12, 31), &due, &err));
	check_str(str_of(err.text), "the calendar of working days does not reach there");
	check_true(due_count(law, &moved, on(2026, 12, 24), &due, &err));
	check_int(due.on, day_of(2026, 12, 29));
	check_true(due_count(law, &moved, on(2026, 12, 29), &due, &err));
	check_int(due.on, day_of(2026, 12, 30));
}

TEST(of_two_limits_the_later_is_told_by_the_hour_where_both_have_one_and_else_by_the_day)
{
	struct due noon = { .on = 10, .at = 1000 }, evening = { .on = 10, .at = 2000 };
	struct due whole = { .on = 10, .at = INSTANT_UNKNOWN }, next = { .on = 11, .at = INSTANT_UNKNOWN };
	check_true(due_is_after(&evening, &noon));
	check_false(due_is_after(&noon, &evening));
	check_false(due_is_after(&evening, &whole));
	check_false(due_is_after(&whole, &noon));
	check_true(due_is_after(&next, &evening));
	check_true(due_is_after(&next, &whole));
}

TEST(a_figure_that_is_no_departure_is_held_to_the_law_s_date)
{
	struct figure figure = { .limit = { .n = 30, .unit = UNIT_DAYS }, .from = DAY_UNKNOWN,
		.to = DAY_UNKNOWN };
	struct rule rule = { .limit = { .n = 20, .unit = UNIT_DAYS }, .figure = &figure, .figures = 1 };
	struct due due;
	struct err err = { 0 };
	check_true(due_count(law, &rule, on(2026, 6, 1), &due, NULL));
	check_int(due.on, day_of(2026, 6, 21));
	assert_ptr_equal(due.figure, &figure);
	figure.later = true;
	check_true(due_count(law, &rule, on(2026, 6, 1), &due, NULL));
	check_int(due.on, day_of(2026, 7, 1));
	figure.later = false;
	figure.limit.n = 10;
	check_true(due_count(law, &rule, on(2026, 6, 1), &due, NULL));
	check_int(due.on, day_of(2026, 6, 11));
	/* Where the law's own date cannot be counted the figure stands alone. */
	rule.limit = (struct limit){ .n = 72, .unit = UNIT_HOURS };
	check_true(due_count(law, &rule, on(2026, 6, 1), &due, NULL));
	check_int(due.on, day_of(2026, 6, 11));
	figure.limit = rule.limit;
	check_false(due_count(law, &rule, on(2026, 6, 1), &due, &err));
	struct when unknown = { DAY_UNKNOWN, INSTANT_UNKNOWN };
	check_false(due_count(law, &rule, unknown, &due, &err));
	check_str(str_of(err.text), "the day to count from is not known");
}

TEST(a_figure_holds_from_its_first_day_to_its_last)
{
	struct figure figure = { .limit = { .n = 10, .unit = UNIT_DAYS }, .from = day_of(2026, 4, 1),
		.to = day_of(2027, 3, 31) };
	struct rule rule = { .limit = { .n = 20, .unit = UNIT_DAYS }, .figure = &figure, .figures = 1 };
	assert_null(figure_on(&rule, day_of(2026, 3, 31)));
	assert_ptr_equal(figure_on(&rule, day_of(2026, 4, 1)), &figure);
	assert_ptr_equal(figure_on(&rule, day_of(2027, 3, 31)), &figure);
	assert_null(figure_on(&rule, day_of(2027, 4, 1)));
	figure.from = figure.to = DAY_UNKNOWN;
	assert_ptr_equal(figure_on(&rule, day_of(1990, 1, 1)), &figure);
	assert_ptr_equal(figure_on(&rule, day_of(2090, 1, 1)), &figure);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_due_date_after_the_published_holidays_is_provisional),
		CLAIM(an_unknown_day_is_not_counted_from),
		CLAIM(hours_need_a_time_and_stay_inside_the_years_that_duly_knows),
		CLAIM(days_that_leave_the_years_that_duly_knows_are_refused),
		CLAIM(the_days_passed_over_are_told_in_order_and_by_name),
		CLAIM(counted_and_passed_over_make_up_the_whole_time),
		CLAIM(a_day_that_somebody_sets_is_never_counted),
		CLAIM(half_of_a_limit_that_cannot_be_counted_cannot_be_counted),
		CLAIM(what_begins_a_day_later_is_never_due_earlier),
		CLAIM(a_limit_in_working_days_never_ends_on_a_day_off),
		CLAIM(months_end_on_the_same_date_or_on_the_last_of_a_shorter_month),
		CLAIM(nothing_is_counted_past_either_end_of_the_calendar),
		CLAIM(of_two_limits_the_later_is_told_by_the_hour_where_both_have_one_and_else_by_the_day),
		CLAIM(a_figure_that_is_no_departure_is_held_to_the_law_s_date),
		CLAIM(a_figure_holds_from_its_first_day_to_its_last),
	};
	return cmocka_run_group_tests_name("law due", tests, open_law, close_law);
}
