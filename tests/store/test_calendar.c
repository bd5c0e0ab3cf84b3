/* A newer calendar: what runs moves, what is over waits for a person, each clock knows its calendar,
 * and the store still proves. */
#include "family.h"

#include "law/bank_holidays.h"
#include "store/calendar.h"
#include "store/inside.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Looked after since 2 November 2026: the first review is due after 20 working days, on the 30th. */
static int64_t child_of(struct place *place, const char *number, day held)
{
	struct basket basket;
	put_child(place, &basket, number, day_of(2026, 11, 2), held);
	struct allocation *by = put(place, &basket, &allocation_type, -1);
	by->restricted = ANSWER_NO;
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
	return basket.change[0].subject;
}

static struct clock clock_of(struct place *place, int64_t child, const char *rule)
{
	struct clocks clocks = { 0 };
	OK(store_clocks(place->store, place->arena, child, &clocks, ERR));
	for (size_t i = 0; i < clocks.n; i++) {
		if (str_equal(clocks.item[i].rule->id, str_of(rule)))
			return clocks.item[i];
	}
	fail();
	return clock_blank;
}

/* The calendar in force, and one day more. */
static str with_day(struct place *place, const char *date)
{
	str rest, line;
	struct buf b = { 0 };
	bool put_it = false;
	OK(store_calendar_holidays(place->store, place->arena, 0, &rest, ERR));
	while (str_split(&rest, '\n', &line)) {
		if (line.n == 0)
			continue;
		if (!put_it && line.p[0] == '2' && str_compare(line, str_of(date)) > 0) {
			buf_format(&b, "%s,A day,Extra bank holiday\n", date);
			put_it = true;
		}
		buf_str(&b, line);
		buf_char(&b, '\n');
	}
	str made = arena_str(place->arena, buf_view(&b));
	buf_close(&b);
	return made;
}

static struct calendar_effect take(struct place *place, const char *date)
{
	struct calendar_move would = { .holidays = with_day(place, date), .file = S("new.json") };
	struct calendar_move does = would;
	OK(store_calendar_preview(place->store, &would, ERR));
	OK(store_calendar_take(place->store, &place->system, &does, ERR));
	check_int(would.effect.moved, does.effect.moved);
	check_int(would.effect.became_overdue, does.effect.became_overdue);
	check_int(would.effect.closed, does.effect.closed);
	check_int(would.effect.children, does.effect.children);
	return does.effect;
}

static void proves(struct place *place)
{
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.bad_records, 0);
	check_false(report.other_law);
}

TEST(a_store_knows_the_calendar_that_came_with_it)
{
	struct place *place = place_open();
	struct calendar_versions versions;
	OK(store_calendars(place->store, place->arena, &versions, ERR));
	check_int(versions.n, 1);
	check_int(versions.item[0].number, 1);
	check_str(versions.item[0].file, "");
	check_int(versions.item[0].horizon, day_of(2028, 12, 31));
	int64_t child = child_of(place, "1", DAY_UNKNOWN);
	check_int(clock_of(place, child, "cla-review-first").calendar, 1);
	place_close(place);
}

TEST(a_newer_calendar_moves_what_runs_and_asks_of_what_is_over)
{
	struct place *place = place_open();
	int64_t open = child_of(place, "1", DAY_UNKNOWN);
	int64_t over = child_of(place, "2", day_of(2026, 11, 20));
	check_int(clock_of(place, open, "cla-review-first").due, day_of(2026, 11, 30));
	struct calendar_effect effect = take(place, "2026-11-18");
	check_true(effect.moved > 0 && effect.closed > 0);
	check_int(effect.children, 2);
	struct clock moved = clock_of(place, open, "cla-review-first");
	check_int(moved.due, day_of(2026, 12, 1));
	check_int(moved.calendar, 2);
	struct clock kept = clock_of(place, over, "cla-review-first");
	check_int(kept.due, day_of(2026, 11, 30));
	check_int(kept.calendar, 1);
	/* What no holiday touches was not written, and knows the calendar that it was counted with. */
	check_int(clock_of(place, open, "iro-appointed").calendar, 1);
	/* Who computes from now on does so by the newer: also another connection. */
	check_false(calendar_is_working(store_law(place->store)->calendar, day_of(2026, 11, 18)));
	proves(place);
	place_close(place);
}

