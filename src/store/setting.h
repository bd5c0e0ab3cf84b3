/* setting.h - several settings at once: what a page of them reads and writes. */
#pragma once

#include "store/store.h"

/* What each council decides for itself, where two share a store: kept as KEY@CODE, which store_set()
 * makes of KEY for an actor of a council. What was set as KEY alone is that of the council that the
 * store was made for, until it sets it anew; another council never inherits it. */
bool setting_is_of_authority(str key);
/* Empty when not set. One statement. */
MUST_USE bool store_setting_of(struct store *store, struct arena *arena, str authority, str key,
	str *value, struct err *err);
/* The values of n keys, each that council's or the store's as it is. One statement. */
MUST_USE bool store_settings_of(struct store *store, struct arena *arena, str authority,
	const str *key, size_t n, str *value, struct err *err);

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
