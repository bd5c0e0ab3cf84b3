/* cover_sight.c - sight of a covered child: for the days of the leave, and not an hour longer. */
#include "store/cover_inside.h"

/* The periods for which somebody has accepted to cover a child, and which are not over. */
SQL(cover_periods,
	"SELECT v.first_day, v.last_day FROM cover_child c JOIN cover v ON v.id = c.cover "
	"WHERE c.receiver = $1 AND c.subject = $2 AND c.stage = 1 AND v.cause <> 2 "
	"AND v.last_day >= $3 ORDER BY v.first_day");
SQL(cover_pairs,
	"SELECT DISTINCT c.receiver, c.subject, v.authority FROM cover_child c "
	"JOIN cover v ON v.id = c.cover "
	"WHERE c.stage = 1 AND v.cause <> 2 AND v.last_day >= CAST($1 AS BIGINT) - 40 "
	"ORDER BY c.subject");

/* ---- sight: the period that runs or comes next, with those that follow on without a gap */

static instant morning(day d)
{
	instant at;
	struct err err;
	bool real = instant_of_local(d, 0, -1, &at, &err);
	must(real); /* midnight is never left out in London */
	return at;
}

bool cover_set_sight(struct store *store, str authority, int64_t person, int64_t subject,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &cover_periods);
	day today = instant_day(store_now(store)), first = DAY_UNKNOWN, last = DAY_UNKNOWN;
	db_bind_int(stmt, 1, person);
	db_bind_int(stmt, 2, subject);
	db_bind_int(stmt, 3, today);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		day from = (day)db_int(stmt, 0), to = (day)db_int(stmt, 1);
		if (first == DAY_UNKNOWN) {
			first = from;
			last = to;
		} else if (from <= last + 1 && to > last) {
			last = to;
		}
	}
	if (row == DB_FAIL)
		return false;
	/* No period left: what was given before has ended now. */
	const struct sight_row sight = { .subject = subject,
		.person = person,
		.relation = RELATION_COVER,
		.since = first == DAY_UNKNOWN ? INSTANT_UNKNOWN : morning(first),
		.until = first == DAY_UNKNOWN ? store_now(store) : morning(last + 1) };
	return sight_give(store, authority, &sight, err);
}

bool store_cover_turn(struct store *store, struct err *err)
{
	struct pair {
		int64_t receiver, subject;
		str authority;
	};
	struct {
		struct pair *item;
		size_t n, room;
	} pairs = { 0 };
	struct arena *arena = arena_open(16 << 20);
	struct held_step held = cover_hold(store, err);
	struct stmt *stmt = db_use(store->db, &cover_pairs);
	db_bind_int(stmt, 1, instant_day(store_now(store)));
	enum db_row row = held.begun ? DB_ROW : DB_FAIL;
	while (held.begun && (row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&pairs) = (struct pair){ db_int(stmt, 0), db_int(stmt, 1),
			arena_str(arena, db_text(stmt, 2)) };
	bool done = row == DB_DONE;
	for (size_t i = 0; done && i < pairs.n; i++)
		done = cover_set_sight(store, pairs.item[i].authority, pairs.item[i].receiver,
			pairs.item[i].subject, err);
	int64_t moved;
	instant today = morning(instant_day(store_now(store)));
	arena_reset(arena);
	done = done && cover_tell_turns(store, arena, today, err) &&
		cover_lend(store, today, &moved, err);
	done = cover_release(store, held, done, err);
	mem_free(pairs.item);
	arena_close(arena);
	return done;
}
