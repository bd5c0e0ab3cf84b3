/* quality_read.c - what was found, for who reads it: the checks, the counts, the rows, over time. */
#include "store/list_seen.h"
#include "store/quality.h"

#include <string.h>

#define CHECK                                                                                      \
	"SELECT c.id, c.authority, c.kind, c.year, c.source_n, c.asked_at, c.began_at, c.ended_at, c.person, " \
	"c.children, c.findings, c.swept, c.why FROM quality_check c "
SQL(quality_checks,
	CHECK "WHERE c.authority = $1 AND c.swept = 0 AND NOT EXISTS (SELECT 1 FROM quality_check l "
	      "WHERE l.authority = c.authority AND l.kind = c.kind AND l.source_n = c.source_n "
	      "AND l.ended_at IS NOT NULL AND l.id > c.id) ORDER BY c.id DESC LIMIT 20");
SQL(quality_waiting,
	CHECK "WHERE c.ended_at IS NULL AND c.why IS NULL AND c.began_at IS NULL ORDER BY c.id LIMIT 1");

SQL(quality_due,
	"SELECT u.code FROM authority u WHERE u.code <> '' AND NOT EXISTS (SELECT 1 FROM quality_check c "
	"WHERE c.authority = u.code AND c.kind = $1 AND c.source_n = 1 AND c.asked_at >= $2) "
	"ORDER BY u.id LIMIT 1");

/* Whose findings are seen: the actor's children, and with $6 = 0 those whom the store does not know. */
#define SEEN_CHILDREN                                                                              \
	"(SELECT a.subject FROM access a WHERE" SEEN_NOW "UNION ALL SELECT CAST($6 AS BIGINT)) "
#define EXPLAINED                                                                                  \
	"quality_explained x ON x.subject = f.subject AND x.finding = f.finding AND x.ended_at IS NULL "
SQL(quality_counts_seen,
	"SELECT f.rule, f.hand, count(*), count(x.id), CAST(NULL AS TEXT) FROM quality_finding f LEFT JOIN " EXPLAINED
	"WHERE f.quality = $5 AND f.subject IN " SEEN_CHILDREN "GROUP BY f.rule, f.hand "
	"ORDER BY f.rule, f.hand");
SQL(quality_counts_of_all,
	"SELECT rule, hand, findings, explained, why FROM quality_count WHERE quality = $1 AND "
	"(findings > 0 OR why IS NOT NULL) ORDER BY rule, hand");

#define ROW                                                                                        \
	"SELECT f.rule, f.name, f.line, f.field, f.number, f.regards, f.hand, f.subject, f.finding, " \
	"coalesce((SELECT max(a.level) FROM access a WHERE a.subject = f.subject AND" SEEN_NOW "), 0), " \
	"r.number, r.forename, r.surname, x.reason, p.name, x.at "
#define ROWS_OF                                                                                    \
	ROW "FROM quality_finding f LEFT JOIN child_row r ON r.subject = f.subject LEFT JOIN " EXPLAINED \
	    "LEFT JOIN person p ON p.id = x.person WHERE f.quality = $5 AND f.subject IN " SEEN_CHILDREN \
	    "AND ($7 = '' OR f.hand = $7) AND ($8 = '' OR f.rule = $8) AND ($9 = 0 OR f.subject = $9) " \
	    "AND ($10 = 0 OR ($10 = 1 AND x.id IS NULL) OR ($10 = 2 AND x.id IS NOT NULL)) "
