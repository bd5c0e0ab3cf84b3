/* calendar_hold.c - clocks that are over, and that a newer calendar would date otherwise: listed, and
 * accepted or left by a person. */
#include "store/calendar.h"
#include "store/matter_seen.h"
#include "store/recompute_inside.h"

#include <string.h>

#define WAITS                                                                                      \
	"w.subject, w.rule, w.thread, w.from_event, w.from_day, w.calendar, w.newer, w.due, "      \
	"w.last_working_day, w.new_due, w.new_last_working_day, c.met_on, c.ended_on, "
#define WAITS_CLOCK                                                                                \
	"LEFT JOIN clock c ON c.subject = w.subject AND c.rule = w.rule AND c.thread = w.thread "  \
	"AND c.from_event = w.from_event AND c.from_day = w.stood_from WHERE w.level > 0"
SQL(holds_waiting,
	"SELECT u.* FROM (SELECT " WAITS "r.number, r.forename, r.surname, w.level, 0 AS matter FROM "
	"(SELECT h.*, (SELECT max(a.level) FROM access a WHERE "
	"a.subject = h.subject AND " ACCESS_NOW("$1", "$2", "$3", "$4") ") AS level FROM "
	"calendar_hold h WHERE h.decided_at IS NULL) w JOIN child_row r ON r.subject = w.subject "
	WAITS_CLOCK " UNION ALL SELECT " WAITS "w.reference, '', '', w.level, 1 AS matter FROM "
	"(SELECT h.*, v.reference, v.level FROM calendar_hold h JOIN (SELECT m.subject, m.reference, "
	MATTER_LEVEL("$7") " AS level" MATTER_SEEN ") v ON v.subject = h.subject "
	"WHERE h.decided_at IS NULL) w " WAITS_CLOCK ") u ORDER BY u.subject, u.rule, u.from_day "
	"LIMIT $6 OFFSET $5");
SQL(holds_of_authority,
	"SELECT h.subject, h.rule, h.thread, h.from_event, h.from_day, h.calendar, h.newer, h.due, "
	"h.last_working_day, h.new_due, h.new_last_working_day, c.met_on, c.ended_on, s.key, '', '', "
	"0, CASE WHEN s.kind = 'child' THEN 0 ELSE 1 END FROM calendar_hold h JOIN subject s ON s.id = h.subject LEFT JOIN clock c ON "
	"c.subject = h.subject AND c.rule = h.rule AND c.thread = h.thread AND "
	"c.from_event = h.from_event AND c.from_day = h.stood_from WHERE h.decided_at IS NULL AND "
	"s.authority = $1 ORDER BY s.key, h.rule, h.from_day LIMIT $2");
SQL(holds_count,
	"SELECT count(*) FROM calendar_hold h JOIN subject s ON s.id = h.subject WHERE "
	"h.decided_at IS NULL AND s.authority = $1");
SQL(holds_accept,
	"DELETE FROM calendar_hold WHERE decided_at IS NULL AND subject IN (SELECT id FROM subject "
	"WHERE authority = $1)");
SQL(holds_leave,
	"UPDATE calendar_hold SET decided_at = $2, decided_by = $3 WHERE decided_at IS NULL AND "
	"subject IN (SELECT id FROM subject WHERE authority = $1)");
SQL(hold_accept,
	"DELETE FROM calendar_hold WHERE decided_at IS NULL AND subject = $1 AND rule = $2 AND "
	"thread = $3 AND from_event = $4 AND from_day = $5");
SQL(hold_leave,
	"UPDATE calendar_hold SET decided_at = $6, decided_by = $7 WHERE decided_at IS NULL AND "
	"subject = $1 AND rule = $2 AND thread = $3 AND from_event = $4 AND from_day = $5");

SQL(hold_whose, "SELECT authority FROM subject WHERE id = $1");
SQL(hold_add,
	"INSERT INTO calendar_hold (subject, rule, thread, from_event, from_day, calendar, newer, "
	"due, due_at, due_data, last_working_day, new_due, new_due_at, new_due_data, "
	"new_last_working_day, stood_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
	"$13, $14, $15, $16)");
SQL(hold_renew,
	"UPDATE calendar_hold SET newer = $6, new_due = $7, new_due_at = $8, new_due_data = $9, "
	"new_last_working_day = $10 WHERE subject = $1 AND rule = $2 AND thread = $3 AND "
	"from_event = $4 AND from_day = $5");
