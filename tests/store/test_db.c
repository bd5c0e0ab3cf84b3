#include "place.h"

#include "store/engine.h"
#include "store/inside.h"
#include "store/list.h"
#include "store/person.h"

/* Every SQL() of the store that is linked in: the linker collects them. */
extern const struct sql *const __start_duly_sql[], *const __stop_duly_sql[];

/* So that each file of the store is linked in, with its statements. */
static void (*const volatile linked[])(void) = { (void (*)(void))store_caseload,
	(void (*)(void))store_person_add, (void (*)(void))store_verify,
	(void (*)(void))store_backup, (void (*)(void))store_import_begin,
	(void (*)(void))store_save };

TEST(every_statement_is_prepared_and_runs_on_the_engine)
{
	struct place *place = place_open();
	struct db *db = store_db(place->store);
	size_t n = (size_t)(__stop_duly_sql - __start_duly_sql);
	check_true(linked[0] != NULL);
	check_true(n > 60);
	for (size_t i = 0; i < n; i++) {
		const struct sql *sql = __start_duly_sql[i];
		/* A plan is made and nothing is done: parameters are NULL. */
		struct buf text = { 0 };
		buf_format(&text, "%s %s",
			place_postgres() ? "EXPLAIN (COSTS OFF)" : "EXPLAIN QUERY PLAN", sql->text);
		struct sql *explain = arena_new(place->law_arena, struct sql);
		*explain = (struct sql){ sql->name, arena_text(place->law_arena, buf_view(&text)) };
		buf_close(&text);
		struct stmt *stmt = db_use(db, explain);
		for (int p = 1; p <= 100 && strstr(sql->text, "$") != NULL; p++) {
			char name[8];
			snprintf(name, sizeof name, "$%d", p);
			if (strstr(sql->text, name) != NULL)
				db_bind_null(stmt, p);
		}
		struct err err = { 0 };
		if (!db_do(stmt, &err))
			fail_msg("%s: %s", sql->name, err.text);
	}
	place_close(place);
}

TEST(words_that_mean_different_things_to_the_engines_are_in_no_statement)
{
	static const char *const banned[] = { "greatest(", "least(", "group_concat", "string_agg",
		"json_", "CURRENT_", "date('", "now()", "avg(", "BOOLEAN", "::", "ifnull", "datetime",
		"strftime", "random(", "ILIKE", "REPLACE INTO", "rowid" };
	for (const struct sql *const *at = __start_duly_sql; at < __stop_duly_sql; at++) {
		for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
			if (strstr((*at)->text, banned[i]) != NULL)
				fail_msg("%s says %s", (*at)->name, banned[i]);
		}
	}
}

