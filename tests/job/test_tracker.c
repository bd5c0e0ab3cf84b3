#include "job/tracker.h"
#include "job/worker.h"
#include "law/calendar.h"
#include "law/rule.h"

#include "check.h"

static struct arena *arena;
static const struct rules *rules;
static struct tracker tracker;
static struct tracker_plan plan;
static struct tracker_found found;
static struct tracker_children sieved;

#define TODAY day_of(2026, 11, 20)

/* Two of one name; one restricted; one of whom no date of birth is known. */
static struct tracker_child child[] = {
	{ .subject = 11, .level = 2, .number = S_INIT("1001"), .forename = S_INIT("Maya"), .surname = S_INIT("Otter") },
	{ .subject = 12, .level = 2, .number = S_INIT("1002"), .forename = S_INIT("Siân"), .surname = S_INIT("O'Brien-Lee") },
	{ .subject = 13, .level = 2, .number = S_INIT("1003"), .forename = S_INIT("Maya"), .surname = S_INIT("Otter") },
	{ .subject = 14, .level = 1, .number = S_INIT("1004"), .born = DAY_UNKNOWN },
	{ .subject = 15, .level = 2, .number = S_INIT("0077"), .forename = S_INIT("Ben"), .surname = S_INIT("Hazel"), .born = DAY_UNKNOWN },
};
static const struct tracker_children children = { child, 5 };

static int start(void **state)
{
	(void)state;
	struct err err;
	arena = arena_open(64 << 20);
	child[0].born = day_of(2015, 2, 1);
	child[1].born = day_of(2012, 6, 30);
	child[2].born = day_of(2010, 2, 1);
	return rules_load(arena, rules_embedded_yaml(), &rules, &err) ? 0 : 1;
}

