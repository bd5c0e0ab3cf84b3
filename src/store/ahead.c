#include "store/ahead.h"

#include "store/list_seen.h"

#include <string.h>

/* Who may see children counts those that they see; who may not, all of the authority but the hidden. */
#define COUNTED                                                                                    \
	"((CAST($5 AS BIGINT) = 1 AND EXISTS (SELECT 1 FROM access a WHERE a.subject = r.subject "  \
	"AND" ACCESS_NOW("$1", "$2", "$3", "$4") ")) OR (CAST($5 AS BIGINT) = 0 "                  \
	"AND r.authority = $3 AND r.openness IN (0, 1))) "
#define DUE_RULES                                                                                  \
	"'cla-review-first', 'cla-review-second', 'cla-review-subsequent', 'icpc-15wd', "          \
	"'transfer-in-conference', 'rcpc-first', 'rcpc-subsequent'"
SQL(ahead_due,
	"SELECT r.iro, r.chair, r.team, r.looked_after, c.rule, c.due, c.booked, c.known_to, "
	"c.ended_on, c.ended_by, c.disapplied FROM clock c JOIN child_row r ON r.subject = c.subject "
	"WHERE c.rule IN (" DUE_RULES ") "
	"AND c.due <= $6 AND c.met_on IS NULL AND c.doubt = 0 AND " COUNTED
	"ORDER BY c.due, r.subject, c.n");
/* $1 to $4 the reader, $5 1 for what they chair, $6 upto. By the reader's children, and not by rule:
 * the rules are the whole authority's. */
SQL(ahead_own,
	"SELECT r.iro, r.chair, r.team, r.looked_after, c.rule, c.due, c.booked, c.known_to, "
	"c.ended_on, c.ended_by, c.disapplied FROM person p JOIN child_row r ON r.subject IN "
	"(SELECT a.subject FROM access a WHERE" ACCESS_NOW("$1", "$2", "$3", "$4") ") "
	"JOIN clock c ON c.subject = r.subject WHERE p.id = $1 "
	"AND c.rule || '' IN (" DUE_RULES ") AND c.due <= $6 AND c.met_on IS NULL AND c.doubt = 0 "
	"AND (CAST($5 AS BIGINT) = 0 OR (CASE WHEN c.rule LIKE 'cla-review-%' THEN r.iro_key "
	"ELSE r.chair_key END) IN (p.login_key, p.name_key)) ORDER BY c.due, r.subject, c.n");
SQL(load_own,
	"SELECT count(*) FROM (SELECT r.subject FROM person p JOIN child_row r "
	"ON r.authority = p.authority AND r.iro_key IN (p.login_key, p.name_key) "
	"AND r.looked_after = 1 WHERE p.id = $1 UNION SELECT r.subject FROM person p "
	"JOIN child_row r ON r.authority = p.authority AND r.chair_key IN (p.login_key, p.name_key) "
	"AND r.on_plan = 1 WHERE p.id = $1) AS t");
SQL(loads_all,
	"SELECT t.name, count(*) FROM (SELECT r.iro AS name, r.subject AS subject FROM child_row r "
	"WHERE r.looked_after = 1 AND r.iro IS NOT NULL AND " COUNTED
	"UNION SELECT r.chair, r.subject FROM child_row r WHERE r.on_plan = 1 "
	"AND r.chair IS NOT NULL AND " COUNTED ") AS t GROUP BY t.name ORDER BY t.name");

/* Lists live in the arena and need no closing. */
#define MORE(arena, list)                                                                          \
	(more((arena), (void **)&(list)->item, (list)->n, &(list)->room, sizeof *(list)->item),    \
		&(list)->item[(list)->n++])

static void more(struct arena *arena, void **item, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return;
	size_t wider = *room == 0 ? 64 : *room * 2;
	void *grown = arena_take(arena, wider, size);
	if (n > 0)
		memcpy(grown, *item, n * size);
	*item = grown;
	*room = wider;
}

static bool sees_children(const struct actor *actor)
{
	return policy_role_may(actor->role, MAY_SEE_CHILD);
}

static bool read_ahead(struct store *store, struct arena *arena, struct stmt *stmt, day today,
	struct ahead *out, struct err *err)
{
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct clock clock = clock_blank;
		clock.rule = store_rule(store, db_text(stmt, 4));
		clock.due = seen_day(stmt, 5);
		clock.booked = seen_day(stmt, 6);
		clock.known_to = seen_day(stmt, 7);
		clock.ended_on = seen_day(stmt, 8);
		clock.ended_by = word_find(db_text(stmt, 9));
		clock.disapplied = db_text(stmt, 10);
		if (clock.rule == NULL || clock.rule->booking.n == 0)
			continue;
		enum clock_state state = clock_state(&clock, today);
		if (state != CLOCK_DUE && state != CLOCK_OVERDUE)
			continue;
		bool conference = !str_equal(clock.rule->booking, S("cla-review"));
		*MORE(arena, out) = (struct ahead_item){
			.chair = seen_text(arena, stmt, conference ? 1 : 0),
			.team = seen_text(arena, stmt, 2),
			.conference = conference,
			.overdue = state == CLOCK_OVERDUE,
			.due = clock.due,
			.booking = clock_booking(&clock) };
	}
	return row == DB_DONE;
}

static void ask_ahead(struct store *store, struct stmt *stmt, const struct actor *actor, bool which,
	day upto)
{
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, which);
	db_bind_int(stmt, 6, upto);
}

bool store_ahead(struct store *store, struct arena *arena, const struct actor *actor, day today,
	day upto, struct ahead *out, struct err *err)
{
	*out = (struct ahead){ 0 };
	struct stmt *stmt = db_use(store->db, &ahead_due);
	ask_ahead(store, stmt, actor, sees_children(actor), upto);
	return read_ahead(store, arena, stmt, today, out, err);
}

bool store_ahead_own(struct store *store, struct arena *arena, const struct actor *actor, day today,
	day upto, bool chairs, struct ahead *out, int64_t *children, struct err *err)
{
	*out = (struct ahead){ 0 };
	struct stmt *stmt = db_use(store->db, &ahead_own);
	ask_ahead(store, stmt, actor, chairs, upto);
	if (!read_ahead(store, arena, stmt, today, out, err))
		return false;
	stmt = db_use(store->db, &load_own);
	db_bind_int(stmt, 1, actor->user);
	enum db_row row = db_step(stmt, err);
	*children = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_loads(struct store *store, struct arena *arena, const struct actor *actor,
	struct loads *out, struct err *err)
{
	*out = (struct loads){ 0 };
	struct stmt *stmt = db_use(store->db, &loads_all);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, sees_children(actor));
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		*MORE(arena, out) = (struct load){ seen_text(arena, stmt, 0), db_int(stmt, 1) };
	return row == DB_DONE;
}
