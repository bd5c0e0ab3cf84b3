/* Somebody is away: what falls due then, and where there is room. */
#include "check.h"

#include "clock/absence.h"
#include "law/due.h"

static struct arena *arena;
static const struct calendar *calendar;

static int open_law(__attribute__((unused)) void **state)
{
	arena = arena_open((size_t)64 << 20);
	calendar = law_open(arena)->calendar;
	return 0;
}

static int close_law(__attribute__((unused)) void **state)
{
	arena_close(arena);
	return 0;
}

/* Away from Monday 3 to Friday 14 August 2026; today is 1 July. */
static struct absence_advice advise(day due, day booked)
{
	struct absence away = { day_of(2026, 8, 3), day_of(2026, 8, 14) };
	return absence_advise(calendar, &away, day_of(2026, 7, 1), due, booked);
}

TEST(what_falls_due_while_away_is_done_before)
{
	struct absence_advice advice = advise(day_of(2026, 8, 10), DAY_UNKNOWN);
	check_int(advice.fate, ABSENCE_DUE);
	check_int(advice.before, day_of(2026, 7, 31));
	check_int(advice.after, DAY_UNKNOWN);
	check_int(advise(day_of(2026, 8, 3), DAY_UNKNOWN).fate, ABSENCE_DUE);
	check_int(advise(day_of(2026, 8, 14), DAY_UNKNOWN).fate, ABSENCE_DUE);
	/* Booked for the week before: it is seen to. */
	check_int(advise(day_of(2026, 8, 10), day_of(2026, 7, 27)).fate, ABSENCE_NOTHING);
	check_int(advise(day_of(2026, 8, 10), day_of(2026, 8, 7)).fate, ABSENCE_DUE);
}

TEST(what_is_booked_for_a_day_away_can_wait_until_it_is_due)
{
	struct absence_advice advice = advise(day_of(2026, 8, 28), day_of(2026, 8, 12));
	check_int(advice.fate, ABSENCE_BOOKED);
	check_int(advice.after, day_of(2026, 8, 17));
	check_int(advice.left, 10);
	check_int(advice.before, day_of(2026, 7, 31));
}

TEST(what_is_due_just_after_the_return_is_told)
{
	struct absence_advice advice = advise(day_of(2026, 8, 19), DAY_UNKNOWN);
	check_int(advice.fate, ABSENCE_SOON_AFTER);
	check_int(advice.left, 3);
	check_int(advise(day_of(2026, 8, 19), day_of(2026, 8, 18)).fate, ABSENCE_NOTHING);
	check_int(advise(day_of(2026, 8, 21), DAY_UNKNOWN).fate, ABSENCE_SOON_AFTER);
	check_int(advise(day_of(2026, 8, 24), DAY_UNKNOWN).fate, ABSENCE_NOTHING);
	check_int(advise(day_of(2026, 7, 30), DAY_UNKNOWN).fate, ABSENCE_NOTHING);
	check_int(advise(DAY_UNKNOWN, DAY_UNKNOWN).fate, ABSENCE_NOTHING);
}

TEST(no_day_before_is_offered_that_has_passed)
{
	struct absence away = { day_of(2026, 7, 2), day_of(2026, 7, 10) };
	struct absence_advice advice = absence_advise(
		calendar, &away, day_of(2026, 7, 1), day_of(2026, 7, 8), DAY_UNKNOWN);
	check_int(advice.fate, ABSENCE_DUE);
	check_int(advice.before, DAY_UNKNOWN);
}

TEST(where_nothing_can_be_said_nothing_is)
{
	struct absence_advice advice = advise(DAY_UNKNOWN, DAY_UNKNOWN);
	check_int(advice.fate, ABSENCE_NOTHING);
	check_int(advice.before, DAY_UNKNOWN);
	check_int(advise(day_of(2250, 1, 1), DAY_UNKNOWN).fate, ABSENCE_NOTHING);
	/* Booked for after the due date: that is no help. */
	check_int(advise(day_of(2026, 8, 10), day_of(2026, 8, 20)).fate, ABSENCE_DUE);
}

TEST(at_the_calendar_s_ends_there_is_no_working_day_before_or_after)
{
	struct absence from_the_first = { day_of(2012, 1, 1), day_of(2012, 1, 8) };
	struct absence_advice advice = absence_advise(
		calendar, &from_the_first, day_of(2012, 1, 1), day_of(2012, 1, 6), DAY_UNKNOWN);
	check_int(advice.before, DAY_UNKNOWN);
	struct absence to_the_last = { day_of(2199, 12, 16), day_of(2199, 12, 31) };
	advice = absence_advise(
		calendar, &to_the_last, day_of(2199, 12, 1), day_of(2199, 12, 31), DAY_UNKNOWN);
	check_int(advice.after, DAY_UNKNOWN);
	check_int(advice.before, day_of(2199, 12, 13));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_falls_due_while_away_is_done_before),
		CLAIM(what_is_booked_for_a_day_away_can_wait_until_it_is_due),
		CLAIM(what_is_due_just_after_the_return_is_told),
		CLAIM(no_day_before_is_offered_that_has_passed),
		CLAIM(where_nothing_can_be_said_nothing_is),
		CLAIM(at_the_calendar_s_ends_there_is_no_working_day_before_or_after),
	};
	return cmocka_run_group_tests(tests, open_law, close_law);
}
