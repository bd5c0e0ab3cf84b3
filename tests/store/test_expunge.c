#include "family.h"

#include "store/draft.h"
#include "store/expunge.h"
#include "store/inside.h"
#include "store/kept.h"

#include <pthread.h>

/* A child whose review was recorded, corrected, and looked at in between. */
struct case_of {
	struct place *place;
	int64_t subject, review;
	struct actor first, second;
};

static void look(struct case_of *c, const char *act)
{
	OK(store_look(c->place->store,
		&(struct look){ .actor = &c->first, .act = str_of(act), .subject = &c->subject, .n = 1 },
		ERR));
	c->place->now += INSTANT_MINUTE;
}

static void change(struct case_of *c, enum change_act act, int64_t version, day held)
{
	struct cla_review *review = record_new(c->place->arena, &cla_review_type);
	struct stored_list list;
	OK(store_records(c->place->store, c->place->arena, c->subject, &care_period_type, &list, ERR));
	review->care = (ref){ list.item[0].id };
	review->held = held;
	review->participation = S("PN2");
	struct basket basket = { .n = 1 };
	basket.change[0] = (struct change){ .act = act, .type = &cla_review_type, .id = c->review,
		.version = version, .reason = S("of another child"),
		.record = act == CHANGE_WITHDRAW ? NULL : review };
	OK(save_basket(c->place, &basket, SAVE_FORM, &c->place->system, 0, ERR));
	c->place->now += INSTANT_MINUTE;
}

static struct case_of opened(void)
{
	struct case_of c = { .place = place_open() };
	c.first = (struct actor){ .user = 41, .role = ROLE_HEAD, .authority = S("EX1") };
	c.second = (struct actor){ .user = 42, .role = ROLE_HEAD, .authority = S("EX1") };
	c.subject = add_child(c.place, "A1", day_of(2026, 9, 1), day_of(2026, 9, 25));
	struct stored_list list;
	OK(store_records(c.place->store, c.place->arena, c.subject, &cla_review_type, &list, ERR));
	c.review = list.item[0].id;
	c.place->now += INSTANT_MINUTE;
	look(&c, "look:child");
	look(&c, "export:caseload");
	return c;
}

static struct expunge ask(struct case_of *c, int64_t version)
{
	return (struct expunge){ .record = c->review, .version = version, .subject = c->subject,
		.reason = S("It was another child's"), .receivers = S("The school") };
}

static void check_whole(struct case_of *c, int64_t expunged)
{
	struct ledger_report report;
	OK(store_verify(c->place->store, c->place->arena, &report, ERR));
	check_int(report.expunged, expunged);
}

TEST(two_people_remove_a_version_and_the_ledger_still_proves_the_rest)
{
	struct case_of c = opened();
	change(&c, CHANGE_EDIT, 1, day_of(2026, 9, 28));
	struct expunge e = ask(&c, 1);
	OK(store_expunge_propose(c.place->store, &c.first, &e, ERR));
	check_whole(&c, 0);
	check_int(COUNT(c.place, "SELECT count(*) FROM version_cla_review WHERE held IS NOT NULL"), 2);
	OK(store_expunge_end(c.place->store, &c.second, e.id, true, ERR));
	check_int(COUNT(c.place, "SELECT count(*) FROM version_cla_review WHERE held IS NOT NULL"), 1);
	check_int(COUNT(c.place, "SELECT count(*) FROM version_cla_review"), 2);
	check_int(COUNT(c.place, "SELECT count(*) FROM event WHERE withdrawn_at IS NOT NULL AND "
				 "(on_day IS NOT NULL OR detail IS NOT NULL)"), 0);
	check_int(COUNT(c.place, "SELECT count(*) FROM tombstone"), 2);
	check_whole(&c, 1);
	struct expunge_looks looks;
	OK(store_expunge_find(c.place->store, c.place->arena, e.id, &e, ERR));
	check_str(e.outcome, "removed");
	OK(store_expunge_looks(c.place->store, c.place->arena, &e, &looks, ERR));
	check_int(looks.n, 2);
	check_true(looks.item[0].file);
	check_false(looks.item[1].file);
	place_close(c.place);
}

