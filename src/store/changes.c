#include "store/changes.h"

#include "store/matter_seen.h"

#include <stdlib.h>

#define WHO "a.subject, a.level, r.number, r.forename, r.surname"
#define EVENT                                                                                      \
	", e.word, e.on_day, e.detail, e.source, e.known_at, e.withdrawn_at, e.withdrawn_reason "
#define ALLOCATION                                                                                 \
	", v.changed_at, v.iro, v.chair, v.social_worker, v.team, p.iro, p.chair, "                \
	"p.social_worker, p.team "
#define LATEST " ORDER BY e.known_at DESC, e.id LIMIT 401"

/* What was known when the child came is no news: that the child came is. */
#define CAME "JOIN record_child n ON n.subject = a.subject "                                       \
	"JOIN version_child f ON f.id = n.id AND f.version = 1 "
#define SINCE "((e.known_at >= $5 AND e.known_at > f.changed_at) OR e.withdrawn_at >= $5) "

/* $5 the first instant. Somebody's own children: from the children to their events; everybody's:
 * from the latest events to the children, and to when each came before to who may see them: on the day
 * of a first import all events are late, and none is news. */
SQL(changes_own,
	"SELECT " WHO EVENT "FROM access a CROSS JOIN child_row r CROSS JOIN event e " CAME "WHERE "
	"a.holder = $1 AND" SEEN_NOW "AND r.subject = a.subject AND e.subject = a.subject AND " SINCE LATEST);
SQL(changes_all,
	"SELECT " WHO EVENT "FROM event e CROSS JOIN record_child n CROSS JOIN version_child f "
	"CROSS JOIN access a CROSS JOIN child_row r WHERE "
	"(e.known_at >= $5 OR e.withdrawn_at >= $5) AND n.subject = e.subject AND f.id = n.id "
	"AND f.version = 1 AND " SINCE "AND a.subject = e.subject AND" SEEN_NOW
	"AND r.subject = a.subject" LATEST);
/* $5 the first day, $6 today: the clock that comes first in a list. */
SQL(changes_overdue,
	"SELECT " WHO ", r.next_rule, r.next_due FROM access a CROSS JOIN child_row r WHERE" SEEN_NOW
	"AND (a.holder = $1 OR CAST($7 AS BIGINT) = 1) AND r.subject = a.subject "
	"AND r.next_due >= $5 AND r.next_due < $6 ORDER BY r.next_due, a.subject LIMIT 401");
SQL(changes_new,
	"SELECT " WHO ", f.changed_at FROM version_child f CROSS JOIN access a "
	"CROSS JOIN child_row r WHERE f.version = 1 AND f.changed_at >= $5 AND "
	"a.subject = f.subject AND" SEEN_NOW "AND (a.holder = $1 OR CAST($6 AS BIGINT) = 1) "
	"AND r.subject = a.subject ORDER BY f.changed_at DESC, f.id LIMIT 401");
SQL(changes_allocated,
	"SELECT " WHO ALLOCATION "FROM version_allocation v CROSS JOIN access a CROSS JOIN child_row r "
	"JOIN version_allocation p ON p.id = v.id AND p.version = v.version - 1 WHERE "
	"v.changed_at >= $5 AND v.withdrawn = 0 AND a.subject = v.subject AND" SEEN_NOW
	"AND (a.holder = $1 OR CAST($6 AS BIGINT) = 1) AND r.subject = a.subject "
	"ORDER BY v.changed_at DESC, v.id LIMIT 401");

/* $5 the sights, $6 the first instant, $7 1 for everybody's, $8 the first day, $9 today: what was done
 * with matters that name a child, and which of them became overdue. Only of children of whom the reader
 * sees all: that a dispute is about a child without a name is told nowhere. */
#define OF_MATTER                                                                                  \
	"m.child, " MATTER_LEVEL("$5") " AS level, r.number, r.forename, r.surname, "
#define THAT_MATTER ", m.subject AS matter, m.kind_n, m.reference "
#define MATTERS_OF                                                                                 \
	"(m.authority = $3 OR m.authority IN (SELECT w.authority FROM person_authority w WHERE "   \
	"w.person = $1)) AND m.withdrawn = 0 AND m.child > 0 AND (CAST($7 AS BIGINT) = 1 OR "      \
	"EXISTS (SELECT 1 FROM access o WHERE o.subject = m.child AND o.holder = $1)) "            \
	"AND r.subject = m.child "
