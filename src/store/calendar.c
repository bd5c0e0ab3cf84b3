/* calendar.c - calendars as versions: which came when and by whom, and what a newer one would do. How the
 * clocks follow it is calendar_job.c's. */
#include "store/calendar.h"
#include "law/bank_holidays.h"
#include "store/recompute_inside.h"

#include <sodium.h>
#include <string.h>

SQL(calendars_all,
	"SELECT c.number, c.name, c.horizon, c.file, c.came_at, c.person, coalesce(j.moved, c.moved), "
	"coalesce(j.became_overdue, c.became_overdue), "
	"coalesce(j.no_longer_overdue, c.no_longer_overdue), coalesce(j.closed, c.closed), p.name "
	"FROM calendar c LEFT JOIN person p ON p.id = c.person LEFT JOIN calendar_job j ON "
	"j.calendar = c.number ORDER BY c.number DESC LIMIT 200");
SQL(calendar_one, "SELECT holidays, horizon, file, number FROM calendar WHERE number = $1");
SQL(calendar_of_all,
	"SELECT holidays, horizon, file, number FROM calendar ORDER BY number DESC LIMIT 1");
SQL(calendar_add,
	"INSERT INTO calendar (number, name, horizon, holidays, file, came_at, person, moved, "
	"became_overdue, no_longer_overdue, closed, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, "
	"0, 0, 0, $8)");
SQL(calendar_newest_number, "SELECT coalesce(max(number), 0) FROM calendar");
SQL(clocks_touched,
	"SELECT DISTINCT c.subject FROM clock c JOIN subject s ON s.id = c.subject WHERE "
	"s.authority = $5 AND " CALENDAR_TOUCHED "ORDER BY c.subject");
/* What a changed day moves lies at most so far from it: a weekend and the holidays around it. */
enum { REACH = 12, SLICE = 2000 };

/* ---- reading */

bool store_calendars(
	struct store *store, struct arena *arena, struct calendar_versions *out, struct err *err)
{
	*out = (struct calendar_versions){ arena_take(arena, CALENDARS_MOST, sizeof *out->item), 0 };
	struct stmt *stmt = db_use(store->db, &calendars_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW && out->n < CALENDARS_MOST)
		out->item[out->n++] = (struct calendar_version){
			.number = db_int(stmt, 0),
			.version = arena_str(arena, db_text(stmt, 1)),
			.horizon = (day)db_int(stmt, 2),
			.file = arena_str(arena, db_text(stmt, 3)),
			.came_at = db_int(stmt, 4),
			.person = db_int(stmt, 5),
			.effect = { .moved = db_int(stmt, 6),
				.became_overdue = db_int(stmt, 7),
				.no_longer_overdue = db_int(stmt, 8),
				.closed = db_int(stmt, 9) },
			.who = arena_str(arena, db_text(stmt, 10)),
		};
	db_reset(stmt);
	return row != DB_FAIL;
}

struct newest {
	str holidays, file;
	day horizon;
	int64_t number; /* 0: there is none yet */
};

