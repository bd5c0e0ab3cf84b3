#include "store/looked.h"

#include "store/matter_seen.h"

/* The same condition as that of the index, so that it is used. */
#define SHORT "length(l.subjects) BETWEEN 1 AND 19"
#define ENTRY "SELECT l.seq AS seq, l.at, p.name, l.role, l.act, "
#define LEDGER "FROM ledger l LEFT JOIN person p ON p.id = l.actor "
#define BEFORE "AND (CAST($2 AS BIGINT) = 0 OR l.seq < $2) ORDER BY l.seq DESC LIMIT $3"
#define ALONE "l.subjects = $1 AND " SHORT
/* $4 the sights. What is about a matter is told to whom the matter is told of with its child: an officer
 * is told of disputes and not of complaints. Who looked at one looked at both, in either order. */
#define TOLD "substr(CAST($4 AS TEXT), CAST(m.kind_n AS INTEGER) + 1, 1) IN ('1', '3')"
#define OF_MATTERS                                                                                 \
	"SELECT l.seq AS seq, l.at, p.name, l.role, l.act, m.kind_n, m.reference FROM "            \
	"(SELECT m.subject, m.kind_n, m.reference, CAST(m.subject AS TEXT) AS key FROM "           \
	"matter_row m WHERE m.child = CAST($1 AS BIGINT) AND " TOLD ") m JOIN ledger l ON "        \
	"l.subjects IN (m.key, m.key || ',' || $1, $1 || ',' || m.key) AND " SHORT                 \
	" LEFT JOIN person p ON p.id = l.actor WHERE 1 = 1 " BEFORE
SQL(looked_alone,
	"SELECT * FROM (SELECT * FROM (" ENTRY "0 AS kind, '' AS reference " LEDGER "WHERE " ALONE
	" " BEFORE ") a UNION ALL SELECT * FROM (" OF_MATTERS ") b) t ORDER BY t.seq DESC LIMIT $3");
/* In a list of numbers: taken out of it with its commas, it leaves the list shorter. */
SQL(looked_lists,
	"SELECT * FROM (SELECT * FROM (" ENTRY "0 AS kind, '' AS reference " LEDGER "WHERE ((" ALONE
	") OR (l.authority = $5 AND l.at >= $6 AND length(l.subjects) > length($1) AND l.act <> "
	"'look:matter' AND replace(',' || l.subjects || ',', ',' || $1 || ',', '') <> ',' || l.subjects || ',')) "
	BEFORE ") a UNION ALL SELECT * FROM (" OF_MATTERS ") b) t ORDER BY t.seq DESC LIMIT $3");
_Static_assert(MATTER_OF_CHILD == 1 && MATTER_ALL == 3, "the digits stand in TOLD");

bool store_who_looked(struct store *store, struct arena *arena, const struct looked_query *query,
	struct looked *out, struct err *err)
{
	*out = (struct looked){ 0 };
	struct stmt *stmt = db_use(store->db, query->lists ? &looked_lists : &looked_alone);
	db_bind_text(stmt, 1, arena_format(arena, "%lld", (long long)query->subject));
	db_bind_int(stmt, 2, query->before);
	db_bind_int(stmt, 3, LOOKED_PAGE + 1);
	db_bind_text(stmt, 4, matter_sights(arena, query->actor));
	if (query->lists) {
		db_bind_text(stmt, 5, query->authority);
		db_bind_int(stmt, 6, query->since);
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
			.kind = (enum subject_kind)db_int(stmt, 5),
			.reference = arena_str(arena, db_text(stmt, 6)),
		};
	}
	db_reset(stmt);
	return row != DB_FAIL;
}
