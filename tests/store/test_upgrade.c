/* Stores as the releases of schema 2 to 5 left them, brought to the schema of now, on both engines.
 *
 * schema_N.txt is what such a release wrote, table by table: of schema 2 a demonstration, of schemas
 * 3 to 5 one in which every form was sent once (its own proof over all routes). Values stand with tabs
 * between: ~ is NULL, 'words with %09 for a tab, xhex for bytes, and whole numbers. The tables are made
 * by the migrations of this program, whose texts a hash holds to those that were released.
 */
#include "family.h"

#include "store/inside.h"

#include <stdlib.h>

enum { COLUMNS = 80 };

struct old_table {
	str name;
	const char **column;
	size_t columns;
	str *row; /* as they stand in the file, in order */
	size_t n, room;
};
struct old_store {
	str key, checkpoint; /* hex */
	struct old_table table[140];
	size_t n;
	char *bytes;
};

static void take_row(struct arena *arena, struct old_table *table, str line)
{
	if (table->n == table->room) {
		size_t room = table->room == 0 ? 64 : table->room * 2;
		str *grown = arena_take(arena, room, sizeof *grown);
		if (table->n > 0)
			memcpy(grown, table->row, table->n * sizeof *grown);
		table->row = grown;
		table->room = room;
	}
	table->row[table->n++] = line;
}

static void take_table(struct arena *arena, struct old_store *old, str rest)
{
	must(old->n < sizeof old->table / sizeof *old->table);
	struct old_table *table = &old->table[old->n++];
	str word;
	table->column = arena_take(arena, COLUMNS, sizeof *table->column);
	str_split(&rest, ' ', &table->name);
	while (rest.n > 0 && str_split(&rest, ' ', &word)) {
		must(table->columns < COLUMNS);
		table->column[table->columns++] =
			arena_format(arena, "\"%.*s\"", STR_ARGS(word)).p;
	}
}

static struct old_store *old_read(struct arena *arena, int number)
{
	char path[512];
	struct buf text = { 0 };
	int c;
	snprintf(path, sizeof path, "%s/tests/store/schema_%d.txt", getenv("DULY_ROOT"), number);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while ((c = getc(file)) != EOF)
		buf_char(&text, (char)c);
	fclose(file);
	struct old_store *old = arena_new(arena, struct old_store);
	str rest = arena_str(arena, buf_view(&text)), line;
	buf_close(&text);
	while (rest.n > 0 && str_split(&rest, '\n', &line)) {
		if (str_starts(line, S("key ")))
			old->key = str_from(line, 4);
		else if (str_starts(line, S("checkpoint ")))
			old->checkpoint = str_from(line, 11);
		else if (str_starts(line, S("table ")))
			take_table(arena, old, str_from(line, 6));
		else
			take_row(arena, &old->table[old->n - 1], line);
	}
	return old;
}

static int hex_of(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

static str bytes_of_hex(struct arena *arena, str hex)
{
	char *bytes = arena_take(arena, hex.n / 2 + 1, 1);
	for (size_t i = 0; i < hex.n / 2; i++)
		bytes[i] = (char)(hex_of(hex.p[2 * i]) * 16 + hex_of(hex.p[2 * i + 1]));
	return (str){ bytes, hex.n / 2 };
}

static str words_of(struct arena *arena, str written)
{
	char *words = arena_take(arena, written.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < written.n; i++) {
		if (written.p[i] == '%') {
			words[n++] = (char)(hex_of(written.p[i + 1]) * 16 + hex_of(written.p[i + 2]));
			i += 2;
		} else {
			words[n++] = written.p[i];
		}
	}
	return (str){ words, n };
}

static void load_value(struct arena *arena, struct db_load *load, str value)
{
	int64_t number;
	if (str_equal(value, S("~")))
		db_load_null(load);
	else if (value.n > 0 && value.p[0] == '\'')
		db_load_text(load, words_of(arena, str_from(value, 1)));
	else if (value.n > 0 && value.p[0] == 'x')
		db_load_bytes(load, bytes_of_hex(arena, str_from(value, 1)));
	else {
		must(str_int(value, &number));
		db_load_int(load, number);
	}
}

static void load_table(struct place *place, const struct old_table *table)
{
	struct err err = { 0 };
	char clear[160];
	struct db *db = store_db(place->store);
	/* What a migration itself begins. */
	if (str_equal(table->name, S("counter")) || str_equal(table->name, S("ledger_head"))) {
		snprintf(clear, sizeof clear, "DELETE FROM %.*s", STR_ARGS(table->name));
		OK(db_script(db, clear, ERR));
	}
	struct db_load *load = db_load_open(db, table->name, table->column, table->columns, &err);
	place_ok(load != NULL, &err, __FILE__, __LINE__);
	for (size_t i = 0; i < table->n; i++) {
		str rest = table->row[i], value;
		size_t n = 0;
		while (n < table->columns && str_split(&rest, '\t', &value)) {
			load_value(place->arena, load, value);
			n++;
		}
		check_int(n, table->columns);
		OK(db_load_flush(load, ERR));
	}
	OK(db_load_close(load, ERR));
}

static void write_file(struct place *place, const char *name, str bytes)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", place->dir, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	check_int(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
	fclose(file);
}

