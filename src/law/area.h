/* area.h - what a council's people write down in Duly themselves, and since when: from that day on,
 * what is not written down was not done, though no file of the council carries it.
 *
 * Which events are of which kind of work is a table, areas.def. A council says "since when" in its
 * policy (law/local.h).
 */
#pragma once

#include "base/day.h"
#include "law/word.h"

enum area {
	AREA_NONE, /* of no kind of work: only a file can say that it was not done */
#define AREA(name, id, title) AREA_##name,
#define RECORDED(name, word)
#include "law/areas.def"
#undef AREA
#undef RECORDED
	AREAS
};

str area_id(enum area area);    /* "visits" */
str area_title(enum area area); /* "Visits to looked after children and care leavers" */
enum area area_find(str id);    /* AREA_NONE when there is none */
enum area area_of(enum word word);

struct local_item;

/* One kind of work, and the days on which it is written down here: both inclusive; `to` is DAY_UNKNOWN
 * while it lasts. */
struct recorded_here {
	enum area area;
	day from, to;
	const struct local_item *of; /* who says so, and why */
};
