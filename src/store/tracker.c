#include "store/tracker.h"

#include "store/list_seen.h"

#include <stdlib.h>
#include <string.h>

SQL(tracker_children,
	"SELECT a.subject, a.level, r.number, r.forename, r.surname, r.born, r.looked_after, "
	"r.on_plan, r.authority FROM access a JOIN child_row r ON r.subject = a.subject WHERE" SEEN_NOW);

/* $1 how many, $2 their ids, of 19 digits each, one after another. */
#define PICKED                                                                                     \
	"WITH RECURSIVE place (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM place WHERE i + 1 < "   \
	"CAST($1 AS BIGINT)), picked (id) AS (SELECT CAST(substr(CAST($2 AS TEXT), i * 19 + 1, 19) " \
	"AS BIGINT) FROM place) "
SQL(tracker_clocks,
	PICKED "SELECT c.subject, c.thread, c.rule, c.due, c.booked FROM picked p JOIN clock c "
	       "ON c.subject = p.id WHERE c.met_on IS NULL AND c.met_at IS NULL AND c.met_event = 0 "
	       "AND c.ended_on IS NULL AND c.disapplied IS NULL ORDER BY c.subject, c.due");
SQL(tracker_helds,
	PICKED "SELECT e.subject, e.word, e.on_day FROM picked p JOIN event e ON e.subject = p.id "
	       "WHERE e.word IN ('cla-review-held', 'icpc-held', 'rcpc-held') "
	       "AND e.withdrawn_at IS NULL AND e.on_day IS NOT NULL ORDER BY e.subject, e.on_day");
SQL(tracker_knowns,
	PICKED "SELECT r.subject, r.what FROM picked p JOIN record_action r ON r.subject = p.id "
	       "WHERE r.withdrawn_at IS NULL AND r.what IS NOT NULL ORDER BY r.subject");
SQL(tracker_put,
	"INSERT INTO tracker_draft (person, sealed, until) VALUES ($1, $2, $3) ON CONFLICT (person) "
	"DO UPDATE SET sealed = excluded.sealed, until = excluded.until");
SQL(tracker_get, "SELECT sealed FROM tracker_draft WHERE person = $1 AND until > $2");
SQL(tracker_forget, "DELETE FROM tracker_draft WHERE person = $1 OR until <= $2");

/* A list that grows in the arena. */
#define MORE(arena, list, n, room)                                                                 \
	do {                                                                                       \
		if ((n) == (room)) {                                                               \
			size_t room_ = (room) == 0 ? 64 : (room)*2;                                \
			void *more_ = arena_take((arena), room_, sizeof *(list));                  \
			if ((n) > 0)                                                               \
				memcpy(more_, (list), (n) * sizeof *(list));                       \
			(list) = more_;                                                            \
			(room) = room_;                                                            \
		}                                                                                  \
	} while (0)

static int by_subject(const void *a, const void *b)
{
	const struct tracker_child *x = a, *y = b;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return y->level - x->level;
}

/* Whom only the number is told of has no name here. Texts of the statement's row. */
static struct tracker_child child_at(struct stmt *stmt)
{
	struct tracker_child child = { .subject = db_int(stmt, 0), .level = (int)db_int(stmt, 1),
		.number = db_text(stmt, 2), .authority = db_text(stmt, 8), .born = DAY_UNKNOWN };
	if (child.level < 2)
		return child;
	child.forename = db_text(stmt, 3);
	child.surname = db_text(stmt, 4);
	child.born = seen_day(stmt, 5);
	child.looked_after = db_int(stmt, 6) == 1;
	child.on_plan = db_int(stmt, 7) == 1;
	return child;
}

static struct tracker_child child_kept(struct arena *arena, struct tracker_child child)
{
	child.number = arena_str(arena, child.number);
	child.authority = arena_str(arena, child.authority);
	child.forename = arena_str(arena, child.forename);
	child.surname = arena_str(arena, child.surname);
	return child;
}