SQL(quality_rows_by_rule, ROWS_OF "ORDER BY f.n LIMIT $11 OFFSET $12");
SQL(quality_rows_by_child, ROWS_OF "ORDER BY f.number, f.n LIMIT $11 OFFSET $12");
SQL(quality_rows_by_hand, ROWS_OF "ORDER BY f.hand, f.n LIMIT $11 OFFSET $12");
SQL(quality_row_one,
	ROW ", c.id, c.authority, c.kind, c.year, c.source_n, c.asked_at, c.began_at, c.ended_at, c.person, "
	    "c.children, c.findings, c.swept, c.why FROM quality_finding f JOIN quality_check c ON c.id = f.quality "
	    "AND c.ended_at IS NOT NULL LEFT JOIN child_row r ON r.subject = f.subject LEFT JOIN " EXPLAINED
	    "LEFT JOIN person p ON p.id = x.person WHERE f.subject = $5 AND f.finding = $6 "
	    "ORDER BY c.id DESC LIMIT 1");
SQL(quality_over_time,
	"SELECT c.ended_at, c.year, coalesce(sum(n.findings), 0), coalesce(sum(n.explained), 0) FROM "
	"(SELECT id, ended_at, year FROM quality_check WHERE authority = $1 AND kind = $2 AND source_n = $3 AND "
	"ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT $4) c "
	"LEFT JOIN quality_count n ON n.quality = c.id GROUP BY c.id, c.ended_at, c.year "
	"ORDER BY c.ended_at, c.id");

static instant instant_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? INSTANT_UNKNOWN : db_int(stmt, column);
}

static void check_read(struct arena *arena, struct stmt *stmt, int at, struct quality_check *out)
{
	*out = (struct quality_check){ .id = db_int(stmt, at),
		.authority = arena_str(arena, db_text(stmt, at + 1)),
		.kind = arena_str(arena, db_text(stmt, at + 2)),
		.year = (int)db_int(stmt, at + 3),
		.source = (enum quality_source)db_int(stmt, at + 4),
		.asked_at = instant_at(stmt, at + 5),
		.began_at = instant_at(stmt, at + 6),
		.ended_at = instant_at(stmt, at + 7),
		.person = db_int(stmt, at + 8),
		.children = db_int(stmt, at + 9),
		.findings = db_int(stmt, at + 10),
		.swept = db_int(stmt, at + 11) == 1,
		.why = arena_str(arena, db_text(stmt, at + 12)) };
}

bool store_quality_checks(struct store *store, struct arena *arena, str authority, struct quality_checks *out,
	struct err *err)
{
	enum { MOST = 20 };
	*out = (struct quality_checks){ .item = arena_take(arena, MOST, sizeof *out->item), .room = MOST };
	struct stmt *stmt = db_use(store->db, &quality_checks);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < MOST)
		check_read(arena, stmt, 0, &out->item[out->n++]);
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_quality_waiting(
	struct store *store, struct arena *arena, struct quality_check *out, bool *any, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_waiting);
	enum db_row row = db_step(stmt, err);
	*any = row == DB_ROW;
	if (*any)
		check_read(arena, stmt, 0, out);
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_quality_due(struct store *store, struct arena *arena, str kind, instant since, str *authority,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_due);
	db_bind_text(stmt, 1, kind);
	db_bind_int(stmt, 2, since);
	enum db_row row = db_step(stmt, err);
	*authority = row == DB_ROW ? arena_str(arena, db_text(stmt, 0)) : (str){ 0 };
	db_reset(stmt);
	return row != DB_FAIL;
}

/* ---- counts */

static bool read_counts(struct arena *arena, struct stmt *stmt, struct quality_counts *out, struct err *err)
{
	enum db_row row;
	*out = (struct quality_counts){ 0 };
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			size_t room = out->room == 0 ? 64 : out->room * 2;
			struct quality_count *item = arena_take(arena, room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
			out->room = room;
		}
		out->item[out->n++] = (struct quality_count){ seen_text(arena, stmt, 0),
			seen_text(arena, stmt, 1), db_int(stmt, 2), db_int(stmt, 3), seen_text(arena, stmt, 4) };
	}
	return row == DB_DONE;
}

static void bind_seen(struct stmt *stmt, struct store *store, const struct quality_query *query)
{
	access_bind(stmt, query->actor, store_now(store));
	db_bind_int(stmt, 5, query->check);
	db_bind_int(stmt, 6, query->unknown ? 0 : -1);
}