static int stop(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void matches(const char *text)
{
	struct grids *grids = arena_new(arena, struct grids);
	struct err err = { 0 };
	if (!grids_from_text(arena, str_of(text), grids, &err))
		fail_msg("%s", err.text);
	tracker_guess_best(grids, TODAY, &plan);
	tracker_read(arena, grids, &plan, &tracker);
	/* Those whom the sieve lets through are enough: the same rows are of the same children. */
	struct tracker_sieve *sieve = tracker_sieve_open(&tracker);
	struct tracker_child *kept = arena_take(arena, children.n, sizeof *kept);
	sieved = (struct tracker_children){ kept, 0 };
	for (size_t i = 0; i < children.n; i++) {
		if (tracker_sieve_keeps(sieve, &child[i]))
			kept[sieved.n++] = child[i];
	}
	tracker_sieve_close(sieve);
	struct tracker_found among_all;
	tracker_match(arena, &tracker, &children, &among_all);
	tracker_match(arena, &tracker, &sieved, &found);
	check_int(found.matched, among_all.matched);
	for (size_t i = 0; i < tracker.n; i++) {
		const struct tracker_match *one = &found.match[i], *all = &among_all.match[i];
		check_int(one->fit, all->fit);
		check_true((one->child == NULL) == (all->child == NULL));
		check_true((one->near == NULL) == (all->near == NULL));
		assert_string_equal(one->why == NULL ? "" : one->why, all->why == NULL ? "" : all->why);
	}
}

static void check_match(size_t row, enum tracker_fit fit, int64_t subject)
{
	check_int(found.match[row].fit, fit);
	check_int(found.match[row].child == NULL ? 0 : found.match[row].child->subject, subject);
}

TEST(a_number_finds_however_a_spreadsheet_writes_it)
{
	matches("Child ID,Name,DOB\n1001,Maya Otter,1/2/2015\n1002.0,x,\n77,Ben Hazel,\n001003,,\n9,,\n");
	check_match(0, FIT_NUMBER, 11);
	check_match(1, FIT_NUMBER, 12);
	assert_non_null(found.match[1].why); /* the name is another */
	assert_null(found.match[0].why);
	check_match(2, FIT_NUMBER, 15);
	check_match(3, FIT_NUMBER, 13);
	check_match(4, FIT_NONE, 0);
	check_int(found.matched, 4);
}

TEST(a_name_finds_with_its_date_of_birth)
{
	matches("Name,DOB\n\"OTTER, Maya\",1/2/2015\nMaya Otter,1/2/2010\nSian Obrien Lee,30/6/2012\n"
		"Maya Jane Otter,1/2/2015\nMaya (May) Otter,1/2/2015\n");
	check_match(0, FIT_NAME_AND_BIRTH, 11);
	check_match(1, FIT_NAME_AND_BIRTH, 13);
	check_match(2, FIT_NAME_AND_BIRTH, 12);
	check_match(3, FIT_NAME_AND_BIRTH, 11);
	check_match(4, FIT_NAME_AND_BIRTH, 11);
	check_true(found.match[3].again);
	check_int(found.matched, 3);
	check_int(found.again, 2);
}

TEST(a_name_with_another_date_of_birth_is_near_and_not_matched)
{
	matches("Name,DOB\nSiân O'Brien-Lee,1/7/2012\nMaya Otter,9/9/2009\nBen Hazel,1/1/2014\n");
	for (size_t i = 0; i < 3; i++) {
		check_match(i, FIT_NONE, 0);
		assert_non_null(found.match[i].near);
		assert_non_null(found.match[i].why);
	}
}

TEST(a_name_alone_is_enough_only_when_it_is_one_childs)
{
	matches("Child ID,Name\n,Ben Hazel\n,Maya Otter\n,Nobody Atall\n");
	check_match(0, FIT_NAME, 15);
	check_match(1, FIT_NONE, 0);
	assert_non_null(found.match[1].near);
	check_match(2, FIT_NONE, 0);
	assert_null(found.match[2].near);
}

TEST(a_child_without_a_name_here_is_found_by_number_alone)
{
	matches("Child ID,Name,DOB\n1004,Quill Rowan,1/1/2011\n");
	check_match(0, FIT_NUMBER, 14);
	assert_null(found.match[0].why); /* nothing is said of the name, right or wrong */
	matches("Child ID,Name,DOB\n,Quill Rowan,1/1/2011\n");
	check_match(0, FIT_NONE, 0);
	assert_null(found.match[0].near);
}

TEST(of_an_authoritys_children_only_those_that_a_tracker_could_mean_are_held)
{
	matches("Child ID,Name,DOB\n1002,,\n,Ben Hazel,1/1/2014\n,Quill Rowan,1/1/2011\n");
	check_int(sieved.n, 2);
	check_int(sieved.item[0].subject, 12);
	check_int(sieved.item[1].subject, 15); /* near, by name: the reader is told */
}

static struct tracker_clock clock_for(int64_t subject, const char *rule, day due, day booked)
{
	const struct rule *one = rules_find(rules, str_of(rule));
	assert_non_null(one);
	return (struct tracker_clock){
		.subject = subject, .thread = 500 + subject, .rule = one, .due = due, .booked = booked };
}

static struct tracker_facts facts_are(void)
{
	static struct tracker_clock clock[4];
	static struct tracker_held held[5];
	static struct tracker_known known[1];
	clock[0] = clock_for(11, "cla-review-subsequent", day_of(2026, 12, 10), DAY_UNKNOWN);
	clock[1] = clock_for(12, "cla-review-subsequent", day_of(2026, 12, 20), day_of(2026, 12, 1));
	clock[2] = clock_for(12, "rcpc-subsequent", day_of(2027, 1, 20), DAY_UNKNOWN);
	clock[3] = clock_for(13, "cla-review-subsequent", day_of(2027, 2, 1), day_of(2026, 11, 1));
	static const int when[] = { 0, 180, 360 };
	for (int i = 0; i < 3; i++)
		held[i] = (struct tracker_held){ 11, WORD_CLA_REVIEW_HELD, day_of(2025, 6, 10) + when[i] };
	held[3] = (struct tracker_held){ 12, WORD_CLA_REVIEW_HELD, day_of(2026, 6, 20) };
	held[4] = (struct tracker_held){ 12, WORD_RCPC_HELD, day_of(2026, 7, 20) };
	known[0] = (struct tracker_known){ 11, S("Passport application") };
	return (struct tracker_facts){ .clock = clock, .held = held, .known = known, .clocks = 4,
		.helds = 5, .knowns = 1, .days = { .first = DAY_UNKNOWN, .last = DAY_UNKNOWN } };
}

static void compares(const char *text)
{
	struct tracker_facts facts = facts_are();
	matches(text);
	tracker_compare(arena, &plan, &facts, TODAY, &found);
}

TEST(a_booking_after_the_legal_date_is_late_and_one_on_it_is_not)
{
	compares("Child ID,Name,Next LAC review\n1001,Maya Otter,11/12/2026\n1002,Siân O'Brien-Lee,20/12/2026\n");
	check_int(found.bookings, 2);
	check_int(found.late, 1);
	check_int(found.booking[0].child->subject, 11);
	check_true(found.booking[0].late && found.booking[0].new);
	check_false(found.booking[1].late);
	check_int(found.unbooked, 0);
	/* The council has the first of December. */
	check_int(found.differs, 1);
	check_int(found.differ[0].ours, day_of(2026, 12, 1));
}

TEST(what_duly_has_booked_is_not_missed_and_a_day_that_has_passed_is_no_booking)
{
	compares("Child ID,Name,Next LAC review\n1001,Maya Otter,tbc\n1002,Siân O'Brien-Lee,\n1003,Maya Otter,1/11/2026\n");
	check_int(found.unbooked, 2);
	check_int(found.booking[0].child->subject, 11);
	check_int(found.booking[1].child->subject, 13);
	check_int(found.differs, 1);
	check_int(found.differ[0].theirs, day_of(2026, 11, 1));
}

TEST(without_a_column_for_bookings_nothing_is_missed)
{
	compares("Child ID,Name,DOB\n1001,Maya Otter,1/2/2015\n1003,Maya Otter,1/2/2010\n");
	check_int(found.matched, 2);
	check_int(found.unbooked + found.late + found.differs, 0);
}

TEST(a_status_tells_which_meeting_a_date_is_of)
{
	compares("Child ID,Name,Status,Next meeting\n1002,x,CP,21/1/2027\n");
	check_int(found.late, 1);
	check_str(found.booking[0].clock->rule->booking, "rcpc");
	compares("Child ID,Name,Status,Next meeting\n1002,x,CLA,21/1/2027\n");
	check_str(found.booking[0].clock->rule->booking, "cla-review");
}

TEST(dates_that_disagree_stand_beside_the_councils)
{
	compares("Child ID,Name,DOB,Last LAC review,Review due by\n1001,Maya Otter,2/2/2015,6/6/2026,11/12/2026\n"
		 "1002,Siân O'Brien-Lee,30/6/2012,20/6/2026,20/12/2026\n");
	check_int(found.differs, 3);
	check_str(str_of(found.differ[0].what), "Date of birth");
	check_int(found.differ[1].theirs, day_of(2026, 6, 6));
	check_int(found.differ[1].ours, day_of(2025, 6, 10) + 360);
	check_int(found.differ[2].ours, day_of(2026, 12, 10));
	/* The last of either kind agrees with a column of both. */
	compares("Child ID,Name,Last meeting\n1002,x,20/6/2026\n");
	check_int(found.differs, 0);
	compares("Child ID,Name,Last meeting\n1002,x,20/7/2026\n");
	check_int(found.differs, 0);
}

TEST(an_action_survives_reviews_that_were_held_after_it_was_agreed)
{
	compares("Child ID,Name,Actions\n1001,Maya Otter,\"Dentist (agreed 10/06/2025)\nPassport application\n"
		 "School (agreed 07/12/2025)\nContact by 1/6/2025\nDone long ago - done\"\n");
	check_int(found.carrieds, 4);
	check_int(found.survived, 2);
	check_int(found.undated, 1);
	check_str(tracker.action[found.carried[0].action].what, "Contact by 1/6/2025");
	check_int(found.carried[0].meetings, 3);
	check_int(found.carried[1].meetings, 2);
	/* One that was agreed on the day of a review has not survived that review. */
	check_int(found.carried[2].meetings + found.carried[3].meetings, 1);
	check_true(found.carried[2].known || found.carried[3].known);
}

TEST(what_speaks_against_a_day_is_said_of_days_to_come_alone)
{
	static struct diary_meeting other[] = {
		{ .subject = 40, .start = -1, .minutes = 90, .sibling_key = S_INIT("EX1:reed") },
		{ .subject = 11, .start = -1, .minutes = 90 },
	};
	static const struct suggest_leave leave = { 20500, 20505 };
	struct diary_meetings taken = { other, 2, 2 };
	struct tracker_facts facts = facts_are();
	struct calendar *calendar;
	check_true(calendar_load(arena, calendar_embedded_csv(), &calendar, NULL));
	facts.days.leave = &leave;
	facts.days.leaves = 1;
	/* A Saturday; a day of another child's meeting, and of this child's own; one that is past. */
	compares("Child ID,Name,Next LAC review\n1001,Maya Otter,5/12/2026\n"
		 "1002,Siân O'Brien-Lee,8/12/2026\n1003,Maya Otter,1/11/2026\n");
	other[0].on = other[1].on = day_of(2026, 12, 8);
	tracker_clash(arena, &facts, &taken, calendar, TODAY, &found);
	check_int(found.clashing, 2);
	check_int(found.booking[0].clash->item[0].kind, CLASH_NOT_WORKING);
	check_int(found.booking[1].clash->item[0].kind, CLASH_CHAIR_DAY);
	check_int(found.booking[1].clash->n, 1);
	/* A brother or sister may meet then; and of who does not chair nothing but the calendar is said. */
	child[1].sibling_key = other[0].sibling_key;
	other[1].on = DAY_UNKNOWN;
	compares("Child ID,Name,Next LAC review\n1001,Maya Otter,5/12/2026\n1002,x,8/12/2026\n");
	tracker_clash(arena, &facts, &taken, calendar, TODAY, &found);
	check_int(found.clashing, 1);
	child[1].sibling_key = (str){ 0 };
	struct suggest_leave away = { day_of(2026, 12, 1), day_of(2026, 12, 4) };
	facts.days.leave = &away;
	facts.hours_known = true;
	facts.days.hours[MONDAY] = (struct suggest_hours){ 540, 1020 };
	compares("Child ID,Name,Next LAC review\n1001,Maya Otter,4/12/2026\n1002,x,9/12/2026\n");
	tracker_clash(arena, &facts, &taken, calendar, TODAY, &found);
	check_int(found.booking[0].clash->item[0].kind, CLASH_AWAY);
	check_int(found.booking[0].clash->item[0].until, day_of(2026, 12, 4));
	check_int(found.booking[1].clash->item[0].kind, CLASH_WEEKDAY);
	compares("Child ID,Name,Next LAC review\n1001,Maya Otter,4/12/2026\n1002,x,9/12/2026\n");
	tracker_clash(arena, &facts, NULL, calendar, TODAY, &found);
	check_int(found.clashing, 0);
}

TEST(one_child_on_several_rows_is_one_child)
{
	compares("Child ID,Name,Next LAC review,Action\n1001,Maya Otter,11/12/2026,Dentist\n1001,Maya Otter,12/12/2026,PEP\n");
	check_int(found.matched, 1);
	check_int(found.again, 1);
	check_int(found.bookings, 1);
	check_int(found.carrieds, 2);
}

TEST(a_message_of_a_worker_is_what_it_says_or_broken)
{
	struct buf said = { 0 };
	struct err err;
	str rest;
	worker_message_put(&said, ERR_NONE, S("table"));
	check_true(worker_message_read(buf_view(&said), &rest, &err));
	check_str(rest, "table");
	check_false(worker_message_read(str_upto(buf_view(&said), said.n - 1), &rest, &err));
	check_int(err.code, ERR_BROKEN);
	buf_clear(&said);
	worker_message_put(&said, ERR_INPUT, S("the file has a password"));
	check_false(worker_message_read(buf_view(&said), &rest, &err));
	check_int(err.code, ERR_INPUT);
	assert_string_equal(err.text, "the file has a password");
	buf_close(&said);
}

TEST(a_worker_that_cannot_be_started_is_told)
{
	const struct worker worker = { .program = "/nonexistent/duly", .kind = "sheet", .input = S("x") };
	struct buf out = { 0 };
	struct err err;
	check_false(worker_run(&worker, &out, &err));
	check_int(err.code, ERR_IO);
	/* A program that says nothing of what a worker says. */
	const struct worker other = { .program = "/bin/true", .kind = "sheet", .input = S("x") };
	check_false(worker_run(&other, &out, &err));
	check_int(err.code, ERR_BROKEN);
	const struct worker failing = { .program = "/bin/false", .kind = "sheet", .input = S("x") };
	check_false(worker_run(&failing, &out, &err));
	check_int(err.code, ERR_IO);
	check_int(out.n, 0);
	buf_close(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_number_finds_however_a_spreadsheet_writes_it),
		CLAIM(a_name_finds_with_its_date_of_birth),
		CLAIM(a_name_with_another_date_of_birth_is_near_and_not_matched),
		CLAIM(a_name_alone_is_enough_only_when_it_is_one_childs),
		CLAIM(a_child_without_a_name_here_is_found_by_number_alone),
		CLAIM(of_an_authoritys_children_only_those_that_a_tracker_could_mean_are_held),
		CLAIM(a_booking_after_the_legal_date_is_late_and_one_on_it_is_not),
		CLAIM(what_duly_has_booked_is_not_missed_and_a_day_that_has_passed_is_no_booking),
		CLAIM(without_a_column_for_bookings_nothing_is_missed),
		CLAIM(a_status_tells_which_meeting_a_date_is_of),
		CLAIM(dates_that_disagree_stand_beside_the_councils),
		CLAIM(an_action_survives_reviews_that_were_held_after_it_was_agreed),
		CLAIM(what_speaks_against_a_day_is_said_of_days_to_come_alone),
		CLAIM(one_child_on_several_rows_is_one_child),
		CLAIM(a_message_of_a_worker_is_what_it_says_or_broken),
		CLAIM(a_worker_that_cannot_be_started_is_told),
	};
	return cmocka_run_group_tests_name("job tracker", tests, start, stop);
}
