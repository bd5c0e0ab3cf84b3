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
	check_true(strstr(buf_view(&said).p, "the day given as by") != NULL);
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
	};
	return cmocka_run_group_tests_name("law due", tests, open_law, close_law);
}