bool store_tracker_children(struct store *store, struct arena *arena, const struct actor *actor,
	bool (*wanted)(void *to, const struct tracker_child *child), void *to,
	struct tracker_children *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tracker_children);
	struct tracker_child *item = NULL;
	size_t n = 0, room = 0;
	enum db_row row;
	seen_bind(stmt, actor, store_now(store));
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct tracker_child child = child_at(stmt);
		if (!wanted(to, &child))
			continue;
		MORE(arena, item, n, room);
		item[n++] = child_kept(arena, child);
	}
	db_reset(stmt);
	*out = (struct tracker_children){ item, 0 };
	if (row != DB_DONE)
		return false;
	/* Seen in two ways: as much as the better one shows. */
	if (n > 0)
		qsort(item, n, sizeof *item, by_subject);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || item[i].subject != item[out->n - 1].subject)
			item[out->n++] = item[i];
	}
	return true;
}

static bool read_clocks(struct store *store, struct arena *arena, struct stmt *stmt,
	struct tracker_facts *out, struct err *err)
{
	size_t room = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		const struct rule *rule = store_rule(store, db_text(stmt, 2));
		if (rule == NULL || rule->booking.n == 0)
			continue;
		MORE(arena, out->clock, out->clocks, room);
		out->clock[out->clocks++] = (struct tracker_clock){ .subject = db_int(stmt, 0),
			.thread = db_int(stmt, 1), .rule = rule, .due = seen_day(stmt, 3),
			.booked = seen_day(stmt, 4) };
	}
	return row == DB_DONE;
}

static bool read_helds(struct arena *arena, struct stmt *stmt, struct tracker_facts *out,
	struct err *err)
{
	size_t room = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		MORE(arena, out->held, out->helds, room);
		out->held[out->helds++] = (struct tracker_held){ .subject = db_int(stmt, 0),
			.word = word_find(db_text(stmt, 1)), .on = seen_day(stmt, 2) };
	}
	return row == DB_DONE;
}

static bool read_knowns(struct arena *arena, struct stmt *stmt, struct tracker_facts *out,
	struct err *err)
{
	size_t room = 0;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		MORE(arena, out->known, out->knowns, room);
		out->known[out->knowns++] = (struct tracker_known){
			.subject = db_int(stmt, 0), .what = seen_text(arena, stmt, 1) };
	}
	return row == DB_DONE;
}

bool store_tracker_facts(struct store *store, struct arena *arena, const int64_t *subject, size_t n,
	struct tracker_facts *out, struct err *err)
{
	struct buf ids = { 0 };
	*out = (struct tracker_facts){ 0 };
	if (n == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		buf_format(&ids, "%019lld", (long long)subject[i]);
	static const struct sql *const sql[] = { &tracker_clocks, &tracker_helds, &tracker_knowns };
	bool read = true;
	for (int i = 0; read && i < 3; i++) {
		struct stmt *stmt = db_use(store->db, sql[i]);
		db_bind_int(stmt, 1, (int64_t)n);
		db_bind_text(stmt, 2, buf_view(&ids));
		read = i == 0	? read_clocks(store, arena, stmt, out, err)
		       : i == 1 ? read_helds(arena, stmt, out, err)
				: read_knowns(arena, stmt, out, err);
		db_reset(stmt);
	}
	buf_close(&ids);
	return read;
}

bool store_tracker_put(
	struct store *store, int64_t person, str sealed, instant until, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tracker_put);
	db_bind_int(stmt, 1, person);
	db_bind_bytes(stmt, 2, sealed);
	db_bind_int(stmt, 3, until);
	return db_do(stmt, err);
}

bool store_tracker_get(struct store *store, struct arena *arena, int64_t person, instant now,
	str *sealed, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tracker_get);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, now);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*sealed = arena_str(arena, db_bytes(stmt, 0));
	db_reset(stmt);
	return row == DB_ROW ||
	       (row == DB_DONE && err_set(err, ERR_MISSING, "the tracker is no longer here"));
}

bool store_tracker_forget(struct store *store, int64_t person, instant now, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &tracker_forget);
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, now);
	return db_do(stmt, err);
}
