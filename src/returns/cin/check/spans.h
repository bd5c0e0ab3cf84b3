/* spans.h - which days lie in which spans of days, among many: in the time of sorting them.
 *
 * A child has few plans, but a file that is wrong may have a hundred thousand.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"

struct cin_span {
	day from, to; /* both with it; one without a first day holds nothing */
};

/* inside[i]: points[i] lies in a span; holds[k]: spans[k] holds a point. With `own`, point i is span i's
 * own, which does not count. A point that is unknown lies nowhere. Both arrays are the caller's, false. */
void cin_spans_hold(struct arena *arena, const day *points, size_t n, const struct cin_span *spans,
	size_t m, bool own, bool *inside, bool *holds);
