/* footing.h - private to ssda903/: a period of being looked after as the return tells it, in episodes:
 * a new one whenever legal status or placement changes. */
#pragma once

#include "record/told.h"
#include "record/types.h"

struct footing {
	day began, ended; /* DAY_UNKNOWN: not known; still */
	str rne, legal, rec;
	const struct care_period *care;
	const struct placement *place; /* NULL: none is recorded */
	bool moves; /* it ended because the placement did, and the child stayed looked after */
};

struct footings {
	struct footing *item; /* in the arena, in order of day */
	size_t n;
};

/* All of the child's, of whatever year. */
void footings_of(struct arena *arena, const struct told_child *child, struct footings *out);
