/* recompute_turn.c - while clocks follow a newer calendar: whose turn is still to come, and by which law
 * their clocks stand until then. */
#include "store/recompute_inside.h"

SQL(turns_between,
	"SELECT subject FROM calendar_turn WHERE subject BETWEEN $1 AND $2 ORDER BY subject");

struct following {
	struct calendar_job job;
	struct arena *arena;
	struct law law; /* the council's, by the calendar before */
	struct moving moving;
	struct {
		int64_t *item;
		size_t n, room, at;
	} turns;
	int64_t had;
};

static bool law_before(struct chunk *chunk, struct following *f, struct err *err)
{
	str holidays;
	struct law before;
	f->arena = arena_open((size_t)16 << 20);
	if (!store_calendar_holidays(chunk->store, f->arena, f->job.calendar - 1, &holidays, err) ||
		!law_with(chunk->store, f->arena, holidays, &before, err))
		return false;
	f->law = *chunk->law;
	f->law.calendar = before.calendar;
	f->moving = (struct moving){ .law = &f->law, .was = f->job.calendar - 1,
		.number = f->job.calendar, .write = chunk->compared == NULL };
	return true;
}

bool recompute_follow(struct chunk *chunk, struct err *err)
{
	struct calendar_job job;
	if (!store_calendar_job(chunk->store, &job, err))
		return false;
	if (!job.open)
		return true;
	chunk->following = mem_alloc(1, sizeof *chunk->following);
	chunk->following->job = job;
	return job.calendar == 0 || law_before(chunk, chunk->following, err);
}

bool recompute_follow_end(struct chunk *chunk, struct err *err)
{
	struct following *f = chunk->following;
	if (f == NULL)
		return true;
	bool done = chunk->compared != NULL || calendar_job_count(chunk->store, f->had, &f->moving.effect, err);
	if (f->arena != NULL)
		arena_close(f->arena);
	mem_free(f->turns.item);
	mem_free(f);
	chunk->following = NULL;
	return done;
}

bool recompute_read_turns(struct chunk *chunk, struct err *err)
{
	struct following *f = chunk->following;
	if (f == NULL)
		return true;
	f->turns.n = f->turns.at = 0;
	struct stmt *stmt = db_use(chunk->store->db, &turns_between);
	db_bind_int(stmt, 1, chunk->subject[0]);
	db_bind_int(stmt, 2, chunk->subject[chunk->subjects - 1]);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&f->turns) = db_int(stmt, 0);
	return row == DB_DONE;
}

bool recompute_is_turn(struct chunk *chunk, int64_t subject, struct moving **moving)
{
	struct following *f = chunk->following;
	*moving = NULL;
	if (f == NULL)
		return false;
	while (f->turns.at < f->turns.n && f->turns.item[f->turns.at] < subject)
		f->turns.at++;
	if (f->turns.at == f->turns.n || f->turns.item[f->turns.at] != subject)
		return false;
	*moving = f->job.calendar != 0 ? &f->moving : NULL;
	return true;
}

bool recompute_turn_had(struct chunk *chunk, int64_t subject, struct err *err)
{
	chunk->following->had++;
	return calendar_had(chunk->store, subject, err);
}