static bool read_one(struct store *store, struct arena *arena, int64_t number, struct newest *out,
	struct err *err)
{
	*out = (struct newest){ 0 };
	struct stmt *stmt = db_use(store->db, number == 0 ? &calendar_of_all : &calendar_one);
	if (number != 0)
		db_bind_int(stmt, 1, number);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		*out = (struct newest){ arena_str(arena, db_text(stmt, 0)),
			arena_str(arena, db_text(stmt, 2)), (day)db_int(stmt, 1),
			db_int(stmt, 3) };
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_calendar_holidays(
	struct store *store, struct arena *arena, int64_t number, str *out, struct err *err)
{
	struct newest one;
	if (!read_one(store, arena, number, &one, err))
		return false;
	*out = one.holidays;
	return one.number != 0 || err_set(err, ERR_MISSING, "there is no such calendar");
}

/* ---- whom it touches */

/* Between which days the two count otherwise; first > last: nowhere. */
static void differ(const struct calendar *a, const struct calendar *b, day *first, day *last)
{
	*first = day_of(2199, 12, 31);
	*last = day_of(1900, 1, 1);
	day from = calendar_first(a) > calendar_first(b) ? calendar_first(a) : calendar_first(b);
	for (day d = from; d <= calendar_last(a) && d <= calendar_last(b); d++) {
		if (calendar_is_working(a, d) == calendar_is_working(b, d))
			continue;
		*first = d < *first ? d : *first;
		*last = d;
	}
	*first -= REACH;
	*last += *last > *first ? REACH : 0;
}

static struct calendar_reach reach_between(const struct calendar *now, const struct calendar *newer)
{
	day a = calendar_horizon(now), b = calendar_horizon(newer);
	struct calendar_reach reach = { .horizon_from = a < b ? a : b, .horizon_to = a < b ? b : a };
	differ(now, newer, &reach.first, &reach.last);
	return reach;
}

void calendar_reach_bind(struct stmt *stmt, const struct calendar_reach *reach)
{
	db_bind_int(stmt, 1, reach->first);
	db_bind_int(stmt, 2, reach->last);
	db_bind_int(stmt, 3, reach->horizon_from);
	db_bind_int(stmt, 4, reach->horizon_to);
}

/* ---- what it would do */

struct trying {
	struct store *store;
	struct calendar_move *move;
	struct moving moving;
	struct calendar_reach reach;
	int64_t done;
};

static bool touched(struct trying *t, str authority, struct subjects *out, struct err *err)
{
	struct stmt *stmt = db_use(t->store->db, &clocks_touched);
	calendar_reach_bind(stmt, &t->reach);
	db_bind_text(stmt, 5, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(out, db_int(stmt, 0));
	return row == DB_DONE;
}

static bool try_authority(void *to, str authority, struct err *err)
{
	struct trying *t = to;
	struct subjects all = { 0 };
	bool done = touched(t, authority, &all, err);
	int64_t before = t->done;
	for (size_t i = 0; done && i < all.n; i += SLICE) {
		struct subjects slice = { .item = all.item + i,
			.n = all.n - i < SLICE ? all.n - i : SLICE };
		done = recompute_moving(t->store, authority, &slice, &t->moving, err);
		t->done += (int64_t)slice.n;
		if (t->move->progress != NULL)
			t->move->progress(t->move->to, t->done, before + (int64_t)all.n);
	}
	mem_free(all.item);
	return done;
}

/* Computes everybody whose clocks the difference may touch, by both calendars. */
bool store_calendar_preview(struct store *store, struct calendar_move *move, struct err *err)
{
	struct law newer;
	struct arena *arena = arena_open((size_t)16 << 20);
	bool done = law_current(store, err) && law_with(store, arena, move->holidays, &newer, err);
	if (done) {
		struct trying t = { .store = store,
			.move = move,
			.moving = { .was = law_calendar(store), .newer = newer.calendar },
			.reach = reach_between(store_law(store)->calendar, newer.calendar) };
		done = authorities_each(store, try_authority, &t, err);
		move->effect = t.moving.effect;
	}
	arena_close(arena);
	return done;
}

/* ---- taking it */

static void digest_text(struct buf *buf, str value)
{
	buf_format(buf, "%zu:", value.n);
	buf_str(buf, value);
}

void calendar_digest(const struct store *store, int64_t number, str holidays, str file,
	unsigned char out[static DIGEST])
{
	struct buf buf = { 0 };
	buf_format(&buf, "calendar;%lld;", (long long)number);
	digest_text(&buf, holidays);
	digest_text(&buf, file);
	crypto_generichash(out, DIGEST, (const unsigned char *)buf.p, buf.n, store->key, KEY);
	buf_close(&buf);
}

static bool add_row(struct store *store, const struct actor *actor, int64_t number,
	const struct calendar_move *move, const struct calendar *calendar, struct err *err)
{
	instant now = store_now(store);
	struct stmt *stmt = db_use(store->db, &calendar_add);
	db_bind_int(stmt, 1, number);
	db_bind_text(stmt, 2, calendar_version(calendar));
	db_bind_int(stmt, 3, calendar_horizon(calendar));
	db_bind_text(stmt, 4, move->holidays);
	db_bind_text(stmt, 5, move->file);
	db_bind_int(stmt, 6, now);
	db_bind_int(stmt, 7, actor->user);
	unsigned char digest[DIGEST];
	calendar_digest(store, number, move->holidays, move->file, digest);
	db_bind_bytes(stmt, 8, str_bytes(digest, DIGEST));
	/* What came with Duly nobody brought in: its row alone is held against the store's key. */
	bool done = db_do(stmt, err);
	if (!done || move->file.n == 0)
		return done;
	char object[40];
	int length = snprintf(object, sizeof object, "calendar:%lld", (long long)number);
	struct entry entry = { .at = now, .actor = actor->user, .role = actor->role,
		.act = S("calendar"), .authority = actor->authority,
		.objects = { object, (size_t)length }, .changed = 1 };
	memcpy(entry.digest, digest, DIGEST);
	return ledger_append(store, &entry, err);
}

static bool begin(struct store *store, const struct actor *actor, const struct calendar_move *move,
	struct err *err)
{
	struct law newer;
	struct arena *arena = arena_open((size_t)16 << 20);
	bool begun = step_begin(store, err);
	bool done = begun && calendar_job_none(store, err) && law_current(store, err) &&
		law_with(store, arena, move->holidays, &newer, err);
	if (done) {
		struct calendar_reach reach = reach_between(store_law(store)->calendar, newer.calendar);
		done = calendar_wait_for(store, &reach, err) &&
			add_row(store, actor, law_calendar(store) + 1, move, newer.calendar, err) &&
			law_read(store, err) && law_mark_write(store, err);
	}
	done = done && step_end(store, err);
	if (begun && !done) {
		step_undo(store);
		/* Where even that fails, who computes next asks again. */
		if (!law_read(store, NULL))
			done = false;
	}
	arena_close(arena);
	return done;
}

bool store_calendar_begin(struct store *store, const struct actor *actor,
	const struct calendar_move *move, struct err *err)
{
	if (move->file.n == 0 || move->file.n > 200)
		return err_set(err, ERR_INPUT, "a file has a name of up to 200 characters");
	if (actor->role != ROLE_SYSTEM && !policy_role_may(actor->role, MAY_SET))
		return err_set(err, ERR_DENIED, "your role may not bring in a calendar");
	return begin(store, actor, move, err);
}

bool store_calendar_take(struct store *store, const struct actor *actor,
	struct calendar_move *move, struct err *err)
{
	return store_calendar_begin(store, actor, move, err) &&
		store_calendar_finish(store, move->progress, move->to, err) &&
		calendar_job_effect(store, law_calendar(store), &move->effect, err);
}

/* What somebody brought in stands for its years; what this duly knows beyond them is added. One that
 * only ever came with Duly follows it, unless this is an older one. */
static str came_with(struct arena *arena, const struct newest *newest)
{
	str own = calendar_embedded_csv();
	struct calendar *calendar;
	if (newest->file.n > 0)
		return bank_holidays_over(arena, own, newest->holidays);
	must(calendar_load(arena, own, &calendar, NULL));
	return calendar_horizon(calendar) < newest->horizon ? newest->holidays : own;
}

/* What the store is to count with, in the arena; empty: what it counts with. */
static bool what_came(struct store *store, struct arena *arena, str *out, struct err *err)
{
	struct newest newest;
	str own = calendar_embedded_csv();
	*out = (str){ 0 };
	if (!read_one(store, arena, 0, &newest, err))
		return false;
	if (newest.number != 0 && str_equal(newest.holidays, own))
		return true;
	str holidays = newest.number == 0 ? own : came_with(arena, &newest);
	if (!str_equal(holidays, newest.holidays))
		*out = holidays;
	return true;
}

bool calendar_came(struct store *store, struct err *err)
{
	static const struct actor duly = { .role = ROLE_SYSTEM };
	struct arena *arena = arena_open((size_t)16 << 20);
	struct calendar_move move = { 0 };
	bool done = what_came(store, arena, &move.holidays, err) &&
		(move.holidays.n == 0 ||
			(store_calendar_finish(store, NULL, NULL, err) &&
				begin(store, &duly, &move, err) &&
				store_calendar_finish(store, NULL, NULL, err)));
	arena_close(arena);
	return done;
}

bool calendar_is_there(struct store *store, bool *there, struct err *err)
{
	struct arena *arena = arena_open((size_t)16 << 20);
	str newer;
	bool done = what_came(store, arena, &newer, err);
	*there = newer.n == 0;
	arena_close(arena);
	return done;
}

bool store_calendar_newer(struct store *store, bool *newer, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &calendar_newest_number);
	enum db_row row = db_step(stmt, err);
	*newer = row == DB_ROW && db_int(stmt, 0) != law_calendar(store);
	db_reset(stmt);
	return row != DB_FAIL;
}

bool store_calendar_follow(struct store *store, struct err *err)
{
	return law_current(store, err);
}
