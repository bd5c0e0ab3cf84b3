/* rows.c - records as rows: the statements of each type, made from its field table, and the way of
 * a struct into columns and back. */
#include "store/inside.h"

#include <sodium.h>
#include <string.h>

static const char *const record_head[] = { "id", "version", "subject", "import", "by_hand", "draft",
	"came_by" };
enum { HEAD = sizeof record_head / sizeof *record_head };
static const char *const record_tail[] = { "withdrawn_at", "withdrawn_reason" };
static const char *const version_tail[] = { "changed_at", "actor", "why", "save", "digest" };

/* ---- names and statements */

static size_t add(const char **column, size_t n, const char *name)
{
	column[n] = name;
	return n + 1;
}

static size_t add_fields(
	struct arena *arena, const char **column, size_t n, const struct record_type *type)
{
	for (size_t i = 0; i < type->n; i++) {
		const struct field *field = &type->fields[i];
		if (field->kind == KIND_WHEN) {
			n = add(column, n, arena_format(arena, "\"%s_on\"", field->name).p);
			n = add(column, n, arena_format(arena, "\"%s_at\"", field->name).p);
		} else {
			n = add(column, n, arena_format(arena, "\"%s\"", field->name).p);
		}
	}
	return n;
}

static const char **columns(struct arena *arena, const struct record_type *type, bool version,
	size_t *count)
{
	const char **column = arena_take(arena, HEAD + 6 + 2 * type->n, sizeof *column);
	size_t n = 0;
	for (size_t i = 0; i < HEAD; i++)
		n = add(column, n, record_head[i]);
	if (version)
		n = add(column, n, "withdrawn");
	n = add_fields(arena, column, n, type);
	for (size_t i = 0; !version && i < 2; i++)
		n = add(column, n, record_tail[i]);
	for (size_t i = 0; version && i < 5; i++)
		n = add(column, n, version_tail[i]);
	*count = n;
	return column;
}

static struct sql reading(struct arena *arena, const char *const *column, size_t n, str table,
	const char *rest)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_format(&text, "%s%s", i == 0 ? "SELECT " : ", ", column[i]);
	buf_format(&text, " FROM %.*s %s", STR_ARGS(table), rest);
	struct sql sql = { table.p, arena_text(arena, buf_view(&text)) };
	buf_close(&text);
	return sql;
}

static struct sql change(struct arena *arena, const struct type_sql *made)
{
	struct buf text = { 0 };
	buf_format(&text, "UPDATE %.*s SET ", STR_ARGS(made->record_table));
	for (size_t i = 1; i < made->record_columns; i++)
		buf_format(&text, "%s%s = $%zu", i == 1 ? "" : ", ", made->record_column[i], i + 1);
	buf_format(&text, " WHERE id = $1 AND version = $%zu", made->record_columns + 1);
	struct sql sql = { made->record_table.p, arena_text(arena, buf_view(&text)) };
	buf_close(&text);
	return sql;
}

/* All types in one statement. */
static struct sql of_all(struct arena *arena, const char *name, bool records)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < record_types_n; i++) {
		str type = record_types[i]->name;
		bool kinds = record_types[i]->shape != NULL; /* its first field names them */
		if (records)
			buf_format(&text,
				"%sSELECT %zu, r.id, r.version, r.by_hand, r.came_by, r.withdrawn_at, "
				"v.changed_at, (SELECT p.name FROM person p WHERE p.id = v.actor), "
				"%s%s%s FROM record_%.*s r JOIN version_%.*s v ON v.id = r.id "
				"AND v.version = 1 WHERE r.subject IN " SAME_AS_1 " AND r.draft = 0",
				i == 0 ? "" : " UNION ALL ", i, kinds ? "r.\"" : "",
				kinds ? record_types[i]->fields[0].name : "''", kinds ? "\"" : "",
				STR_ARGS(type), STR_ARGS(type));
		else
			buf_format(&text, "%sSELECT %zu FROM record_%.*s WHERE id = $1",
				i == 0 ? "" : " UNION ALL ", i, STR_ARGS(type));
	}
	if (records)
		buf_lit(&text, " ORDER BY 7, 2");
	struct sql sql = { name, arena_text(arena, buf_view(&text)) };
	buf_close(&text);
	return sql;
}

