#include "store/inside.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define TEXT(name) extern const unsigned char store_schema_##name[]; \
	extern const size_t store_schema_##name##_size;
TEXT(001_fixed) TEXT(001_records) TEXT(002)
TEXT(003_policy) TEXT(003_identity) TEXT(003_records) TEXT(003_tracker) TEXT(003_lists)
TEXT(003_child) TEXT(003_cover) TEXT(003_proof) TEXT(003_manage)
TEXT(003_council) TEXT(003_bookings)
TEXT(004_desk) TEXT(004_events) TEXT(004_local) TEXT(004_calendar)
TEXT(004_family) TEXT(004_matter) TEXT(004_bookings)
TEXT(005_ssda903) TEXT(005_census) TEXT(005_annex) TEXT(005_quality) TEXT(005_calendar) TEXT(005_lists)
TEXT(005_check)
TEXT(006_reviews)
TEXT(006_search)
#undef TEXT
#define TEXT(name) { store_schema_##name, &store_schema_##name##_size }

enum { PARTS = 12 };

/* Append only: a text that was ever released is never changed; a test and every start compare its
 * hash. What the record types need beyond it is a further migration. */
struct migration {
	int number;
	const char *name;
	struct {
		const unsigned char *text;
		const size_t *size;
	} part[PARTS];
};

static const struct migration migrations[] = {
	{ 1, "the beginning", { TEXT(001_fixed), TEXT(001_records) } },
	{ 2, "waking days and sibling groups", { TEXT(002) } },
	{ 3, "the desk",
		{ TEXT(003_policy), TEXT(003_identity), TEXT(003_records), TEXT(003_tracker),
			TEXT(003_lists), TEXT(003_child), TEXT(003_cover), TEXT(003_proof),
			TEXT(003_manage), TEXT(003_council), TEXT(003_bookings) } },
	{ 4, "every clock", { TEXT(004_desk), TEXT(004_events), TEXT(004_local),
			TEXT(004_calendar), TEXT(004_family), TEXT(004_matter),
			TEXT(004_bookings) } },
	{ 5, "the returns", { TEXT(005_ssda903), TEXT(005_census), TEXT(005_annex),
			TEXT(005_quality), TEXT(005_calendar),
			TEXT(005_lists), TEXT(005_check) } },
	{ 6, "reviews in parts, and a search that hides", { TEXT(006_reviews), TEXT(006_search) } },
};

enum { MIGRATIONS = sizeof migrations / sizeof *migrations };

SQL(schema_versions, "SELECT number, name, sha256 FROM schema_version ORDER BY number");
SQL(schema_version_add,
	"INSERT INTO schema_version (number, name, sha256, at) VALUES ($1, $2, $3, $4)");
SQL(ledger_head_first, "INSERT INTO ledger_head (id, seq, hash) VALUES (1, 0, $1)");

int schema_latest(void)
{
	return migrations[MIGRATIONS - 1].number;
}

static void text_of(struct buf *buf, const struct migration *migration)
{
	for (size_t i = 0; i < PARTS && migration->part[i].text != NULL; i++)
		buf_bytes(buf, migration->part[i].text, *migration->part[i].size);
}

static void hash_of(const struct migration *migration, char hex[static 65])
{
	struct buf text = { 0 };
	text_of(&text, migration);
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)text.p, text.n);
	sodium_bin2hex(hex, 65, hash, sizeof hash);
	buf_close(&text);
}

/* ---- the words that differ */

static void append_only(struct buf *buf, enum db_engine engine, str table)
{
	static const char *const act[] = { "UPDATE", "DELETE" };
	if (engine == DB_POSTGRES)
		buf_format(buf,
			"CREATE FUNCTION %.*s_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
			"BEGIN RAISE EXCEPTION '%.*s only grows'; END $$;\n",
			STR_ARGS(table), STR_ARGS(table));
	for (size_t i = 0; i < 2; i++) {
		buf_format(buf, "CREATE TRIGGER %.*s_no_%s BEFORE %s ON %.*s ", STR_ARGS(table),
			act[i], act[i], STR_ARGS(table));
		if (engine == DB_POSTGRES)
			buf_format(buf, "FOR EACH ROW EXECUTE FUNCTION %.*s_only_grows();\n",
				STR_ARGS(table));
		else
			buf_format(buf, "BEGIN SELECT RAISE(ABORT, '%.*s only grows'); END;\n",
				STR_ARGS(table));
	}
}

static const struct {
	str word, engine[2];
} words[] = {
	{ S_INIT("{int}"), { S_INIT("INTEGER"), S_INIT("BIGINT") } },
	{ S_INIT("{text}"), { S_INIT("TEXT"), S_INIT("TEXT COLLATE \"C\"") } },
	{ S_INIT("{bytes}"), { S_INIT("BLOB"), S_INIT("BYTEA") } },
	{ S_INIT("{strict}"), { S_INIT(" STRICT"), S_INIT("") } },
	{ S_INIT("{keyed}"), { S_INIT(" STRICT, WITHOUT ROWID"), S_INIT("") } },
};

