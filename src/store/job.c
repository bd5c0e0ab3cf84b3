#include "store/job.h"

#include "store/inside.h"

#include <string.h>

/* What a text that is only shown may take up. */
enum { SHOWN_MOST = 500, LIST_MOST = 200, STALE_MS = 2 * 60 * 60 * 1000 };

SQL(job_active,
	"SELECT count(*) FROM job WHERE authority = $1 AND state IN ('waiting', 'reading', 'saving')");
SQL(job_add,
	"INSERT INTO job (id, authority, kind, files, actor, state, asked_at, children, events, "
	"rejected, added, edited, by_hand, why) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, 0, 0, 0, "
	"0, 0, 0, '')");
SQL(job_state_set,
	"UPDATE job SET state = $2, began_at = coalesce(began_at, $3) WHERE id = $1");
SQL(job_end,
	"UPDATE job SET state = $2, ended_at = $3, known_to = $4, children = $5, events = $6, "
	"rejected = $7, added = $8, edited = $9, by_hand = $10, why = $11, import = $12 WHERE id = $1");
SQL(job_interrupt,
	"UPDATE job SET state = 'interrupted', ended_at = $1 WHERE state IN ('waiting', 'reading', "
	"'saving') AND asked_at <= $2");
#define JOB                                                                                        \
	"SELECT j.id, j.authority, j.kind, j.files, j.actor, p.name, j.state, j.asked_at, "        \
	"j.began_at, j.ended_at, j.known_to, j.children, j.events, j.rejected, j.added, "          \
	"j.edited, j.by_hand, j.why, j.import FROM job j LEFT JOIN person p ON p.id = j.actor "
SQL(job_list, JOB "WHERE j.authority = $1 ORDER BY j.asked_at DESC, j.id DESC LIMIT $2");
SQL(job_read, JOB "WHERE j.authority = $1 AND j.id = $2");
SQL(job_rejects,
	"SELECT file, line, field, value, reason FROM job_reject WHERE job = $1 AND n > $2 "
	"ORDER BY n LIMIT $3");
static const char *const reject_column[] = { "job", "n", "file", "line", "field", "value",
	"reason" };

static const str states[JOB_STATES] = { S_INIT("waiting"), S_INIT("reading"), S_INIT("saving"),
	S_INIT("done"), S_INIT("failed"), S_INIT("cancelled"), S_INIT("interrupted"),
	S_INIT("checked") };

str job_state_text(enum job_state state)
{
	return states[state];
}

static bool any_active(struct store *store, str authority, bool *any, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &job_active);
	db_bind_text(stmt, 1, authority);
	enum db_row row = db_step(stmt, err);
	*any = row == DB_ROW && db_int(stmt, 0) > 0;
	db_reset(stmt);
	return row == DB_ROW;
}

static bool add(struct store *store, const struct actor *actor, str kind, str files, int64_t *id,
	struct err *err)
{
	bool active;
	if (!take_id(store, id, err) || !any_active(store, actor->authority, &active, err))
		return false;
	if (active)
		return err_set(err, ERR_BUSY,
			"An import is running. Wait until it is done, or cancel it");
	struct stmt *stmt = db_use(store->db, &job_add);
	db_bind_int(stmt, 1, *id);
	db_bind_text(stmt, 2, actor->authority);
	db_bind_text(stmt, 3, kind);
	db_bind_text(stmt, 4, files);
	db_bind_int(stmt, 5, actor->user);
	db_bind_int(stmt, 6, store_now(store));
	return db_do(stmt, err);
}

bool store_job_add(struct store *store, const struct actor *actor, str kind, str files, int64_t *id,
	struct err *err)
{
	if (!policy_may(actor->role, MAY_IMPORT, RELATION_AUTHORITY, OPEN))
		return err_set(err, ERR_DENIED, "your role may not import");
	bool begun = step_begin(store, err);
	bool done = begun && add(store, actor, kind, files, id, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

static bool step(struct store *store, struct stmt *stmt, struct err *err)
{
	bool done = db_do(stmt, err) && step_end(store, err);
	if (!done)
		step_undo(store);
	return done;
}

bool store_job_state(struct store *store, int64_t id, enum job_state state, struct err *err)
{
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &job_state_set);
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, states[state]);
	db_bind_int(stmt, 3, store_now(store));
	return step(store, stmt, err);
}

static bool keep_rejects(
	struct store *store, int64_t job, const struct job_rejects *rejects, struct err *err)
{
	if (rejects == NULL || rejects->n == 0)
		return true;
	struct db_load *load = db_load_open(store->db, S("job_reject"), reject_column, 7, err);
	if (load == NULL)
		return false;
	for (size_t i = 0; i < rejects->n; i++) {
		const struct job_reject *reject = &rejects->item[i];
		db_load_int(load, job);
		db_load_int(load, (int64_t)i + 1);
		db_load_text(load, utf8_upto(reject->file, SHOWN_MOST));
		db_load_int(load, reject->line);
		db_load_text(load, utf8_upto(reject->column, SHOWN_MOST));
		db_load_text(load, utf8_upto(reject->value, SHOWN_MOST));
		db_load_text(load, utf8_upto(reject->reason, SHOWN_MOST));
	}
	return db_load_close(load, err);
}

