#include "store/ahead.h"

#include "base/intern.h"
#include "base/mem.h"
#include "store/list_seen.h"

#include <stdlib.h>
#include <string.h>

/* Who may see children counts those that they see; who may not, all of the authority but the hidden. */
#define COUNTED                                                                                    \
	"((CAST($5 AS BIGINT) = 1 AND EXISTS (SELECT 1 FROM access a WHERE a.subject = r.subject "  \
	"AND" ACCESS_NOW("$1", "$2", "$3", "$4") ")) OR (CAST($5 AS BIGINT) = 0 "                  \
	"AND r.authority = $3 AND r.openness IN (0, 1))) "
#define DUE_RULES                                                                                  \
	"'cla-review-first', 'cla-review-second', 'cla-review-subsequent', 'icpc-15wd', "          \
	"'transfer-in-conference', 'temporary-child-cp', 'rcpc-first', 'rcpc-subsequent', "         \
	"'adoption-review-first', 'adoption-review-second', 'adoption-review-subsequent', "         \
	"'short-break-review-first', 'short-break-review-subsequent'"
/* Of whoever works for this council and another: the children of both are one person's work, and the
 * norm is held against all of them (as on the pages of cover). */
#define BESIDE(key, counts)                                                                        \
	"UNION SELECT p.name, r.subject FROM person_authority b JOIN person p ON p.id = b.person " \
	"JOIN child_row r ON r.authority IN " COUNCILS_OF("p") " AND r." key                       \
	" IN (p.login_key, p.name_key) AND r." counts " = 1 AND r.openness IN (0, 1) "             \
	"WHERE p.disabled = 0 AND " SERVES("p", "$3") " "
SQL(ahead_due,
	"SELECT r.iro, r.chair, r.team, c.rule, c.due, c.booked, c.known_to "
	"FROM clock c JOIN child_row r ON r.subject = c.subject "
	"WHERE c.rule IN (" DUE_RULES ") "
	"AND c.due <= $6 AND " CLOCK_RUNS("c") "AND " COUNTED);
/* $1 to $4 the reader, $5 1 for what they chair, $6 upto. By the reader's children, and not by rule:
 * the rules are the whole authority's. */
SQL(ahead_own,
	"SELECT r.iro, r.chair, r.team, c.rule, c.due, c.booked, c.known_to "
	"FROM person p JOIN child_row r ON r.subject IN "
	"(SELECT a.subject FROM access a WHERE" ACCESS_NOW("$1", "$2", "$3", "$4") ") "
	"JOIN clock c ON c.subject = r.subject WHERE p.id = $1 "
	"AND c.rule || '' IN (" DUE_RULES ") AND c.due <= $6 AND " CLOCK_RUNS("c")
	"AND (CAST($5 AS BIGINT) = 0 OR (CASE WHEN c.rule LIKE '%-review-%' THEN r.iro_key "
	"ELSE r.chair_key END) IN (p.login_key, p.name_key))");
SQL(load_own,
	"SELECT count(*) FROM (SELECT r.subject FROM person p JOIN child_row r "
	"ON r.authority IN " COUNCILS_OF("p") " AND r.iro_key IN (p.login_key, p.name_key) "
	"AND r.looked_after = 1 WHERE p.id = $1 UNION SELECT r.subject FROM person p JOIN child_row r "
	"ON r.authority IN " COUNCILS_OF("p") " AND r.chair_key IN (p.login_key, p.name_key) "
	"AND r.on_plan = 1 WHERE p.id = $1) AS t");
SQL(loads_all,
	"SELECT t.name, count(*) FROM (SELECT r.iro AS name, r.subject AS subject FROM child_row r "
	"WHERE r.looked_after = 1 AND r.iro IS NOT NULL AND " COUNTED
	"UNION SELECT r.chair, r.subject FROM child_row r WHERE r.on_plan = 1 "
	"AND r.chair IS NOT NULL AND " COUNTED BESIDE("iro_key", "looked_after")
	BESIDE("chair_key", "on_plan") ") AS t GROUP BY t.name ORDER BY t.name");

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

