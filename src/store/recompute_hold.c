/* recompute_hold.c - clocks that are over keep the dates that they had under an older calendar, until
 * somebody accepts the newer ones; and what a newer calendar does to a subject's clocks. */
#include "store/recompute_inside.h"

SQL(holds_any, "SELECT 1 FROM calendar_hold LIMIT 1");
SQL(holds_between,
	"SELECT subject, rule, thread, from_event, from_day, calendar, due, due_at, due_data, "
	"last_working_day, decided_at, stood_from FROM calendar_hold WHERE subject BETWEEN $1 AND $2 "
	"ORDER BY subject");
bool recompute_holds_any(struct chunk *chunk, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, &holds_any);
	enum db_row row = db_step(stmt, err);
	chunk->holding = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

static day day_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

bool recompute_read_holds(struct chunk *chunk, struct err *err)
{
	chunk->holds.n = chunk->holds.at = 0;
	if (!chunk->holding)
		return true;
	struct stmt *stmt = db_use(chunk->store->db, &holds_between);
	db_bind_int(stmt, 1, chunk->subject[0]);
	db_bind_int(stmt, 2, chunk->subject[chunk->subjects - 1]);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&chunk->holds) = (struct held){
			.subject = db_int(stmt, 0),
			.rule = arena_str(chunk->arena, db_text(stmt, 1)),
			.thread = db_int(stmt, 2),
			.from_event = db_int(stmt, 3),
			.from = (day)db_int(stmt, 4),
			.calendar = db_int(stmt, 5),
			.due = day_at(stmt, 6),
			.due_at = db_is_null(stmt, 7) ? INSTANT_UNKNOWN : db_int(stmt, 7),
			.due_data = day_at(stmt, 8),
			.last_working_day = day_at(stmt, 9),
			.decided = !db_is_null(stmt, 10),
			.stood_from = (day)db_int(stmt, 11),
		};
	return row == DB_DONE;
}

static const struct held *holds_of(struct chunk *chunk, int64_t subject, size_t *n)
{
	while (chunk->holds.at < chunk->holds.n && chunk->holds.item[chunk->holds.at].subject < subject)
		chunk->holds.at++;
	size_t start = chunk->holds.at, end = start;
	while (end < chunk->holds.n && chunk->holds.item[end].subject == subject)
		end++;
	*n = end - start;
	return *n == 0 ? NULL : chunk->holds.item + start;
}

static struct clock *held_clock(struct clocks *clocks, const struct held *held)
{
	for (size_t i = 0; i < clocks->n; i++) {
		struct clock *clock = &clocks->item[i];
		if (clock->thread == held->thread && clock->from == held->from &&
			clock->from_event == held->from_event && str_equal(clock->rule->id, held->rule))
			return clock;
	}
	return NULL;
}

static bool is_over(const struct clock *clock, day today)
{
	return !clock_is_open(clock_state(clock, today));
}

/* Only what is over with these dates keeps them: what runs again moves. */
static void hold(struct clock *clock, const struct held *held, day today)
{
	struct clock with = *clock;
	with.from = held->stood_from;
	with.due = held->due;
	with.due_at = held->due_at;
	with.due_data = held->due_data;
	with.last_working_day = held->last_working_day;
	with.calendar = held->calendar;
	if (is_over(&with, today))
		*clock = with;
}

void recompute_hold(struct chunk *chunk, int64_t subject, struct clocks *clocks)
{
	size_t n;
	const struct held *held = holds_of(chunk, subject, &n);
	for (size_t i = 0; i < n; i++) {
		struct clock *clock = held_clock(clocks, &held[i]);
		if (clock != NULL)
			hold(clock, &held[i], chunk->today);
	}
}

/* ---- a newer calendar */

static bool same_dates(const struct clock *a, const struct clock *b)
{
	return a->due == b->due && a->due_at == b->due_at && a->due_data == b->due_data &&
		a->last_working_day == b->last_working_day;
}

/* What waits already is told what the newest would make of it, or lets go where that is the same. */
static bool holds_turn(struct chunk *chunk, int64_t subject, struct err *err)
{
	size_t n;
	const struct held *held = holds_of(chunk, subject, &n);
	bool done = true;
	for (size_t i = 0; done && chunk->moving->write && i < n; i++) {
		const struct clock *clock = held_clock(&chunk->made, &held[i]);
		if (held[i].decided || clock == NULL)
			continue;
		struct clock as = *clock;
		hold(&as, &held[i], chunk->today);
		done = hold_turn(chunk, subject, clock, same_dates(&as, clock), err);
	}
	return done;
}

static bool move_clock(struct chunk *chunk, int64_t subject, const struct supposed_clock *pair,
	bool *changed, struct err *err)
{
	struct calendar_effect *effect = &chunk->moving->effect;
	if (pair->now == NULL || pair->then == NULL ||
		(same_dates(pair->now, pair->then) &&
			pair->now->provisional == pair->then->provisional))
		return true;
	*changed = true;
	if (same_dates(pair->now, pair->then)) {
		effect->settled++;
		return true;
	}
	/* What ends with this save ran until now: it moves, and is judged by the new date. */
	if (!is_over(pair->now, chunk->today) || !recompute_stands(chunk, subject, pair->now)) {
		effect->moved += pair->now->due != pair->then->due;
		effect->became_overdue += pair->becomes_overdue;
		effect->no_longer_overdue += pair->no_longer_overdue;
		return true;
	}
	effect->closed++;
	if (chunk->moving->write && !hold_write(chunk, subject, pair->now, pair->then, err))
		return false;
	struct clock *keeps = &chunk->made.item[pair->then - chunk->made.item];
	keeps->from = pair->now->from;
	keeps->due = pair->now->due;
	keeps->due_at = pair->now->due_at;
	keeps->due_data = pair->now->due_data;
	keeps->last_working_day = pair->now->last_working_day;
	keeps->calendar = chunk->moving->was;
	return true;
}

bool recompute_move(struct chunk *chunk, int64_t subject, struct err *err)
{
	struct supposed both = { .as_of = chunk->today };
	bool changed = false, done = holds_turn(chunk, subject, err);
	clocks_compute(chunk->moving->law, chunk->event.item, chunk->event.n, chunk->carried,
		chunk->today, &both.now);
	recompute_hold(chunk, subject, &both.now);
	recompute_hold(chunk, subject, &chunk->made);
	both.then = chunk->made; /* the same rows, lent */
	supposed_compare(&both);
	for (size_t i = 0; done && i < both.n; i++)
		done = move_clock(chunk, subject, &both.item[i], &changed, err);
	chunk->moving->effect.children += changed;
	both.then = (struct clocks){ 0 };
	supposed_close(&both);
	return done;
}
