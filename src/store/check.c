#include "store/check.h"

#include "store/list_seen.h"

SQL(check_put,
	"INSERT INTO check_draft (person, sealed, until) VALUES ($1, $2, $3) ON CONFLICT (person) "
	"DO UPDATE SET sealed = excluded.sealed, until = excluded.until");
SQL(check_get, "SELECT sealed FROM check_draft WHERE person = $1 AND until > $2");
SQL(check_forget, "DELETE FROM check_draft WHERE person = $1 OR until <= $2");
/* $5 how many, $6 their numbers, each of 32 letters, filled up with spaces. */
SQL(check_subjects,
	"WITH RECURSIVE place (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM place WHERE i + 1 < "
	"CAST($5 AS BIGINT)), picked (i, number) AS (SELECT i, trim(substr(CAST($6 AS TEXT), i * 32 + 1, 32)) "
	"FROM place) SELECT p.i, a.subject FROM picked p JOIN child_row r ON r.authority = $3 "
	"AND r.number = p.number JOIN access a ON a.subject = r.subject WHERE" SEEN_NOW);

enum { WIDTH = 32 };

bool store_check_put(struct store *store, int64_t person, str sealed, instant until, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &check_put);
	db_bind_int(stmt, 1, person);
	db_bind_bytes(stmt, 2, sealed);
	db_bind_int(stmt, 3, until);
	return db_do(stmt, err);
}

bool store_check_get(struct store *store, struct arena *arena, int64_t person, instant now, str *sealed,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &check_get);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, now);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*sealed = arena_str(arena, db_bytes(stmt, 0));
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_MISSING, "what was found is no longer here"));
}

bool store_check_forget(struct store *store, int64_t person, instant now, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &check_forget);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, now);
	return db_do(stmt, err);
}

/* A number that is longer, or not of plain letters, is none of ours. */
static void put_number(struct buf *out, str number)
{
	bool plain = number.n <= WIDTH;
	for (size_t i = 0; i < number.n && plain; i++)
		plain = number.p[i] > ' ' && number.p[i] < 0x7f;
	size_t n = plain ? number.n : 0;
	buf_bytes(out, number.p, n);
	for (; n < WIDTH; n++)
		buf_char(out, ' ');
}

bool store_check_subjects(struct store *store, const struct actor *actor, const str *number, size_t n,
	int64_t *subject, struct err *err)
{
	must(n <= CHECK_NUMBERS);
	struct buf numbers = { 0 };
	for (size_t i = 0; i < n; i++) {
		subject[i] = 0;
		put_number(&numbers, number[i]);
	}
	if (n == 0)
		return true;
	struct stmt *stmt = db_use(store->db, &check_subjects);
	seen_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, (int64_t)n);
	db_bind_text(stmt, 6, buf_view(&numbers));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		int64_t at = db_int(stmt, 0);
		if (at >= 0 && (size_t)at < n && number[at].n > 0)
			subject[at] = db_int(stmt, 1);
	}
	db_reset(stmt);
	buf_close(&numbers);
	return row == DB_DONE;
}