TEST(what_is_over_gets_its_dates_only_where_somebody_accepts)
{
	struct place *place = place_open();
	int64_t first = child_of(place, "1", day_of(2026, 11, 20));
	int64_t second = child_of(place, "2", day_of(2026, 11, 20));
	struct calendar_effect effect = take(place, "2026-11-18");
	struct calendar_holds holds;
	OK(store_calendar_waiting(place->store, place->arena, S("EX1"), 100, &holds, ERR));
	check_int((int64_t)holds.n, effect.closed);
	check_int(holds.all, effect.closed);
	const struct calendar_hold *one = &holds.item[0];
	for (size_t i = 0; i < holds.n; i++) {
		if (str_equal(holds.item[i].rule, S("cla-review-first")) && holds.item[i].subject == first)
			one = &holds.item[i];
	}
	check_str(one->rule, "cla-review-first");
	check_int(one->due, day_of(2026, 11, 30));
	check_int(one->new_due, day_of(2026, 12, 1));
	check_int(one->met_on, day_of(2026, 11, 20));
	struct actor all = place->system;
	all.authority = S("EX1");
	int64_t decided;
	OK(store_calendar_decide(place->store, &all, one, true, &decided, ERR));
	check_int(decided, 1);
	check_int(clock_of(place, first, "cla-review-first").due, day_of(2026, 12, 1));
	check_int(clock_of(place, first, "cla-review-first").calendar, 2);
	OK(store_calendar_decide(place->store, &all, NULL, false, &decided, ERR));
	check_int(decided, effect.closed - 1);
	check_int(clock_of(place, second, "cla-review-first").due, day_of(2026, 11, 30));
	OK(store_calendar_waiting(place->store, place->arena, S("EX1"), 100, &holds, ERR));
	check_int(holds.all, 0);
	proves(place);
	/* What was left stays left when the child's clocks are made anew. */
	int64_t woken;
	OK(store_wake(place->store, &woken, ERR));
	check_int(clock_of(place, second, "cla-review-first").due, day_of(2026, 11, 30));
	place_close(place);
}

/* A byte of what was decided, in either place: found; and put back: whole again. */
static void is_found(struct place *place, const char *table, const char *change, const char *back)
{
	char text[200];
	struct ledger_report report;
	struct err err = { 0 };
	snprintf(text, sizeof text, "UPDATE %s SET %s", table, change);
	place_tamper(place, table, text);
	bool whole = store_verify(place->store, place->arena, &report, &err);
	if (whole || err.code != ERR_BROKEN)
		fail_msg("not found: %s", text);
	snprintf(text, sizeof text, "UPDATE %s SET %s", table, back);
	OK(db_script(store_db(place->store), text, ERR));
	proves(place);
}

TEST(a_changed_byte_of_a_decision_is_found)
{
	static const char *const column[] = { "calendar", "newer", "stood_from", "due", "due_at",
		"due_data", "last_working_day", "new_due", "new_due_at", "new_due_data",
		"new_last_working_day", "decided_at", "decided_by", "thread", "from_event", "from_day" };
	struct place *place = place_open();
	(void)child_of(place, "1", day_of(2026, 11, 20));
	(void)child_of(place, "2", day_of(2026, 11, 20));
	(void)take(place, "2026-11-18");
	struct calendar_holds holds;
	OK(store_calendar_waiting(place->store, place->arena, S("EX1"), 100, &holds, ERR));
	struct actor all = place->system;
	all.authority = S("EX1");
	int64_t decided;
	OK(store_calendar_decide(place->store, &all, &holds.item[0], true, &decided, ERR));
	OK(store_calendar_decide(place->store, &all, NULL, false, &decided, ERR));
	proves(place);
	for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
		char change[200], back[200];
		snprintf(change, sizeof change, "%s = coalesce(%s, -8) + 1", column[i], column[i]);
		snprintf(back, sizeof back, "%s = CASE WHEN %s = -7 THEN NULL ELSE %s - 1 END", column[i],
			column[i], column[i]);
		is_found(place, "calendar_decision", change, back);
		if (i < 13)
			is_found(place, "calendar_hold", change, back);
	}
	is_found(place, "calendar_decision", "accepted = 1 - accepted", "accepted = 1 - accepted");
	is_found(place, "calendar_decision", "rule = rule || 'x'",
		"rule = substr(rule, 1, length(rule) - 1)");
	is_found(place, "calendar_decision", "batch = batch + 1", "batch = batch - 1");
	struct ledger_report report;
	struct err err = { 0 };
	place_tamper(place, "calendar_decision", "DELETE FROM calendar_decision WHERE accepted = 1");
	assert_false(store_verify(place->store, place->arena, &report, &err));
	place_close(place);
}

