/* On which days a due meeting could be held. The slow program here walks the days minute by minute
 * from the words of the header, without looking at how suggest.c goes about it. */
#include "check.h"
#include "random.h"

#include "base/mem.h"
#include "clock/suggest.h"
#include "law/due.h"

static struct arena *arena, *law;
static const struct calendar *calendar;

static int open_law(__attribute__((unused)) void **state)
{
	arena = arena_open((size_t)16 << 20);
	law = arena_open((size_t)64 << 20);
	calendar = law_open(law)->calendar;
	return 0;
}

static int close_law(__attribute__((unused)) void **state)
{
	arena_close(arena);
	arena_close(law);
	return 0;
}

enum { CHAIRS = 2, BUSY = 24, LEAVES = 2 };

/* Something asked, in one piece. */
struct question {
	struct suggest_asked asked;
	struct suggest_chair chair[CHAIRS];
	struct suggest_leave leave[CHAIRS][LEAVES];
	struct suggest_busy busy[BUSY];
};

/* Monday 23 November 2026 to Friday 18 December 2026; works Monday to Friday, 9am to 5pm. */
static struct question *question(void)
{
	struct question *q = arena_new(arena, struct question);
	for (size_t i = 0; i < CHAIRS; i++) {
		for (int weekday = MONDAY; weekday <= FRIDAY; weekday++)
			q->chair[i].hours[weekday] = (struct suggest_hours){ 9 * 60, 17 * 60 };
		q->chair[i].leave = q->leave[i];
		q->chair[i].first = q->chair[i].last = DAY_UNKNOWN;
	}
	q->asked = (struct suggest_asked){ .calendar = calendar, .today = day_of(2026, 11, 20),
		.after = day_of(2026, 11, 20), .due = day_of(2026, 12, 18),
		.planned = DAY_UNKNOWN, .minutes = 90, .chair = q->chair, .chairs = 1,
		.busy = q->busy };
	return q;
}

static void taken(struct question *q, enum suggest_whom whom, size_t which, day on, int from, int to)
{
	q->busy[q->asked.n_busy++] = (struct suggest_busy){ whom, which, on, from, to };
}

static struct suggested answer(const struct question *q)
{
	struct suggested out;
	suggest_days(arena, &q->asked, &out);
	return out;
}

static const struct suggest_day *on_day(const struct suggested *s, day on)
{
	size_t i = 0;
	while (i < s->n && s->day_of[i].on != on)
		i++;
	must(i < s->n);
	return &s->day_of[i];
}

static void check_verdict(const struct question *q, day on, enum suggest_verdict verdict)
{
	struct suggested s = answer(q);
	check_int(on_day(&s, on)->verdict, verdict);
}

/* ---- one thing at a time */

TEST(the_best_day_is_the_earliest_with_enough_notice)
{
	struct suggested s = answer(question());
	check_int(s.best[0]->on, day_of(2026, 12, 4)); /* ten working days after 20 November */
	check_int(s.best[0]->start, 9 * 60 + 30);
	check_true(s.best[0]->notice);
	/* Those with less notice come after those with enough, and are offered all the same. */
	check_int(s.best[s.n_best - 1]->on, day_of(2026, 12, 3));
	check_false(s.best[s.n_best - 1]->notice);
}

TEST(the_last_lawful_working_day_is_not_offered_while_another_is_free)
{
	struct question *q = question();
	check_verdict(q, day_of(2026, 12, 18), SUGGEST_LAST);
	q->asked.due = day_of(2026, 12, 20); /* a Sunday: the Friday before is the last */
	check_verdict(q, day_of(2026, 12, 18), SUGGEST_LAST);
	check_verdict(q, day_of(2026, 12, 19), SUGGEST_NOT_WORKING);
}

TEST(the_last_lawful_working_day_is_offered_and_named_when_nothing_else_is_free)
{
	struct question *q = question();
	q->leave[0][0] = (struct suggest_leave){ day_of(2026, 11, 1), day_of(2026, 12, 17) };
	q->chair[0].leaves = 1;
	struct suggested s = answer(q);
	check_int(s.n_best, 1);
	check_int(s.best[0]->on, day_of(2026, 12, 18));
	check_true(s.best[0]->last);
	check_false(s.best[0]->late);
	check_int(on_day(&s, day_of(2026, 12, 1))->verdict, SUGGEST_AWAY);
	check_int(on_day(&s, day_of(2026, 12, 1))->until, day_of(2026, 12, 17));
}