/* One meeting as it is read: an authority has many, of few people in few weeks. */
struct meeting {
	uint32_t chair, team; /* numbers of their names */
	day week;
	uint8_t conference, overdue, booking;
};

struct gathered {
	struct intern names; /* texts in the arena */
	struct {
		struct meeting *item;
		size_t n, room;
	} meetings;
};

static uint32_t name_at(struct gathered *g, struct arena *arena, struct stmt *stmt, int column)
{
	uint32_t number;
	str name = db_text(stmt, column);
	return intern_find(&g->names, name, &number)
		? number
		: intern_number(&g->names, arena_str(arena, name));
}

static void gather(struct store *store, struct arena *arena, struct stmt *stmt, day today,
	struct gathered *g)
{
	struct clock clock = clock_blank;
	clock.rule = store_rule(store, db_text(stmt, 3));
	clock.due = seen_day(stmt, 4);
	clock.booked = seen_day(stmt, 5);
	clock.known_to = seen_day(stmt, 6);
	if (clock.rule == NULL || clock.rule->booking.n == 0)
		return;
	enum clock_state state = clock_state(&clock, today);
	if (state != CLOCK_DUE && state != CLOCK_OVERDUE)
		return;
	bool conference = !str_equal(clock.rule->booking, S("cla-review"));
	ARRAY_MORE(&g->meetings) = (struct meeting){
		.chair = name_at(g, arena, stmt, conference ? 1 : 0),
		.team = name_at(g, arena, stmt, 2),
		.week = clock.due - (day)day_weekday(clock.due),
		.conference = conference,
		.overdue = state == CLOCK_OVERDUE,
		.booking = (uint8_t)clock_booking(&clock) };
}

static int by_place(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;
	if (x->chair != y->chair)
		return x->chair < y->chair ? -1 : 1;
	if (x->team != y->team)
		return x->team < y->team ? -1 : 1;
	if (x->week != y->week)
		return x->week < y->week ? -1 : 1;
	if (x->conference != y->conference)
		return x->conference - y->conference;
	return x->overdue != y->overdue ? x->overdue - y->overdue : x->booking - y->booking;
}

static int by_chair(const void *a, const void *b)
{
	const struct ahead_item *x = a, *y = b;
	int order = str_compare(x->chair, y->chair);
	if (order == 0)
		order = str_compare(x->team, y->team);
	if (order == 0)
		order = (x->week > y->week) - (x->week < y->week);
	return order != 0 ? order : x->conference - y->conference;
}

static void add_up(struct arena *arena, const struct gathered *g, struct ahead *out)
{
	const struct meeting *meeting = g->meetings.item;
	size_t n = g->meetings.n, kinds = 0;
	if (n > 0)
		qsort(g->meetings.item, n, sizeof *meeting, by_place);
	for (size_t i = 0; i < n; i++)
		kinds += i == 0 || by_place(&meeting[i - 1], &meeting[i]) != 0;
	out->item = arena_take(arena, kinds + 1, sizeof *out->item);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || by_place(&meeting[i - 1], &meeting[i]) != 0)
			out->item[out->n++] = (struct ahead_item){
				.chair = g->names.text[meeting[i].chair],
				.team = g->names.text[meeting[i].team],
				.week = meeting[i].week,
				.conference = meeting[i].conference,
				.overdue = meeting[i].overdue,
				.booking = meeting[i].booking };
		out->item[out->n - 1].n++;
	}
	if (out->n > 0)
		qsort(out->item, out->n, sizeof *out->item, by_chair);
}

static bool read_ahead(struct store *store, struct arena *arena, struct stmt *stmt, day today,
	struct ahead *out, struct err *err)
{
	struct gathered g = { 0 };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		gather(store, arena, stmt, today, &g);
	if (row == DB_DONE)
		add_up(arena, &g, out);
	intern_close(&g.names);
	mem_free(g.meetings.item);
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
