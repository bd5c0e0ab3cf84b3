/* ahead.h - reviews and conferences that are due in the months ahead, and how many children each
 * person has: what a service plans its weeks by. No child is named. Each is one statement.
 */
#pragma once

#include "store/store.h"

/* Meetings of one kind that one person is to chair for a team's children, due in one week. */
struct ahead_item {
	str chair; /* who is named for it: the reviewing officer or the conference chair; may be empty */
	str team;
	day week; /* its Monday */
	bool conference, overdue;
	enum booking_state booking;
	int64_t n;
};
struct ahead {
	struct ahead_item *item; /* in the arena: by chair, then team, week and kind */
	size_t n;
};
/* Due by `upto` and not held; who sees no child (a scrutineer) gets those of their authority that are
 * not hidden. */
MUST_USE bool store_ahead(struct store *store, struct arena *arena, const struct actor *actor,
	day today, day upto, struct ahead *out, struct err *err);

/* The same of the children whom the actor sees, for the actor's own plan: where they chair (an officer,
 * a chair), of those alone for whom they are named. `children`: how many they are named for, looked
 * after or on a plan, each counted once. It reads their children, and not the authority's. */
MUST_USE bool store_ahead_own(struct store *store, struct arena *arena, const struct actor *actor,
	day today, day upto, bool chairs, struct ahead *out, int64_t *children, struct err *err);

struct load {
	str name;
	int64_t children; /* looked after or on a plan, each counted once */
};
struct loads {
	struct load *item; /* in the arena, by name */
	size_t n, room;
};
MUST_USE bool store_loads(struct store *store, struct arena *arena, const struct actor *actor,
	struct loads *out, struct err *err);