SQL(changes_matters,
	"SELECT * FROM (SELECT " OF_MATTER "e.word, e.on_day, e.detail, e.source, e.known_at, "
	"e.withdrawn_at, e.withdrawn_reason" THAT_MATTER "FROM matter_row m CROSS JOIN event e "
	"CROSS JOIN child_row r WHERE " MATTERS_OF "AND e.subject = m.subject AND (e.known_at >= $6 "
	"OR e.withdrawn_at >= $6) UNION ALL SELECT " OF_MATTER "'', m.next_due, m.next_rule, '', 0, "
	"CAST(NULL AS BIGINT), CAST(NULL AS TEXT)" THAT_MATTER "FROM matter_row m CROSS JOIN "
	"child_row r WHERE " MATTERS_OF "AND m.is_open = 1 AND m.next_due >= $8 AND m.next_due < $9) t "
	"WHERE t.level > 1 ORDER BY t.known_at DESC, t.matter LIMIT 401");

enum { WHO_N = 5, MATTER_N = 12 };

struct gathering {
	struct store *store;
	struct arena *arena;
	const struct change_query *query;
	struct {
		struct change_item *item;
		size_t n, room;
	} items;
	bool more;
};

static struct change_item who(struct gathering *g, struct stmt *stmt, enum change_kind kind)
{
	struct change_item item = { .subject = db_int(stmt, 0),
		.level = (int)db_int(stmt, 1),
		.number = seen_text(g->arena, stmt, 2),
		.kind = kind,
		.at = INSTANT_UNKNOWN,
		.on = DAY_UNKNOWN };
	if (item.level >= 2) {
		item.forename = seen_text(g->arena, stmt, 3);
		item.surname = seen_text(g->arena, stmt, 4);
	}
	return item;
}

/* Enough of this source: what is left out is said. */
static bool is_full(struct gathering *g, size_t *taken)
{
	if (++*taken <= CHANGES_MOST)
		return false;
	g->more = true;
	return true;
}

static bool is_since(const struct gathering *g, instant at)
{
	return at != INSTANT_UNKNOWN && instant_day(at) >= g->query->since;
}

static void take_event(struct gathering *g, struct stmt *stmt)
{
	instant known = db_int(stmt, WHO_N + 4);
	instant withdrawn = db_is_null(stmt, WHO_N + 5) ? INSTANT_UNKNOWN : db_int(stmt, WHO_N + 5);
	enum word word = word_find(db_text(stmt, WHO_N));
	bool corrected = is_since(g, withdrawn);
	if (!corrected && (!is_since(g, known) || withdrawn != INSTANT_UNKNOWN))
		return;
	/* What came and went within the days shown is no news. */
	if (corrected && is_since(g, known))
		return;
	struct change_item item = who(g, stmt,
		corrected			? CHANGE_CORRECTED
			: word == WORD_MEETING_BOOKED ? CHANGE_BOOKED
						      : CHANGE_RECORDED);
	item.at = corrected ? withdrawn : known;
	if (item.level >= 2) {
		item.word = word;
		item.on = seen_day(stmt, WHO_N + 1);
		item.detail = seen_text(g->arena, stmt, WHO_N + 2);
		item.source = seen_text(g->arena, stmt, WHO_N + 3);
		item.reason = seen_text(g->arena, stmt, WHO_N + 6);
	}
	ARRAY_MORE(&g->items) = item;
}

static bool events(struct gathering *g, struct err *err)
{
	struct stmt *stmt = db_use(g->store->db, g->query->all ? &changes_all : &changes_own);
	size_t taken = 0;
	enum db_row row;
	seen_bind(stmt, g->query->actor, store_now(g->store));
	/* Midnight in London is at the latest an hour before that of UTC. */
	db_bind_int(stmt, 5, (int64_t)g->query->since * INSTANT_DAY - INSTANT_HOUR);
	while ((row = db_step(stmt, err)) == DB_ROW && !is_full(g, &taken))
		take_event(g, stmt);
	db_reset(stmt);
	return row != DB_FAIL;
}

/* The sights of who is told of matters child by child; who counts them is told of no child. */
static str sights_of(struct gathering *g)
{
	str sights = matter_sights(g->arena, g->query->actor);
	char *told = arena_take(g->arena, sights.n + 1, 1);
	for (size_t i = 0; i < sights.n; i++)
		told[i] = sights.p[i] == '0' + MATTER_COUNTED ? '0' : sights.p[i];
	return (str){ told, sights.n };
}

static void take_matter(struct gathering *g, struct stmt *stmt)
{
	size_t before = g->items.n;
	if (db_text(stmt, WHO_N).n > 0) {
		take_event(g, stmt);
	} else {
		struct change_item item = who(g, stmt, CHANGE_OVERDUE);
		item.on = seen_day(stmt, WHO_N + 1);
		item.rule = seen_text(g->arena, stmt, WHO_N + 2);
		ARRAY_MORE(&g->items) = item;
	}
	if (g->items.n == before)
		return;
	struct change_item *item = &g->items.item[before];
	item->matter = db_int(stmt, MATTER_N);
	item->matter_kind = (enum subject_kind)db_int(stmt, MATTER_N + 1);
	item->reference = seen_text(g->arena, stmt, MATTER_N + 2);
}