/* Whatever was typed of the child and not saved, by whomever, may say it too. */
TEST(what_was_typed_of_the_child_and_not_saved_goes_with_the_version)
{
	struct case_of c = opened();
	struct store *store = c.place->store;
	int64_t other = add_child(c.place, "A2", day_of(2026, 9, 1), DAY_UNKNOWN);
	for (int64_t key = 1; key <= 3; key++) {
		struct draft draft = { .person = 40 + key, .key = key,
			.subject = key == 3 ? other : c.subject, .type = S("cla_review"), .typed = S("held=1") };
		OK(store_draft_keep(store, &draft, c.place->now, ERR));
	}
	OK(db_script(store_db(store), "INSERT INTO person (id, login, login_key, name, name_key, role, team, "
		"authority, password, disabled, added_at) VALUES (43, 'k', 'k', 'K', 'k', 'head', '', 'EX1', 'x', 0, 1)",
		ERR));
	str paths[] = { arena_format(c.place->arena, "/children/%lld/record/contact", (long long)c.subject),
		arena_format(c.place->arena, "/children/%lld0/record/contact", (long long)c.subject),
		S("/account") };
	for (size_t i = 0; i < 3; i++)
		OK(store_kept_add(store, c.place->arena, 43, paths[i], S("words=x"), c.place->now, ERR));
	change(&c, CHANGE_EDIT, 1, day_of(2026, 9, 26));
	struct expunge e = ask(&c, 1);
	OK(store_expunge_propose(store, &c.first, &e, ERR));
	check_int(COUNT(c.place, "SELECT count(*) FROM draft"), 3);
	OK(store_expunge_end(store, &c.second, e.id, true, ERR));
	check_int(COUNT(c.place, "SELECT count(*) FROM draft"), 1);
	check_int(COUNT(c.place, "SELECT person FROM draft"), 43);
	check_int(COUNT(c.place, "SELECT count(*) FROM kept_form"), 2);
	place_close(c.place);
}

TEST(the_same_person_cannot_do_both_and_nothing_is_decided_twice)
{
	struct case_of c = opened();
	change(&c, CHANGE_EDIT, 1, day_of(2026, 9, 28));
	struct expunge e = ask(&c, 1), again = e;
	struct actor chair = { .user = 43, .role = ROLE_CHAIR, .authority = S("EX1") };
	NO(store_expunge_propose(c.place->store, &chair, &again, ERR), ERR_DENIED);
	OK(store_expunge_propose(c.place->store, &c.first, &e, ERR));
	NO(store_expunge_propose(c.place->store, &c.second, &again, ERR), ERR_DUPLICATE);
	NO(store_expunge_end(c.place->store, &c.first, e.id, true, ERR), ERR_DENIED);
	NO(store_expunge_end(c.place->store, &c.first, e.id, false, ERR), ERR_DENIED);
	NO(store_expunge_end(c.place->store, &chair, e.id, true, ERR), ERR_DENIED);
	OK(store_expunge_end(c.place->store, &c.second, e.id, false, ERR));
	NO(store_expunge_end(c.place->store, &c.second, e.id, true, ERR), ERR_STALE);
	check_int(COUNT(c.place, "SELECT count(*) FROM tombstone"), 0);
	check_whole(&c, 0);
	/* What was declined can be proposed again. */
	OK(store_expunge_propose(c.place->store, &c.second, &again, ERR));
	NO(store_expunge_end(c.place->store, &c.second, again.id, true, ERR), ERR_DENIED);
	OK(store_expunge_end(c.place->store, &c.first, again.id, true, ERR));
	check_whole(&c, 1);
	place_close(c.place);
}

TEST(what_a_record_says_now_is_corrected_or_withdrawn_first)
{
	struct case_of c = opened();
	struct expunge e = ask(&c, 1);
	NO(store_expunge_propose(c.place->store, &c.first, &e, ERR), ERR_STALE);
	e.version = 2;
	NO(store_expunge_propose(c.place->store, &c.first, &e, ERR), ERR_MISSING);
	e.version = 1;
	e.reason = (str){ 0 };
	NO(store_expunge_propose(c.place->store, &c.first, &e, ERR), ERR_INPUT);
	change(&c, CHANGE_WITHDRAW, 1, DAY_UNKNOWN);
	e = ask(&c, 1);
	OK(store_expunge_propose(c.place->store, &c.first, &e, ERR));
	OK(store_expunge_end(c.place->store, &c.second, e.id, true, ERR));
	/* The copy that the withdrawal kept is gone, too, and the row that lists read. */
	check_int(COUNT(c.place, "SELECT count(*) FROM version_cla_review WHERE held IS NOT NULL"), 0);
	check_int(COUNT(c.place, "SELECT count(*) FROM record_cla_review WHERE held IS NOT NULL"), 0);
	check_whole(&c, 1);
	place_close(c.place);
}

TEST(the_database_lets_content_go_only_under_a_tombstone)
{
	struct case_of c = opened();
	change(&c, CHANGE_EDIT, 1, day_of(2026, 9, 28));
	struct db *db = store_db(c.place->store);
	NO(db_script(db, "UPDATE version_cla_review SET held = NULL, participation = NULL", ERR),
		ERR_DENIED);
	struct expunge e = ask(&c, 1);
	OK(store_expunge_propose(c.place->store, &c.first, &e, ERR));
	OK(store_expunge_end(c.place->store, &c.second, e.id, true, ERR));
	NO(db_script(db, "UPDATE version_cla_review SET held = 1 WHERE version = 1", ERR), ERR_DENIED);
	NO(db_script(db, "UPDATE version_cla_review SET actor = 9 WHERE version = 1", ERR), ERR_DENIED);
	NO(db_script(db, "UPDATE version_cla_review SET held = NULL WHERE version = 2", ERR),
		ERR_DENIED);
	NO(db_script(db, "DELETE FROM tombstone", ERR), ERR_DENIED);
	NO(db_script(db, "UPDATE expunge_end SET person = 9", ERR), ERR_DENIED);
	check_whole(&c, 1);
	place_close(c.place);
}

