/* cover_lend.c - what lies on the desk of somebody who is away: drafts about a child and what is in
 * the inbox about it go to whoever covers the child, and come back. */
#include "store/cover_inside.h"

/* Who covers on the day $1 what stands with `person`, of a row with a subject. */
#define RUNS                                                                                       \
	"cover_child c JOIN cover v ON v.id = c.cover WHERE c.stage = 1 AND v.cause <> 2 "         \
	"AND v.first_day <= $1 AND v.last_day >= $1 AND "
#define LEND(table, more)                                                                          \
	"UPDATE " table " SET home = person, person = (SELECT max(c.receiver) FROM " RUNS          \
	"c.subject = " table ".subject AND v.away = " table ".person) WHERE home = 0 AND " more    \
	" AND EXISTS (SELECT 1 FROM " RUNS "c.subject = " table ".subject AND v.away = " table     \
	".person)"
#define RETURN(table, more)                                                                        \
	"UPDATE " table " SET person = home, home = 0 WHERE home <> 0 AND " more                   \
	" AND NOT EXISTS (SELECT 1 FROM " RUNS "c.subject = " table ".subject AND v.away = " table \
	".home AND c.receiver = " table ".person)"
SQL(drafts_return, RETURN("draft", "made = 0"));
SQL(notices_return, RETURN("notice", "seen_at IS NULL"));
/* A draft that its author is still writing today is left to them. */
SQL(drafts_lend, LEND("draft", "made = 0 AND kept_at < $2"));
SQL(notices_lend, LEND("notice", "seen_at IS NULL"));
SQL(notice_cover,
	"SELECT max(c.receiver) FROM " RUNS "c.subject = $2 AND v.away = $3");
/* Who should be told today, and has not been: that it begins, and that it is over. */
#define TOLD(kind) "NOT EXISTS (SELECT 1 FROM notice n WHERE n.kind = '" kind "' AND n.object = v.id)"
#define OF                                                                                         \
	"SELECT v.id, v.authority, v.away, c.receiver, p.name, q.name, v.last_day, count(*) "      \
	"FROM cover v JOIN cover_child c ON c.cover = v.id JOIN person p ON p.id = v.away "        \
	"JOIN person q ON q.id = c.receiver WHERE c.stage = 1 AND v.cause <> 2 AND "
#define BY " GROUP BY v.id, v.authority, v.away, c.receiver, p.name, q.name, v.last_day ORDER BY v.id"
SQL(covers_begun,
	OF "v.first_day <= $1 AND v.last_day >= $1 AND c.answered_at < $2 AND " TOLD(
		"cover-begun") BY);
SQL(covers_over,
	OF "v.last_day < $1 AND v.last_day >= CAST($1 AS BIGINT) - 14 AND " TOLD("cover-over") BY);

/* Returned first, so that what comes home may go on to who covers its own person. */
bool cover_lend(struct store *store, instant before, int64_t *moved, struct err *err)
{
	static const struct sql *const acts[] = { &drafts_return, &notices_return, &drafts_lend,
		&notices_lend };
	day today = instant_day(store_now(store));
	*moved = 0;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		struct stmt *stmt = db_use(store->db, acts[i]);
		db_bind_int(stmt, 1, today);
		if (acts[i] == &drafts_lend)
			db_bind_int(stmt, 2, before);
		if (!db_do(stmt, err))
			return false;
		*moved += db_changed(store->db);
	}
	return true;
}

bool cover_stands_in(struct store *store, int64_t person, int64_t subject, int64_t *receiver,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &notice_cover);
	db_bind_int(stmt, 1, instant_day(store_now(store)));
	db_bind_int(stmt, 2, subject);
	db_bind_int(stmt, 3, person);
	enum db_row row = db_step(stmt, err);
	*receiver = row == DB_ROW && !db_is_null(stmt, 0) ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

/* ---- who is told that the days have come, or are over: once */

struct turn {
	int64_t cover, away, receiver, children;
	str authority, away_name, receiver_name;
	day last;
};

struct turns {
	struct turn *item;
	size_t n, room;
};

static bool read_turns(struct store *store, struct arena *arena, const struct sql *sql, day today,
	instant morning, struct turns *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, sql);
	enum db_row row;
	db_bind_int(stmt, 1, today);
	if (sql == &covers_begun)
		db_bind_int(stmt, 2, morning);
	out->n = 0;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(out) = (struct turn){ .cover = db_int(stmt, 0),
			.authority = arena_str(arena, db_text(stmt, 1)),
			.away = db_int(stmt, 2),
			.receiver = db_int(stmt, 3),
			.away_name = arena_str(arena, db_text(stmt, 4)),
			.receiver_name = arena_str(arena, db_text(stmt, 5)),
			.last = (day)db_int(stmt, 6),
			.children = db_int(stmt, 7) };
	return row == DB_DONE;
}

static str day_words(struct arena *arena, day d)
{
	struct buf buf = { 0 };
	buf_day_words(&buf, d);
	str words = arena_str(arena, buf_view(&buf));
	buf_close(&buf);
	return words;
}

static bool tell_turn(
	struct store *store, struct arena *arena, const struct turn *turn, bool over, struct err *err)
{
	str last = day_words(arena, turn->last), kind = over ? S("cover-over") : S("cover-begun");
	const char *children = turn->children == 1 ? "child" : "children";
	str to_receiver = over
		? arena_format(arena, "Your cover of %lld %s of %.*s has ended",
			  (long long)turn->children, children, STR_ARGS(turn->away_name))
		: arena_format(arena, "You cover %lld %s of %.*s until %.*s",
			  (long long)turn->children, children, STR_ARGS(turn->away_name),
			  STR_ARGS(last));
	str to_away = over
		? arena_format(arena, "%.*s covered %lld %s until %.*s: what is not finished is back "
				      "with you",
			  STR_ARGS(turn->receiver_name), (long long)turn->children, children,
			  STR_ARGS(last))
		: arena_format(arena, "%.*s covers %lld %s until %.*s", STR_ARGS(turn->receiver_name),
			  (long long)turn->children, children, STR_ARGS(last));
	struct actor system = { .role = ROLE_SYSTEM };
	return cover_tell(store, turn->receiver, kind, turn->cover, to_receiver, err) &&
		cover_tell(store, turn->away, kind, turn->cover, to_away, err) &&
		cover_note_act(store, &system, turn->authority, over ? S("cover:over") : S("cover:begin"),
			turn->cover, NULL, 0, err);
}

bool cover_tell_turns(
	struct store *store, struct arena *arena, instant morning, struct err *err)
{
	struct turns turns = { 0 };
	day today = instant_day(store_now(store));
	bool done = true;
	for (int over = 0; done && over <= 1; over++) {
		done = read_turns(store, arena, over ? &covers_over : &covers_begun, today, morning,
			&turns, err);
		for (size_t i = 0; done && i < turns.n; i++)
			done = tell_turn(store, arena, &turns.item[i], over, err);
	}
	mem_free(turns.item);
	return done;
}
