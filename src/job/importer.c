#include "job/importer.h"

#include "base/mem.h"
#include "job/staging_wire.h"
#include "store/job_found.h"
#include "job/worker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { STAGING_CAP = 1 << 30, OUTPUT_MOST = 128 << 20, ACTOR_CAP = 4096 };

/* One import: what was asked, and how far it is. */
struct one {
	int64_t job;
	enum import_kind kind;
	struct arena *arena; /* of the actor's texts */
	struct actor actor;
	struct buf input; /* what the worker reads */
	struct source *source;
	size_t n;
	struct buf made; /* by the worker; the staging's texts point into it */
	struct arena *staging_arena;
	struct staging staging;
	struct import_result result;
	bool dry, tried; /* tried: it was, and its files wait for an answer */
};

struct importer {
	struct writer *writer;
	const struct store_env *env;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct one *waiting, *running, *held;
	bool ending;
	_Atomic bool given_up;
	_Atomic bool saving;
	_Atomic size_t done, all;
};

/* ---- what was asked */

static void one_close(struct one *one)
{
	if (one->staging_arena != NULL) {
		staging_close(&one->staging);
		arena_close(one->staging_arena);
	}
	buf_close(&one->input);
	buf_close(&one->made);
	arena_close(one->arena);
	mem_free(one);
}

/* The sources' copies stand in the wire, and are told from there. */
static struct one *one_open(const struct importer_asked *asked, day today)
{
	struct one *one = mem_alloc(1, sizeof *one);
	struct import_wire wire;
	one->arena = arena_open(1 << 20);
	one->job = asked->job;
	one->kind = asked->kind;
	one->actor = asked->actor;
	one->actor.authority = arena_str(one->arena, asked->actor.authority);
	one->actor.name = arena_str(one->arena, asked->actor.name);
	one->dry = import_has_columns(asked->kind) && !asked->sure;
	const struct import_task task = { .kind = asked->kind,
		.source = asked->source,
		.n = asked->n,
		.mapping = asked->mapping };
	import_wire_put(&one->input, &task, today);
	if (import_wire_read(one->arena, buf_view(&one->input), &wire, NULL)) {
		one->source = wire.source;
		one->n = wire.n;
	}
	return one;
}

/* ---- the steps, on this thread and on the writer's */

struct step {
	struct importer *importer;
	struct one *one;
	enum job_state state;
	struct job job;
};

static bool state_write(void *self, struct store *store, struct err *err)
{
	const struct step *step = self;
	return store_job_state(store, step->one->job, step->state, err);
}

static bool end_write(void *self, struct store *store, struct err *err)
{
	const struct step *step = self;
	return store_job_end(store, &step->job, NULL, err);
}

/* Nothing of it is kept. */
static void one_ended(struct importer *importer, struct one *one, const struct err *why)
{
	struct err err;
	pthread_mutex_lock(&importer->lock);
	bool stopping = importer->ending;
	pthread_mutex_unlock(&importer->lock);
	struct step step = { .importer = importer,
		.one = one,
		.job = { .id = one->job,
			.known_to = DAY_UNKNOWN,
			.state = stopping			      ? JOB_INTERRUPTED
				 : atomic_load(&importer->given_up) ? JOB_CANCELLED
								      : JOB_FAILED,
			.why = str_of(why->text) } };
	if (step.job.state != JOB_FAILED)
		step.job.why = (str){ 0 };
	if (!writer_do(importer->writer, end_write, &step, &err))
		fprintf(stderr, "duly: how an import ended could not be noted: %s\n", err.text);
}

static bool one_read(struct importer *importer, struct one *one, struct err *err)
{
	struct step step = { .importer = importer, .one = one, .state = JOB_READING };
	const struct worker worker = { .kind = "import",
		.input = buf_view(&one->input),
		.output_max = OUTPUT_MOST };
	if (!writer_do(importer->writer, state_write, &step, err) ||
		!worker_run(&worker, &one->made, err))
		return false;
	one->staging_arena = arena_open(STAGING_CAP);
	staging_open(&one->staging, one->staging_arena);
	if (!staging_wire_read(buf_view(&one->made), &one->staging, err))
		return false;
	str said = one->staging.authority, theirs = one->actor.authority;
	if (said.n > 0 && !str_equal(said, theirs))
		return err_set(err, ERR_INPUT, "The file is of authority %.*s, not of %.*s",
			STR_ARGS(said), STR_ARGS(theirs));
	if (one->staging.refused.n > 0)
		return one->dry || err_set(err, ERR_INPUT, "%.*s", STR_ARGS(one->staging.refused));
	for (size_t i = 0; i < one->staging.children.n; i++) {
		if (one->staging.children.item[i].n > 0)
			return true;
	}
	return err_set(err, ERR_INPUT,
		"There is no child in these files that could be taken: check that they are the "
		"ones that you meant");
}

static void told(void *to, size_t done, size_t all)
{
	struct importer *importer = ((struct step *)to)->importer;
	atomic_store(&importer->done, done);
	atomic_store(&importer->all, all);
}

