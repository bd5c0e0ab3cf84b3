#include "family.h"

#include "store/inside.h"

/* The text of the record tables as the field tables are now, for a first schema or a migration. */
static void print_record_tables(void)
{
	struct buf text = { 0 };
	schema_record_tables(&text);
	fwrite(text.p, 1, text.n, stdout);
	buf_close(&text);
}

TEST(every_migration_applies_to_an_empty_database)
{
	struct place *place = place_open();
	int number;
	OK(schema_check(place->store, &number, ERR));
	check_int(number, schema_latest());
	place_close(place);
}

/* What the statement of this engine answers: a line a row. */
static str told(struct place *place, const struct sql *lite, const struct sql *post)
{
	struct buf buf = { 0 };
	struct stmt *stmt = db_use(store_db(place->store), place_postgres() ? post : lite);
	struct err err = { 0 };
	enum db_row row;
	while ((row = db_step(stmt, &err)) == DB_ROW) {
		for (int k = 0; k < 3; k++) {
			buf_str(&buf, db_text(stmt, k));
			buf_char(&buf, k == 2 ? '\n' : ' ');
		}
	}
	place_ok(row == DB_DONE, &err, __FILE__, __LINE__);
	str kept = arena_str(place->arena, buf_view(&buf));
	buf_close(&buf);
	return kept;
}

/* Each table's columns with their kinds, in whatever order. */
static str columns_of(struct place *place)
{
	static const struct sql lite = { "columns",
		"SELECT m.name, p.name, p.type FROM sqlite_schema m JOIN pragma_table_info(m.name) p "
		"WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.name" };
	static const struct sql post = { "columns",
		"SELECT table_name, column_name, data_type FROM information_schema.columns "
		"WHERE table_schema = current_schema() ORDER BY table_name, column_name" };
	return told(place, &lite, &post);
}

/* The columns in their order, with all that is said of them; each index and trigger, word by word. */
static str shape_of(struct place *place)
{
	static const struct sql lite = { "shape",
		"SELECT m.name, p.name, p.type || ' ' || p.cid || ' ' || p.\"notnull\" || ' ' || p.pk || ' ' "
		"|| coalesce(p.dflt_value, '') FROM sqlite_schema m JOIN pragma_table_info(m.name) p "
		"WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid" };
	static const struct sql post = { "shape",
		"SELECT table_name, column_name, data_type || ' ' || ordinal_position || ' ' || "
		"is_nullable || ' ' || coalesce(collation_name, '') || ' ' || "
		"coalesce(column_default, '') FROM information_schema.columns "
		"WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position" };
	static const struct sql lite_index = { "index",
		"SELECT name, type, coalesce(sql, '') FROM sqlite_schema WHERE type <> 'table' ORDER BY name" };
	static const struct sql post_index = { "index",
		"SELECT indexname, 'index', replace(indexdef, current_schema() || '.', '') FROM pg_indexes "
		"WHERE schemaname = current_schema() UNION ALL SELECT t.tgname, 'trigger', "
		"replace(pg_get_triggerdef(t.oid) || p.prosrc, current_schema() || '.', '') FROM pg_trigger t "
		"JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
		"JOIN pg_proc p ON p.oid = t.tgfoid WHERE n.nspname = current_schema() AND NOT t.tgisinternal "
		"ORDER BY 1, 2" };
	str columns = told(place, &lite, &post), rest = told(place, &lite_index, &post_index);
	return arena_format(place->arena, "%.*s%.*s", STR_ARGS(columns), STR_ARGS(rest));
}

TEST(the_record_tables_are_those_of_the_field_tables)
{
	/* A store whose record tables are made from the field tables as they are now, beside one
	 * that went through all the migrations. */
	struct place *migrated = place_open(), *made = place_new();
	struct store_options options = place_options(made, STORE_CREATE);
	struct err err = { 0 };
	made->store = store_empty(&options, &err);
	place_ok(made->store != NULL, &err, __FILE__, __LINE__);
	struct buf text = { 0 }, expanded = { 0 };
	schema_record_tables(&text);
	schema_expand(&expanded, db_engine(store_db(made->store)), buf_view(&text));
	OK(db_script(store_db(made->store), expanded.p, ERR));
	str all = columns_of(migrated), now = columns_of(made), line;
	size_t lines = 0;
	while (str_split(&now, '\n', &line)) {
		/* A difference here means: write a migration that brings the column. */
		char *found = memmem(all.p, all.n, line.p == NULL ? "" : line.p, line.n);
		if (found == NULL)
			fail_msg("no migration makes: %.*s", STR_ARGS(line));
		lines++;
	}
	check_true(lines > 400);
	buf_close(&text);
	buf_close(&expanded);
	place_close(made);
	place_close(migrated);
}

