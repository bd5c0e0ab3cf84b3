/* What speaks against a day that somebody typed. */
#include "check.h"

#include "clock/clash.h"
#include "law/due.h"

static struct arena *law;
static const struct calendar *calendar;

static int open_law(__attribute__((unused)) void **state)
{
	law = arena_open((size_t)64 << 20);
	calendar = law_open(law)->calendar;
	return 0;
}

static int close_law(__attribute__((unused)) void **state)
{
	arena_close(law);
	return 0;
}

static struct suggest_chair chair;
static struct suggest_leave leave;
static struct clash_other other;

/* Wednesday 2 December 2026 at 10am for 90 minutes, due on 18 December; the chair works Monday to
 * Thursday from 9am to 5pm. */
static struct clash_asked asked(void)
{
	chair = (struct suggest_chair){ .leave = &leave, .first = DAY_UNKNOWN, .last = DAY_UNKNOWN };
	for (int weekday = MONDAY; weekday < FRIDAY; weekday++)
		chair.hours[weekday] = (struct suggest_hours){ 9 * 60, 17 * 60 };
	other = (struct clash_other){ 0 };
	return (struct clash_asked){ .calendar = calendar, .today = day_of(2026, 11, 20),
		.on = day_of(2026, 12, 2), .due = day_of(2026, 12, 18), .start = 600, .minutes = 90,
		.chair = &chair, .hours_known = true, .other = &other };
}

/* The kinds that are found, as bits. */
static unsigned found(const struct clash_asked *a)
{
	struct clashes out;
	unsigned bits = 0;
	clash_find(a, &out);
	for (size_t i = 0; i < out.n; i++) {
		assert_false((bits & 1u << out.item[i].kind) != 0);
		bits |= 1u << out.item[i].kind;
	}
	return bits;
}
#define IS(kind) (1u << CLASH_##kind)

static void nothing_speaks_against_a_free_hour(__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	assert_int_equal(found(&a), 0);
	a.on = a.due;
	a.hours_known = false;
	assert_int_equal(found(&a), 0);
	a.on = a.today;
	assert_int_equal(found(&a), 0);
	a.chair = NULL;
	a.on = day_of(2026, 12, 4);
	assert_int_equal(found(&a), 0);
}

static void of_a_day_that_is_past_that_alone_is_said(__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	a.on = day_of(2026, 11, 15);
	other = (struct clash_other){ .chair = true, .from = 600, .to = 690 };
	a.n = 1;
	assert_int_equal(found(&a), IS(PAST));
}

static void a_weekend_a_holiday_and_a_day_after_the_due_date_are_said(
	__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	a.on = day_of(2026, 12, 5);
	assert_int_equal(found(&a), IS(NOT_WORKING));
	a.on = day_of(2026, 12, 25);
	assert_int_equal(found(&a), IS(NOT_WORKING) | IS(LATE));
	a.on = a.due + 3;
	assert_int_equal(found(&a), IS(LATE));
	a.due = DAY_UNKNOWN;
	assert_int_equal(found(&a), 0);
}

static void leave_and_working_days_of_the_chair_are_said(__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	struct clashes out;
	a.on = day_of(2026, 12, 4); /* a Friday */
	assert_int_equal(found(&a), IS(WEEKDAY));
	a.on = day_of(2026, 12, 21); /* late, and on a Monday evening */
	a.start = 16 * 60;
	assert_int_equal(found(&a), IS(LATE) | IS(HOURS));
	clash_find(&a, &out);
	assert_int_equal(out.item[1].from, 9 * 60);
	assert_int_equal(out.item[1].to, 17 * 60);
	a.start = 8 * 60;
	assert_int_equal(found(&a), IS(LATE) | IS(HOURS));
	a.start = -1;
	assert_int_equal(found(&a), IS(LATE));
	leave = (struct suggest_leave){ day_of(2026, 12, 1), day_of(2026, 12, 4) };
	chair.leaves = 1;
	a.on = day_of(2026, 12, 4);
	clash_find(&a, &out);
	assert_int_equal(out.n, 1);
	assert_int_equal(out.item[0].kind, CLASH_AWAY);
	assert_false(clash_cannot_be(CLASH_AWAY));
	assert_int_equal(out.item[0].until, day_of(2026, 12, 4));
	a.on = day_of(2026, 12, 5);
	assert_int_equal(found(&a), IS(NOT_WORKING));
}

static void one_room_and_one_chair_cannot_be_at_one_hour_twice(__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	struct clashes out;
	a.n = 1;
	other = (struct clash_other){ .chair = true, .room = true, .apart = true, .from = 660, .to = 720 };
	assert_int_equal(found(&a), IS(ROOM) | IS(CHAIR));
	clash_find(&a, &out);
	assert_true(clash_cannot_be(out.item[0].kind) && clash_cannot_be(out.item[1].kind));
	assert_int_equal(out.item[0].from, 660);
	assert_int_equal(out.item[1].to, 720);
	/* One ends as the other begins. */
	other.from = 690;
	assert_int_equal(found(&a), 0);
	other.from = 480;
	other.to = 600;
	assert_int_equal(found(&a), 0);
	other.chair = other.room = false;
	other.to = 660;
	assert_int_equal(found(&a), 0);
}

static void hours_that_are_not_written_are_asked_about(__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	a.n = 1;
	other = (struct clash_other){ .chair = true, .room = true, .from = -1 };
	assert_int_equal(found(&a), IS(ROOM_DAY) | IS(CHAIR_DAY));
	a.start = -1;
	other.from = 600;
	other.to = 660;
	assert_int_equal(found(&a), IS(ROOM_DAY) | IS(CHAIR_DAY));
	other.sibling = true;
	assert_int_equal(found(&a), 0);
	other = (struct clash_other){ .child = true, .from = 600, .to = 660 };
	assert_int_equal(found(&a), 0);
}

static void one_meeting_of_brothers_and_sisters_is_no_clash_and_two_are(
	__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	a.n = 1;
	other = (struct clash_other){ .chair = true, .room = true, .sibling = true, .from = 600, .to = 720 };
	assert_int_equal(found(&a), 0);
	other.apart = true;
	other.room = other.chair = false;
	assert_int_equal(found(&a), IS(SIBLING));
	other.apart = false;
	other.from = 630;
	assert_int_equal(found(&a), IS(SIBLING));
	other = (struct clash_other){ .chair = true, .child = true, .from = 600, .to = 660 };
	assert_int_equal(found(&a), 0);
	other.from = 570;
	assert_int_equal(found(&a), IS(CHAIR) | IS(CHILD));
}

static void each_thing_is_said_once(__attribute__((unused)) void **state)
{
	struct clash_asked a = asked();
	struct clash_other two[] = { { .room = true, .from = 600, .to = 660 },
		{ .room = true, .from = 630, .to = 660 } };
	a.other = two;
	a.n = 2;
	assert_int_equal(found(&a), IS(ROOM));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_speaks_against_a_free_hour),
		cmocka_unit_test(of_a_day_that_is_past_that_alone_is_said),
		cmocka_unit_test(a_weekend_a_holiday_and_a_day_after_the_due_date_are_said),
		cmocka_unit_test(leave_and_working_days_of_the_chair_are_said),
		cmocka_unit_test(one_room_and_one_chair_cannot_be_at_one_hour_twice),
		cmocka_unit_test(hours_that_are_not_written_are_asked_about),
		cmocka_unit_test(one_meeting_of_brothers_and_sisters_is_no_clash_and_two_are),
		cmocka_unit_test(each_thing_is_said_once),
	};
	return cmocka_run_group_tests(tests, open_law, close_law);
}
