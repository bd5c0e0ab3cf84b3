#include "web/say.h"

#include "check.h"
#include "law/codes.h"
#include "record/step.h"

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

static void check_detail(enum word word, const char *detail, const char *want)
{
	struct arena *arena = arena_open(1 << 16);
	check_str(detail_words(arena, word, str_of(detail)), want);
	arena_close(arena);
}

TEST(a_detail_is_said_in_words_and_what_is_not_so_is_not_said)
{
	check_detail(WORD_PLACEMENT_BEGAN,
		"code=U4;to_18=no;with_parent=no;reg24=no;reg19=no;emergency=no;out_of_area=no;"
		"outside_terms=no;six_monthly=no",
		"Foster placement with another carer, long term (U4)");
	check_detail(WORD_PLACEMENT_BEGAN, "emergency=yes;out_of_area=yes",
		"made in an emergency, outside the area");
	check_detail(WORD_REMANDED, "to=detention", "Youth detention accommodation");
	check_detail(WORD_LEAVER_MOVED, "regulated=no", "Is the accommodation regulated? No");
	check_detail(WORD_CARE_CHANGE_PROPOSED, "what=school;by=2026-12-01",
		"School, in the last two years of it, Day on which the change is planned: 1 December "
		"2026");
}

TEST(whatever_a_step_leaves_is_said_without_its_key)
{
	struct arena *arena = arena_open(1 << 20);
	for (size_t i = 0; i < step_kinds_n; i++) {
		const struct step_kind *kind = &step_kinds[i];
		for (size_t c = 0; kind->choice != NULL && c < kind->choice->n; c++) {
			str detail = arena_format(arena, "%.*s=%.*s", STR_ARGS(kind->key),
				STR_ARGS(kind->choice->code[c].code));
			check_str(detail_words(arena, kind->word, detail),
				kind->choice->code[c].meaning.p);
		}
	}
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest claims[] = {
		CLAIM(a_child_of_two_and_over_is_told_in_years),
		CLAIM(a_detail_is_said_in_words_and_what_is_not_so_is_not_said),
		CLAIM(whatever_a_step_leaves_is_said_without_its_key),
		CLAIM(a_child_under_two_is_told_in_months),
		CLAIM(a_child_under_a_month_is_told_in_days),
		CLAIM(a_child_born_after_the_day_asked_about_has_no_age),
	};
	return cmocka_run_group_tests_name("web say", claims, NULL, NULL);
}
