/* calendar_job.c - the clocks follow a newer calendar, or dates that were accepted, some children at a
 * time. Whose clocks wait stands in a table of its own; each leaves it as they are made anew, be it by
 * their turn or because somebody saved: so whoever is killed goes on from there, nobody is counted
 * twice, and what is over when the calendar comes keeps its dates until a person says otherwise. */
#include "store/calendar.h"
#include "store/recompute_inside.h"

SQL(calendar_job_read,
	"SELECT id, calendar, made, waited, children, moved, became_overdue, no_longer_overdue, settled, "
	"closed FROM calendar_job WHERE ended_at IS NULL");
SQL(calendar_job_of,
	"SELECT id, calendar, made, waited, children, moved, became_overdue, no_longer_overdue, settled, "
	"closed FROM calendar_job WHERE calendar = $1");
SQL(calendar_job_add,
	"INSERT INTO calendar_job (id, authority, calendar, waited, made, children, moved, became_overdue, "
	"no_longer_overdue, settled, closed, asked_at) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, 0, 0, 0, $5)");
SQL(calendar_job_more,
	"UPDATE calendar_job SET made = made + $1, children = children + $2, moved = moved + $3, "
	"became_overdue = became_overdue + $4, no_longer_overdue = no_longer_overdue + $5, "
	"settled = settled + $6, closed = closed + $7 WHERE ended_at IS NULL");
SQL(calendar_job_end, "UPDATE calendar_job SET ended_at = $1 WHERE ended_at IS NULL");
SQL(calendar_turns_next,
	"SELECT t.subject, s.authority FROM calendar_turn t JOIN subject s ON s.id = t.subject "
	"ORDER BY t.subject LIMIT $1");
SQL(calendar_turns_drop, "DELETE FROM calendar_turn WHERE subject <= $1");
SQL(turns_of_reach,
	"INSERT INTO calendar_turn (subject) SELECT DISTINCT c.subject FROM clock c WHERE " CALENDAR_TOUCHED);
SQL(turns_of_holds,
	"INSERT INTO calendar_turn (subject) SELECT DISTINCT h.subject FROM calendar_hold h JOIN subject s "
	"ON s.id = h.subject WHERE h.decided_at IS NULL AND s.authority = $1");
SQL(turn_had, "DELETE FROM calendar_turn WHERE subject = $1");
SQL(calendar_turns_left, "SELECT 1 FROM calendar_turn LIMIT 1");

enum { AT_ONCE = 2000 };

/* ---- how far */

static void read_job(struct stmt *stmt, struct calendar_job *out)
{
	*out = (struct calendar_job){ .open = true, .id = db_int(stmt, 0), .calendar = db_int(stmt, 1),
		.made = db_int(stmt, 2), .all = db_int(stmt, 3),
		.effect = { .children = db_int(stmt, 4),
			.moved = db_int(stmt, 5),
			.became_overdue = db_int(stmt, 6),
			.no_longer_overdue = db_int(stmt, 7),
			.settled = db_int(stmt, 8),
			.closed = db_int(stmt, 9) } };
}

bool store_calendar_job(struct store *store, struct calendar_job *out, struct err *err)
{
	*out = (struct calendar_job){ 0 };
	struct stmt *stmt = db_use(store->db, &calendar_job_read);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		read_job(stmt, out);
	db_reset(stmt);
	return row != DB_FAIL;
}

bool calendar_job_effect(
	struct store *store, int64_t calendar, struct calendar_effect *out, struct err *err)
{
	struct calendar_job job = { 0 };
	struct stmt *stmt = db_use(store->db, &calendar_job_of);
	db_bind_int(stmt, 1, calendar);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		read_job(stmt, &job);
	db_reset(stmt);
	*out = job.effect;
	return row != DB_FAIL;
}

bool calendar_job_none(struct store *store, struct err *err)
{
	struct calendar_job job;
	return store_calendar_job(store, &job, err) &&
		(!job.open || err_set(err, ERR_STALE,
			"clocks still follow the calendar that came last: wait until all of them have"));
}

static bool calendar_job_open(
	struct store *store, str authority, int64_t calendar, int64_t subjects, struct err *err)
{
	int64_t id;
	if (subjects == 0)
		return true;
	if (!take_id(store, &id, err))
		return false;
	struct stmt *stmt = db_use(store->db, &calendar_job_add);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, authority);
	db_bind_int(stmt, 3, calendar);
	db_bind_int(stmt, 4, subjects);
	db_bind_int(stmt, 5, store_now(store));
	return db_do(stmt, err);
}

