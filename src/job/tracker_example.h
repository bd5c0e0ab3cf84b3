/* tracker_example.h - a made-up tracker of made-up children, as untidy as they come: for
 * demonstrations alone. Pure: the same children and day, the same bytes. */
#pragma once

#include "store/tracker.h"

/* Of these subjects, which are among `children`; two more rows are of nobody. CSV. */
void tracker_example(struct arena *arena, const struct tracker_children *children,
	const int64_t *subject, size_t n, const struct tracker_facts *facts, day today,
	struct buf *out);
