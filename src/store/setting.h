/* setting.h - several settings at once: what a page of them reads. */
#pragma once

#include "store/store.h"

/* The values of n keys, in their order; empty where it is not set. One statement. */
MUST_USE bool store_settings(struct store *store, struct arena *arena, const str *key, size_t n,
	str *value, struct err *err);