SQL(hold_end,
	"DELETE FROM calendar_hold WHERE subject = $1 AND rule = $2 AND thread = $3 AND "
	"from_event = $4 AND from_day = $5");

/* ---- as a newer calendar is taken */

static void bind_day(struct stmt *stmt, int n, day d)
{
	if (d == DAY_UNKNOWN)
		db_bind_null(stmt, n);
	else
		db_bind_int(stmt, n, d);
}

static void bind_dates(struct stmt *stmt, int n, const struct clock *clock)
{
	bind_day(stmt, n, clock->due);
	if (clock->due_at == INSTANT_UNKNOWN)
		db_bind_null(stmt, n + 1);
	else
		db_bind_int(stmt, n + 1, clock->due_at);
	bind_day(stmt, n + 2, clock->due_data);
	bind_day(stmt, n + 3, clock->last_working_day);
}

static void bind_key(struct stmt *stmt, int64_t subject, const struct clock *clock)
{
	db_bind_int(stmt, 1, subject);
	db_bind_text(stmt, 2, clock->rule->id);
	db_bind_int(stmt, 3, clock->thread);
	db_bind_int(stmt, 4, clock->from_event);
	db_bind_int(stmt, 5, clock->from);
}

bool hold_write(struct chunk *chunk, int64_t subject, const struct clock *was,
	const struct clock *then, struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, &hold_add);
	bind_key(stmt, subject, then);
	db_bind_int(stmt, 6, chunk->moving->was);
	db_bind_int(stmt, 7, chunk->calendar);
	bind_dates(stmt, 8, was);
	bind_dates(stmt, 12, then);
	db_bind_int(stmt, 16, was->from);
	return db_do(stmt, err);
}

bool hold_turn(struct chunk *chunk, int64_t subject, const struct clock *then, bool ends,
	struct err *err)
{
	struct stmt *stmt = db_use(chunk->store->db, ends ? &hold_end : &hold_renew);
	bind_key(stmt, subject, then);
	if (!ends) {
		db_bind_int(stmt, 6, chunk->calendar);
		bind_dates(stmt, 7, then);
	}
	return db_do(stmt, err);
}

/* ---- reading */

static day day_at(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? DAY_UNKNOWN : (day)db_int(stmt, column);
}

static str name_of(struct arena *arena, struct stmt *stmt)
{
	if (db_int(stmt, 16) < 2)
		return (str){ 0 };
	str forename = db_text(stmt, 14), surname = db_text(stmt, 15);
	return arena_format(arena, "%.*s%s%.*s", STR_ARGS(forename),
		forename.n > 0 && surname.n > 0 ? " " : "", STR_ARGS(surname));
}

static bool count(struct store *store, str authority, int64_t *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &holds_count);
	db_bind_text(stmt, 1, authority);
	enum db_row row = db_step(stmt, err);
	*out = row == DB_ROW ? db_int(stmt, 0) : 0;
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool read_holds(struct arena *arena, struct stmt *stmt, int64_t most,
	struct calendar_holds *out, struct err *err)
{
	*out = (struct calendar_holds){ arena_take(arena, (size_t)most + 1, sizeof *out->item), 0, 0 };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		out->item[out->n++] = (struct calendar_hold){
			.subject = db_int(stmt, 0),
			.rule = arena_str(arena, db_text(stmt, 1)),
			.thread = db_int(stmt, 2),
			.from_event = db_int(stmt, 3),
			.from = (day)db_int(stmt, 4),
			.calendar = db_int(stmt, 5),
			.newer = db_int(stmt, 6),
			.due = day_at(stmt, 7),
			.last_working_day = day_at(stmt, 8),
			.new_due = day_at(stmt, 9),
			.new_last_working_day = day_at(stmt, 10),
			.met_on = day_at(stmt, 11),
			.ended_on = day_at(stmt, 12),
			.number = arena_str(arena, db_text(stmt, 13)),
			.name = name_of(arena, stmt),
			.matter = db_int(stmt, 17) == 1,
		};
	return row == DB_DONE;
}

bool store_calendar_holds(struct store *store, const struct actor *actor, struct arena *arena,
	int64_t past, int64_t most, struct calendar_holds *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &holds_waiting);
	access_bind(stmt, actor, store_now(store));
	db_bind_int(stmt, 5, past);
	db_bind_int(stmt, 6, most);
	db_bind_text(stmt, 7, matter_sights(arena, actor));
	return read_holds(arena, stmt, most, out, err) &&
		count(store, actor->authority, &out->all, err);
}

