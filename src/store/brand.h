/* brand.h - how a council's Duly looks: one colour and a logo, each a setting in the ledger.
 *
 * The setting of the logo is the SHA-256 of its bytes, which lie in `picture`. */
#pragma once

#include "store/store.h"

struct brand {
	char code[12];  /* of the council */
	char name[100]; /* the setting authority-name; empty: not set */
	char colour[8]; /* "#00585e"; empty: ours */
	char logo[65];  /* SHA-256 in hex; empty: none */
};
/* Of every council that has set anything; that of the one that the store was made for is the first. */
enum { BRANDS_MOST = 9 };
struct brands {
	struct brand item[BRANDS_MOST];
	size_t n; /* one at the least */
};

/* One statement. */
MUST_USE bool store_brands(struct store *store, struct brands *out, struct err *err);
/* The council's, or one in which nothing is set; the first for an empty code. */
struct brand brand_of(const struct brands *brands, str code);
/* The bytes of that logo, in the arena. ERR_MISSING: no council has it. */
MUST_USE bool store_brand_logo(
	struct store *store, struct arena *arena, str logo, str *out, struct err *err);
/* Both, checked by the caller; empty: ours again. `logo` NULL: as it is. */
MUST_USE bool store_brand_set(struct store *store, const struct actor *actor, str colour,
	const str *logo, struct err *err);
