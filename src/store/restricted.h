/* restricted.h - what stands between people and children: restrictions, and staff who are barred, as
 * the page that looks after them lists them. They are records, and are changed as records are. */
#pragma once

#include "store/store.h"

struct restricted {
	int64_t record, version, subject;
	bool barred;     /* a member of staff; else a restriction */
	str kind;        /* of a restriction: restricted, hidden */
	str who;         /* who decided; or the sign-in name of who is barred */
	str reason;
	day began, review_on; /* DAY_UNKNOWN of a bar */
	str number, council; /* of the child */
};
struct restricteds {
	struct restricted *item; /* in the arena */
	size_t n;
};
/* Those that stand, of children of whom the actor sees anything, at most `most`. One statement; of one
 * record when `record` is not 0. */
MUST_USE bool store_restricted(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t record, size_t most, struct restricteds *out, struct err *err);