static bool matters(struct gathering *g, struct err *err)
{
	struct stmt *stmt = db_use(g->store->db, &changes_matters);
	size_t taken = 0;
	enum db_row row;
	seen_bind(stmt, g->query->actor, store_now(g->store));
	db_bind_text(stmt, 5, sights_of(g));
	db_bind_int(stmt, 6, (int64_t)g->query->since * INSTANT_DAY - INSTANT_HOUR);
	db_bind_int(stmt, 7, g->query->all);
	db_bind_int(stmt, 8, g->query->since - 1);
	db_bind_int(stmt, 9, g->query->today);
	while ((row = db_step(stmt, err)) == DB_ROW && !is_full(g, &taken))
		take_matter(g, stmt);
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool overdue(struct gathering *g, struct err *err)
{
	struct stmt *stmt = db_use(g->store->db, &changes_overdue);
	size_t taken = 0;
	enum db_row row;
	seen_bind(stmt, g->query->actor, store_now(g->store));
	/* Overdue on the day after the due date. */
	db_bind_int(stmt, 5, g->query->since - 1);
	db_bind_int(stmt, 6, g->query->today);
	db_bind_int(stmt, 7, g->query->all);
	while ((row = db_step(stmt, err)) == DB_ROW && !is_full(g, &taken)) {
		struct change_item item = who(g, stmt, CHANGE_OVERDUE);
		item.rule = seen_text(g->arena, stmt, WHO_N);
		item.on = seen_day(stmt, WHO_N + 1);
		ARRAY_MORE(&g->items) = item;
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool children(struct gathering *g, struct err *err)
{
	struct stmt *stmt = db_use(g->store->db, &changes_new);
	size_t taken = 0;
	enum db_row row;
	seen_bind(stmt, g->query->actor, store_now(g->store));
	db_bind_int(stmt, 5, (int64_t)g->query->since * INSTANT_DAY - INSTANT_HOUR);
	db_bind_int(stmt, 6, g->query->all);
	while ((row = db_step(stmt, err)) == DB_ROW && !is_full(g, &taken)) {
		struct change_item item = who(g, stmt, CHANGE_NEW);
		item.at = db_int(stmt, WHO_N);
		if (is_since(g, item.at))
			ARRAY_MORE(&g->items) = item;
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool allocations(struct gathering *g, struct err *err)
{
	struct stmt *stmt = db_use(g->store->db, &changes_allocated);
	size_t taken = 0;
	enum db_row row;
	seen_bind(stmt, g->query->actor, store_now(g->store));
	db_bind_int(stmt, 5, (int64_t)g->query->since * INSTANT_DAY - INSTANT_HOUR);
	db_bind_int(stmt, 6, g->query->all);
	while ((row = db_step(stmt, err)) == DB_ROW && !is_full(g, &taken)) {
		struct change_item item = who(g, stmt, CHANGE_ALLOCATED);
		item.at = db_int(stmt, WHO_N);
		str *const now[] = { &item.iro, &item.chair, &item.social_worker, &item.team,
			&item.was_iro, &item.was_chair, &item.was_worker, &item.was_team };
		bool differs = false;
		for (int i = 0; i < 8; i++)
			*now[i] = seen_text(g->arena, stmt, WHO_N + 1 + i);
		for (int i = 0; i < 4; i++)
			differs = differs || !str_equal(*now[i], *now[i + 4]);
		if (is_since(g, item.at) && differs)
			ARRAY_MORE(&g->items) = item;
	}
	db_reset(stmt);
	return row != DB_FAIL;
}

static int compare(const void *a, const void *b)
{
	const struct change_item *one = a, *two = b;
	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	if (one->subject != two->subject)
		return one->subject < two->subject ? -1 : 1;
	if (one->matter != two->matter)
		return one->matter < two->matter ? -1 : 1;
	if (one->at != two->at)
		return one->at > two->at ? -1 : 1;
	if (one->word != two->word)
		return one->word < two->word ? -1 : 1;
	return one->on < two->on ? -1 : one->on > two->on;
}

bool store_changes(struct store *store, struct arena *arena, const struct change_query *query,
	struct change_list *out, struct err *err)
{
	struct gathering g = { .store = store, .arena = arena, .query = query };
	*out = (struct change_list){ 0 };
	bool done = overdue(&g, err) && events(&g, err) && allocations(&g, err) &&
		children(&g, err) && matters(&g, err);
	if (g.items.n > 0)
		qsort(g.items.item, g.items.n, sizeof *g.items.item, compare);
	out->more = g.more;
	out->item = arena_take(arena, g.items.n, sizeof *out->item);
	/* A child seen in two ways is told of once. */
	for (size_t i = 0; i < g.items.n; i++) {
		if (i == 0 || compare(&g.items.item[i - 1], &g.items.item[i]) != 0)
			out->item[out->n++] = g.items.item[i];
	}
	mem_free(g.items.item);
	return done;
}