static struct sql history(struct arena *arena, const struct type_sql *made)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < made->version_columns; i++)
		buf_format(&text, "%s%s", i == 0 ? "SELECT " : ", ", made->version_column[i]);
	buf_format(&text,
		", (SELECT p.name FROM person p WHERE p.id = actor) FROM %.*s WHERE id = $1 "
		"ORDER BY version", STR_ARGS(made->version_table));
	struct sql sql = { made->version_table.p, arena_text(arena, buf_view(&text)) };
	buf_close(&text);
	return sql;
}

/* A row whose fields and reason are gone: for a version at $2, or a record that was withdrawn. */
static struct sql emptied(struct arena *arena, const struct type_sql *made, bool version)
{
	struct buf text = { 0 };
	str table = version ? made->version_table : made->record_table;
	const char **column = version ? made->version_column : made->record_column;
	size_t n = version ? made->version_columns : made->record_columns;
	buf_format(&text, "UPDATE %.*s SET %s = NULL", STR_ARGS(table),
		version ? "why" : "withdrawn_reason");
	for (size_t i = 0; i < n; i++) {
		if (column[i][0] == '"')
			buf_format(&text, ", %s = NULL", column[i]);
	}
	buf_format(&text, " WHERE id = $1 AND %s",
		version ? "version = $2" : "withdrawn_at IS NOT NULL");
	struct sql sql = { table.p, arena_text(arena, buf_view(&text)) };
	buf_close(&text);
	return sql;
}

void rows_prepare(struct store *store)
{
	struct arena *arena = store->arena;
	store->type = arena_take(arena, record_types_n, sizeof *store->type);
	for (size_t i = 0; i < record_types_n; i++) {
		struct type_sql *made = &store->type[i];
		const struct record_type *type = record_types[i];
		must(type->index == i);
		made->type = type;
		made->record_table = arena_format(arena, "record_%.*s", STR_ARGS(type->name));
		made->version_table = arena_format(arena, "version_%.*s", STR_ARGS(type->name));
		made->record_column = columns(arena, type, false, &made->record_columns);
		made->version_column = columns(arena, type, true, &made->version_columns);
		made->between = reading(arena, made->record_column, made->record_columns,
			made->record_table,
			"WHERE subject BETWEEN $1 AND $2 AND withdrawn_at IS NULL AND draft = 0 "
			"ORDER BY subject, id");
		made->paged = reading(arena, made->record_column, made->record_columns,
			made->record_table,
			"WHERE subject IN (SELECT s.id FROM subject s WHERE s.authority = $1 AND "
			"s.kind = 'child' AND s.key > $2 AND s.key <= $3) AND withdrawn_at IS NULL "
			"AND draft = 0 ORDER BY subject, id");
		made->joined = reading(arena, made->record_column, made->record_columns,
			made->record_table,
			"WHERE subject IN " SAME_AS("$1") " AND withdrawn_at IS NULL AND draft = 0 "
			"ORDER BY subject, id");
		made->one = reading(arena, made->record_column, made->record_columns,
			made->record_table, "WHERE id = $1");
		made->strays = (struct sql){ made->record_table.p,
			arena_format(arena,
				"SELECT r.id FROM %.*s r LEFT JOIN %.*s v ON v.id = r.id "
				"AND v.version = 1 WHERE v.id IS NULL ORDER BY r.id",
				STR_ARGS(made->record_table), STR_ARGS(made->version_table))
				.p };
		made->versions = reading(arena, made->version_column, made->version_columns,
			made->version_table,
			"WHERE (id, version) > ($1, $2) ORDER BY id, version LIMIT $3");
		made->change = change(arena, made);
		made->history = history(arena, made);
		made->empty_version = emptied(arena, made, true);
		made->empty_record = emptied(arena, made, false);
	}
	store->record_of_id = of_all(arena, "record_of_id", false);
	store->records_of_subject = of_all(arena, "records_of_subject", true);
}

/* ---- reading */

static void *at(void *record, const struct field *field)
{
	return (char *)record + field->at;
}

static const void *in(const void *record, const struct field *field)
{
	return (const char *)record + field->at;
}

static day read_day(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

static instant read_instant(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? INSTANT_UNKNOWN : db_int(stmt, column);
}

/* What reads as no or as another day, and is not what was written. */
static bool is_truth(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) || db_int(stmt, column) == 0 || db_int(stmt, column) == 1;
}

