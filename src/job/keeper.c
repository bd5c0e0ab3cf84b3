#include "job/keeper.h"

#include "base/mem.h"
#include "store/calendar.h"
#include "store/entries.h"
#include "store/proof.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TURN = 1, DELAY = 60, AGAIN = 3600, READ_EACH = 3600 }; /* seconds */

struct keeper {
	struct keeper_options options;
	struct store *reader;
	struct arena *arena; /* emptied each turn */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool ending;
	int64_t size, signed_to; /* entries, as last seen */
	int64_t grown;           /* when it was first seen to have grown; 0: it has not */
	int64_t appended;        /* entries, as the witness's last checkpoint has them; -1 unknown */
	int64_t read_at;         /* when the whole ledger was last read through; 0: not yet */
	struct ledger_check check;
	int64_t said;            /* when a failure was last told; 0: all is well */
	char words[320];
};

static int64_t seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + 1; /* never 0 */
}

/* ---- telling */

static void complain(struct keeper *keeper, const char *what, const struct err *err)
{
	int64_t now = seconds();
	if (keeper->said != 0 && now - keeper->said < AGAIN &&
		strcmp(keeper->words, err->text) == 0)
		return;
	keeper->said = now;
	snprintf(keeper->words, sizeof keeper->words, "%s", err->text);
	fprintf(stderr, "duly serve: ALARM: %s: %s\n", what, err->text);
}

/* ---- one turn */

static bool sign_work(void *self, struct store *store, struct err *err)
{
	(void)self;
	bool made;
	return store_checkpoint(store, &made, err);
}

static bool look(struct keeper *keeper, struct err *err)
{
	struct stored_checkpoint last;
	arena_reset(keeper->arena);
	if (!store_ledger_size(keeper->reader, &keeper->size, err) ||
		!store_checkpoint_last(keeper->reader, keeper->arena, &last, err))
		return false;
	keeper->signed_to = last.size;
	if (keeper->size == keeper->signed_to)
		keeper->grown = 0;
	else if (keeper->grown == 0)
		keeper->grown = seconds();
	return true;
}

static bool calendar_work(void *self, struct store *store, struct err *err)
{
	(void)self;
	return store_calendar_follow(store, err);
}

/* A command beside the server, or another server, may have brought a calendar in. */
static bool follow(struct keeper *keeper, struct err *err)
{
	bool newer;
	return store_calendar_newer(keeper->reader, &newer, err) &&
		(!newer || writer_do(keeper->options.writer, calendar_work, keeper, err));
}

static bool check_work(void *self, struct store *store, struct err *err)
{
	const struct keeper *keeper = self;
	return store_ledger_check_keep(store, &keeper->check, err);
}

/* The whole chain, its tree and its checkpoints, against the witness too; what came of it is kept
 * for the page that shows the ledger. */
static bool read_through(struct keeper *keeper, struct err *err)
{
	struct ledger_report report;
	struct err found = { 0 };
	arena_reset(keeper->arena);
	keeper->read_at = seconds();
	bool whole = store_verify_ledger(keeper->reader, keeper->arena, NULL, &report, &found);
	if (!whole && found.code != ERR_BROKEN)
		return err_set(err, found.code, "%s", found.text);
	if (!whole)
		complain(keeper, "the ledger is broken", &found);
	keeper->check = (struct ledger_check){ .at = store_now(keeper->reader),
		.entries = report.entries,
		.fault = whole ? (str){ 0 } : arena_str(keeper->arena, str_of(found.text)) };
	return writer_do(keeper->options.writer, check_work, keeper, err);
}

static bool turn(struct keeper *keeper, bool last, struct err *err)
{
	if (!look(keeper, err) || (!last && !follow(keeper, err)))
		return false;
	bool due = keeper->grown != 0 && (last || seconds() - keeper->grown >= DELAY);
	/* Another process of the same store may have signed the same entries. */
	if (due && !writer_do(keeper->options.writer, sign_work, keeper, err) &&
		err->code != ERR_DUPLICATE)
		return false;
	if (due && !look(keeper, err))
		return false;
	bool read = !last && (keeper->read_at == 0 || seconds() - keeper->read_at >= READ_EACH);
	if (read && !read_through(keeper, err))
		return false;
	return keeper->options.witness == NULL || keeper->appended == keeper->signed_to ||
		witness_append(keeper->reader, keeper->options.witness, &keeper->appended, err);
}

static void take_turn(struct keeper *keeper, bool last)
{
	struct err err = { 0 };
	if (!turn(keeper, last, &err))
		complain(keeper, "the ledger's checkpoint, or the calendar, is not kept", &err);
	else
		keeper->said = 0;
}

static void *run(void *self)
{
	struct keeper *keeper = self;
	pthread_mutex_lock(&keeper->lock);
	while (!keeper->ending) {
		struct timespec until;
		pthread_mutex_unlock(&keeper->lock);
		take_turn(keeper, false);
		pthread_mutex_lock(&keeper->lock);
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += TURN;
		if (!keeper->ending)
			pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until);
	}
	pthread_mutex_unlock(&keeper->lock);
	take_turn(keeper, true);
	return NULL;
}

/* ---- the thread */

static void let_go(struct keeper *keeper)
{
	store_close(keeper->reader);
	arena_close(keeper->arena);
	pthread_cond_destroy(&keeper->wake);
	pthread_mutex_destroy(&keeper->lock);
	mem_free(keeper);
}

struct keeper *keeper_open(const struct keeper_options *options, struct err *err)
{
	struct keeper *keeper = mem_alloc(1, sizeof *keeper);
	pthread_condattr_t monotonic;
	keeper->options = *options;
	keeper->appended = -1;
	keeper->arena = arena_open(64 << 20);
	pthread_mutex_init(&keeper->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&keeper->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	keeper->reader = store_reader(options->store, err);
	if (keeper->reader != NULL && pthread_create(&keeper->thread, NULL, run, keeper) == 0)
		return keeper;
	if (keeper->reader != NULL)
		err_set(err, ERR_IO, "the thread that keeps checkpoints cannot be started");
	let_go(keeper);
	return NULL;
}

void keeper_close(struct keeper *keeper)
{
	if (keeper == NULL)
		return;
	pthread_mutex_lock(&keeper->lock);
	keeper->ending = true;
	pthread_cond_signal(&keeper->wake);
	pthread_mutex_unlock(&keeper->lock);
	pthread_join(keeper->thread, NULL);
	let_go(keeper);
}