static bool asked_to_stop(void *to)
{
	return atomic_load(&((struct step *)to)->importer->given_up);
}

/* Later commands need not be told whose store it is. */
static bool keep_authority(struct store *store, struct one *one, struct err *err)
{
	const struct actor system = { .role = ROLE_SYSTEM, .authority = one->actor.authority };
	str kept;
	return store_setting(store, one->arena, S("authority"), &kept, err) &&
	       (kept.n > 0 ||
		       store_set(store, &system, S("authority"), one->actor.authority, err));
}

static struct job_rejects rejects_of(struct one *one)
{
	const struct rejects *from = &one->staging.rejects;
	struct job_rejects out = { .item = arena_take(one->staging_arena, from->n, sizeof *out.item),
		.n = from->n };
	for (size_t i = 0; i < from->n; i++) {
		const struct reject *reject = &from->item[i];
		out.item[i] = (struct job_reject){ reject->file, (int64_t)reject->line,
			reject->column, reject->value, reject->reason };
	}
	return out;
}

static str how_text(const struct staged_column *column)
{
	static const str how[COLUMN_HOWS] = { [COLUMN_NONE] = S_INIT("none"),
		[COLUMN_MAPPED] = S_INIT("mapped"),
		[COLUMN_NAMED] = S_INIT("named"),
		[COLUMN_GUESSED] = S_INIT("guessed"),
		[COLUMN_SPARE] = S_INIT("spare") };
	return column->how == COLUMN_NONE && column->needed ? S("needed") : how[column->how];
}

/* How the columns were known, then the notes. */
static struct job_columns found_in(struct one *one)
{
	const struct staging *staging = &one->staging;
	str rest = buf_view(&staging->notes), line;
	size_t lines = 1;
	for (size_t i = 0; i < rest.n; i++)
		lines += rest.p[i] == '\n';
	struct job_columns out = { .item = arena_take(one->staging_arena,
					   staging->columns.n + lines, sizeof *out.item) };
	while (rest.n > 0 && str_split(&rest, '\n', &line)) {
		if (line.n > 0)
			out.item[out.n++] = (struct job_column){ .heading = line, .how = S("note") };
	}
	for (size_t i = 0; i < staging->columns.n; i++) {
		const struct staged_column *column = &staging->columns.item[i];
		out.item[out.n++] = (struct job_column){
			column->list, column->column, column->heading, how_text(column)
		};
	}
	return out;
}

/* Nothing of the files is written: what they would change, and how they were understood, is. */
static bool try_write(struct step *step, struct store *store, const struct import_task *task,
	struct err *err)
{
	struct one *one = step->one;
	struct import_result *result = &one->result;
	bool refused = one->staging.refused.n > 0;
	if (!refused && !import_save(store, task, &one->staging, result, err))
		return false;
	step->job = (struct job){ .id = one->job,
		.state = JOB_CHECKED,
		.known_to = one->staging.known_to,
		.children = result->children,
		.events = result->events,
		.rejected = (int64_t)one->staging.rejects.n,
		.added = result->added,
		.edited = result->edited,
		.by_hand = result->by_hand,
		.why = one->staging.refused,
		.import = refused ? 0 : one->job };
	struct job_rejects rejects = rejects_of(one);
	struct job_columns found = found_in(one);
	one->tried = true;
	return import_keep_changes(store, one->job, result, one->staging_arena, err) &&
	       store_job_found_put(store, one->job, &found, err) &&
	       store_job_end(store, &step->job, &rejects, err);
}

static bool save_write(void *self, struct store *store, struct err *err)
{
	struct step *step = self;
	struct one *one = step->one;
	const struct import_task task = { .kind = one->kind,
		.source = one->source,
		.n = one->n,
		.authority = one->actor.authority,
		.actor = &one->actor,
		.dry = one->dry,
		.progress = told,
		.given_up = asked_to_stop,
		.to = step };
	if (one->dry)
		return try_write(step, store, &task, err);
	if (!import_save(store, &task, &one->staging, &one->result, err))
		return false;
	const struct import_result *result = &one->result;
	step->job = (struct job){ .id = one->job,
		.state = JOB_DONE,
		.known_to = one->staging.known_to,
		.children = result->children,
		.events = result->events,
		.rejected = result->rejected,
		.added = result->added,
		.edited = result->edited,
		.by_hand = result->by_hand,
		.import = result->import };
	struct job_rejects rejects = rejects_of(one);
	return keep_authority(store, one, err) &&
	       store_job_end(store, &step->job, &rejects, err);
}

static void one_run(struct importer *importer, struct one *one)
{
	struct err err = { 0 };
	struct step step = { .importer = importer, .one = one, .state = JOB_SAVING };
	bool done = one_read(importer, one, &err);
	if (done && atomic_load(&importer->given_up))
		done = err_set(&err, ERR_BUSY, "the import was given up");
	if (done) {
		atomic_store(&importer->all, one->staging.children.n);
		atomic_store(&importer->saving, true);
		done = writer_do(importer->writer, state_write, &step, &err) &&
		       writer_do(importer->writer, save_write, &step, &err);
	}
	if (!done)
		one_ended(importer, one, &err);
}

