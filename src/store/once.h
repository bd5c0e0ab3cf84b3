/* once.h - a first password on its way to the screen, once: sealed by the caller, kept for minutes.
 *
 * Whoever reads the database cannot open it: the key is made of what only one browser holds. */
#pragma once

#include "store/store.h"

/* For whom it was made; in place of an older one of the same person. */
MUST_USE bool store_once_keep(struct store *store, int64_t person, int64_t holder, str sealed,
	instant until, struct err *err);
/* Takes it away and hands it over, in the arena. ERR_MISSING: shown already, too old, or somebody
 * else's. */
MUST_USE bool store_once_take(struct store *store, struct arena *arena, int64_t person,
	int64_t holder, str *sealed, struct err *err);
/* Forgets those that nobody fetched. */
MUST_USE bool store_once_sweep(struct store *store, instant before, struct err *err);
