/* monday_inside.h - what the files that make the ten numbers share: reading what children count by, and
 * adding up what they count. */
#pragma once

#include "store/list_seen.h"
#include "store/monday.h"

struct monday_children {
	struct monday_child *item; /* by subject */
	size_t n;
};
struct monday_range {
	int64_t first, last; /* subjects */
};
/* Fills in what each child counts; of all subjects where range is NULL. Three statements. */
MUST_USE bool monday_read(struct store *store, const struct monday_day *on,
	const struct monday_children *children, const struct monday_range *range, struct err *err);

void monday_none(struct monday *out);
void monday_add(
	struct monday *out, uint64_t in, uint64_t of, uint64_t unknown, uint64_t carried);
void monday_waits(struct monday *out, enum monday_measure measure, day since);
/* Once all were added. */
void monday_total(struct monday *out, int64_t officers);

/* From the records, clocks and plans themselves: what is kept must say the same. */
MUST_USE bool monday_slowly(struct store *store, struct arena *arena,
	const struct monday_query *query, struct monday *out, struct err *err);
