/* daily.h - what must be done each day while a server runs, on the writer's thread.
 *
 * After midnight in London, and when the server starts: the clocks whose day has come are made anew,
 * cover begins and ends, and what has run out is forgotten: sessions, attempts to sign in, passwords that nobody fetched.
 * The day is asked of the store's own clock, so that a demonstration's may be set.
 */
#pragma once

#include "store/writer.h"

struct daily;

/* NULL, with why. Yours until daily_close. */
MUST_USE struct daily *daily_open(
	struct writer *writer, const struct store_env *env, struct err *err);
void daily_close(struct daily *daily);

/* The whole of one day's work, for whoever has the store. */
MUST_USE bool daily_work(struct store *store, struct err *err);
