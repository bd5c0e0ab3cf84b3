#include "store/week.h"

#include "store/list_seen.h"

#include <stdlib.h>

/* $5 upto, $6 today. The rows of somebody's own, not those of everybody with their role. */
SQL(week_own,
	"SELECT a.subject, a.level, r.number, r.forename, r.surname, r.name_key, r.looked_after, "
	"r.on_plan, c.rule, c.due, c.booked, c.ended_on, c.ended_by, c.disapplied, c.known_to, "
	"(SELECT min(k.known) FROM (SELECT max(i.known_to) AS known FROM import i WHERE "
	"i.kind <> 'people' AND (i.authority = $3 OR i.authority IN (SELECT w.authority FROM "
	"person_authority w WHERE w.person = $1)) GROUP BY i.authority) k) "
	"FROM access a JOIN child_row r ON r.subject = a.subject LEFT JOIN clock c "
	"ON c.subject = a.subject AND c.met_on IS NULL AND c.doubt = 0 "
	"AND (c.due <= $5 OR (c.booked >= $6 AND c.booked <= $5)) "
	"WHERE a.holder = $1 AND" SEEN_NOW "ORDER BY a.subject");

enum { SUBJECT, LEVEL, NUMBER, FORENAME, SURNAME, NAME_KEY, LOOKED_AFTER, ON_PLAN, RULE, DUE, BOOKED,
	ENDED_ON, ENDED_BY, DISAPPLIED, KNOWN_TO, FILES_KNOW };

static struct clock clock_read(struct store *store, struct stmt *stmt)
{
	struct clock clock = clock_blank;
	clock.rule = store_rule(store, db_text(stmt, RULE));
	clock.due = seen_day(stmt, DUE);
	clock.booked = seen_day(stmt, BOOKED);
	clock.ended_on = seen_day(stmt, ENDED_ON);
	clock.ended_by = word_find(db_text(stmt, ENDED_BY));
	clock.disapplied = db_text(stmt, DISAPPLIED);
	clock.known_to = seen_day(stmt, KNOWN_TO);
	return clock;
}

static int by_due(const void *a, const void *b)
{
	const struct week_item *one = a, *two = b;
	if (one->due != two->due)
		return one->due < two->due ? -1 : 1;
	int order = str_compare(one->name, two->name);
	if (order != 0)
		return order;
	order = one->subject < two->subject ? -1 : one->subject > two->subject;
	return order != 0 ? order : str_compare(one->rule->id, two->rule->id);
}

static struct week_item item_of(struct arena *arena, struct stmt *stmt, const struct clock *clock,
	day today)
{
	bool named = db_int(stmt, LEVEL) >= 2;
	struct week_item item = { .subject = db_int(stmt, SUBJECT),
		.level = (int)db_int(stmt, LEVEL),
		.number = seen_text(arena, stmt, NUMBER),
		.looked_after = db_int(stmt, LOOKED_AFTER) == 1,
		.on_plan = db_int(stmt, ON_PLAN) == 1,
		.rule = clock->rule,
		.state = clock_state(clock, today),
		.due = clock->due,
		.booked = clock->booked };
	item.name = named ? seen_text(arena, stmt, NAME_KEY) : item.number;
	if (named) {
		item.forename = seen_text(arena, stmt, FORENAME);
		item.surname = seen_text(arena, stmt, SURNAME);
	}
	return item;
}

bool store_week(struct store *store, struct arena *arena, const struct week_query *query,
	struct week *out, struct err *err)
{
	struct {
		struct week_item *item;
		size_t n, room;
	} items = { 0 };
	struct stmt *stmt = db_use(store->db, &week_own);
	int64_t last = 0;
	enum db_row row;
	*out = (struct week){ .known_to = DAY_UNKNOWN };
	seen_bind(stmt, query->actor, store_now(store));
	db_bind_int(stmt, 5, query->upto);
	db_bind_int(stmt, 6, query->today);
	while ((row = db_step(stmt, err)) == DB_ROW) {
		out->children += db_int(stmt, SUBJECT) != last;
		last = db_int(stmt, SUBJECT);
		out->known_to = seen_day(stmt, FILES_KNOW);
		if (db_is_null(stmt, RULE))
			continue;
		struct clock clock = clock_read(store, stmt);
		if (clock.rule != NULL && clock_is_open(clock_state(&clock, query->today)))
			ARRAY_MORE(&items) = item_of(arena, stmt, &clock, query->today);
	}
	if (items.n > 0)
		qsort(items.item, items.n, sizeof *items.item, by_due);
	/* A child seen in two ways is listed once. */
	out->item = arena_take(arena, items.n, sizeof *out->item);
	for (size_t i = 0; i < items.n; i++) {
		if (i == 0 || by_due(&items.item[i - 1], &items.item[i]) != 0)
			out->item[out->n++] = items.item[i];
	}
	mem_free(items.item);
	return row == DB_DONE;
}