/* What a calendar's changed days touch. */
bool calendar_wait_for(struct store *store, const struct calendar_reach *reach, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &turns_of_reach);
	calendar_reach_bind(stmt, reach);
	return db_do(stmt, err) &&
		calendar_job_open(store, (str){ 0 }, law_calendar(store) + 1, db_changed(store->db), err);
}

bool calendar_wait_for_holds(struct store *store, str authority, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &turns_of_holds);
	db_bind_text(stmt, 1, authority);
	return db_do(stmt, err) && calendar_job_open(store, authority, 0, db_changed(store->db), err);
}

bool calendar_had(struct store *store, int64_t subject, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &turn_had);
	db_bind_int(stmt, 1, subject);
	return db_do(stmt, err);
}

bool calendar_job_count(
	struct store *store, int64_t made, const struct calendar_effect *effect, struct err *err)
{
	if (made == 0)
		return true;
	struct stmt *stmt = db_use(store->db, &calendar_job_more);
	db_bind_int(stmt, 1, made);
	db_bind_int(stmt, 2, effect->children);
	db_bind_int(stmt, 3, effect->moved);
	db_bind_int(stmt, 4, effect->became_overdue);
	db_bind_int(stmt, 5, effect->no_longer_overdue);
	db_bind_int(stmt, 6, effect->settled);
	db_bind_int(stmt, 7, effect->closed);
	return db_do(stmt, err);
}

/* ---- a turn */

struct waiting {
	struct {
		int64_t subject;
		str authority; /* in the arena */
	} *item;
	size_t n, room;
	int64_t last;
};

static bool read_waiting(struct store *store, struct arena *arena, int64_t most, struct waiting *out,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &calendar_turns_next);
	db_bind_int(stmt, 1, most);
	str authority = { 0 };
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (!str_equal(db_text(stmt, 1), authority))
			authority = arena_str(arena, db_text(stmt, 1));
		ARRAY_MORE(out).subject = out->last = db_int(stmt, 0);
		out->item[out->n - 1].authority = authority;
	}
	return row == DB_DONE;
}

/* Each council's children by its own policy, in order. */
static bool make(struct store *store, const struct waiting *waiting, struct err *err)
{
	bool done = true;
	for (size_t i = 0; done && i < waiting->n; i++) {
		struct subjects subjects = { 0 };
		str authority = waiting->item[i].authority;
		bool first = true;
		for (size_t k = 0; k < i && first; k++)
			first = !str_equal(waiting->item[k].authority, authority);
		for (size_t k = i; first && k < waiting->n; k++) {
			if (str_equal(waiting->item[k].authority, authority))
				subjects_add(&subjects, waiting->item[k].subject);
		}
		done = recompute(store, authority, &subjects, err);
		mem_free(subjects.item);
	}
	return done;
}

/* What no subject stands behind any more goes with its turn. */
static bool drop(struct store *store, const struct waiting *waiting, bool *more, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &calendar_turns_drop);
	db_bind_int(stmt, 1, waiting->n == 0 ? INT64_MAX : waiting->last);
	if (!db_do(stmt, err))
		return false;
	stmt = db_use(store->db, &calendar_turns_left);
	enum db_row row = db_step(stmt, err);
	*more = row == DB_ROW;
	db_reset(stmt);
	return row != DB_FAIL;
}

static bool end(struct store *store, int64_t id, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &calendar_job_end);
	db_bind_int(stmt, 1, store_now(store));
	if (!db_do(stmt, err))
		return false;
	char text[40];
	int length = snprintf(text, sizeof text, "calendar-job:%lld", (long long)id);
	struct entry entry = { .at = store_now(store), .role = ROLE_SYSTEM, .act = S("calendar:done"),
		.objects = { text, (size_t)length } };
	return ledger_append(store, &entry, err);
}

bool store_calendar_turn(struct store *store, int64_t subjects, bool *more, struct err *err)
{
	struct calendar_job job;
	struct waiting waiting = { 0 };
	*more = false;
	if (!store_calendar_job(store, &job, err))
		return false;
	if (!job.open)
		return true;
	struct arena *arena = arena_open(1 << 20);
	bool begun = step_begin(store, err);
	bool done = begun && read_waiting(store, arena, subjects, &waiting, err) &&
		make(store, &waiting, err) && drop(store, &waiting, more, err) &&
		(*more || end(store, job.id, err)) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	mem_free(waiting.item);
	arena_close(arena);
	return done;
}

bool store_calendar_finish(struct store *store, void (*progress)(void *to, int64_t done, int64_t all),
	void *to, struct err *err)
{
	struct calendar_job job;
	bool more = true;
	while (more) {
		if (!store_calendar_turn(store, AT_ONCE, &more, err) ||
			!store_calendar_job(store, &job, err))
			return false;
		if (progress != NULL && job.open)
			progress(to, job.made, job.all);
	}
	return true;
}
