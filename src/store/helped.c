/* helped.c - what an administrator did for somebody who could not sign in, until they have gone on by
 * themselves: so that nobody who makes a password also takes the second step away, and is them. */
#include "store/factor.h"
#include "store/inside.h"

SQL(helped_password_sql,
	"INSERT INTO helped (person, password_by, reset_by, reset_at) VALUES ($1, $2, -1, 0) "
	"ON CONFLICT (person) DO UPDATE SET password_by = excluded.password_by");
SQL(helped_reset_sql,
	"INSERT INTO helped (person, password_by, reset_by, reset_at) VALUES ($1, -1, $2, $3) "
	"ON CONFLICT (person) DO UPDATE SET reset_by = excluded.reset_by, reset_at = excluded.reset_at");
SQL(helped_read,
	"SELECT h.password_by, h.reset_by, h.reset_at, coalesce(p.name, '') FROM helped h "
	"LEFT JOIN person p ON p.id = h.reset_by WHERE h.person = $1");

bool helped_password(struct store *store, int64_t person, int64_t by, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &helped_password_sql);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, by);
	return db_do(stmt, err);
}

bool helped_reset(struct store *store, int64_t person, int64_t by, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &helped_reset_sql);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, by);
	db_bind_int(stmt, 3, by == HELPED_NOBODY ? 0 : store_now(store));
	return db_do(stmt, err);
}

bool store_helped(
	struct store *store, struct arena *arena, int64_t person, struct helped *out, struct err *err)
{
	*out = (struct helped){ .reset_by = HELPED_NOBODY, .password_by = HELPED_NOBODY };
	struct stmt *stmt = db_use(store->db, &helped_read);
	db_bind_int(stmt, 1, person);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct helped){ .password_by = db_int(stmt, 0),
			.reset_by = db_int(stmt, 1),
			.reset_at = db_int(stmt, 2),
			.reset_name = arena_str(arena, db_text(stmt, 3)) };
	db_reset(stmt);
	return row != DB_FAIL;
}
