/* write.h - the rows of Annex A's lists that one child stands in, from the child's records.
 *
 * The lists are about a day: what came later is not told, and each goes back from it as far as its
 * sheet says (lists.h). What Duly does not hold stays empty, and annex_not_held() says why; what is
 * not recorded of one child is empty, or where the list has the word, "c) Unknown".
 */
#pragma once

#include "record/told.h"
#include "record/types.h"
#include "returns/annex_a/lists.h"

enum { ANNEX_TYPES = 19 };
extern const struct record_type *const annex_types[ANNEX_TYPES]; /* that it is written from */

/* By the kind of its column: a text (codes as they are shown), a day, or a number. */
struct annex_cell {
	str text; /* empty: none */
	day on;   /* DAY_UNKNOWN: none */
	int64_t number; /* -1: none */
};

struct annex_row {
	struct annex_cell cell[ANNEX_FIELDS]; /* those that the list has are looked at */
};

struct annex_sink {
	void (*row)(void *to, enum annex_list list, const struct annex_row *row);
	void *to;
};

/* A row for each referral, enquiry, plan, period ..., oldest first. How many. */
size_t annex_write_child(
	struct arena *arena, day on, const struct told_child *child, struct annex_sink sink);

/* Why a column of a list is empty whatever the child; empty: Duly holds it. */
str annex_not_held(enum annex_list list, enum annex_field field);
/* Why a list has no rows at all; empty: it may have. */
str annex_not_kept(enum annex_list list);
