/* check.h - where what a check found lies while somebody reads it, and which of its children are known.
 *
 * It is no record: it lies sealed under its reader's session (identity/seal.h), and is gone when they finish
 * or sign out, and after an hour.
 */
#pragma once

#include "base/arena.h"
#include "policy/policy.h"
#include "store/store.h"

/* A later one takes its place. */
MUST_USE bool store_check_put(struct store *store, int64_t person, str sealed, instant until, struct err *err);
/* ERR_MISSING: there is none, or its time is over. In the arena. */
MUST_USE bool store_check_get(struct store *store, struct arena *arena, int64_t person, instant now, str *sealed,
	struct err *err);
/* That of the person, and all whose time is over. */
MUST_USE bool store_check_forget(struct store *store, int64_t person, instant now, struct err *err);

/* Which child of the reader's authority has that number; 0: none that they may know of. `subject` has room for
 * n. Of at most CHECK_NUMBERS numbers: those of one page. */
enum { CHECK_NUMBERS = 100 };
MUST_USE bool store_check_subjects(struct store *store, const struct actor *actor, const str *number, size_t n,
	int64_t *subject, struct err *err);
