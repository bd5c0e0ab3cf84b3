/* imported.h - what an import did to each child, kept so that it can be read; or would do, of one
 * that was only tried.
 *
 * Who reads it is looked up in the policy by the page: numbers are of children whom the reader may
 * not see, too, and those rows come without a subject. Kept for a year.
 */
#pragma once

#include "store/store.h"

struct imported {
	str number;
	str type; /* a record type; "child" of a child who is new, or gone as a whole */
	int64_t added, edited, missing;
	/* Of a child whom the reader may see. */
	int64_t subject; /* 0: not */
	str forename, surname;
	int level;
};
struct imported_list {
	struct imported *item; /* in the arena, in order of number */
	size_t n, room;
	int64_t all; /* how many there are */
};

/* In the transaction that is open, or in one of its own. */
MUST_USE bool store_imported_put(struct store *store, int64_t import, const struct imported *item,
	size_t n, struct err *err);
MUST_USE bool store_imported(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t import, int64_t past, int64_t most, struct imported_list *out, struct err *err);
/* The numbers of children whom the last source of that kind told of. */
struct numbers_told {
	str *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_told(struct store *store, struct arena *arena, str authority, str kind,
	struct numbers_told *out, struct err *err);
