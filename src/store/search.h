/* search.h - children found by name, number or date of birth, within what somebody may see.
 *
 * A name finds by the letters that a part of it begins with and by how it sounds; every word must
 * fit. Who may see no name of a child does not find it by one. What is hidden from somebody leaves
 * no trace in what they get.
 */
#pragma once

#include "store/list.h"

enum { SEARCH_WORDS = 4, SEARCH_ROWS = LIST_ROWS };

struct search {
	const struct actor *actor;
	day today;
	str text; /* words of a name, or a number; empty: only the date */
	day born; /* DAY_UNKNOWN: any */
};

struct search_found {
	struct caseload_row *row; /* in the arena, the closest first */
	bool *by_sound;           /* of each: some word fits only by its sound */
	size_t n;
	bool more; /* there are more than are listed */
};
/* Is there anything to look for? A name needs two letters. */
bool search_is_enough(struct arena *arena, const struct search *search);
MUST_USE bool store_search(struct store *store, struct arena *arena, const struct search *search,
	struct search_found *out, struct err *err);