static bool is_day(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ||
		(db_int(stmt, column) == (day)db_int(stmt, column) &&
			db_int(stmt, column) != DAY_UNKNOWN);
}

static int read_field(struct arena *arena, struct stmt *stmt, int column,
	const struct field *field, void *record, bool *odd)
{
	bool null = db_is_null(stmt, column);
	switch (field->kind) {
	case KIND_TEXT:
		*(str *)at(record, field) =
			null ? (str){ 0 } : arena_str(arena, db_text(stmt, column));
		break;
	case KIND_DAY:
		*(day *)at(record, field) = read_day(stmt, column);
		*odd |= !is_day(stmt, column);
		break;
	case KIND_WHEN:
		*(struct when *)at(record, field) = (struct when){ read_day(stmt, column),
			read_instant(stmt, column + 1) };
		*odd |= !is_day(stmt, column);
		return column + 2;
	case KIND_ANSWER:
		*(enum answer *)at(record, field) = null ? ANSWER_UNKNOWN
			: db_int(stmt, column) == 1      ? ANSWER_YES
							 : ANSWER_NO;
		*odd |= !is_truth(stmt, column);
		break;
	case KIND_NUMBER:
		*(int64_t *)at(record, field) = null ? -1 : db_int(stmt, column);
		*odd |= !null && db_int(stmt, column) < 0;
		break;
	case KIND_REF:
		*(ref *)at(record, field) = (ref){ db_int(stmt, column) };
		break;
	}
	return column + 1;
}

static int read_head(struct arena *arena, struct stmt *stmt, struct row *out)
{
	*out = (struct row){
		.id = db_int(stmt, 0),
		.version = db_int(stmt, 1),
		.subject = db_int(stmt, 2),
		.import = db_int(stmt, 3),
		.by_hand = db_int(stmt, 4) == 1,
		.draft = db_int(stmt, 5) == 1,
		.odd = !is_truth(stmt, 4) || !is_truth(stmt, 5),
		.source = arena_str(arena, db_text(stmt, 6)),
	};
	return HEAD;
}

static int read_fields(struct arena *arena, struct stmt *stmt, int column,
	const struct record_type *type, struct row *out)
{
	out->record = record_new(arena, type);
	for (size_t i = 0; i < type->n; i++)
		column = read_field(arena, stmt, column, &type->fields[i], out->record, &out->odd);
	return column;
}

void row_read(struct arena *arena, struct stmt *stmt, const struct record_type *type,
	struct row *out)
{
	int column = read_fields(arena, stmt, read_head(arena, stmt, out), type, out);
	out->withdrawn = !db_is_null(stmt, column);
	out->withdrawn_at = read_instant(stmt, column);
	out->why = arena_str(arena, db_text(stmt, column + 1));
}

void version_read(struct arena *arena, struct stmt *stmt, const struct record_type *type,
	struct version *out)
{
	int column = read_head(arena, stmt, &out->row);
	bool odd = !is_truth(stmt, column);
	out->row.withdrawn = db_int(stmt, column) == 1;
	column = read_fields(arena, stmt, column + 1, type, &out->row);
	out->changed_at = db_int(stmt, column);
	out->actor = db_int(stmt, column + 1);
	out->reason = arena_str(arena, db_text(stmt, column + 2));
	out->row.odd = out->row.odd || odd;
	out->row.withdrawn_at = out->row.withdrawn ? out->changed_at : INSTANT_UNKNOWN;
	out->row.why = out->row.withdrawn ? out->reason : (str){ 0 };
	out->save = db_int(stmt, column + 3);
	str digest = db_bytes(stmt, column + 4);
	memset(out->digest, 0, DIGEST);
	if (digest.n == DIGEST)
		memcpy(out->digest, digest.p, DIGEST);
}

/* ---- writing: the same values in the same order, into a load or a statement */

struct sink {
	struct db_load *load;
	struct stmt *stmt;
	int n;
};

static void put_int(struct sink *sink, int64_t value)
{
	if (sink->load != NULL)
		db_load_int(sink->load, value);
	else
		db_bind_int(sink->stmt, ++sink->n, value);
}

static void put_null(struct sink *sink)
{
	if (sink->load != NULL)
		db_load_null(sink->load);
	else
		db_bind_null(sink->stmt, ++sink->n);
}

static void put_text(struct sink *sink, str value)
{
	if (sink->load != NULL)
		db_load_text(sink->load, value);
	else
		db_bind_text(sink->stmt, ++sink->n, value);
}

