/* week.h - what falls due and what is booked for the children that somebody works with themselves:
 * one statement. Not for the whole authority's, which nobody's week holds. */
#pragma once

#include "store/list.h"

struct week_item {
	int64_t subject;
	int level;
	str number, forename, surname, name; /* name: what sorts; the others empty at level 1 */
	bool looked_after, on_plan;
	const struct rule *rule;
	enum clock_state state; /* on `today`: due, overdue or unknown */
	day due, booked;
};

struct week {
	struct week_item *item; /* in the arena: by due date, then by name */
	size_t n;
	int64_t children; /* in the list, whether anything is due or not */
	day known_to;
};

struct week_query {
	const struct actor *actor;
	day today, upto; /* due or booked by then; what is overdue is always listed */
};
MUST_USE bool store_week(struct store *store, struct arena *arena, const struct week_query *query,
	struct week *out, struct err *err);
