#include "store/entries.h"

#include "store/inside.h"

SQL(entries_page,
	"SELECT l.seq, l.at, l.actor, p.name, l.role, l.act, l.subjects, l.objects FROM ledger l "
	"LEFT JOIN person p ON p.id = l.actor WHERE (l.authority = $1 OR l.authority = '') "
	"AND (CAST($2 AS BIGINT) = 0 OR l.seq < $2) AND (CAST($3 AS BIGINT) = 0 OR l.actor = $3) "
	"AND (CAST($4 AS TEXT) = '' OR l.act = $4) AND (CAST($5 AS TEXT) = '' OR l.subjects = $5 OR "
	"replace(',' || l.subjects || ',', ',' || $5 || ',', '') <> ',' || l.subjects || ',') "
	"ORDER BY l.seq DESC LIMIT $6");
SQL(ledger_check_last,
	"SELECT at, entries, fault FROM ledger_check ORDER BY at DESC LIMIT 1");
SQL(ledger_check_add,
	"INSERT INTO ledger_check (at, entries, fault) VALUES ($1, $2, $3) ON CONFLICT (at) DO UPDATE "
	"SET entries = excluded.entries, fault = excluded.fault");

bool store_entries(struct store *store, struct arena *arena, const struct entries_query *query,
	struct entries *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &entries_page);
	*out = (struct entries){ .row = arena_take(arena, query->most, sizeof *out->row) };
	db_bind_text(stmt, 1, query->authority);
	db_bind_int(stmt, 2, query->before);
	db_bind_int(stmt, 3, query->person);
	db_bind_text(stmt, 4, query->act);
	db_bind_text(stmt, 5, query->subject == 0 ? (str){ 0 }
		: arena_format(arena, "%lld", (long long)query->subject));
	db_bind_int(stmt, 6, (int64_t)query->most + 1);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == query->most) {
			out->more = true;
			break;
		}
		int64_t role = db_int(stmt, 4);
		out->row[out->n++] = (struct entry_row){
			.seq = db_int(stmt, 0),
			.at = db_int(stmt, 1),
			.actor = db_int(stmt, 2),
			.name = arena_str(arena, db_text(stmt, 3)),
			.role = role > ROLE_NONE && role < ROLES ? (enum role)role : ROLE_NONE,
			.act = arena_str(arena, db_text(stmt, 5)),
			.subjects = arena_str(arena, db_text(stmt, 6)),
			.objects = arena_str(arena, db_text(stmt, 7)),
		};
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_ledger_checked(
	struct store *store, struct arena *arena, struct ledger_check *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &ledger_check_last);
	enum db_row row = db_step(stmt, err);
	*out = (struct ledger_check){ .at = INSTANT_UNKNOWN };
	if (row == DB_ROW)
		*out = (struct ledger_check){ db_int(stmt, 0), db_int(stmt, 1),
			arena_str(arena, db_text(stmt, 2)) };
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_ledger_check_keep(
	struct store *store, const struct ledger_check *check, struct err *err)
{
	bool begun = step_begin(store, err);
	struct stmt *stmt = db_use(store->db, &ledger_check_add);
	if (begun) {
		db_bind_int(stmt, 1, check->at);
		db_bind_int(stmt, 2, check->entries);
		db_bind_text(stmt, 3, check->fault);
	}
	bool done = begun && db_do(stmt, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}