void schema_expand(struct buf *buf, enum db_engine engine, str text)
{
	static const str directive = S_INIT("@append-only ");
	while (text.n > 0) {
		size_t taken = 0;
		bool line_starts = buf->n == 0 || buf->p[buf->n - 1] == '\n';
		if (line_starts && str_starts(text, directive)) {
			str table = str_upto(str_from(text, directive.n),
				str_find(str_from(text, directive.n), ';'));
			append_only(buf, engine, table);
			taken = directive.n + table.n + 1;
		}
		for (size_t i = 0; taken == 0 && i < sizeof words / sizeof *words; i++) {
			if (str_starts(text, words[i].word)) {
				buf_str(buf, words[i].engine[engine]);
				taken = words[i].word.n;
			}
		}
		if (taken == 0) {
			buf_char(buf, text.p[0]);
			taken = 1;
		}
		text = str_from(text, taken);
	}
	buf_char(buf, '\0');
	buf->n--;
}

/* ---- the tables of the record types */

static void field_columns(struct buf *buf, const struct record_type *type)
{
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		if (field->kind == KIND_WHEN)
			buf_format(buf, "\t\"%s_on\" {int},\n\t\"%s_at\" {int},\n", field->name,
				field->name);
		else
			buf_format(buf, "\t\"%s\" %s,\n", field->name,
				field->kind == KIND_TEXT ? "{text}" : "{int}");
	}
}

void schema_record_tables(struct buf *buf)
{
	for (size_t i = 0; i < record_types_n; i++) {
		const struct record_type *type = record_types[i];
		str name = type->name;
		buf_format(buf,
			"\nCREATE TABLE record_%.*s (\n\tid {int} PRIMARY KEY,\n"
			"\tversion {int} NOT NULL,\n\tsubject {int} NOT NULL,\n"
			"\timport {int} NOT NULL,\n\tby_hand {int} NOT NULL,\n"
			"\tdraft {int} NOT NULL,\n\tcame_by {text} NOT NULL,\n",
			STR_ARGS(name));
		field_columns(buf, type);
		buf_format(buf,
			"\twithdrawn_at {int},\n\twithdrawn_reason {text}\n){strict};\n"
			"CREATE INDEX record_%.*s_by_subject ON record_%.*s (subject);\n",
			STR_ARGS(name), STR_ARGS(name));
		buf_format(buf,
			"CREATE TABLE version_%.*s (\n\tid {int} NOT NULL,\n"
			"\tversion {int} NOT NULL,\n\tsubject {int} NOT NULL,\n"
			"\timport {int} NOT NULL,\n\tby_hand {int} NOT NULL,\n"
			"\tdraft {int} NOT NULL,\n\tcame_by {text} NOT NULL,\n"
			"\twithdrawn {int} NOT NULL,\n",
			STR_ARGS(name));
		field_columns(buf, type);
		buf_format(buf,
			"\tchanged_at {int} NOT NULL,\n\tactor {int} NOT NULL,\n\twhy {text},\n"
			"\tsave {int} NOT NULL,\n\tdigest {bytes} NOT NULL,\n"
			"\tPRIMARY KEY (id, version)\n){keyed};\n@append-only version_%.*s;\n",
			STR_ARGS(name));
	}
}

/* ---- which schema is there, and the way to the next */

static const char *const version_table = "CREATE TABLE IF NOT EXISTS schema_version ("
					 "number {int} PRIMARY KEY, name {text} NOT NULL, "
					 "sha256 {text} NOT NULL, at {int} NOT NULL){strict}";

bool schema_check(struct store *store, int *number, struct err *err)
{
	*number = 0;
	struct stmt *stmt = db_use(store->db, &schema_versions);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t found = db_int(stmt, 0);
		if (found > schema_latest()) {
			db_reset(stmt);
			return err_set(err, ERR_BROKEN,
				"this store is of schema %lld and this duly knows %d: use a newer duly",
				(long long)found, schema_latest());
		}
		char hex[65];
		bool same = found == *number + 1;
		if (same)
			hash_of(&migrations[found - 1], hex);
		if (!same || !str_equal(db_text(stmt, 2), str_of(hex))) {
			db_reset(stmt);
			return err_set(err, ERR_BROKEN,
				"schema %d of this store is not the one that this duly knows",
				*number + 1);
		}
		*number = (int)found;
	}
	return row == DB_DONE;
}