static void *run(void *self)
{
	struct importer *importer = self;
	pthread_mutex_lock(&importer->lock);
	for (;;) {
		while (importer->waiting == NULL && !importer->ending)
			pthread_cond_wait(&importer->more, &importer->lock);
		if (importer->waiting == NULL)
			break;
		struct one *one = importer->running = importer->waiting;
		importer->waiting = NULL;
		atomic_store(&importer->given_up, importer->ending);
		atomic_store(&importer->saving, false);
		atomic_store(&importer->done, 0);
		atomic_store(&importer->all, 0);
		pthread_mutex_unlock(&importer->lock);
		one_run(importer, one);
		pthread_mutex_lock(&importer->lock);
		importer->running = NULL;
		if (one->tried) {
			if (importer->held != NULL)
				one_close(importer->held);
			importer->held = one;
		} else {
			one_close(one);
		}
	}
	pthread_mutex_unlock(&importer->lock);
	return NULL;
}

/* ---- from outside */

static bool interrupt_write(void *self, struct store *store, struct err *err)
{
	(void)self;
	return store_job_interrupt(store, err);
}

struct importer *importer_open(struct writer *writer, const struct store_env *env, struct err *err)
{
	if (!writer_do(writer, interrupt_write, NULL, err))
		return NULL;
	struct importer *importer = mem_alloc(1, sizeof *importer);
	importer->writer = writer;
	importer->env = env;
	pthread_mutex_init(&importer->lock, NULL);
	pthread_cond_init(&importer->more, NULL);
	if (pthread_create(&importer->thread, NULL, run, importer) == 0)
		return importer;
	pthread_cond_destroy(&importer->more);
	pthread_mutex_destroy(&importer->lock);
	mem_free(importer);
	err_set(err, ERR_IO, "the thread that imports cannot be started");
	return NULL;
}

void importer_close(struct importer *importer)
{
	if (importer == NULL)
		return;
	pthread_mutex_lock(&importer->lock);
	importer->ending = true;
	atomic_store(&importer->given_up, true);
	pthread_cond_signal(&importer->more);
	pthread_mutex_unlock(&importer->lock);
	pthread_join(importer->thread, NULL);
	if (importer->held != NULL)
		one_close(importer->held);
	pthread_cond_destroy(&importer->more);
	pthread_mutex_destroy(&importer->lock);
	mem_free(importer);
}

bool importer_give(struct importer *importer, const struct importer_asked *asked)
{
	struct one *one = one_open(asked, instant_day(importer->env->now(importer->env->self)));
	pthread_mutex_lock(&importer->lock);
	bool taken = importer->waiting == NULL && !importer->ending;
	if (taken) {
		importer->waiting = one;
		pthread_cond_signal(&importer->more);
	}
	pthread_mutex_unlock(&importer->lock);
	if (!taken)
		one_close(one);
	return taken;
}

bool importer_holds(struct importer *importer, int64_t job)
{
	pthread_mutex_lock(&importer->lock);
	bool holds = importer->held != NULL && importer->held->job == job;
	pthread_mutex_unlock(&importer->lock);
	return holds;
}

void importer_let_go(struct importer *importer, int64_t job)
{
	pthread_mutex_lock(&importer->lock);
	if (importer->held != NULL && importer->held->job == job) {
		one_close(importer->held);
		importer->held = NULL;
	}
	pthread_mutex_unlock(&importer->lock);
}

bool importer_give_held(
	struct importer *importer, int64_t held, const struct importer_asked *asked)
{
	struct importer_asked again = *asked;
	struct one *one = NULL;
	day today = instant_day(importer->env->now(importer->env->self));
	pthread_mutex_lock(&importer->lock);
	if (importer->held != NULL && importer->held->job == held && importer->waiting == NULL &&
		!importer->ending) {
		again.kind = importer->held->kind;
		again.source = importer->held->source;
		again.n = importer->held->n;
		one = importer->waiting = one_open(&again, today);
		one_close(importer->held);
		importer->held = NULL;
		pthread_cond_signal(&importer->more);
	}
	pthread_mutex_unlock(&importer->lock);
	return one != NULL;
}

bool importer_cancel(struct importer *importer, int64_t job)
{
	pthread_mutex_lock(&importer->lock);
	bool here = importer->running != NULL && importer->running->job == job;
	if (here)
		atomic_store(&importer->given_up, true);
	pthread_mutex_unlock(&importer->lock);
	return here;
}

struct importer_progress importer_progress(struct importer *importer, int64_t job)
{
	struct importer_progress progress = { 0 };
	pthread_mutex_lock(&importer->lock);
	progress.here = (importer->running != NULL && importer->running->job == job) ||
			(importer->waiting != NULL && importer->waiting->job == job);
	pthread_mutex_unlock(&importer->lock);
	progress.saving = atomic_load(&importer->saving);
	progress.done = atomic_load(&importer->done);
	progress.all = atomic_load(&importer->all);
	return progress;
}