static struct place *old_place(int number, struct old_store **read)
{
	struct place *place = place_new();
	struct store_options options = place_options(place, STORE_CREATE);
	struct err err = { 0 };
	struct old_store *old = *read = old_read(place->law_arena, number);
	place->store = store_empty(&options, &err);
	place_ok(place->store != NULL, &err, __FILE__, __LINE__);
	OK(schema_migrate(place->store, number, ERR));
	OK(db_begin(store_db(place->store), ERR));
	for (size_t i = 0; i < old->n; i++)
		load_table(place, &old->table[i]);
	OK(db_commit(store_db(place->store), ERR));
	place_close_store(place);
	write_file(place, "key", bytes_of_hex(place->arena, old->key));
	if (old->checkpoint.n > 0)
		write_file(place, "checkpoint.key", bytes_of_hex(place->arena, old->checkpoint));
	return place;
}

/* ---- what is there after it */

/* Made anew from the records, or what an upgrade itself writes. */
static bool is_made_anew(str table)
{
	static const str made[] = { S_INIT("access"), S_INIT("child_row"), S_INIT("clock"),
		S_INIT("counter"), S_INIT("ledger_head"), S_INIT("matter_row"), S_INIT("search_key"),
		S_INIT("setting"),
		S_INIT("subject"), S_INIT("wake"), S_INIT("tree") };
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		if (str_equal(table, made[i]))
			return true;
	}
	return str_starts(table, S("monday"));
}

/* The kind of a column: that of its first value that is known. */
static char kind_of(const struct old_table *table, size_t column)
{
	for (size_t i = 0; i < table->n; i++) {
		str rest = table->row[i], value = { 0 };
		for (size_t k = 0; k <= column; k++)
			str_split(&rest, '\t', &value);
		if (!str_equal(value, S("~")))
			return value.n > 0 && (value.p[0] == '\'' || value.p[0] == 'x') ? value.p[0] : 'i';
	}
	return 'i';
}

static void buf_value(struct buf *buf, struct stmt *stmt, int column, char kind)
{
	static const char digits[] = "0123456789abcdef";
	if (db_is_null(stmt, column)) {
		buf_lit(buf, "~");
	} else if (kind == 'i') {
		buf_format(buf, "%lld", (long long)db_int(stmt, column));
	} else {
		str value = kind == 'x' ? db_bytes(stmt, column) : db_text(stmt, column);
		buf_char(buf, kind);
		for (size_t i = 0; i < value.n; i++) {
			unsigned char c = (unsigned char)value.p[i];
			bool escaped = c == '%' || c == '\t' || c == '\n' || c == '\r';
			if (kind == '\'' && escaped)
				buf_char(buf, '%');
			if (kind == 'x' || escaped) {
				buf_char(buf, digits[c >> 4]);
				buf_char(buf, digits[c & 15]);
			} else {
				buf_char(buf, (char)c);
			}
		}
	}
}

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

