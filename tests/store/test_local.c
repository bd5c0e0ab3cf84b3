/* A council's policy as it is kept: versions that stay, clocks that follow it and no others, and a job
 * that goes on where it was killed. */
#include "family.h"

#include "store/local.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define WHY "  effective from: 2026-04-01\n  author: \"A Head\"\n  reason: \"As agreed\"\n"
#define STRICT "- policy: cla-review-first\n  within: 15 working days\n" WHY

static int64_t add(struct place *place, const char *number, day began)
{
	place->system.authority = S("EX1");
	return add_child(place, number, began, DAY_UNKNOWN);
}

static int64_t set(struct place *place, const char *text, int64_t seen)
{
	int64_t version = 0;
	OK(store_local_set(place->store, &place->system, str_of(text), S("a test"), seen, &version, ERR));
	return version;
}

static void turn_all(struct place *place, int64_t at_once)
{
	bool more = true;
	while (more)
		OK(store_local_turn(place->store, at_once, &more, ERR));
}

static struct clock first_review(struct place *place, int64_t subject)
{
	struct clocks clocks;
	OK(store_clocks(place->store, place->arena, subject, &clocks, ERR));
	for (size_t i = 0; i < clocks.n; i++) {
		if (str_equal(clocks.item[i].rule->id, S("cla-review-first")))
			return clocks.item[i];
	}
	fail_msg("no clock");
	return clock_blank;
}

TEST(clocks_follow_a_policy_and_keep_the_law_s_date_and_the_item_that_they_rest_on)
{
	struct place *place = place_open();
	int64_t after = add(place, "W1", day_of(2026, 6, 1)), before = add(place, "W2", day_of(2026, 3, 2));
	check_int(set(place, STRICT, 0), 1);
	check_int(first_review(place, after).due, day_of(2026, 6, 29)); /* not yet followed */
	turn_all(place, 1);
	struct clock clock = first_review(place, after);
	check_int(clock.due, day_of(2026, 6, 22));
	check_int(clock.due_law, day_of(2026, 6, 29));
	check_int(clock.local, 1000);
	check_int(clock_limit_local(&clock)->n, 15);
	check_int(first_review(place, before).local, 0);
	struct local_job job;
	OK(store_local_job(place->store, place->arena, S("EX1"), &job, ERR));
	check_false(job.open);
	check_int(job.looked, 2);
	check_int(job.made, 1);
	/* Whoever becomes looked after now is counted by it at once. */
	check_int(first_review(place, add(place, "W3", day_of(2026, 6, 1))).due, day_of(2026, 6, 22));
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_false(report.other_law);
	place_close(place);
}

TEST(what_a_change_does_not_touch_is_not_written_and_an_item_that_stands_keeps_its_number)
{
	struct place *place = place_open();
	int64_t child = add(place, "W1", day_of(2026, 6, 1));
	set(place, STRICT, 0);
	turn_all(place, 100);
	/* A mark that writing the child's clocks anew would take away. */
	OK(db_script(store_db(place->store), "UPDATE clock SET known_to = 1 WHERE rule = 'placement-plan-5wd'", ERR));
	check_int(set(place, STRICT "- policy: core-group-first\n  within: 8 working days\n" WHY, 1), 2);
	turn_all(place, 100);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE known_to = 1"), 1);
	check_int(first_review(place, child).local, 1000);
	check_int(set(place, "- policy: core-group-first\n  within: 8 working days\n" WHY, 2), 3);
	turn_all(place, 100);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE known_to = 1"), 0);
	check_int(first_review(place, child).local, 0);
	check_int(first_review(place, child).due, day_of(2026, 6, 29));
	place_close(place);
}