TEST(a_window_without_a_free_day_is_followed_by_late_days_that_say_so)
{
	struct question *q = question();
	q->leave[0][0] = (struct suggest_leave){ day_of(2026, 11, 1), day_of(2026, 12, 31) };
	q->chair[0].leaves = 1;
	struct suggested s = answer(q);
	check_int(s.best[0]->on, day_of(2027, 1, 4)); /* New Year's Day, then a weekend */
	for (size_t i = 0; i < s.n_best; i++)
		check_true(s.best[i]->late);
}

TEST(of_a_meeting_that_is_overdue_every_day_is_late)
{
	struct question *q = question();
	q->asked.due = day_of(2026, 11, 10);
	q->asked.after = day_of(2026, 10, 1);
	struct suggested s = answer(q);
	check_int(s.last_working, DAY_UNKNOWN);
	check_int(s.n_best, SUGGEST_LATE_DAYS);
	check_true(s.best[0]->late);
}

TEST(christmas_is_no_day_for_a_meeting)
{
	struct question *q = question();
	q->asked.due = day_of(2026, 12, 31);
	check_verdict(q, day_of(2026, 12, 25), SUGGEST_NOT_WORKING);
	check_verdict(q, day_of(2026, 12, 28), SUGGEST_NOT_WORKING); /* for Boxing Day */
	check_verdict(q, day_of(2026, 12, 29), SUGGEST_FREE);
}

TEST(a_weekday_on_which_the_chair_does_not_work_is_left_out)
{
	struct question *q = question();
	q->chair[0].hours[FRIDAY] = (struct suggest_hours){ 0, 0 };
	check_verdict(q, day_of(2026, 12, 4), SUGGEST_OFF);
	q->chair[0].hours[FRIDAY] = (struct suggest_hours){ 9 * 60, 10 * 60 + 30 };
	check_verdict(q, day_of(2026, 12, 4), SUGGEST_OFF); /* an hour is too short */
	q->chair[0].hours[FRIDAY] = (struct suggest_hours){ 9 * 60, 11 * 60 };
	check_verdict(q, day_of(2026, 12, 4), SUGGEST_FREE);
}

TEST(two_meetings_may_touch_and_not_overlap)
{
	struct question *q = question();
	day on = day_of(2026, 12, 4);
	taken(q, BUSY_CHAIR, 0, on, 11 * 60, 12 * 60);
	struct suggested s = answer(q);
	check_int(on_day(&s, on)->start, 9 * 60 + 30); /* to 11am */
	q->asked.minutes = 91;
	s = answer(q);
	check_int(on_day(&s, on)->start, 12 * 60);
}

TEST(a_booking_without_a_time_takes_the_whole_day)
{
	struct question *q = question();
	taken(q, BUSY_CHAIR, 0, day_of(2026, 12, 4), -1, 0);
	taken(q, BUSY_CHILD, 0, day_of(2026, 12, 7), -1, 0);
	check_verdict(q, day_of(2026, 12, 4), SUGGEST_CHAIR_BUSY);
	check_verdict(q, day_of(2026, 12, 7), SUGGEST_CHILD_BUSY);
}

TEST(the_first_room_that_is_free_is_taken)
{
	struct question *q = question();
	day on = day_of(2026, 12, 4);
	q->asked.rooms = 2;
	taken(q, BUSY_ROOM, 0, on, 9 * 60, 12 * 60);
	struct suggested s = answer(q);
	check_int(on_day(&s, on)->room, 1);
	taken(q, BUSY_ROOM, 1, on, -1, 0);
	s = answer(q);
	check_int(on_day(&s, on)->room, 0);
	check_int(on_day(&s, on)->start, 12 * 60);
	taken(q, BUSY_ROOM, 0, on, -1, 0);
	check_verdict(q, on, SUGGEST_ROOM_BUSY);
}