bool store_calendar_waiting(struct store *store, struct arena *arena, str authority, int64_t most,
	struct calendar_holds *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &holds_of_authority);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, most);
	return read_holds(arena, stmt, most, out, err) && count(store, authority, &out->all, err);
}

/* ---- deciding */

static bool write_all(struct store *store, const struct actor *actor, bool accept, instant now,
	int64_t *decided, struct err *err)
{
	struct stmt *stmt = db_use(store->db, accept ? &holds_accept : &holds_leave);
	db_bind_text(stmt, 1, actor->authority);
	if (!accept) {
		db_bind_int(stmt, 2, now);
		db_bind_int(stmt, 3, actor->user);
	}
	bool done = db_do(stmt, err);
	*decided = db_changed(store->db);
	return done;
}

static bool write_one(struct store *store, const struct actor *actor,
	const struct calendar_hold *hold, bool accept, instant now, int64_t *decided,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, accept ? &hold_accept : &hold_leave);
	db_bind_int(stmt, 1, hold->subject);
	db_bind_text(stmt, 2, hold->rule);
	db_bind_int(stmt, 3, hold->thread);
	db_bind_int(stmt, 4, hold->from_event);
	db_bind_int(stmt, 5, hold->from);
	if (!accept) {
		db_bind_int(stmt, 6, now);
		db_bind_int(stmt, 7, actor->user);
	}
	bool done = db_do(stmt, err);
	*decided = db_changed(store->db);
	return done;
}

static bool enter(struct store *store, const struct actor *actor, const struct calendar_hold *hold,
	bool accept, const struct decided *decided, struct err *err)
{
	char object[40], subject[24] = "";
	int length = snprintf(object, sizeof object, "calendar-decision:%lld",
		(long long)decided->batch);
	if (hold != NULL)
		snprintf(subject, sizeof subject, "%lld", (long long)hold->subject);
	struct entry entry = { .at = decided->at, .actor = actor->user, .role = actor->role,
		.act = accept ? S("calendar:accept") : S("calendar:leave"),
		.authority = actor->authority, .subjects = str_of(subject),
		.objects = { object, (size_t)length }, .changed = decided->clocks };
	memcpy(entry.digest, decided->digest, DIGEST);
	return ledger_append(store, &entry, err);
}

/* Somebody of two councils may decide of either: each is computed by its own policy. */
static bool whose(struct store *store, int64_t subject, char authority[static 80], struct err *err)
{
	struct stmt *stmt = db_use(store->db, &hold_whose);
	db_bind_int(stmt, 1, subject);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		snprintf(authority, 80, "%.*s", STR_ARGS(db_text(stmt, 0)));
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such clock"));
}

bool store_calendar_decide(struct store *store, const struct actor *by,
	const struct calendar_hold *hold, bool accept, int64_t *decided, struct err *err)
{
	struct subjects subjects = { 0 };
	struct decided kept = { .at = store_now(store) };
	struct actor as = *by, *actor = &as;
	char authority[80];
	int level;
	*decided = 0;
	if (actor->role != ROLE_SYSTEM && !policy_role_may(actor->role, MAY_ALLOCATE))
		return err_set(err, ERR_DENIED, "your role may not decide this");
	if (hold != NULL && actor->role != ROLE_SYSTEM &&
		!store_subject_access(store, actor, hold->subject, &level, err))
		return false;
	if (hold != NULL && !whose(store, hold->subject, authority, err))
		return false;
	if (hold != NULL)
		as.authority = str_of(authority);
	bool begun = step_begin(store, err);
	if (hold != NULL)
		subjects_add(&subjects, hold->subject);
	bool done = begun && calendar_job_none(store, err) &&
		/* What is accepted of all comes to each by their turn; what is left stays as it is. */
		(hold != NULL || !accept ||
			calendar_wait_for_holds(store, actor->authority, err)) &&
		decisions_keep(store, actor, hold, accept, &kept, err) &&
		(hold != NULL ? write_one(store, actor, hold, accept, kept.at, decided, err)
			      : write_all(store, actor, accept, kept.at, decided, err));
	kept.clocks = *decided;
	if (done && *decided > 0)
		done = recompute(store, actor->authority, &subjects, err) &&
			enter(store, actor, hold, accept, &kept, err);
	done = done && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	mem_free(subjects.item);
	return done;
}
