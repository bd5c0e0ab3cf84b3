#include "web/say.h"

#include "check.h"

static void check_age(day born, day today, const char *want)
{
	struct arena *arena = arena_open(1 << 16);
	check_str(age_words(arena, born, today), want);
	arena_close(arena);
}

TEST(a_child_of_two_and_over_is_told_in_years)
{
	check_age(day_of(2024, 11, 22), day_of(2026, 11, 22), "2");
	check_age(day_of(2010, 11, 23), day_of(2026, 11, 22), "15");
}

TEST(a_child_under_two_is_told_in_months)
{
	check_age(day_of(2024, 11, 23), day_of(2026, 11, 22), "23 months");
	check_age(day_of(2026, 10, 22), day_of(2026, 11, 22), "1 month");
	check_age(day_of(2026, 1, 31), day_of(2026, 3, 30), "1 month");
}

TEST(a_child_under_a_month_is_told_in_days)
{
	check_age(day_of(2026, 10, 23), day_of(2026, 11, 22), "30 days");
	check_age(day_of(2026, 11, 21), day_of(2026, 11, 22), "1 day");
	check_age(day_of(2026, 11, 22), day_of(2026, 11, 22), "0 days");
}

TEST(a_child_born_after_the_day_asked_about_has_no_age)
{
	check_age(day_of(2026, 11, 23), day_of(2026, 11, 22), "");
}

int main(void)
{
	const struct CMUnitTest claims[] = {
		CLAIM(a_child_of_two_and_over_is_told_in_years),
		CLAIM(a_child_under_two_is_told_in_months),
		CLAIM(a_child_under_a_month_is_told_in_days),
		CLAIM(a_child_born_after_the_day_asked_about_has_no_age),
	};
	return cmocka_run_group_tests_name("web say", claims, NULL, NULL);
}
