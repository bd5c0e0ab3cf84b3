/* stood.h - how a clock stood before somebody recorded, or corrected, what met it.
 *
 * A duty done in time and written down late stood as overdue until then: lists, numbers and letters
 * said so, and the explanation of the clock says when and by whom that was put right.
 */
#pragma once

#include "store/store.h"

struct stood {
	size_t clock;            /* which of the clocks that were asked about */
	enum clock_state before; /* overdue, missed or met late */
	instant at;              /* until it was put right */
	str by;                  /* by whom; empty: an import */
};
struct stood_list {
	struct stood *item; /* in the arena, in order of the clocks */
	size_t n, room;
};

/* For the clocks of a subject as store_clocks() gave them. One statement; three for each time at
 * which somebody wrote after the due date, of at most eight. */
MUST_USE bool store_stood(struct store *store, struct arena *arena, str authority, int64_t subject,
	const struct clocks *clocks, struct stood_list *out, struct err *err);
