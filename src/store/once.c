#include "store/once.h"

#include "store/inside.h"

SQL(once_keep,
	"INSERT INTO once (person, holder, sealed, until) VALUES ($1, $2, $3, $4) ON CONFLICT (person) "
	"DO UPDATE SET holder = excluded.holder, sealed = excluded.sealed, until = excluded.until");
SQL(once_take, "DELETE FROM once WHERE person = $1 AND holder = $2 AND until > $3 RETURNING sealed");
SQL(once_sweep, "DELETE FROM once WHERE until < $1");

bool store_once_keep(struct store *store, int64_t person, int64_t holder, str sealed,
	instant until, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &once_keep);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, holder);
	db_bind_bytes(stmt, 3, sealed);
	db_bind_int(stmt, 4, until);
	return db_do(stmt, err);
}

bool store_once_take(struct store *store, struct arena *arena, int64_t person, int64_t holder,
	str *sealed, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &once_take);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, holder);
	db_bind_int(stmt, 3, store_now(store));
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		str bytes = db_bytes(stmt, 0);
		*sealed = arena_str(arena, bytes);
		return db_do(stmt, err);
	}
	db_reset(stmt);
	return row == DB_DONE && err_set(err, ERR_MISSING, "it was shown already");
}

bool store_once_sweep(struct store *store, instant before, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &once_sweep);
	db_bind_int(stmt, 1, before);
	return db_do(stmt, err);
}
