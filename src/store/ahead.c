#include "store/ahead.h"

#include "store/list_seen.h"

#include <string.h>

/* Who may see children counts those that they see; who may not, all of the authority but the hidden. */
#define COUNTED                                                                                    \
	"((CAST($5 AS BIGINT) = 1 AND EXISTS (SELECT 1 FROM access a WHERE a.subject = r.subject "  \
	"AND" ACCESS_NOW("$1", "$2", "$3", "$4") ")) OR (CAST($5 AS BIGINT) = 0 "                  \
	"AND r.authority = $3 AND r.openness IN (0, 1))) "
SQL(ahead_due,
	"SELECT r.iro, r.chair, r.team, r.looked_after, c.rule, c.due, c.booked, c.known_to, "
	"c.ended_on, c.ended_by, c.disapplied FROM clock c JOIN child_row r ON r.subject = c.subject "
	"WHERE c.rule IN ('cla-review-first', 'cla-review-second', 'cla-review-subsequent', "
	"'icpc-15wd', 'transfer-in-conference', 'rcpc-first', 'rcpc-subsequent') "
	"AND c.due <= $6 AND c.met_on IS NULL AND c.doubt = 0 AND " COUNTED
	"ORDER BY c.due, r.subject, c.n");
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

bool store_ahead(struct store *store, struct arena *arena, const struct actor *actor, day today,
	day upto, struct ahead *out, struct err *err)
{
	*out = (struct ahead){ 0 };
	struct stmt *stmt = db_use(store->db, &ahead_due);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, sees_children(actor));
	db_bind_int(stmt, 6, upto);
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
