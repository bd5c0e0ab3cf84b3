#include "store/tracker.h"

#include "store/list_seen.h"

#include <stdlib.h>
#include <string.h>

SQL(tracker_children,
	"SELECT a.subject, a.level, r.number, r.forename, r.surname, r.born, r.looked_after, "
	"r.on_plan, r.authority, r.sibling_key FROM access a JOIN child_row r ON r.subject = a.subject WHERE" SEEN_NOW);

/* $1 how many, $2 their ids, of 19 digits each, one after another. */
#define PICKED                                                                                     \
	"WITH RECURSIVE place (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM place WHERE i + 1 < "   \
	"CAST($1 AS BIGINT)), picked (id) AS (SELECT CAST(substr(CAST($2 AS TEXT), i * 19 + 1, 19) " \
	"AS BIGINT) FROM place) "
/* A review of a child placed for adoption is of the placement, and booked in the period of care. */
#define IN_CARE                                                                                    \
	"coalesce((SELECT max(e.thread) FROM event e WHERE e.subject = c.subject "                 \
	"AND e.word = 'looked-after-began' AND e.withdrawn_at IS NULL), c.thread)"
SQL(tracker_clocks,
	PICKED "SELECT c.subject, CASE WHEN c.rule LIKE 'adoption-review-%' THEN " IN_CARE
	       " ELSE c.thread END, c.rule, c.due, c.booked FROM picked p JOIN clock c "
	       "ON c.subject = p.id WHERE c.met_on IS NULL AND c.met_at IS NULL AND c.met_event = 0 "
	       "AND c.ended_on IS NULL AND c.disapplied IS NULL ORDER BY c.subject, c.due");
/* $3 the person, $4 today. Rows of four kinds: 0 a meeting that was held, 1 an action that is known, 2 a
 * leave of the person, 3 a weekday of theirs. */
SQL(tracker_recorded,
	PICKED "SELECT 0 AS kind, e.subject AS subject, e.word, e.on_day AS on_day, '', 0, 0 FROM "
	       "picked p JOIN event e ON e.subject = p.id WHERE e.word IN ('cla-review-held', "
	       "'adoption-review-held', 'icpc-held', 'rcpc-held') AND e.withdrawn_at IS NULL AND e.on_day IS NOT NULL "
	       "UNION ALL SELECT 1, r.subject, '', 0, r.what, 0, 0 FROM picked p JOIN record_action r "
	       "ON r.subject = p.id WHERE r.withdrawn_at IS NULL AND r.what IS NOT NULL "
	       "UNION ALL SELECT 2, 0, '', v.first_day, '', v.last_day, 0 FROM cover v WHERE v.away = $3 "
	       "AND (v.last_day IS NULL OR v.last_day >= $4) AND EXISTS (SELECT 1 FROM cover_child c "
	       "WHERE c.cover = v.id AND c.stage IN (0, 1, 2)) "
	       "UNION ALL SELECT 3, 0, '', d.weekday, '', d.from_minute, d.to_minute FROM working_day d "
	       "WHERE d.person = $3 ORDER BY 1, 2, 4");
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
	child.sibling_key = db_text(stmt, 9);
	return child;
}

static struct tracker_child child_kept(struct arena *arena, struct tracker_child child)
{
	child.number = arena_str(arena, child.number);
	child.authority = arena_str(arena, child.authority);
	child.forename = arena_str(arena, child.forename);
	child.surname = arena_str(arena, child.surname);
	child.sibling_key = arena_str(arena, child.sibling_key);
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

static bool read_recorded(struct arena *arena, struct stmt *stmt, struct tracker_facts *out,
	struct err *err)
{
	enum { KIND, SUBJECT, WORD_OF, ON, WHAT, FIRST, SECOND };
	size_t helds = 0, knowns = 0, leaves = 0;
	struct suggest_leave *leave = NULL;
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		switch (db_int(stmt, KIND)) {
		case 0:
			MORE(arena, out->held, out->helds, helds);
			out->held[out->helds++] = (struct tracker_held){ db_int(stmt, SUBJECT),
				word_find(db_text(stmt, WORD_OF)), seen_day(stmt, ON) };
			break;
		case 1:
			MORE(arena, out->known, out->knowns, knowns);
			out->known[out->knowns++] = (struct tracker_known){ db_int(stmt, SUBJECT),
				seen_text(arena, stmt, WHAT) };
			break;
		case 2:
			MORE(arena, leave, out->days.leaves, leaves);
			leave[out->days.leaves++] =
				(struct suggest_leave){ seen_day(stmt, ON), seen_day(stmt, FIRST) };
			break;
		default:
			out->hours_known = true;
			out->days.hours[db_int(stmt, ON)] = (struct suggest_hours){
				(int)db_int(stmt, FIRST), (int)db_int(stmt, SECOND) };
		}
	}
	out->days.leave = leave;
	return row == DB_DONE;
}

bool store_tracker_facts(struct store *store, struct arena *arena, const int64_t *subject, size_t n,
	int64_t person, day today, struct tracker_facts *out, struct err *err)
{
	struct buf ids = { 0 };
	*out = (struct tracker_facts){ .days = { .first = DAY_UNKNOWN, .last = DAY_UNKNOWN } };
	if (n == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		buf_format(&ids, "%019lld", (long long)subject[i]);
	struct stmt *clocks = db_use(store->db, &tracker_clocks);
	db_bind_int(clocks, 1, (int64_t)n);
	db_bind_text(clocks, 2, buf_view(&ids));
	bool read = read_clocks(store, arena, clocks, out, err);
	db_reset(clocks);
	if (read) {
		struct stmt *recorded = db_use(store->db, &tracker_recorded);
		db_bind_int(recorded, 1, (int64_t)n);
		db_bind_text(recorded, 2, buf_view(&ids));
		db_bind_int(recorded, 3, person);
		db_bind_int(recorded, 4, today);
		read = read_recorded(arena, recorded, out, err);
		db_reset(recorded);
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
