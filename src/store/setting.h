/* setting.h - several settings at once: what a page of them reads and writes. */
#pragma once

#include "store/store.h"

/* The values of n keys, in their order; empty where it is not set. One statement. */
MUST_USE bool store_settings(struct store *store, struct arena *arena, const str *key, size_t n,
	str *value, struct err *err);

/* All or none, in one entry of the ledger: who sends a form of settings does one thing. None: nothing
 * is done. Each as store_set() would. */
struct setting {
	str key, value;
};
MUST_USE bool store_set_all(struct store *store, const struct actor *actor,
	const struct setting *setting, size_t n, struct err *err);
