#include "store/restricted.h"

#include "store/inside.h"

#define SEEN_BY                                                                                    \
	"EXISTS (SELECT 1 FROM access a WHERE a.subject = t.subject AND" ACCESS_NOW(               \
		"$1", "$2", "$3", "$4") ") AND t.withdrawn_at IS NULL AND t.draft = 0 "            \
	"AND (CAST($5 AS BIGINT) = 0 OR t.id = $5) "
SQL(restricted_all,
	"SELECT t.id, t.version, t.subject, 0 AS barred, t.kind, t.decided_by, t.reason, t.began, "
	"t.review_on, r.number, r.authority FROM record_restriction t JOIN child_row r "
	"ON r.subject = t.subject WHERE t.ended IS NULL AND " SEEN_BY
	"UNION ALL SELECT t.id, t.version, t.subject, 1, '', t.login, t.reason, NULL, NULL, r.number, "
	"r.authority FROM record_barred t JOIN child_row r ON r.subject = t.subject WHERE " SEEN_BY
	"ORDER BY 4, 9, 1 LIMIT $6");

static day day_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

bool store_restricted(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t record, size_t most, struct restricteds *out, struct err *err)
{
	*out = (struct restricteds){ .item = arena_take(arena, most, sizeof *out->item) };
	struct stmt *stmt = db_use(store->db, &restricted_all);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, record);
	db_bind_int(stmt, 6, (int64_t)most);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < most) {
		out->item[out->n++] = (struct restricted){
			.record = db_int(stmt, 0),
			.version = db_int(stmt, 1),
			.subject = db_int(stmt, 2),
			.barred = db_int(stmt, 3) == 1,
			.kind = arena_str(arena, db_text(stmt, 4)),
			.who = arena_str(arena, db_text(stmt, 5)),
			.reason = arena_str(arena, db_text(stmt, 6)),
			.began = day_at(stmt, 7),
			.review_on = day_at(stmt, 8),
			.number = arena_str(arena, db_text(stmt, 9)),
			.council = arena_str(arena, db_text(stmt, 10)),
		};
	}
	db_reset(stmt);
	return row != DB_FAIL;
}