static void turn(struct place *place, int64_t subjects, bool wanted)
{
	bool more;
	OK(store_calendar_turn(place->store, subjects, &more, ERR));
	check_int(more, wanted);
}

static int64_t allocate_hold(struct place *place, int64_t child, const char *rule)
{
	struct calendar_holds holds;
	int64_t n = 0;
	OK(store_calendar_waiting(place->store, place->arena, S("EX1"), 100, &holds, ERR));
	for (size_t i = 0; i < holds.n; i++)
		n += holds.item[i].subject == child && str_equal(holds.item[i].rule, str_of(rule));
	return n;
}

/* The review is held in the middle of it, of a child whose turn is still to come. */
static void hold_review(struct place *place, int64_t child, day on)
{
	struct basket basket = { .n = 0 };
	struct cla_review *review = put(place, &basket, &cla_review_type, child);
	char sql[80];
	snprintf(sql, sizeof sql, "SELECT id FROM record_care_period WHERE subject = %lld", (long long)child);
	review->care = (ref){ place_count(place, sql) };
	review->held = on;
	review->participation = S("PN1");
	OK(save_basket(place, &basket, SAVE_FORM, &place->system, 0, ERR));
}

TEST(clocks_follow_a_calendar_by_turns_and_a_save_in_between_counts_once)
{
	struct place *place = place_open();
	int64_t child[5];
	for (int i = 0; i < 5; i++) {
		char number[8];
		snprintf(number, sizeof number, "%d", i + 1);
		child[i] = child_of(place, number, i == 4 ? day_of(2026, 11, 20) : DAY_UNKNOWN);
	}
	struct calendar_move move = { .holidays = with_day(place, "2026-11-18"), .file = S("new.json") };
	struct calendar_move would = move;
	struct calendar_job job;
	OK(store_calendar_preview(place->store, &would, ERR));
	OK(store_calendar_begin(place->store, &place->system, &move, ERR));
	OK(store_calendar_job(place->store, &job, ERR));
	check_true(job.open);
	check_int(job.made, 0);
	check_int(job.all, 5);
	check_int(job.calendar, 2);
	check_int(clock_of(place, child[0], "cla-review-first").due, day_of(2026, 11, 30));
	proves(place);
	/* Nobody brings in another, or decides, before all have followed. */
	int64_t decided;
	struct actor all = place->system;
	all.authority = S("EX1");
	NO(store_calendar_begin(place->store, &place->system, &move, ERR), ERR_STALE);
	NO(store_calendar_decide(place->store, &all, NULL, true, &decided, ERR), ERR_STALE);
	turn(place, 2, true);
	check_int(clock_of(place, child[1], "cla-review-first").due, day_of(2026, 12, 1));
	check_int(clock_of(place, child[2], "cla-review-first").due, day_of(2026, 11, 30));
	proves(place);
	/* Held while its turn was to come: it ran until now, so it is judged by the new date. */
	hold_review(place, child[3], day_of(2026, 11, 20));
	struct clock met = clock_of(place, child[3], "cla-review-first");
	check_int(met.due, day_of(2026, 12, 1));
	check_int(met.met_on, day_of(2026, 11, 20));
	check_int(allocate_hold(place, child[3], "cla-review-first"), 0);
	OK(store_calendar_job(place->store, &job, ERR));
	check_int(job.made, 3);
	proves(place);
	/* Saved of a child whose turn was: nothing is counted again. */
	hold_review(place, child[0], day_of(2026, 11, 20));
	turn(place, 10, false);
	turn(place, 10, false);
	OK(store_calendar_job(place->store, &job, ERR));
	check_false(job.open);
	struct clock kept = clock_of(place, child[4], "cla-review-first");
	check_int(kept.due, day_of(2026, 11, 30));
	check_int(kept.calendar, 1);
	check_int(allocate_hold(place, child[4], "cla-review-first"), 1);
	struct calendar_versions versions;
	OK(store_calendars(place->store, place->arena, &versions, ERR));
	check_int(versions.item[0].effect.moved, would.effect.moved);
	check_int(versions.item[0].effect.closed, would.effect.closed);
	proves(place);
	place_close(place);
}

static int kill_after;

static instant killing_now(void *self)
{
	if (kill_after > 0 && --kill_after == 0)
		kill(getpid(), SIGKILL);
	return place_now(self);
}