static bool end(struct store *store, const struct job *job, const struct job_rejects *rejects,
	struct err *err)
{
	struct stmt *stmt = db_use(store->db, &job_end);
	db_bind_int(stmt, 1, job->id);
	db_bind_text(stmt, 2, states[job->state]);
	db_bind_int(stmt, 3, store_now(store));
	if (job->known_to == DAY_UNKNOWN)
		db_bind_null(stmt, 4);
	else
		db_bind_int(stmt, 4, job->known_to);
	db_bind_int(stmt, 5, job->children);
	db_bind_int(stmt, 6, job->events);
	db_bind_int(stmt, 7, job->rejected);
	db_bind_int(stmt, 8, job->added);
	db_bind_int(stmt, 9, job->edited);
	db_bind_int(stmt, 10, job->by_hand);
	db_bind_text(stmt, 11, utf8_upto(job->why, SHOWN_MOST));
	db_bind_int(stmt, 12, job->import);
	return db_do(stmt, err) && keep_rejects(store, job->id, rejects, err);
}

bool store_job_end(struct store *store, const struct job *job, const struct job_rejects *rejects,
	struct err *err)
{
	bool begun = step_begin(store, err);
	bool done = begun && end(store, job, rejects, err) && step_end(store, err);
	if (begun && !done)
		step_undo(store);
	return done;
}

/* Nobody else can run one on SQLite. On PostgreSQL another server may: only what is older than any
 * import takes. */
bool store_job_interrupt(struct store *store, struct err *err)
{
	instant now = store_now(store);
	bool alone = db_engine(store->db) == DB_SQLITE;
	if (!step_begin(store, err))
		return false;
	struct stmt *stmt = db_use(store->db, &job_interrupt);
	db_bind_int(stmt, 1, now);
	db_bind_int(stmt, 2, alone ? INT64_MAX : now - STALE_MS);
	return step(store, stmt, err);
}

/* ---- reading */

static instant instant_or_unknown(struct stmt *stmt, int column)
{
	return db_is_null(stmt, column) ? INSTANT_UNKNOWN : db_int(stmt, column);
}

static void job_of(struct arena *arena, struct stmt *stmt, struct job *out)
{
	*out = (struct job){ .id = db_int(stmt, 0),
		.authority = arena_str(arena, db_text(stmt, 1)),
		.kind = arena_str(arena, db_text(stmt, 2)),
		.files = arena_str(arena, db_text(stmt, 3)),
		.actor = db_int(stmt, 4),
		.who = arena_str(arena, db_text(stmt, 5)),
		.state = JOB_INTERRUPTED,
		.asked_at = db_int(stmt, 7),
		.began_at = instant_or_unknown(stmt, 8),
		.ended_at = instant_or_unknown(stmt, 9),
		.known_to = db_is_null(stmt, 10) ? DAY_UNKNOWN : (day)db_int(stmt, 10),
		.children = db_int(stmt, 11),
		.events = db_int(stmt, 12),
		.rejected = db_int(stmt, 13),
		.added = db_int(stmt, 14),
		.edited = db_int(stmt, 15),
		.by_hand = db_int(stmt, 16),
		.why = arena_str(arena, db_text(stmt, 17)),
		.import = db_is_null(stmt, 18) ? 0 : db_int(stmt, 18) };
	for (enum job_state state = JOB_WAITING; state < JOB_STATES; state++) {
		if (str_equal(states[state], db_text(stmt, 6)))
			out->state = state;
	}
}

bool store_job_list(struct store *store, struct arena *arena, str authority, int64_t most,
	struct job_list *out, struct err *err)
{
	*out = (struct job_list){ .room = LIST_MOST };
	out->item = arena_take(arena, LIST_MOST, sizeof *out->item);
	struct stmt *stmt = db_use(store->db, &job_list);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, most < LIST_MOST ? most : LIST_MOST);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		job_of(arena, stmt, &out->item[out->n++]);
	return row == DB_DONE;
}

bool store_job_read(struct store *store, struct arena *arena, str authority, int64_t id,
	struct job *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &job_read);
	db_bind_text(stmt, 1, authority);
	db_bind_int(stmt, 2, id);
	enum db_row row = db_step(stmt, err);
	if (row == DB_ROW)
		job_of(arena, stmt, out);
	db_reset(stmt);
	return row == DB_ROW ||
		(row == DB_DONE && err_set(err, ERR_MISSING, "there is no such import"));
}

bool store_job_rejects(struct store *store, struct arena *arena, int64_t id, int64_t past,
	int64_t most, struct job_rejects *out, struct err *err)
{
	*out = (struct job_rejects){ 0 };
	struct stmt *stmt = db_use(store->db, &job_rejects);
	db_bind_int(stmt, 1, id);
	db_bind_int(stmt, 2, past);
	db_bind_int(stmt, 3, most);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n == out->room) {
			size_t room = out->room == 0 ? 64 : out->room * 2;
			struct job_reject *item = arena_take(arena, room, sizeof *item);
			if (out->n > 0)
				memcpy(item, out->item, out->n * sizeof *item);
			out->item = item;
			out->room = room;
		}
		out->item[out->n++] = (struct job_reject){ arena_str(arena, db_text(stmt, 0)),
			db_int(stmt, 1), arena_str(arena, db_text(stmt, 2)),
			arena_str(arena, db_text(stmt, 3)), arena_str(arena, db_text(stmt, 4)) };
	}
	return row == DB_DONE;
}