TEST(brothers_and_sisters_meet_on_one_day_one_after_another)
{
	struct question *q = question();
	day on = day_of(2026, 12, 10);
	taken(q, BUSY_SIBLING, 0, on, 10 * 60, 11 * 60 + 15);
	taken(q, BUSY_CHAIR, 0, on, 10 * 60, 11 * 60 + 15);
	struct suggested s = answer(q);
	check_int(s.best[0]->on, on);
	check_true(s.best[0]->sibling);
	check_int(s.best[0]->start, 11 * 60 + 30);
	check_int(s.best[1]->on, day_of(2026, 12, 4));
}

TEST(who_stands_in_comes_after_the_childs_own_chair)
{
	struct question *q = question();
	q->asked.chairs = 2;
	q->leave[0][0] = (struct suggest_leave){ day_of(2026, 12, 1), day_of(2026, 12, 11) };
	q->chair[0].leaves = 1;
	q->chair[1].first = day_of(2026, 12, 1);
	q->chair[1].last = day_of(2026, 12, 11);
	struct suggested s = answer(q);
	check_int(s.best[0]->on, day_of(2026, 12, 14));
	check_int(s.best[0]->chair, 0);
	check_int(on_day(&s, day_of(2026, 12, 4))->chair, 1);
	check_int(s.best[s.n_best - 1]->chair, 1);
}

TEST(a_meeting_is_not_planned_long_before_it_is_due_unless_nothing_else_is_free)
{
	struct question *q = question();
	q->asked.due = day_of(2027, 3, 31);
	q->asked.planned = day_of(2027, 2, 3);
	struct suggested s = answer(q);
	check_int(s.best[0]->on, day_of(2027, 2, 3));
	check_int(on_day(&s, day_of(2027, 2, 2))->verdict, SUGGEST_EARLY);
	q->leave[0][0] = (struct suggest_leave){ day_of(2027, 2, 1), DAY_UNKNOWN };
	q->chair[0].leaves = 1;
	s = answer(q);
	check_int(s.best[0]->on, day_of(2026, 12, 4)); /* rather early than late */
}

/* ---- against a slow program of its own */

/* The state of things at one minute of a day, from the list of what is taken. */
static bool slow_is_taken(const struct question *q, enum suggest_whom whom, size_t which, day on,
	int minute)
{
	for (size_t i = 0; i < q->asked.n_busy; i++) {
		const struct suggest_busy *b = &q->busy[i];
		if (b->whom == whom && b->which == which && b->on == on &&
			(b->from < 0 || (minute >= b->from && minute < b->to)))
			return true;
	}
	return false;
}

static bool slow_is_free_from(const struct question *q, enum suggest_whom whom, size_t which, day on,
	int start)
{
	for (int minute = start; minute < start + q->asked.minutes; minute++) {
		if (slow_is_taken(q, whom, which, on, minute))
			return false;
	}
	return true;
}

static bool slow_room(const struct question *q, day on, int start)
{
	bool any = q->asked.rooms == 0;
	for (size_t room = 0; room < q->asked.rooms; room++)
		any = any || slow_is_free_from(q, BUSY_ROOM, room, on, start);
	return any;
}

/* Could the meeting be held by that chair on that day, at some half hour? */
static bool slow_could(const struct question *q, size_t which, day on)
{
	const struct suggest_chair *chair = &q->chair[which];
	const struct suggest_hours *hours = &chair->hours[day_weekday(on)];
	if (calendar_why_not(calendar, on).n > 0)
		return false;
	if (chair->first != DAY_UNKNOWN && (on < chair->first || on > chair->last))
		return false;
	for (size_t i = 0; i < chair->leaves; i++) {
		if (on >= chair->leave[i].first &&
			(chair->leave[i].last == DAY_UNKNOWN || on <= chair->leave[i].last))
			return false;
	}
	for (int start = SUGGEST_FIRST; start < 24 * 60; start++) {
		if (start % SUGGEST_STEP == 0 && start >= hours->from &&
			start + q->asked.minutes <= hours->to &&
			slow_is_free_from(q, BUSY_CHAIR, which, on, start) &&
			slow_is_free_from(q, BUSY_CHILD, 0, on, start) && slow_room(q, on, start))
			return true;
	}
	return false;
}

