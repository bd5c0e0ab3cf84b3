/* brand.h - how a council's Duly looks: one colour and a logo, each a setting in the ledger.
 *
 * The setting of the logo is the SHA-256 of its bytes, which lie in `picture`. */
#pragma once

#include "store/store.h"

struct brand {
	char colour[8]; /* "#00585e"; empty: ours */
	char logo[65];  /* SHA-256 in hex; empty: none */
};

/* One statement. */
MUST_USE bool store_brand(struct store *store, struct brand *out, struct err *err);
/* The bytes of the logo, in the arena. ERR_MISSING: there is none. */
MUST_USE bool store_brand_logo(struct store *store, struct arena *arena, str *out, struct err *err);
/* Both, checked by the caller; empty: ours again. `logo` NULL: as it is. */
MUST_USE bool store_brand_set(struct store *store, const struct actor *actor, str colour,
	const str *logo, struct err *err);