/* What somebody with the database could do, past the triggers. */
static void tamper(struct place *place, const char *statement)
{
	static const char *const table[] = { "expunge", "expunge_end", "tombstone",
		"version_cla_review" };
	char text[300];
	for (size_t i = 0; i < 4; i++) {
		snprintf(text, sizeof text,
			place_postgres() ? "ALTER TABLE %s DISABLE TRIGGER ALL"
					 : "DROP TRIGGER %s_no_UPDATE; DROP TRIGGER %s_no_DELETE",
			table[i], table[i]);
		OK(db_script(store_db(place->store), text, ERR));
	}
	OK(db_script(store_db(place->store), statement, ERR));
}

TEST(a_removal_that_the_ledger_does_not_tell_of_is_found)
{
	static const char *const change_of[] = {
		"UPDATE expunge SET reason = 'none'",
		"UPDATE expunge SET proposer = 42",
		"UPDATE expunge_end SET person = 41",
		"DELETE FROM expunge_end",
		"UPDATE expunge_end SET outcome = 'declined'",
		"DELETE FROM tombstone WHERE version = 1",
		"DELETE FROM tombstone WHERE version = 0",
		"UPDATE version_cla_review SET held = 20000 WHERE version = 1",
		"UPDATE version_cla_review SET why = 'x' WHERE version = 1",
		"INSERT INTO tombstone (record, version, expunge, digest) SELECT id, 2, (SELECT id FROM "
		"expunge), digest FROM version_cla_review WHERE version = 2; UPDATE version_cla_review "
		"SET held = NULL, participation = NULL, care = NULL, why = NULL WHERE version = 2",
	};
	for (size_t i = 0; i < sizeof change_of / sizeof *change_of; i++) {
		struct case_of c = opened();
		change(&c, CHANGE_EDIT, 1, day_of(2026, 9, 28));
		struct expunge e = ask(&c, 1);
		OK(store_expunge_propose(c.place->store, &c.first, &e, ERR));
		OK(store_expunge_end(c.place->store, &c.second, e.id, true, ERR));
		tamper(c.place, change_of[i]);
		struct ledger_report report;
		struct err err = { 0 };
		if (store_verify(c.place->store, c.place->arena, &report, &err))
			fail_msg("not found: %s", change_of[i]);
		check_int(err.code, ERR_BROKEN);
		place_close(c.place);
	}
}

/* Both press the button at once: one decision, one entry. */
struct racing {
	struct store *store;
	const struct actor *actor;
	int64_t id;
	bool done;
	struct err err;
};

static void *race(void *self)
{
	struct racing *racing = self;
	for (int i = 0; i < 200; i++) {
		racing->done = store_expunge_end(
			racing->store, racing->actor, racing->id, true, &racing->err);
		if (racing->done || racing->err.code != ERR_BUSY)
			break;
	}
	return NULL;
}

TEST(of_two_who_decide_at_once_one_does)
{
	if (!place_postgres())
		not_here("a second process that writes (SQLite has one)");
	struct case_of c = opened();
	change(&c, CHANGE_EDIT, 1, day_of(2026, 9, 28));
	struct expunge e = ask(&c, 1);
	struct actor third = { .user = 44, .role = ROLE_HEAD, .authority = S("EX1") };
	OK(store_expunge_propose(c.place->store, &c.first, &e, ERR));
	struct store_options options = place_options(c.place, STORE_WRITE);
	struct err err = { 0 };
	struct store *other = store_open(&options, &err);
	place_ok(other != NULL, &err, __FILE__, __LINE__);
	struct racing one = { .store = c.place->store, .actor = &c.second, .id = e.id };
	struct racing two = { .store = other, .actor = &third, .id = e.id };
	pthread_t thread;
	check_int(pthread_create(&thread, NULL, race, &two), 0);
	race(&one);
	pthread_join(thread, NULL);
	store_close(other);
	check_int(one.done + two.done, 1);
	check_int(COUNT(c.place, "SELECT count(*) FROM ledger WHERE act = 'expunge:removed'"), 1);
	check_whole(&c, 1);
	place_close(c.place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(two_people_remove_a_version_and_the_ledger_still_proves_the_rest),
		CLAIM(what_was_typed_of_the_child_and_not_saved_goes_with_the_version),
		CLAIM(the_same_person_cannot_do_both_and_nothing_is_decided_twice),
		CLAIM(what_a_record_says_now_is_corrected_or_withdrawn_first),
		CLAIM(the_database_lets_content_go_only_under_a_tombstone),
		CLAIM(a_removal_that_the_ledger_does_not_tell_of_is_found),
		CLAIM(of_two_who_decide_at_once_one_does),
	};
	return cmocka_run_group_tests_name("store expunge", tests, NULL, NULL);
}
