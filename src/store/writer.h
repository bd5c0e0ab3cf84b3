/* writer.h - the one thread that writes while a server runs.
 *
 * Any thread gives it jobs. It takes all that wait, runs each in a savepoint of one transaction,
 * commits them together (one flush to the disk for all), and then tells each how it went: what is
 * called done is durable. A job that fails is undone alone; a commit that fails fails all of them.
 */
#pragma once

#include "store/store.h"

struct writer;

/* The caller's until done is called. */
struct writer_job {
	/* On the writer's thread. False, with why: nothing of it is kept. */
	bool (*work)(void *self, struct store *store, struct err *err);
	/* On the writer's thread, after the commit; quick, and may give other jobs. err is not NULL
	 * when done is false. */
	void (*done)(void *self, bool done, const struct err *err);
	void *self;
	struct writer_job *next; /* the writer's */
	bool worked;             /* the writer's */
	struct err err;          /* the writer's */
};

/* From now on the store's connection is the writer's thread's: nobody else touches it. NULL, with
 * why. */
MUST_USE struct writer *writer_open(struct store *store, struct err *err);
void writer_give(struct writer *writer, struct writer_job *job);
/* Finishes what was given, then ends; the store is the caller's again. */
void writer_close(struct writer *writer);

/* Gives a job and waits for it: for threads that may. */
MUST_USE bool writer_do(struct writer *writer,
	bool (*work)(void *self, struct store *store, struct err *err), void *self,
	struct err *err);
