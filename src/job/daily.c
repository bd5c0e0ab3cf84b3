#include "job/daily.h"

#include "base/mem.h"
#include "store/calendar.h"
#include "store/cover.h"
#include "store/local.h"
#include "store/monday.h"
#include "store/once.h"
#include "store/session.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { ASKED_EVERY_S = 20, KEPT_DAYS = 1 };

struct daily {
	struct writer *writer;
	const struct store_env *env;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ends;
	bool ending;
	day done; /* the day whose work is done; DAY_UNKNOWN: none */
};

bool daily_work(struct store *store, struct err *err)
{
	int64_t woken;
	instant before = store_now(store) - KEPT_DAYS * INSTANT_DAY;
	return store_wake(store, &woken, err) && store_session_sweep(store, before, err) &&
	       store_cover_turn(store, err) && store_attempt_sweep(store, before, err) &&
	       store_once_sweep(store, store_now(store), err);
}

static bool work(void *self, struct store *store, struct err *err)
{
	(void)self;
	return daily_work(store, err);
}

/* Some children at a time, so that nobody's save waits for all of them. */
enum { MONDAY_BATCH = 500 };

static bool turn_monday(void *self, struct store *store, struct err *err)
{
	int64_t *after = self;
	return store_monday_turn(store, *after, MONDAY_BATCH, after, err);
}

/* After a change of a council's policy, until no clock is left that it touches. */
enum { POLICY_BATCH = 1000 };

static bool turn_policy(void *self, struct store *store, struct err *err)
{
	return store_local_turn(store, POLICY_BATCH, self, err);
}

/* After a newer calendar came, or its dates were accepted, until no clock waits for them. */
enum { CALENDAR_BATCH = 500 };

static bool turn_calendar(void *self, struct store *store, struct err *err)
{
	return store_calendar_turn(store, CALENDAR_BATCH, self, err);
}

static bool is_ending(struct daily *daily)
{
	pthread_mutex_lock(&daily->lock);
	bool ending = daily->ending;
	pthread_mutex_unlock(&daily->lock);
	return ending;
}

static void monday(struct daily *daily)
{
	struct err err;
	int64_t after = 0;
	do {
		if (!writer_do(daily->writer, turn_monday, &after, &err)) {
			fprintf(stderr, "duly: the service's numbers could not be made anew: %s\n", err.text);
			return;
		}
	} while (after != 0 && !is_ending(daily));
}

/* Turn by turn to the end; what is left when the server stops goes on when it starts again. */
static void follow(struct daily *daily, bool (*turn)(void *self, struct store *store, struct err *err),
	const char *what)
{
	struct err err;
	bool more = true;
	while (more && !is_ending(daily)) {
		if (!writer_do(daily->writer, turn, &more, &err)) {
			fprintf(stderr, "duly: the clocks could not follow %s: %s\n", what, err.text);
			return;
		}
	}
}

static void look(struct daily *daily)
{
	struct err err;
	follow(daily, turn_calendar, "a calendar");
	follow(daily, turn_policy, "a policy");
	day today = instant_day(daily->env->now(daily->env->self));
	if (today == daily->done)
		return;
	if (writer_do(daily->writer, work, daily, &err)) {
		daily->done = today;
		monday(daily);
	} else {
		fprintf(stderr, "duly: the day's clocks could not be made anew: %s\n", err.text);
	}
}

static void *run(void *self)
{
	struct daily *daily = self;
	pthread_mutex_lock(&daily->lock);
	while (!daily->ending) {
		pthread_mutex_unlock(&daily->lock);
		look(daily);
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += ASKED_EVERY_S;
		pthread_mutex_lock(&daily->lock);
		if (!daily->ending)
			pthread_cond_timedwait(&daily->ends, &daily->lock, &until);
	}
	pthread_mutex_unlock(&daily->lock);
	return NULL;
}

struct daily *daily_open(struct writer *writer, const struct store_env *env, struct err *err)
{
	struct daily *daily = mem_alloc(1, sizeof *daily);
	daily->writer = writer;
	daily->env = env;
	daily->done = DAY_UNKNOWN;
	pthread_mutex_init(&daily->lock, NULL);
	pthread_cond_init(&daily->ends, NULL);
	if (pthread_create(&daily->thread, NULL, run, daily) == 0)
		return daily;
	pthread_cond_destroy(&daily->ends);
	pthread_mutex_destroy(&daily->lock);
	mem_free(daily);
	err_set(err, ERR_IO, "the thread of daily work cannot be started");
	return NULL;
}

void daily_close(struct daily *daily)
{
	if (daily == NULL)
		return;
	pthread_mutex_lock(&daily->lock);
	daily->ending = true;
	pthread_cond_signal(&daily->ends);
	pthread_mutex_unlock(&daily->lock);
	pthread_join(daily->thread, NULL);
	pthread_cond_destroy(&daily->ends);
	pthread_mutex_destroy(&daily->lock);
	mem_free(daily);
}