TEST(what_is_written_down_here_makes_its_clocks_known_until_it_is_taken_back)
{
	struct place *place = place_open();
	int64_t child = add(place, "W1", day_of(2026, 6, 1)), import;
	/* A file of the council carries who is looked after, and no health checks. */
	struct import_begin begin = { .actor = &place->system, .authority = S("EX1"), .kind = S("ssda903"),
		.files = S("header.csv"), .known_to = day_of(2026, 11, 1) };
	OK(store_import_begin(place->store, &begin, &import, ERR));
	OK(store_import_covers(place->store, import, WORD_LOOKED_AFTER_BEGAN, DAY_UNKNOWN, DAY_UNKNOWN, ERR));
	OK(store_import_end(place->store, import, 1, 1, 0, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE doubt <> 0 AND rule = 'initial-health-assessment'"), 1);
	set(place, "- recorded: health\n" WHY, 0);
	turn_all(place, 100);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE doubt <> 0 AND rule = 'initial-health-assessment'"), 0);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_int(report.children, 1);
	set(place, "", 1);
	turn_all(place, 100);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE doubt <> 0 AND rule = 'initial-health-assessment'"), 1);
	check_int(first_review(place, child).due, day_of(2026, 6, 29));
	place_close(place);
}

TEST(an_id_of_a_council_s_own_rule_means_one_thing_in_a_store_of_two)
{
#define LETTER(title)                                                                              \
	"- rule: local-letter\n  title: " title "\n  trigger: looked-after-began\n  within: 3 working days\n"  \
	"  met by: officer-spoke-to-child\n  ends with: [looked-after-ended, death]\n  level: LOCAL\n"     \
	"  authority: Our own\n  read at source: no\n  local: always\n" WHY
	struct place *place = place_open();
	add(place, "W1", day_of(2026, 6, 1));
	set(place, LETTER("Letter"), 0);
	struct actor other = place->system;
	other.authority = S("EX2");
	int64_t version;
	struct local_trial trial;
	NO(store_local_set(place->store, &other, S(LETTER("Another letter")), S("a test"), 0, &version, ERR),
		ERR_INPUT);
	NO(store_local_try(place->store, place->arena, &other, S(LETTER("Another letter")), &trial, ERR), ERR_INPUT);
	OK(store_local_set(place->store, &other, S(LETTER("Letter")), S("a test"), 0, &version, ERR));
	/* Its own may say something else later, where no other has it; and lists name the latest. */
	OK(store_local_set(place->store, &other, S("# none\n"), S("a test"), version, &version, ERR));
	set(place, LETTER("Letter to the child"), 1);
	check_str(store_rule(place->store, S("local-letter"))->title, "Letter to the child");
	place_close(place);
}

/* Their numbers lie between those of the first: as a store of two councils has them. */
TEST(a_policy_touches_no_child_of_the_other_council_in_the_store)
{
	struct place *place = place_open();
	int64_t one = add(place, "W1", day_of(2026, 6, 1));
	struct basket basket;
	struct actor other = place->system;
	other.authority = S("EX2");
	put_child(place, &basket, "X1", day_of(2026, 6, 1), DAY_UNKNOWN);
	struct save save = { .mode = SAVE_FORM, .actor = &other, .authority = S("EX2"),
		.change = basket.change, .n = basket.n, .problems = &basket.problems,
		.arena = place->arena };
	OK(store_save(place->store, &save, ERR));
	int64_t theirs = basket.change[0].subject, last = add(place, "W2", day_of(2026, 6, 1));
	check_true(one < theirs && theirs < last);
	struct local_trial trial;
	OK(store_local_try(place->store, place->arena, &place->system, S(STRICT), &trial, ERR));
	set(place, STRICT, 0);
	turn_all(place, 100);
	check_int(first_review(place, one).due, day_of(2026, 6, 22));
	check_int(first_review(place, theirs).due, day_of(2026, 6, 29));
	check_int(first_review(place, last).due, day_of(2026, 6, 22));
	check_int(COUNT(place, "SELECT count(*) FROM child_row r JOIN subject s ON s.id = r.subject "
			       "WHERE s.authority <> r.authority"), 0);
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

TEST(versions_are_never_changed_and_the_ledger_tells_of_each)
{
	struct place *place = place_open();
	int64_t version = 0;
	add(place, "W1", day_of(2026, 6, 1));
	set(place, STRICT, 0);
	check_int(set(place, STRICT, 1), 1); /* the same text is no new version */
	NO(store_local_set(place->store, &place->system, S("# none\n"), S("x"), 0, &version, &err_), ERR_STALE);
	NO(store_local_set(place->store, &place->system, S("- x\n"), S("x"), 1, &version, &err_), ERR_INPUT);
	NO(store_local_set(place->store, &place->system, S("# none\n"), S(""), 1, &version, &err_), ERR_INPUT);
	struct actor officer = { .user = 1, .role = ROLE_REVIEWING_OFFICER, .authority = S("EX1") };
	NO(store_local_set(place->store, &officer, S("# none\n"), S("x"), 1, &version, &err_), ERR_DENIED);
	struct err err;
	check_false(db_script(store_db(place->store), "UPDATE local_policy SET text = ''", &err));
	check_false(db_script(store_db(place->store), "DELETE FROM local_item", &err));
	check_int(set(place, "# none\n", 1), 2);
	check_int(COUNT(place, "SELECT count(*) FROM ledger WHERE act = 'policy:set'"), 2);
	const struct local_version *one;
	OK(store_local_version(place->store, S("EX1"), 1, &one, ERR));
	check_str(one->policy->text, STRICT);
	struct local_rows rows;
	OK(store_local_list(place->store, place->arena, S("EX1"), &rows, ERR));
	check_int(rows.n, 2);
	check_int(rows.item[0].version, 2);
	turn_all(place, 100);
	struct ledger_report report;
	OK(db_script(store_db(place->store),
		place_postgres() ? "ALTER TABLE local_policy DISABLE TRIGGER USER" :
				   "DROP TRIGGER local_policy_no_UPDATE",
		ERR));
	OK(store_verify(place->store, place->arena, &report, ERR));
	OK(db_script(store_db(place->store), "UPDATE local_policy SET text = '# no\n' WHERE version = 1", ERR));
	NO(store_verify(place->store, place->arena, &report, &err_), ERR_BROKEN);
	place_close(place);
}

TEST(what_a_policy_would_do_is_told_before_it_is_set_and_nothing_is_written)
{
	struct place *place = place_open();
	int64_t child = add(place, "W1", instant_day(place->now) - 25);
	add(place, "W2", day_of(2012, 3, 1));
	struct local_trial trial;
	day due = first_review(place, child).due;
	OK(store_local_try(place->store, place->arena, &place->system,
		S("- policy: cla-review-first\n  within: 15 working days\n  effective from: 2020-01-01\n"
		  "  author: \"A\"\n  reason: \"B\"\n"),
		&trial, ERR));
	check_int(trial.children, 1);
	check_true(trial.moved >= 1);
	check_int(trial.overdue >= 1, 1);
	check_int(trial.item[0].subject, child);
	check_true(trial.item[0].after < trial.item[0].before);
	check_int(first_review(place, child).due, due);
	check_int(COUNT(place, "SELECT count(*) FROM local_policy"), 0);
	OK(store_local_try(place->store, place->arena, &place->system,
		S("- rule: local-letter\n  title: Letter\n  trigger: looked-after-began\n  within: 3 working days\n"
		  "  met by: officer-spoke-to-child\n  ends with: [looked-after-ended, death]\n  level: LOCAL\n"
		  "  authority: Our own\n  read at source: no\n  local: always\n  effective from: 2020-01-01\n"
		  "  author: \"A\"\n  reason: \"B\"\n"),
		&trial, ERR));
	check_int(trial.new_clocks, 1);
	check_int(trial.moved, 0);
	place_close(place);
}

TEST(a_council_s_own_rule_makes_clocks_that_are_read_again_and_restored)
{
	struct place *place = place_open();
	int64_t child = add(place, "W1", day_of(2026, 6, 1));
	set(place,
		"- rule: local-letter\n  title: Letter\n  trigger: looked-after-began\n  within: 3 working days\n"
		"  met by: officer-spoke-to-child\n  ends with: [looked-after-ended, death]\n  level: LOCAL\n"
		"  authority: Our own\n  read at source: no\n  local: always\n" WHY,
		0);
	turn_all(place, 100);
	struct clocks clocks;
	OK(store_clocks(place->store, place->arena, child, &clocks, ERR));
	bool found = false;
	for (size_t i = 0; i < clocks.n; i++)
		found = found || (str_equal(clocks.item[i].rule->id, S("local-letter")) &&
				       clocks.item[i].due == day_of(2026, 6, 4));
	check_true(found);
	struct err err = { 0 };
	struct store *reader = store_reader(place->store, &err);
	place_ok(reader != NULL, &err, __FILE__, __LINE__);
	OK(store_clocks(reader, place->arena, child, &clocks, ERR));
	check_int(clocks.n, COUNT(place, "SELECT count(*) FROM clock"));
	const struct law *law = store_law_of(reader, S("EX1"), &err);
	check_true(rules_find(law->rules, S("local-letter")) != NULL);
	check_true(store_law_at(reader, S("EX1"), place->now - 1, &err) == store_law(reader));
	store_close(reader);
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
TEST(a_job_that_is_killed_goes_on_where_it_stopped)
{
	if (place_postgres())
		return; /* the child process would share the connection */
	struct place *place = place_open();
	for (int i = 0; i < 12; i++) {
		char number[16];
		snprintf(number, sizeof number, "K%d", i);
		add(place, number, day_of(2026, 6, 1));
	}
	set(place, STRICT, 0);
	place_close_store(place);
	pid_t child = fork();
	if (child == 0) {
		struct err err;
		place->env.now = killing_now;
		place_open_store(place, STORE_WRITE);
		bool more;
		for (int i = 0; i < 5; i++) {
			if (!store_local_turn(place->store, 1, &more, &err))
				_exit(1);
		}
		kill_after = 2;
		_exit(store_local_turn(place->store, 1, &more, &err) ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	check_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	place_open_store(place, STORE_WRITE);
	struct local_job job;
	OK(store_local_job(place->store, place->arena, S("EX1"), &job, ERR));
	check_true(job.open);
	check_int(job.looked, 5);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE local_item IS NOT NULL AND rule = 'cla-review-first'"), 5);
	turn_all(place, 3);
	check_int(COUNT(place, "SELECT count(*) FROM clock WHERE local_item IS NOT NULL AND rule = 'cla-review-first'"), 12);
	OK(store_local_job(place->store, place->arena, S("EX1"), &job, ERR));
	check_int(job.looked, 12);
	check_int(job.made, 12);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(clocks_follow_a_policy_and_keep_the_law_s_date_and_the_item_that_they_rest_on),
		CLAIM(what_a_change_does_not_touch_is_not_written_and_an_item_that_stands_keeps_its_number),
		CLAIM(what_is_written_down_here_makes_its_clocks_known_until_it_is_taken_back),
		CLAIM(an_id_of_a_council_s_own_rule_means_one_thing_in_a_store_of_two),
		CLAIM(a_policy_touches_no_child_of_the_other_council_in_the_store),
		CLAIM(versions_are_never_changed_and_the_ledger_tells_of_each),
		CLAIM(what_a_policy_would_do_is_told_before_it_is_set_and_nothing_is_written),
		CLAIM(a_council_s_own_rule_makes_clocks_that_are_read_again_and_restored),
		CLAIM(a_job_that_is_killed_goes_on_where_it_stopped),
	};
	return cmocka_run_group_tests_name("store local", tests, NULL, NULL);
}