/* A version may lose its content in one way: under a tombstone, with everything else as it was. */
static void version_trigger(struct buf *buf, enum db_engine engine, const struct type_sql *sql)
{
	str t = sql->version_table;
	struct buf same = { 0 };
	buf_lit(&same, "EXISTS (SELECT 1 FROM tombstone s WHERE s.record = OLD.id AND s.version = "
		       "OLD.version AND s.digest = NEW.digest) AND NEW.why IS NULL");
	for (size_t i = 0; i < sql->version_columns; i++) {
		const char *column = sql->version_column[i];
		if (column[0] == '"')
			buf_format(&same, " AND NEW.%s IS NULL", column);
		else if (strcmp(column, "why") != 0)
			buf_format(&same, " AND NEW.%s = OLD.%s", column, column);
	}
	if (engine == DB_POSTGRES)
		buf_format(buf,
			"DROP TRIGGER %.*s_no_UPDATE ON %.*s;\nCREATE OR REPLACE FUNCTION "
			"%.*s_expunged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT (%.*s) THEN "
			"RAISE EXCEPTION '%.*s only grows'; END IF; RETURN NEW; END $$;\n"
			"CREATE TRIGGER %.*s_no_UPDATE BEFORE UPDATE ON %.*s FOR EACH ROW EXECUTE "
			"FUNCTION %.*s_expunged();\n",
			STR_ARGS(t), STR_ARGS(t), STR_ARGS(t), STR_ARGS(buf_view(&same)), STR_ARGS(t),
			STR_ARGS(t), STR_ARGS(t), STR_ARGS(t));
	else
		buf_format(buf,
			"DROP TRIGGER %.*s_no_UPDATE;\nCREATE TRIGGER %.*s_no_UPDATE BEFORE UPDATE ON "
			"%.*s WHEN NOT (%.*s) BEGIN SELECT RAISE(ABORT, '%.*s only grows'); END;\n",
			STR_ARGS(t), STR_ARGS(t), STR_ARGS(t), STR_ARGS(buf_view(&same)), STR_ARGS(t));
	buf_close(&same);
}

static bool version_triggers(struct store *store, struct err *err)
{
	struct buf made = { 0 };
	for (size_t i = 0; i < record_types_n; i++)
		version_trigger(&made, db_engine(store->db), &store->type[i]);
	buf_char(&made, '\0');
	bool done = db_script(store->db, made.p, err);
	buf_close(&made);
	return done;
}

static bool note_version(struct store *store, const struct migration *migration, struct err *err)
{
	char hex[65];
	hash_of(migration, hex);
	struct stmt *stmt = db_use(store->db, &schema_version_add);
	db_bind_int(stmt, 1, migration->number);
	db_bind_text(stmt, 2, str_of(migration->name));
	db_bind_text(stmt, 3, str_of(hex));
	db_bind_int(stmt, 4, store_now(store));
	return db_do(stmt, err);
}

static bool begin_ledger(struct store *store, struct err *err)
{
	static const unsigned char zero[DIGEST];
	struct stmt *head = db_use(store->db, &ledger_head_first);
	db_bind_bytes(head, 1, str_bytes(zero, sizeof zero));
	return db_do(head, err);
}

static bool apply(struct store *store, const struct migration *migration, struct err *err)
{
	struct buf text = { 0 }, made = { 0 };
	text_of(&text, migration);
	schema_expand(&made, db_engine(store->db), buf_view(&text));
	bool done = db_script(store->db, made.p, err);
	buf_close(&text);
	buf_close(&made);
	if (done && migration->number == 3)
		done = tree_build(store, err); /* the entries that were there become leaves */
	if (done && migration->number == schema_latest())
		done = version_triggers(store, err);
	return done && note_version(store, migration, err);
}

/* A store that is new. */
static bool make(struct store *store, int upto, struct err *err)
{
	struct buf text = { 0 }, expanded = { 0 }, made = { 0 };
	for (size_t i = 0; i < MIGRATIONS && migrations[i].number <= upto; i++)
		text_of(&text, &migrations[i]);
	schema_expand(&expanded, db_engine(store->db), buf_view(&text));
	schema_gather(&made, buf_view(&expanded));
	bool done = db_script(store->db, made.p, err) && begin_ledger(store, err) &&
		(upto < schema_latest() || version_triggers(store, err));
	buf_close(&text);
	buf_close(&expanded);
	buf_close(&made);
	for (size_t i = 0; done && i < MIGRATIONS && migrations[i].number <= upto; i++)
		done = note_version(store, &migrations[i], err);
	return done;
}

/* One migration, or of a new store all of them. */
static bool step(struct store *store, const struct migration *migration, int upto, struct err *err)
{
	int number;
	if (!schema_check(store, &number, err))
		return false;
	if (number == 0)
		return make(store, upto, err);
	return number >= migration->number || apply(store, migration, err);
}

bool schema_migrate(struct store *store, int upto, struct err *err)
{
	struct buf first = { 0 };
	schema_expand(&first, db_engine(store->db), str_of(version_table));
	bool done = db_begin(store->db, err) && db_lock_schema(store->db, err) &&
		db_script(store->db, first.p, err) && db_commit(store->db, err);
	db_rollback(store->db);
	buf_close(&first);
	for (size_t i = 0; done && i < MIGRATIONS && migrations[i].number <= upto; i++) {
		done = db_begin(store->db, err) && db_lock_schema(store->db, err) &&
			step(store, &migrations[i], upto, err) && db_commit(store->db, err);
		db_rollback(store->db);
	}
	return done;
}
