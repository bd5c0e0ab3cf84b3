/* tracker.h - what a chair's own tracker is compared with, and where it lies while that is done.
 *
 * Only children whom the reader may see are read: a name that is not among them is a name that is
 * not here. The tracker itself is no record: it lies sealed under its reader's session
 * (identity/seal.h) for an hour at most, and in no backup.
 */
#pragma once

#include "clock/suggest.h"
#include "store/store.h"

struct tracker_child {
	int64_t subject;
	int level; /* 1: known by number alone */
	str authority, number, forename, surname;
	day born;
	bool looked_after, on_plan;
	str sibling_key; /* empty: none, or known by number alone */
};
struct tracker_children {
	struct tracker_child *item; /* by subject */
	size_t n;
};
/* Of the children whom the reader may see those whom `wanted` answers yes for, in the arena; it is asked
 * of each with texts that last as long as the question. An authority's children are too many to hold. */
MUST_USE bool store_tracker_children(struct store *store, struct arena *arena,
	const struct actor *actor, bool (*wanted)(void *to, const struct tracker_child *child), void *to,
	struct tracker_children *out, struct err *err);

/* Clocks that run and are met by a meeting that is booked, of these subjects. */
struct tracker_clock {
	int64_t subject, thread;
	const struct rule *rule;
	day due, booked;
};
/* Reviews and conferences that were held. */
struct tracker_held {
	int64_t subject;
	enum word word;
	day on;
};
/* Actions that stand in a record of Duly's already. */
struct tracker_known {
	int64_t subject;
	str what;
};
struct tracker_facts {
	struct tracker_clock *clock;
	struct tracker_held *held;
	struct tracker_known *known;
	size_t clocks, helds, knowns; /* each by subject */
	/* When the person works, and is away from today on. */
	struct suggest_chair days;
	bool hours_known;
};
/* Two statements, whatever n. person 0: of nobody. */
MUST_USE bool store_tracker_facts(struct store *store, struct arena *arena, const int64_t *subject,
	size_t n, int64_t person, day today, struct tracker_facts *out, struct err *err);

/* The sealed tracker of one person; a later one takes its place. */
MUST_USE bool store_tracker_put(
	struct store *store, int64_t person, str sealed, instant until, struct err *err);
/* ERR_MISSING: there is none, or its time is over. In the arena. */
MUST_USE bool store_tracker_get(struct store *store, struct arena *arena, int64_t person,
	instant now, str *sealed, struct err *err);
/* That of the person, and all whose time is over. */
MUST_USE bool store_tracker_forget(
	struct store *store, int64_t person, instant now, struct err *err);
