#include "store/kept.h"

#include "store/inside.h"
#include "store/seal.h"

#include <string.h>

SQL(kept_add, "INSERT INTO kept_form (id, person, path, sealed, at) VALUES ($1, $2, $3, $4, $5)");
SQL(kept_sweep, "DELETE FROM kept_form WHERE at < $1");
SQL(kept_most,
	"DELETE FROM kept_form WHERE person = $1 AND id NOT IN (SELECT id FROM kept_form WHERE "
	"person = $1 ORDER BY id DESC LIMIT $2)");
SQL(kept_all,
	"SELECT id, path, at FROM kept_form WHERE person = $1 AND at >= $2 ORDER BY id DESC");
SQL(kept_one,
	"SELECT id, path, at, sealed FROM kept_form WHERE person = $1 AND id = $2 AND at >= $3");
SQL(kept_forget, "DELETE FROM kept_form WHERE path = $1 OR substr(path, 1, length($1) + 1) = $1 || '/'");
SQL(kept_drop, "DELETE FROM kept_form WHERE person = $1 AND id = $2");

static str what(struct arena *arena, int64_t person, str path)
{
	return arena_format(arena, "kept:%lld:%.*s", (long long)person, STR_ARGS(path));
}

static bool sweep(struct store *store, int64_t person, instant now, struct err *err)
{
	struct stmt *old = db_use(store->db, &kept_sweep);
	db_bind_int(old, 1, now - KEPT_FOR);
	if (!db_do(old, err))
		return false;
	struct stmt *many = db_use(store->db, &kept_most);
	db_bind_int(many, 1, person);
	db_bind_int(many, 2, KEPT_MOST - 1);
	return db_do(many, err);
}

bool store_kept_add(struct store *store, struct arena *arena, int64_t person, str path, str body,
	instant now, struct err *err)
{
	int64_t id;
	if (!step_begin(store, err))
		return false;
	bool done = sweep(store, person, now, err) && take_id(store, &id, err);
	if (!done) {
		step_undo(store);
		return false;
	}
	struct stmt *stmt = db_use(store->db, &kept_add);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, person);
	db_bind_text(stmt, 3, path);
	db_bind_bytes(stmt, 4, store_seal(store, arena, what(arena, person, path), body));
	db_bind_int(stmt, 5, now);
	return step_do(store, stmt, err);
}

static struct kept_form form_of(struct arena *arena, struct stmt *stmt)
{
	return (struct kept_form){ .id = db_int(stmt, 0),
		.path = arena_str(arena, db_text(stmt, 1)),
		.at = db_int(stmt, 2) };
}

bool store_kept_list(struct store *store, struct arena *arena, int64_t person, instant now,
	struct kept_list *out, struct err *err)
{
	*out = (struct kept_list){ .item = arena_take(arena, KEPT_MOST, sizeof *out->item),
		.room = KEPT_MOST };
	struct stmt *stmt = db_use(store->db, &kept_all);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, now - KEPT_FOR);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n < out->room)
			out->item[out->n++] = form_of(arena, stmt);
	}
	return row == DB_DONE;
}

bool store_kept_read(struct store *store, struct arena *arena, int64_t person, int64_t id,
	instant now, struct kept_form *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &kept_one);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, id);
	db_bind_int(stmt, 3, now - KEPT_FOR);
	enum db_row row = db_step(stmt, err);
	bool opened = false;
	if (row == DB_ROW) {
		*out = form_of(arena, stmt);
		opened = store_unseal(store, arena, what(arena, person, out->path),
			db_bytes(stmt, 3), &out->body);
	}
	db_reset(stmt);
	if (row == DB_DONE)
		return err_set(err, ERR_MISSING, "nothing is kept here");
	return row == DB_ROW && (opened || err_set(err, ERR_BROKEN, "what was kept does not open"));
}

bool store_kept_drop(struct store *store, int64_t person, int64_t id, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &kept_drop);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, id);
	return step_do(store, stmt, err);
}

bool store_kept_forget(struct store *store, struct arena *arena, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &kept_forget);
	db_bind_text(stmt, 1, arena_format(arena, "/children/%lld", (long long)subject));
	return db_do(stmt, err);
}