/* Killed in the middle of a turn: what was committed stands, and the next process goes on. */
TEST(a_calendar_that_is_killed_goes_on_where_it_stopped)
{
	if (place_postgres())
		return; /* the child process would share the connection */
	struct place *place = place_open();
	for (int i = 0; i < 8; i++) {
		char number[16];
		snprintf(number, sizeof number, "K%d", i);
		(void)child_of(place, number, i % 2 == 0 ? DAY_UNKNOWN : day_of(2026, 11, 20));
	}
	struct calendar_move move = { .holidays = bank_holidays_over(place->arena, calendar_embedded_csv(),
		with_day(place, "2026-11-18")), .file = S("new.json") };
	struct calendar_move would = move;
	OK(store_calendar_preview(place->store, &would, ERR));
	OK(store_calendar_begin(place->store, &place->system, &move, ERR));
	place_close_store(place);
	pid_t child = fork();
	if (child == 0) {
		struct err err;
		bool more;
		place->env.now = killing_now;
		place_open_store(place, STORE_WRITE);
		if (!store_calendar_turn(place->store, 3, &more, &err))
			_exit(1);
		kill_after = 1;
		_exit(store_calendar_turn(place->store, 3, &more, &err) ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	check_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	place_open_store(place, STORE_WRITE);
	struct calendar_job job;
	OK(store_calendar_job(place->store, &job, ERR));
	check_true(job.open);
	check_int(job.made, 3);
	proves(place);
	OK(store_calendar_finish(place->store, NULL, NULL, ERR));
	struct calendar_versions versions;
	OK(store_calendars(place->store, place->arena, &versions, ERR));
	check_int(versions.item[0].effect.moved, would.effect.moved);
	check_int(versions.item[0].effect.closed, would.effect.closed);
	proves(place);
	place_close(place);
}

TEST(newer_dates_that_were_accepted_of_all_come_by_turns)
{
	struct place *place = place_open();
	int64_t first = child_of(place, "1", day_of(2026, 11, 20));
	int64_t second = child_of(place, "2", day_of(2026, 11, 20));
	(void)take(place, "2026-11-18");
	struct actor all = place->system;
	struct calendar_job job;
	int64_t decided;
	all.authority = S("EX1");
	OK(store_calendar_decide(place->store, &all, NULL, true, &decided, ERR));
	check_true(decided > 2);
	OK(store_calendar_job(place->store, &job, ERR));
	check_true(job.open);
	check_int(job.calendar, 0);
	check_int(job.all, 2);
	check_int(clock_of(place, first, "cla-review-first").due, day_of(2026, 11, 30));
	proves(place);
	turn(place, 1, true);
	check_int(clock_of(place, first, "cla-review-first").due, day_of(2026, 12, 1));
	check_int(clock_of(place, second, "cla-review-first").due, day_of(2026, 11, 30));
	proves(place);
	turn(place, 1, false);
	check_int(clock_of(place, second, "cla-review-first").due, day_of(2026, 12, 1));
	check_int(clock_of(place, second, "cla-review-first").calendar, 2);
	proves(place);
	place_close(place);
}

TEST(nobody_else_brings_in_a_calendar_or_decides)
{
	struct place *place = place_open();
	(void)child_of(place, "1", day_of(2026, 11, 20));
	struct calendar_move move = { .holidays = with_day(place, "2026-11-18"), .file = S("f") };
	struct actor officer = { .user = 5, .role = ROLE_REVIEWING_OFFICER, .authority = S("EX1") };
	int64_t decided;
	NO(store_calendar_take(place->store, &officer, &move, ERR), ERR_DENIED);
	NO(store_calendar_decide(place->store, &officer, NULL, true, &decided, ERR), ERR_DENIED);
	move.holidays = S("date,title,note\nnonsense");
	NO(store_calendar_take(place->store, &place->system, &move, ERR), ERR_INPUT);
	struct calendar_versions versions;
	OK(store_calendars(place->store, place->arena, &versions, ERR));
	check_int(versions.n, 1);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_store_knows_the_calendar_that_came_with_it),
		CLAIM(a_newer_calendar_moves_what_runs_and_asks_of_what_is_over),
		CLAIM(what_is_over_gets_its_dates_only_where_somebody_accepts),
		CLAIM(a_changed_byte_of_a_decision_is_found),
		CLAIM(clocks_follow_a_calendar_by_turns_and_a_save_in_between_counts_once),
		CLAIM(a_calendar_that_is_killed_goes_on_where_it_stopped),
		CLAIM(newer_dates_that_were_accepted_of_all_come_by_turns),
		CLAIM(nobody_else_brings_in_a_calendar_or_decides),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
