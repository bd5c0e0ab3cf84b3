/* quality_watch.c - the thread beside a server that checks the returns of Duly's own records. */
#include "base/mem.h"
#include "job/quality.h"
#include "job/return.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { LOOK_S = 2, FROM_HOUR = 1, TO_HOUR = 5, SWEEP = 2000 };

struct quality_watch {
	struct writer *writer;
	struct store *reader;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool ending;
};

static bool is_ending(struct quality_watch *watch)
{
	pthread_mutex_lock(&watch->lock);
	bool ending = watch->ending;
	pthread_mutex_unlock(&watch->lock);
	return ending;
}

/* ---- what the writer does, in small parts */

struct making {
	struct actor actor;
	struct quality_check check;
	const struct quality_found *found;
	size_t at;
	const char *why;
	bool more;
};

static bool begin_work(void *self, struct store *store, struct err *err)
{
	struct making *making = self;
	return store_quality_begin(store, &making->actor, &making->check, &making->check.id, err);
}

static bool put_work(void *self, struct store *store, struct err *err)
{
	const struct making *making = self;
	size_t left = making->found->n - making->at;
	return store_quality_put(store, making->check.id, (int64_t)making->at, making->found->item + making->at,
		left < QUALITY_PUT ? left : QUALITY_PUT, err);
}

static bool end_work(void *self, struct store *store, struct err *err)
{
	const struct making *making = self;
	return store_quality_end(store, &making->actor, making->check.id, making->found->children,
		making->found->unrun.item, making->found->unrun.n, err);
}

static bool fail_work(void *self, struct store *store, struct err *err)
{
	const struct making *making = self;
	return store_quality_fail(store, making->check.id, str_of(making->why), err);
}

static bool sweep_work(void *self, struct store *store, struct err *err)
{
	struct making *making = self;
	return store_quality_sweep(store, SWEEP, &making->more, err);
}

static bool interrupt_work(void *self, struct store *store, struct err *err)
{
	(void)self;
	return store_quality_interrupt(store, err);
}

/* ---- one check */

static bool keep(struct quality_watch *watch, struct making *making, struct err *err)
{
	for (making->at = 0; making->at < making->found->n; making->at += QUALITY_PUT) {
		if (is_ending(watch))
			return err_set(err, ERR_BUSY, "the server was stopped");
		if (!writer_do(watch->writer, put_work, making, err))
			return false;
	}
	return writer_do(watch->writer, end_work, making, err);
}

static void make(struct quality_watch *watch, const struct quality_check *check)
{
	struct err err = { 0 }, none;
	struct arena *arena = arena_open((size_t)8 << 30);
	struct quality_found found = { 0 };
	struct making making = { .actor = { .user = check->person, .role = ROLE_SYSTEM }, .check = *check,
		.found = &found };
	if (writer_do(watch->writer, begin_work, &making, &err)) {
		if (!quality_of_records(watch->reader, arena, check->authority, check->kind, check->year, &found,
			    &err) ||
			!keep(watch, &making, &err)) {
			making.why = err.text;
			if (!writer_do(watch->writer, fail_work, &making, &none))
				fprintf(stderr, "duly: %s\n", none.text);
		}
		for (making.more = true; making.more && !is_ending(watch);) {
			if (!writer_do(watch->writer, sweep_work, &making, &none))
				making.more = false;
		}
	}
	if (err.code != ERR_NONE)
		fprintf(stderr, "duly: a return could not be checked: %s\n", err.text);
	quality_found_close(&found);
	arena_close(arena);
}

/* The one that was asked for first; at night, one that was not made today. */
static bool find(struct quality_watch *watch, struct arena *arena, struct quality_check *out, bool *any,
	struct err *err)
{
	instant now = store_now(watch->reader), midnight;
	struct local local = instant_local(now);
	if (!store_quality_waiting(watch->reader, arena, out, any, err) || *any)
		return *any;
	if (local.minute < FROM_HOUR * 60 || local.minute >= TO_HOUR * 60 ||
		!instant_of_local(local.on, 0, -1, &midnight, err))
		return true;
	for (size_t i = 0; i < return_kinds_n && !*any; i++) {
		str authority, kind = return_kinds[i]->name;
		if (!str_equal(kind, S("ssda903")) && !str_equal(kind, S("cin")))
			continue;
		if (!store_quality_due(watch->reader, arena, kind, midnight, &authority, err))
			return false;
		*any = authority.n > 0;
		*out = (struct quality_check){ .authority = authority, .kind = kind,
			.year = quality_year(local.on), .source = QUALITY_RECORDS };
	}
	return true;
}

static void look(struct quality_watch *watch)
{
	struct err err = { 0 };
	struct arena *arena = arena_open(1 << 20);
	struct quality_check check;
	bool any = true;
	while (any && !is_ending(watch)) {
		arena_reset(arena);
		any = false;
		if (!find(watch, arena, &check, &any, &err)) {
			any = false;
			if (err.code != ERR_BUSY)
				fprintf(stderr, "duly: checks of the returns: %s\n", err.text);
		}
		if (any)
			make(watch, &check);
	}
	arena_close(arena);
}

/* ---- the thread */

static void *run(void *self)
{
	struct quality_watch *watch = self;
	struct err err;
	if (!writer_do(watch->writer, interrupt_work, watch, &err))
		fprintf(stderr, "duly: %s\n", err.text);
	pthread_mutex_lock(&watch->lock);
	while (!watch->ending) {
		struct timespec until;
		pthread_mutex_unlock(&watch->lock);
		look(watch);
		pthread_mutex_lock(&watch->lock);
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += LOOK_S;
		if (!watch->ending)
			pthread_cond_timedwait(&watch->wake, &watch->lock, &until);
	}
	pthread_mutex_unlock(&watch->lock);
	return NULL;
}

static void let_go(struct quality_watch *watch)
{
	store_close(watch->reader);
	pthread_cond_destroy(&watch->wake);
	pthread_mutex_destroy(&watch->lock);
	mem_free(watch);
}

struct quality_watch *quality_watch_open(struct store *store, struct writer *writer, struct err *err)
{
	struct quality_watch *watch = mem_alloc(1, sizeof *watch);
	pthread_condattr_t monotonic;
	watch->writer = writer;
	pthread_mutex_init(&watch->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&watch->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	watch->reader = store_reader(store, err);
	if (watch->reader != NULL && pthread_create(&watch->thread, NULL, run, watch) == 0)
		return watch;
	if (watch->reader != NULL)
		err_set(err, ERR_IO, "the thread that checks returns cannot be started");
	let_go(watch);
	return NULL;
}

void quality_watch_close(struct quality_watch *watch)
{
	if (watch == NULL)
		return;
	pthread_mutex_lock(&watch->lock);
	watch->ending = true;
	pthread_cond_signal(&watch->wake);
	pthread_mutex_unlock(&watch->lock);
	pthread_join(watch->thread, NULL);
	let_go(watch);
}
