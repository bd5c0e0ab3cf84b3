/* Two processes on one store: here two stores of one process, for the locks are of an open file, and on
 * PostgreSQL of a connection. */
#include "family.h"

#include "store/calendar.h"
#include "store/inside.h"

#include <pthread.h>

enum { EACH = 12 };

/* The same store once more, as a command beside the server has it. */
static struct place *beside(struct place *place, struct err *err)
{
	struct place *other = mem_alloc(1, sizeof *other);
	*other = *place;
	other->arena = arena_open(64 << 20);
	struct store_options options = place_options(place, STORE_WRITE);
	options.beside = true;
	other->store = store_open(&options, err);
	return other;
}

static void beside_close(struct place *other)
{
	store_close(other->store);
	arena_close(other->arena);
	mem_free(other);
}

struct adding {
	struct place *place;
	char letter;
};

static void *add_some(void *self)
{
	struct adding *adding = self;
	for (int i = 0; i < EACH; i++) {
		char number[8];
		snprintf(number, sizeof number, "%c%d", adding->letter, i);
		add_child(adding->place, number, day_of(2026, 3, 1), day_of(2026, 3, 20));
	}
	return NULL;
}

static void check_whole(struct place *place)
{
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
}

TEST(two_who_save_at_once_both_do_and_the_chain_is_one)
{
	struct place *place = place_open();
	struct err err = { 0 };
	struct place *other = beside(place, &err);
	place_ok(other->store != NULL, &err, __FILE__, __LINE__);
	struct adding one = { place, 'A' }, two = { other, 'B' };
	pthread_t thread;
	check_int(pthread_create(&thread, NULL, add_some, &two), 0);
	add_some(&one);
	pthread_join(thread, NULL);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 2 * EACH);
	check_int(COUNT(other, "SELECT count(*) FROM ledger"), 2 * EACH);
	check_int(COUNT(place, "SELECT count(DISTINCT id) FROM (SELECT id FROM record_child UNION ALL "
			       "SELECT id FROM record_care_period UNION ALL SELECT id FROM "
			       "record_placement UNION ALL SELECT id FROM record_cla_review) AS x"),
		4 * 2 * EACH);
	check_whole(place);
	check_whole(other);
	beside_close(other);
	add_child(place, "C1", day_of(2026, 3, 1), DAY_UNKNOWN);
	check_whole(place);
	place_close(place);
}

struct waiting {
	struct place *place;
	_Atomic bool done;
};

static void *begin_and_end(void *self)
{
	struct waiting *waiting = self;
	add_child(waiting->place, "W1", day_of(2026, 3, 1), DAY_UNKNOWN);
	waiting->done = true;
	return NULL;
}

TEST(while_one_is_in_its_transaction_the_other_waits)
{
	struct place *place = place_open();
	struct err err = { 0 };
	struct place *other = beside(place, &err);
	place_ok(other->store != NULL, &err, __FILE__, __LINE__);
	struct waiting waiting = { .place = other };
	struct db *db = store_db(place->store);
	pthread_t thread;
	OK(db_begin(db, ERR));
	/* On PostgreSQL only what is written holds another up: the ledger's head, as every change does. */
	OK(db_script(db, "UPDATE ledger_head SET seq = seq WHERE id = 1", ERR));
	check_int(pthread_create(&thread, NULL, begin_and_end, &waiting), 0);
	nanosleep(&(struct timespec){ 0, 200000000 }, NULL);
	check_false(waiting.done);
	OK(db_commit(db, ERR));
	pthread_join(thread, NULL);
	check_true(waiting.done);
	/* What fails is over, too: the next does not wait. */
	OK(db_begin(db, ERR));
	db_rollback(db);
	add_child(other, "W2", day_of(2026, 3, 1), DAY_UNKNOWN);
	check_int(COUNT(place, "SELECT count(*) FROM subject"), 2);
	beside_close(other);
	place_close(place);
}

static void refused(struct place *place, const char *spoil, const char *mend)
{
	struct err err = { 0 };
	OK(db_script(store_db(place->store), spoil, ERR));
	struct place *other = beside(place, &err);
	assert_null(other->store);
	check_int(err.code, ERR_BUSY);
	beside_close(other);
	OK(db_script(store_db(place->store), mend, ERR));
}