/* A store of schema 1, with what such a store would hold, as tests/store/schema_1.sql has it. */
static struct place *old_place(void)
{
	struct place *place = place_new();
	struct store_options options = place_options(place, STORE_CREATE);
	struct err err = { 0 };
	place->store = store_empty(&options, &err);
	place_ok(place->store != NULL, &err, __FILE__, __LINE__);
	OK(schema_migrate(place->store, 1, ERR));
	char path[512];
	snprintf(path, sizeof path, "%s/tests/store/schema_1.sql", getenv("DULY_ROOT"));
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	struct buf text = { 0 };
	int c;
	while ((c = getc(file)) != EOF)
		buf_char(&text, (char)c);
	fclose(file);
	buf_char(&text, '\0');
	OK(db_script(store_db(place->store), text.p, ERR));
	buf_close(&text);
	place_close_store(place);
	/* The key of the fixture is all zeros. */
	snprintf(path, sizeof path, "%s/key", place->dir);
	file = fopen(path, "wb");
	assert_non_null(file);
	static const char zeros[KEY];
	check_int(fwrite(zeros, 1, KEY, file), KEY);
	fclose(file);
	return place;
}

TEST(a_store_of_the_schema_before_is_upgraded_and_is_like_a_new_one)
{
	struct place *old = old_place(), *fresh = place_open();
	struct store_options options = place_options(old, STORE_READ);
	struct err err = { 0 };
	assert_null(store_open(&options, &err));
	check_int(err.code, ERR_BROKEN); /* who only reads changes nothing */
	place_open_store(old, STORE_WRITE); /* the server, after a newer duly was put in place */
	/* The old one went through the migrations step by step, the new one was made of all at once. */
	str was = shape_of(old), is = shape_of(fresh), was_line, is_line;
	size_t lines = 0;
	while (str_split(&was, '\n', &was_line)) {
		check_true(str_split(&is, '\n', &is_line));
		if (!str_equal(was_line, is_line))
			fail_msg("step by step %.*s; at once %.*s", STR_ARGS(was_line), STR_ARGS(is_line));
		lines++;
	}
	check_false(str_split(&is, '\n', &is_line));
	check_true(lines > 1000);
	int64_t subject;
	OK(store_subject_find(old->store, S("EX1"), SUBJECT_CHILD, S("OLD1"), &subject, ERR));
	check_int(subject, 1);
	struct stored_list list;
	OK(store_records(old->store, old->arena, subject, &child_type, &list, ERR));
	check_str(((const struct child *)list.item[0].record)->surname, "Vintage");
	add_child(old, "NEW1", day_of(2026, 9, 1), DAY_UNKNOWN);
	check_int(COUNT(old, "SELECT count(*) FROM subject"), 2);
	place_close(old);
	place_close(fresh);
}

TEST(a_migration_that_was_changed_or_is_missing_is_refused)
{
	static const char *const spoil[] = {
		"UPDATE schema_version SET sha256 = 'x' || substr(sha256, 2) WHERE number = 1",
		"DELETE FROM schema_version WHERE number = 1",
		"UPDATE schema_version SET number = 99 WHERE number = 2" };
	for (size_t i = 0; i < 3; i++) {
		struct place *place = place_open();
		OK(db_script(store_db(place->store), spoil[i], ERR));
		place_close_store(place);
		struct store_options options = place_options(place, STORE_CREATE);
		struct err err = { 0 };
		assert_null(store_open(&options, &err));
		check_int(err.code, ERR_BROKEN);
		place_close(place);
	}
}

/* Killed after its tables and its key were made, before anything else was: what says so is taken out
 * again. */
TEST(a_store_whose_making_was_cut_off_is_whole_and_is_gone_on_with)
{
	struct place *place = place_open();
	struct ledger_report report;
	check_int(COUNT(place, "SELECT seq FROM ledger_head"), 0);
	/* The calendar comes with the law's mark; the policy's is written in the step after it. */
	OK(db_script(store_db(place->store), "DELETE FROM setting WHERE key = 'policy-mark'", ERR));
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_false(report.other_law);
	OK(db_script(store_db(place->store), "DELETE FROM setting", ERR));
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_false(report.other_law);
	place_close_store(place);
	place_open_store(place, STORE_CREATE);
	check_int(COUNT(place, "SELECT count(*) FROM setting WHERE key = 'key-mark'"), 1);
	OK(store_verify(place->store, place->arena, &report, ERR));
	place_close(place);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--record-tables") == 0) {
		print_record_tables();
		return 0;
	}
	const struct CMUnitTest tests[] = {
		CLAIM(every_migration_applies_to_an_empty_database),
		CLAIM(the_record_tables_are_those_of_the_field_tables),
		CLAIM(a_store_of_the_schema_before_is_upgraded_and_is_like_a_new_one),
		CLAIM(a_migration_that_was_changed_or_is_missing_is_refused),
		CLAIM(a_store_whose_making_was_cut_off_is_whole_and_is_gone_on_with),
	};
	return cmocka_run_group_tests_name("store schema", tests, NULL, NULL);
}