static void put_known(struct sink *sink, bool known, int64_t value)
{
	if (known)
		put_int(sink, value);
	else
		put_null(sink);
}

static void put_some(struct sink *sink, str value)
{
	if (value.n > 0)
		put_text(sink, value);
	else
		put_null(sink);
}

static void put_field(struct sink *sink, const struct field *field, const void *record)
{
	const void *p = in(record, field);
	switch (field->kind) {
	case KIND_TEXT:
		put_some(sink, *(const str *)p);
		break;
	case KIND_DAY:
		put_known(sink, *(const day *)p != DAY_UNKNOWN, *(const day *)p);
		break;
	case KIND_WHEN: {
		struct when when = *(const struct when *)p;
		put_known(sink, when.on != DAY_UNKNOWN, when.on);
		put_known(sink, when.at != INSTANT_UNKNOWN, when.at);
		break;
	}
	case KIND_ANSWER: {
		enum answer answer = *(const enum answer *)p;
		put_known(sink, answer != ANSWER_UNKNOWN, answer == ANSWER_YES);
		break;
	}
	case KIND_NUMBER:
		put_known(sink, *(const int64_t *)p >= 0, *(const int64_t *)p);
		break;
	case KIND_REF:
		put_known(sink, ((const ref *)p)->id != 0, ((const ref *)p)->id);
		break;
	}
}

static void put_head(struct sink *sink, const struct row *row)
{
	put_int(sink, row->id);
	put_int(sink, row->version);
	put_int(sink, row->subject);
	put_int(sink, row->import);
	put_int(sink, row->by_hand);
	put_int(sink, row->draft);
	put_text(sink, row->source);
}

static void put_fields(struct sink *sink, const struct record_type *type, const struct row *row)
{
	for (size_t i = 0; i < type->n; i++)
		put_field(sink, &type->fields[i], row->record);
}

void row_load(struct db_load *load, const struct record_type *type, const struct row *row)
{
	struct sink sink = { .load = load };
	put_head(&sink, row);
	put_fields(&sink, type, row);
	put_null(&sink);
	put_null(&sink);
}

void row_bind_change(struct stmt *stmt, const struct record_type *type, const struct row *row,
	int64_t seen, instant withdrawn_at, str reason)
{
	struct sink sink = { .stmt = stmt };
	put_head(&sink, row);
	put_fields(&sink, type, row);
	put_known(&sink, row->withdrawn, withdrawn_at);
	if (row->withdrawn)
		put_text(&sink, reason);
	else
		put_null(&sink);
	put_int(&sink, seen);
}

void version_load(struct db_load *load, const struct record_type *type,
	const struct version *version)
{
	struct sink sink = { .load = load };
	put_head(&sink, &version->row);
	put_int(&sink, version->row.withdrawn);
	put_fields(&sink, type, &version->row);
	put_int(&sink, version->changed_at);
	put_int(&sink, version->actor);
	put_some(&sink, version->reason);
	put_int(&sink, version->save);
	db_load_bytes(load, str_bytes(version->digest, DIGEST));
}

/* ---- the digest of a version: keyed, so that it says nothing to who has only the ledger */

static void canonical_text(struct buf *buf, str text)
{
	buf_int(buf, (int64_t)text.n);
	buf_char(buf, ':');
	buf_str(buf, text);
}

static void canonical_int(struct buf *buf, int64_t value)
{
	buf_int(buf, value);
	buf_char(buf, ';');
}

void version_digest(const struct store *store, const struct record_type *type,
	const struct version *version, unsigned char out[static DIGEST])
{
	const struct row *row = &version->row;
	struct buf text = { 0 };
	buf_lit(&text, "version;");
	canonical_int(&text, row->id);
	canonical_int(&text, row->version);
	canonical_int(&text, row->subject);
	canonical_int(&text, row->import);
	canonical_int(&text, row->by_hand << 2 | row->draft << 1 | row->withdrawn);
	canonical_text(&text, row->source);
	canonical_int(&text, version->changed_at);
	canonical_int(&text, version->actor);
	canonical_text(&text, version->reason);
	canonical_int(&text, version->save);
	buf_record_canonical(&text, type, row->record);
	crypto_generichash(out, DIGEST, (const unsigned char *)text.p, text.n, store->key, KEY);
	buf_close(&text);
}