TEST(who_is_not_alone_and_has_other_rules_is_refused)
{
	struct place *place = place_open();
	add_child(place, "C1", day_of(2026, 3, 1), DAY_UNKNOWN);
	int64_t entries = COUNT(place, "SELECT count(*) FROM ledger");
	refused(place, "UPDATE setting SET value = 'x' || value WHERE key = 'law-mark'",
		"UPDATE setting SET value = substr(value, 2) WHERE key = 'law-mark'");
	refused(place, "UPDATE setting SET value = 'x' || value WHERE key = 'policy-mark'",
		"UPDATE setting SET value = substr(value, 2) WHERE key = 'policy-mark'");
	check_int(COUNT(place, "SELECT count(*) FROM ledger"), entries);
	struct err err = { 0 };
	struct place *other = beside(place, &err);
	assert_non_null(other->store);
	beside_close(other);
	/* Alone, it makes everything anew. */
	OK(db_script(store_db(place->store),
		"UPDATE setting SET value = 'x' WHERE key = 'law-mark'", ERR));
	place_close_store(place);
	place_open_store(place, STORE_WRITE);
	check_int(COUNT(place, "SELECT count(*) FROM ledger"), entries + 1);
	place_close(place);
}

TEST(a_calendar_that_another_took_is_followed)
{
	struct place *place = place_open();
	struct err err = { 0 };
	struct place *other = beside(place, &err);
	place_ok(other->store != NULL, &err, __FILE__, __LINE__);
	str holidays;
	bool newer;
	OK(store_calendar_holidays(other->store, other->arena, 0, &holidays, ERR));
	struct calendar_move move = { .file = S("holidays.csv") };
	OK(store_calendar_newer(place->store, &newer, ERR));
	check_false(newer);
	/* Its rows stand in order. */
	const char *next = memmem(holidays.p, holidays.n, "2027-03-26", 10);
	assert_non_null(next);
	size_t at = (size_t)(next - holidays.p);
	move.holidays = arena_format(other->arena, "%.*s2027-01-13,A day,\n%.*s",
		STR_ARGS(str_upto(holidays, at)), STR_ARGS(str_from(holidays, at)));
	OK(store_calendar_take(other->store, &place->system, &move, ERR));
	OK(store_calendar_newer(place->store, &newer, ERR));
	check_true(newer);
	check_true(calendar_is_working(store_law(place->store)->calendar, day_of(2027, 1, 13)));
	OK(store_calendar_follow(place->store, ERR));
	check_false(calendar_is_working(store_law(place->store)->calendar, day_of(2027, 1, 13)));
	OK(store_calendar_newer(place->store, &newer, ERR));
	check_false(newer);
	beside_close(other);
	place_close(place);
}

/* ---- the locks by themselves, of files of SQLite */

TEST(nobody_is_beside_before_who_keeps_it_is_ready_and_the_next_waits_for_them)
{
	struct place *place = place_new();
	char file[200];
	snprintf(file, sizeof file, "%s/x.db", place->dir);
	struct err err = { 0 };
	struct turn *keeps = turn_open(str_of(file), &err), *also = turn_open(str_of(file), &err);
	assert_non_null(keeps);
	assert_non_null(also);
	NO(turn_beside(also, ERR), ERR_MISSING); /* nobody is there */
	OK(turn_keep(keeps, ERR));
	NO(turn_keep(also, ERR), ERR_BUSY);
	turn_ready(keeps);
	OK(turn_beside(also, ERR));
	OK(turn_take(also, ERR));
	turn_give(also);
	OK(turn_take(keeps, ERR));
	turn_give(keeps);
	/* Whoever dies lets go of everything: who is beside stays, and another may keep it after them. */
	turn_close(keeps);
	turn_close(also);
	keeps = turn_open(str_of(file), &err);
	OK(turn_keep(keeps, ERR));
	turn_close(keeps);
	place_close(place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(two_who_save_at_once_both_do_and_the_chain_is_one),
		CLAIM(while_one_is_in_its_transaction_the_other_waits),
		CLAIM(who_is_not_alone_and_has_other_rules_is_refused),
		CLAIM(a_calendar_that_another_took_is_followed),
		CLAIM(nobody_is_beside_before_who_keeps_it_is_ready_and_the_next_waits_for_them),
	};
	return cmocka_run_group_tests_name("store turn", tests, NULL, NULL);
}