static bool slow_anybody(const struct question *q, day on)
{
	for (size_t i = 0; i < q->asked.chairs; i++) {
		if (slow_could(q, i, on))
			return true;
	}
	return false;
}

static day slow_last_working(const struct question *q)
{
	day on = q->asked.due;
	while (calendar_why_not(calendar, on).n > 0)
		on--;
	return on;
}

static bool is_offered(const struct suggested *s, day on)
{
	for (size_t i = 0; i < s->n_best; i++) {
		if (s->best[i]->on == on)
			return true;
	}
	return false;
}

static void random_chair(struct random *random, struct question *q, size_t which)
{
	struct suggest_chair *chair = &q->chair[which];
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++) {
		int from = 7 * 60 + (int)random_below(random, 9) * 25;
		chair->hours[weekday] = random_below(random, 4) == 0
			? (struct suggest_hours){ 0, 0 }
			: (struct suggest_hours){ from, from + (int)random_below(random, 600) };
	}
	for (chair->leaves = 0; chair->leaves < random_below(random, 3); chair->leaves++) {
		day first = q->asked.today + (day)random_below(random, 60);
		q->leave[which][chair->leaves] = (struct suggest_leave){ first,
			random_below(random, 8) == 0 ? DAY_UNKNOWN
						     : first + (day)random_below(random, 40) };
	}
	if (which > 0) {
		chair->first = q->asked.today + (day)random_below(random, 40);
		chair->last = chair->first + (day)random_below(random, 30);
	}
}

static struct question *random_question(struct random *random)
{
	struct question *q = question();
	q->asked.today = day_of(2026, 1, 1) + (day)random_below(random, 700);
	q->asked.after = q->asked.today - 40 + (day)random_below(random, 60);
	q->asked.due = q->asked.after + (day)random_below(random, 80);
	q->asked.planned = random_below(random, 3) > 0
		? DAY_UNKNOWN : q->asked.due - (day)random_below(random, 30);
	q->asked.minutes = 30 + (int)random_below(random, 150);
	q->asked.chairs = 1 + random_below(random, CHAIRS);
	q->asked.rooms = random_below(random, 3);
	for (size_t i = 0; i < q->asked.chairs; i++)
		random_chair(random, q, i);
	for (size_t n = random_below(random, BUSY + 1); q->asked.n_busy < n;) {
		enum suggest_whom whom = (enum suggest_whom)random_below(random, 4);
		int from = random_below(random, 3) == 0 ? -1 : 8 * 60 + (int)random_below(random, 500);
		taken(q, whom, whom == BUSY_CHAIR || whom == BUSY_ROOM ? random_below(random, 2) : 0,
			q->asked.today + (day)random_below(random, 60), from,
			from < 0 ? 0 : from + 1 + (int)random_below(random, 180));
	}
	return q;
}

/* What is offered could be held, starting then, with that chair and in that room. */
static void check_offered(const struct question *q, const struct suggest_day *at)
{
	const struct suggest_hours *hours = &q->chair[at->chair].hours[day_weekday(at->on)];
	check_str(calendar_why_not(calendar, at->on), "");
	check_true(at->on > q->asked.today && at->on > q->asked.after);
	check_int(at->late, at->on > q->asked.due);
	check_true(slow_could(q, at->chair, at->on));
	check_true(at->chair == 0 || !slow_could(q, 0, at->on));
	check_true(at->start >= hours->from && at->start + q->asked.minutes <= hours->to);
	check_true(slow_is_free_from(q, BUSY_CHAIR, at->chair, at->on, at->start));
	check_true(slow_is_free_from(q, BUSY_CHILD, 0, at->on, at->start));
	if (q->asked.rooms > 0)
		check_true(slow_is_free_from(q, BUSY_ROOM, at->room, at->on, at->start));
	bool sibling = false;
	for (size_t i = 0; i < q->asked.n_busy; i++)
		sibling = sibling || (q->busy[i].whom == BUSY_SIBLING && q->busy[i].on == at->on);
	check_int(at->sibling, sibling);
}

