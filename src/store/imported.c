#include "store/imported.h"

#include "store/inside.h"
#include "store/list_seen.h"

#include <string.h>

SQL(imported_drop, "DELETE FROM import_change WHERE import = $1");
SQL(imported_forget,
	"DELETE FROM import_change WHERE import IN (SELECT id FROM import WHERE ended_at < $1)");
SQL(imported_count, "SELECT count(*) FROM import_change WHERE import = $1");
/* $1 to $4 the actor, $5 their authority */
SQL(imported_list,
	"SELECT c.number, c.type, c.added, c.edited, c.missing, r.subject, r.forename, r.surname, "
	"(SELECT max(a.level) FROM access a WHERE a.subject = r.subject AND" ACCESS_NOW("$1", "$2",
		"$3", "$4") ") FROM import_change c LEFT JOIN child_row r ON r.authority = $5 "
	"AND r.number = c.number WHERE c.import = $6 ORDER BY c.number, c.type LIMIT $7 OFFSET $8");
SQL(told_numbers,
	"SELECT t.number FROM told t JOIN import i ON i.id = t.import WHERE i.authority = $1 "
	"AND i.kind = $2 ORDER BY t.number");
static const char *const column[] = { "import", "number", "type", "added", "edited", "missing" };

enum { KEPT_MS_DAYS = 370 };

static void *more(struct arena *arena, void *item, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return item;
	*room = *room == 0 ? 64 : *room * 2;
	void *grown = arena_take(arena, *room, size);
	if (n > 0)
		memcpy(grown, item, n * size);
	return grown;
}

static bool put(struct store *store, int64_t import, const struct imported *item, size_t n,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &imported_drop);
	db_bind_int(stmt, 1, import);
	if (!db_do(stmt, err))
		return false;
	stmt = db_use(store->db, &imported_forget);
	db_bind_int(stmt, 1, store_now(store) - (int64_t)KEPT_MS_DAYS * 24 * 60 * 60 * 1000);
	if (!db_do(stmt, err))
		return false;
	struct db_load *load =
		n == 0 ? NULL : db_load_open(store->db, S("import_change"), column, 6, err);
	if (load == NULL)
		return n == 0;
	for (size_t i = 0; i < n; i++) {
		db_load_int(load, import);
		db_load_text(load, item[i].number);
		db_load_text(load, item[i].type);
		db_load_int(load, item[i].added);
		db_load_int(load, item[i].edited);
		db_load_int(load, item[i].missing);
	}
	return db_load_close(load, err);
}

bool store_imported_put(struct store *store, int64_t import, const struct imported *item, size_t n,
	struct err *err)
{
	bool begun = step_begin(store, err);
	bool done = begun && put(store, import, item, n, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

static bool count(struct store *store, int64_t import, int64_t *all, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &imported_count);
	db_bind_int(stmt, 1, import);
	enum db_row row = db_step(stmt, err);
	*all = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row == DB_ROW;
}

bool store_imported(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t import, int64_t past, int64_t most, struct imported_list *out, struct err *err)
{
	*out = (struct imported_list){ 0 };
	if (!count(store, import, &out->all, err))
		return false;
	struct stmt *stmt = db_use(store->db, &imported_list);
	access_bind(stmt, actor, store_now(store));
	db_bind_text(stmt, 5, actor->authority);
	db_bind_int(stmt, 6, import);
	db_bind_int(stmt, 7, most);
	db_bind_int(stmt, 8, past);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		out->item = more(arena, out->item, out->n, &out->room, sizeof *out->item);
		int level = db_is_null(stmt, 8) ? 0 : (int)db_int(stmt, 8);
		bool named = level == 2;
		out->item[out->n++] = (struct imported){ .number = arena_str(arena, db_text(stmt, 0)),
			.type = arena_str(arena, db_text(stmt, 1)),
			.added = db_int(stmt, 2),
			.edited = db_int(stmt, 3),
			.missing = db_int(stmt, 4),
			.subject = level > 0 ? db_int(stmt, 5) : 0,
			.level = level,
			.forename = named ? arena_str(arena, db_text(stmt, 6)) : (str){ 0 },
			.surname = named ? arena_str(arena, db_text(stmt, 7)) : (str){ 0 } };
	}
	return row == DB_DONE;
}

bool store_told(struct store *store, struct arena *arena, str authority, str kind,
	struct numbers_told *out, struct err *err)
{
	*out = (struct numbers_told){ 0 };
	struct stmt *stmt = db_use(store->db, &told_numbers);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, kind);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		out->item = more(arena, out->item, out->n, &out->room, sizeof *out->item);
		out->item[out->n++] = arena_str(arena, db_text(stmt, 0));
	}
	return row == DB_DONE;
}
