#include "store/looked.h"

#include "store/inside.h"

/* The same condition as that of the index, so that it is used. */
#define ALONE "l.subjects = $1 AND length(l.subjects) BETWEEN 1 AND 19"
#define ENTRY "SELECT l.seq, l.at, p.name, l.role, l.act FROM ledger l LEFT JOIN person p "        \
	      "ON p.id = l.actor WHERE "
SQL(looked_alone, ENTRY ALONE
	" AND (CAST($2 AS BIGINT) = 0 OR l.seq < $2) ORDER BY l.seq DESC LIMIT $3");
/* In a list of numbers: taken out of it with its commas, it leaves the list shorter. */
SQL(looked_lists, ENTRY "((" ALONE ") OR (l.authority = $4 AND l.at >= $5 AND length(l.subjects) > "
	"length($1) AND replace(',' || l.subjects || ',', ',' || $1 || ',', '') <> "
	"',' || l.subjects || ',')) "
	"AND (CAST($2 AS BIGINT) = 0 OR l.seq < $2) ORDER BY l.seq DESC LIMIT $3");

bool store_who_looked(struct store *store, struct arena *arena, const struct looked_query *query,
	struct looked *out, struct err *err)
{
	*out = (struct looked){ 0 };
	struct stmt *stmt = db_use(store->db, query->lists ? &looked_lists : &looked_alone);
	db_bind_text(stmt, 1, arena_format(arena, "%lld", (long long)query->subject));
	db_bind_int(stmt, 2, query->before);
	db_bind_int(stmt, 3, LOOKED_PAGE + 1);
	if (query->lists) {
		db_bind_text(stmt, 4, query->authority);
		db_bind_int(stmt, 5, query->since);
	}
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == LOOKED_PAGE) {
			out->more = true;
			break;
		}
		int64_t role = db_int(stmt, 3);
		out->row[out->n++] = (struct looked_row){
			.seq = db_int(stmt, 0),
			.at = db_int(stmt, 1),
			.name = arena_str(arena, db_text(stmt, 2)),
			.role = role > ROLE_NONE && role < ROLES ? (enum role)role : ROLE_NONE,
			.act = arena_str(arena, db_text(stmt, 4)),
		};
	}
	db_reset(stmt);
	return row != DB_FAIL;
}