static void check_window(const struct question *q, const struct suggested *s)
{
	day last = slow_last_working(q), first = q->asked.today + 1;
	size_t planned = 0, early = 0, late = 0;
	if (q->asked.after + 1 > first)
		first = q->asked.after + 1;
	for (day on = first; on <= q->asked.due; on++) {
		bool could = on != last && slow_anybody(q, on);
		if (q->asked.planned != DAY_UNKNOWN && on < q->asked.planned)
			early += could;
		else
			planned += could;
	}
	for (size_t i = 0; i < s->n_best; i++)
		late += s->best[i]->late;
	bool last_could = last >= first && slow_anybody(q, last);
	/* First what was planned for, then earlier days, then the last lawful one, then late ones. */
	check_int(is_offered(s, last) && last >= first, last_could && planned + early == 0);
	check_true(late == 0 || (planned + early == 0 && !last_could));
	if (planned + early > 0)
		check_int(s->n_best, planned > 0 ? planned : early);
}

TEST(whatever_is_asked_what_is_offered_could_be_held_and_nothing_better_is_left_out)
{
	struct random random = random_open("suggestions");
	size_t offered = 0;
	for (size_t i = 0; i < 4000; i++) {
		struct question *q = random_question(&random);
		struct suggested s = answer(q);
		for (size_t k = 0; k < s.n_best; k++)
			check_offered(q, s.best[k]);
		check_window(q, &s);
		offered += s.n_best;
		for (size_t k = 1; k < s.n_best; k++) {
			const struct suggest_day *a = s.best[k - 1], *b = s.best[k];
			check_true(a->late == b->late && a->chair <= b->chair);
			bool same = a->chair == b->chair && a->sibling == b->sibling &&
				a->notice == b->notice;
			check_true(!same || a->on < b->on);
		}
		arena_reset(arena);
	}
	check_true(offered > 10000);
}

TEST(a_chair_who_has_left_is_off_though_nobody_wrote_when_they_came)
{
	struct question *q = question();
	q->chair[0].last = day_of(2026, 12, 10);
	check_verdict(q, day_of(2026, 12, 10), SUGGEST_FREE);
	check_verdict(q, day_of(2026, 12, 11), SUGGEST_OFF);
}

TEST(late_days_are_looked_at_as_far_as_the_calendar_goes)
{
	struct question *q = question();
	q->chair[0].last = day_of(2026, 12, 10);
	q->asked.today = q->asked.after = day_of(2199, 12, 27);
	q->asked.due = day_of(2199, 12, 28);
	struct suggested s = answer(q);
	check_int(s.n_best, 0);
	check_int(s.day_of[s.n - 1].on, day_of(2199, 12, 31));
	q->asked.today = q->asked.after = day_of(2199, 12, 30);
	q->asked.due = day_of(2199, 12, 31);
	s = answer(q);
	check_int(s.n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_best_day_is_the_earliest_with_enough_notice),
		CLAIM(the_last_lawful_working_day_is_not_offered_while_another_is_free),
		CLAIM(the_last_lawful_working_day_is_offered_and_named_when_nothing_else_is_free),
		CLAIM(a_window_without_a_free_day_is_followed_by_late_days_that_say_so),
		CLAIM(of_a_meeting_that_is_overdue_every_day_is_late),
		CLAIM(christmas_is_no_day_for_a_meeting),
		CLAIM(a_weekday_on_which_the_chair_does_not_work_is_left_out),
		CLAIM(two_meetings_may_touch_and_not_overlap),
		CLAIM(a_booking_without_a_time_takes_the_whole_day),
		CLAIM(the_first_room_that_is_free_is_taken),
		CLAIM(brothers_and_sisters_meet_on_one_day_one_after_another),
		CLAIM(who_stands_in_comes_after_the_childs_own_chair),
		CLAIM(a_meeting_is_not_planned_long_before_it_is_due_unless_nothing_else_is_free),
		CLAIM(whatever_is_asked_what_is_offered_could_be_held_and_nothing_better_is_left_out),
		CLAIM(a_chair_who_has_left_is_off_though_nobody_wrote_when_they_came),
		CLAIM(late_days_are_looked_at_as_far_as_the_calendar_goes),
	};
	return cmocka_run_group_tests_name("clock suggest", tests, open_law, close_law);
}