/* Every row of before, with each of its values. */
static void nothing_is_lost(struct place *place, struct old_table *table)
{
	struct buf text = { 0 };
	struct sql *sql = arena_new(place->law_arena, struct sql);
	struct old_table now = { .n = 0 };
	char *kind = arena_take(place->law_arena, table->columns, 1);
	struct err err = { 0 };
	enum db_row row;
	buf_lit(&text, "SELECT ");
	for (size_t i = 0; i < table->columns; i++) {
		buf_format(&text, "%s%s", i > 0 ? ", " : "", table->column[i]);
		kind[i] = kind_of(table, i);
	}
	buf_format(&text, " FROM %.*s", STR_ARGS(table->name));
	*sql = (struct sql){ "before", arena_text(place->law_arena, buf_view(&text)) };
	struct stmt *stmt = db_use(store_db(place->store), sql);
	while ((row = db_step(stmt, &err)) == DB_ROW) {
		buf_clear(&text);
		for (size_t i = 0; i < table->columns; i++) {
			if (i > 0)
				buf_char(&text, '\t');
			buf_value(&text, stmt, (int)i, kind[i]);
		}
		take_row(place->arena, &now, arena_str(place->arena, buf_view(&text)));
	}
	place_ok(row == DB_DONE, &err, __FILE__, __LINE__);
	buf_close(&text);
	check_true(now.n >= table->n);
	qsort(now.row, now.n, sizeof *now.row, by_bytes);
	for (size_t i = 0; i < table->n; i++) {
		if (bsearch(&table->row[i], now.row, now.n, sizeof *now.row, by_bytes) == NULL)
			fail_msg("%.*s has lost %.*s", STR_ARGS(table->name), STR_ARGS(table->row[i]));
	}
}

static void whole(struct place *place)
{
	struct ledger_report report;
	OK(store_verify(place->store, place->arena, &report, ERR));
	check_false(report.other_law);
	check_true(report.children > 0);
}

static void upgrade(int number)
{
	struct old_store *old;
	struct place *place = old_place(number, &old), *other = place_new();
	/* Only who may upgrade does. */
	struct store_options options = place_options(place, STORE_READ);
	struct err err = { 0 };
	assert_null(store_open(&options, &err));
	check_int(err.code, ERR_BROKEN);
	place_open_store(place, STORE_CREATE);
	size_t compared = 0, rows = 0;
	for (size_t i = 0; i < old->n; i++) {
		if (is_made_anew(old->table[i].name))
			continue;
		nothing_is_lost(place, &old->table[i]);
		compared++;
		rows += old->table[i].n;
	}
	check_true(compared >= (number == 2 ? 30 : 70));
	check_true(rows > (number == 2 ? 400 : 1500));
	/* Clocks, lists and access are what follows from the records by the rules of now; all of it is
	 * what the ledger tells of. */
	whole(place);
	check_true(COUNT(place, "SELECT count(*) FROM clock") > 0);
	/* Upgraded, it is copied and comes back, and goes on. */
	str file = arena_format(place->arena, "%s/store.backup", place->dir);
	OK(store_backup(place->store, file, ERR));
	options = place_options(other, STORE_CREATE);
	OK(store_restore(&options, file, ERR));
	other->now = place->now;
	place_open_store(other, STORE_WRITE);
	whole(other);
	for (size_t i = 0; i < old->n; i++) {
		str name = old->table[i].name;
		if (str_starts(name, S("record_")) || str_starts(name, S("version_")) ||
			str_equal(name, S("event")) || str_equal(name, S("person")) ||
			str_equal(name, S("cover_child")))
			nothing_is_lost(other, &old->table[i]);
	}
	add_child(other, "NEW1", day_of(2026, 9, 1), DAY_UNKNOWN);
	whole(other);
	place_close(other);
	place_close(place);
}

TEST(a_store_of_schema_2_is_upgraded_with_all_that_it_holds)
{
	upgrade(2);
}

TEST(a_store_of_schema_3_is_upgraded_with_all_that_it_holds)
{
	upgrade(3);
}

TEST(a_store_of_schema_4_is_upgraded_with_all_that_it_holds)
{
	upgrade(4);
}

TEST(a_store_of_schema_5_is_upgraded_with_all_that_it_holds)
{
	upgrade(5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_store_of_schema_2_is_upgraded_with_all_that_it_holds),
		CLAIM(a_store_of_schema_3_is_upgraded_with_all_that_it_holds),
		CLAIM(a_store_of_schema_5_is_upgraded_with_all_that_it_holds),
		CLAIM(a_store_of_schema_4_is_upgraded_with_all_that_it_holds),
	};
	return cmocka_run_group_tests_name("store upgrade", tests, NULL, NULL);
}
