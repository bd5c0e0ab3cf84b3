/* reviews.h - what waits for a manager's review: openings by the next working day, restrictions by
 * the day that they were given. */
#pragma once

#include "store/store.h"

struct reviews_due {
	int64_t openings;      /* not reviewed yet, of others than the reader */
	int64_t openings_late; /* of these, after the day */
	int64_t restrictions_late;
	day oldest; /* the earliest day that has passed; DAY_UNKNOWN: none */
};
/* Of the children of whom the actor sees anything. One statement; nothing for who may not review. */
MUST_USE bool store_reviews_due(struct store *store, const struct actor *actor, day today,
	struct reviews_due *out, struct err *err);