bool store_quality_counts(struct store *store, struct arena *arena, const struct quality_query *query,
	struct quality_counts *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_counts_seen);
	bind_seen(stmt, store, query);
	return read_counts(arena, stmt, out, err);
}

bool store_quality_totals(struct store *store, struct arena *arena, int64_t check, struct quality_counts *out,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_counts_of_all);
	db_bind_int(stmt, 1, check);
	return read_counts(arena, stmt, out, err);
}

/* ---- rows */

enum { ROW_COLUMNS = 16 };

static void row_of(struct arena *arena, struct stmt *stmt, struct quality_row *out)
{
	int level = (int)db_int(stmt, 9);
	*out = (struct quality_row){
		.finding = { seen_text(arena, stmt, 0), seen_text(arena, stmt, 1), db_int(stmt, 2),
			seen_text(arena, stmt, 3), seen_text(arena, stmt, 4), seen_text(arena, stmt, 5),
			seen_text(arena, stmt, 6) },
		.subject = db_int(stmt, 7),
		.id = db_int(stmt, 8),
		.level = level,
		.number = seen_text(arena, stmt, 10),
		.explained = !db_is_null(stmt, 13),
		.at = instant_at(stmt, 15),
	};
	if (level >= 2) {
		out->forename = seen_text(arena, stmt, 11);
		out->surname = seen_text(arena, stmt, 12);
		out->reason = seen_text(arena, stmt, 13);
		out->who = seen_text(arena, stmt, 14);
	}
}

bool store_quality_rows(struct store *store, struct arena *arena, const struct quality_query *query,
	struct quality_rows *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, query->sort == QUALITY_BY_CHILD ? &quality_rows_by_child
			: query->sort == QUALITY_BY_HAND ? &quality_rows_by_hand
							 : &quality_rows_by_rule);
	bind_seen(stmt, store, query);
	db_bind_text(stmt, 7, query->hand);
	db_bind_text(stmt, 8, query->rule);
	db_bind_int(stmt, 9, query->subject);
	db_bind_int(stmt, 10, query->explained);
	db_bind_int(stmt, 11, query->most);
	db_bind_int(stmt, 12, query->first);
	*out = (struct quality_rows){ 0 };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			size_t room = out->room == 0 ? 32 : out->room * 2;
			struct quality_row *item = arena_take(arena, room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
			out->room = room;
		}
		row_of(arena, stmt, &out->item[out->n++]);
	}
	return row == DB_DONE;
}

bool store_quality_one(struct store *store, struct arena *arena, const struct actor *actor, int64_t subject,
	int64_t finding, struct quality_one *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &quality_row_one);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, subject);
	db_bind_int(stmt, 6, finding);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW) {
		row_of(arena, stmt, &out->row);
		check_read(arena, stmt, ROW_COLUMNS, &out->check);
	}
	db_reset(stmt);
	bool seen = row == DB_ROW && out->row.level > 0;
	return seen || (row != DB_FAIL && err_set(err, ERR_MISSING, "there is no such finding"));
}

bool store_quality_past(struct store *store, struct arena *arena, str authority, str kind,
	enum quality_source source, size_t most, struct quality_past *out, struct err *err)
{
	*out = (struct quality_past){ .item = arena_take(arena, most, sizeof *out->item), .room = most };
	struct stmt *stmt = db_use(store->db, &quality_over_time);
	db_bind_text(stmt, 1, authority);
	db_bind_text(stmt, 2, kind);
	db_bind_int(stmt, 3, source);
	db_bind_int(stmt, 4, (int64_t)most);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < most)
		out->item[out->n++] = (struct quality_then){ db_int(stmt, 0), (int)db_int(stmt, 1),
			db_int(stmt, 2), db_int(stmt, 3) };
	db_reset(stmt);
	return row != DB_FAIL;
}
