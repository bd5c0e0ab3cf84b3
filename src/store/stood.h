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
/* Who recorded an event: a person, or a file that somebody brought in. */
struct recorded {
	int64_t event;
	instant at;
	str by;     /* who recorded it, or brought the file in; empty: nobody is known */
	str source; /* "form", "ssda903" */
	str file;   /* of an import, the first one's name; empty: by hand */
};
struct stood_list {
	struct stood *item; /* in the arena, in order of the clocks */
	size_t n, room;
	struct recorded *recorded; /* of what opened the clocks; in the arena */
	size_t n_recorded;
};

/* For the clocks of a subject as store_clocks() gave them. One statement; three for each time at
 * which somebody wrote after the due date, of at most eight. `authority` is empty of a matter: no
 * import says how far it is known. Tells, too, who recorded what the
 * clocks run from. */
MUST_USE bool store_stood(struct store *store, struct arena *arena, str authority, int64_t subject,
	const struct clocks *clocks, struct stood_list *out, struct err *err);