static void check_rewrite(const char *text, const char *want)
{
	struct buf buf = { 0 };
	db_sqlite_rewrite(&buf, str_of(text));
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

TEST(parameters_are_rewritten_outside_of_quotes_and_comments_only)
{
	check_rewrite("SELECT $1, $23", "SELECT ?1, ?23");
	check_rewrite("SELECT '$1', \"$2\", $3", "SELECT '$1', \"$2\", ?3");
	check_rewrite("SELECT 'it''s $1' -- $2\n, $3", "SELECT 'it''s $1' -- $2\n, ?3");
	check_rewrite("/* $1 */ $2 /**/ $3 /*/ $4 */ $5", "/* $1 */ ?2 /**/ ?3 /*/ $4 */ ?5");
	check_rewrite("'unfinished $1", "'unfinished $1");
	check_rewrite("/* unfinished $1", "/* unfinished $1");
	check_rewrite("$ $x a$b $", "$ $x a$b $");
}

TEST(rewriting_keeps_every_byte_but_the_dollar)
{
	uint64_t seed = 7;
	static const char letters[] = "$$1'\"-/*\n a";
	for (int turn = 0; turn < 20000; turn++) {
		char text[24];
		size_t n = 0;
		for (; n < sizeof text; n++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			text[n] = letters[(seed >> 33) % (sizeof letters - 1)];
		}
		struct buf buf = { 0 };
		db_sqlite_rewrite(&buf, (str){ text, n });
		check_int(buf.n, n);
		for (size_t i = 0; i < n; i++)
			check_true(buf.p[i] == text[i] || (text[i] == '$' && buf.p[i] == '?'));
		buf_close(&buf);
	}
}

TEST(what_is_bound_comes_back_and_a_null_is_told_from_an_empty_text)
{
	struct place *place = place_open();
	struct db *db = store_db(place->store);
	OK(db_script(db,
		place_postgres() ? "CREATE TABLE probe (n BIGINT, t TEXT, b BYTEA)"
				 : "CREATE TABLE probe (n INTEGER, t TEXT, b BLOB) STRICT",
		ERR));
	static const struct sql add = { "add", "INSERT INTO probe (n, t, b) VALUES ($1, $2, $3)" };
	static const struct sql all = { "all", "SELECT n, t, b FROM probe ORDER BY n" };
	static const char *const columns[] = { "n", "t", "b" };
	struct stmt *stmt = db_use(db, &add);
	db_bind_int(stmt, 1, INT64_MAX);
	db_bind_text(stmt, 2, (str){ 0 });
	db_bind_bytes(stmt, 3, S("\0\\\xff"));
	OK(db_do(stmt, ERR));
	check_int(db_changed(db), 1);
	struct err err = { 0 };
	struct db_load *load = db_load_open(db, S("probe"), columns, 3, &err);
	assert_non_null(load);
	db_load_int(load, INT64_MIN);
	db_load_text(load, S("tab\t line\n back\\slash \\N é"));
	db_load_bytes(load, S("\0\n\t\\"));
	db_load_null(load);
	db_load_null(load);
	db_load_null(load);
	OK(db_load_close(load, ERR));
	stmt = db_use(db, &all);
	check_int(db_step(stmt, &err), DB_ROW);
	bool nulls_first = db_is_null(stmt, 0);
	if (nulls_first)
		check_int(db_step(stmt, &err), DB_ROW);
	check_true(db_int(stmt, 0) == INT64_MIN);
	check_str(db_text(stmt, 1), "tab\t line\n back\\slash \\N é");
	check_true(str_equal(db_bytes(stmt, 2), S("\0\n\t\\")));
	check_int(db_step(stmt, &err), DB_ROW);
	check_true(db_int(stmt, 0) == INT64_MAX);
	check_false(db_is_null(stmt, 1));
	check_int(db_text(stmt, 1).n, 0);
	check_true(str_equal(db_bytes(stmt, 2), S("\0\\\xff")));
	db_reset(stmt);
	place_close(place);
}

TEST(a_failed_statement_says_what_kind_of_failure_it_was)
{
	struct place *place = place_open();
	struct db *db = store_db(place->store);
	OK(db_script(db, "INSERT INTO setting (key, value) VALUES ('a', 'b')", ERR));
	NO(db_script(db, "INSERT INTO setting (key, value) VALUES ('a', 'c')", ERR), ERR_DUPLICATE);
	NO(db_script(db, "INSERT INTO setting (key) VALUES ('d')", ERR), ERR_INPUT);
	NO(db_script(db, "INSERT INTO ledger_head (id, seq, hash) SELECT 2, 0, hash FROM ledger_head",
		   ERR),
		ERR_INPUT);
	static const unsigned char token[32] = { 1 };
	static const struct sql add = { "add",
		"INSERT INTO session (token, person, began_at, seen_at) VALUES ($1, 99, 0, 0)" };
	struct stmt *stmt = db_use(db, &add);
	db_bind_bytes(stmt, 1, str_bytes(token, sizeof token));
	NO(db_do(stmt, ERR), ERR_MISSING);
	place_close(place);
}

TEST(a_reader_cannot_write)
{
	struct place *place = place_open();
	struct err err = { 0 };
	struct store *reader = store_reader(place->store, &err);
	assert_non_null(reader);
	NO(db_script(store_db(reader), "DELETE FROM setting", ERR), ERR_DENIED);
	NO(db_script(store_db(reader), "CREATE TABLE x (y INTEGER)", ERR), ERR_DENIED);
	store_close(reader);
	place_close(place);
}

TEST(what_is_rolled_back_is_gone_and_a_savepoint_undoes_only_itself)
{
	struct place *place = place_open();
	struct db *db = store_db(place->store);
	int64_t before = COUNT(place, "SELECT count(*) FROM setting");
	OK(db_begin(db, ERR));
	OK(db_script(db, "INSERT INTO setting (key, value) VALUES ('a', '')", ERR));
	OK(db_savepoint(db, ERR));
	NO(db_script(db, "INSERT INTO setting (key, value) VALUES ('a', '')", ERR), ERR_DUPLICATE);
	db_rollback_to(db);
	OK(db_commit(db, ERR));
	check_int(COUNT(place, "SELECT count(*) FROM setting"), before + 1);
	OK(db_begin(db, ERR));
	OK(db_script(db, "DELETE FROM setting", ERR));
	db_rollback(db);
	check_int(COUNT(place, "SELECT count(*) FROM setting"), before + 1);
	place_close(place);
}

TEST(a_second_process_may_not_write_a_sqlite_store)
{
	struct place *place = place_open();
	struct store_options options = place_options(place, STORE_WRITE);
	options.database = (str){ 0 };
	struct err err = { 0 };
	if (place_postgres()) { /* there, any number may */
		options.database = str_of(place->url);
		struct store *other = store_open(&options, &err);
		assert_non_null(other);
		store_close(other);
	} else {
		assert_null(store_open(&options, &err));
		check_int(err.code, ERR_BUSY);
	}
	place_close(place);
}

TEST(a_wrong_database_is_refused_with_what_to_write)
{
	struct err err = { 0 };
	assert_null(db_open(S("mysql://x"), DB_WRITE, &err));
	check_int(err.code, ERR_INPUT);
	assert_null(db_open(S("sqlite:/nowhere/at/all.db"), DB_READ, &err));
	check_int(err.code, ERR_MISSING);
	assert_null(db_open(S("postgresql://nobody@127.0.0.1:1/none"), DB_READ, &err));
	check_int(err.code, ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_statement_is_prepared_and_runs_on_the_engine),
		CLAIM(words_that_mean_different_things_to_the_engines_are_in_no_statement),
		CLAIM(parameters_are_rewritten_outside_of_quotes_and_comments_only),
		CLAIM(rewriting_keeps_every_byte_but_the_dollar),
		CLAIM(what_is_bound_comes_back_and_a_null_is_told_from_an_empty_text),
		CLAIM(a_failed_statement_says_what_kind_of_failure_it_was),
		CLAIM(a_reader_cannot_write),
		CLAIM(what_is_rolled_back_is_gone_and_a_savepoint_undoes_only_itself),
		CLAIM(a_second_process_may_not_write_a_sqlite_store),
		CLAIM(a_wrong_database_is_refused_with_what_to_write),
	};
	return cmocka_run_group_tests_name("store db", tests, NULL, NULL);
}
