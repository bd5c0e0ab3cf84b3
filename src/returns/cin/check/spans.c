#include "returns/cin/check/spans.h"

#include <stdlib.h>

struct entry {
	day at, to;
	size_t index;
	/* Over this and all before it: the last day of those that reach furthest, by two of them. */
	day most, second;
	size_t whose;
};

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

static size_t sort(struct entry *entry, size_t n)
{
	if (n > 1)
		qsort(entry, n, sizeof *entry, compare);
	return n;
}

/* How many begin on that day or earlier. */
static size_t upto(const struct entry *entry, size_t n, day d)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (entry[middle].at <= d)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void reach(struct entry *entry, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		entry[i].most = i == 0 ? DAY_UNKNOWN : entry[i - 1].most;
		entry[i].second = i == 0 ? DAY_UNKNOWN : entry[i - 1].second;
		entry[i].whose = i == 0 ? entry[i].index : entry[i - 1].whose;
		if (entry[i].to > entry[i].most) {
			entry[i].second = entry[i].most;
			entry[i].most = entry[i].to;
			entry[i].whose = entry[i].index;
		} else if (entry[i].to > entry[i].second) {
			entry[i].second = entry[i].to;
		}
	}
}

void cin_spans_hold(struct arena *arena, const day *points, size_t n, const struct cin_span *spans,
	size_t m, bool own, bool *inside, bool *holds)
{
	if (n == 0 || m == 0 || (own && n < 2))
		return;
	struct entry *point = arena_take(arena, n, sizeof *point);
	struct entry *span = arena_take(arena, m, sizeof *span);
	size_t points_n = 0, spans_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (points[i] != DAY_UNKNOWN)
			point[points_n++] = (struct entry){ .at = points[i], .index = i };
	}
	for (size_t i = 0; i < m; i++) {
		if (spans[i].from != DAY_UNKNOWN && spans[i].to >= spans[i].from)
			span[spans_n++] = (struct entry){ spans[i].from, spans[i].to, i, 0, 0, 0 };
	}
	sort(point, points_n);
	reach(span, sort(span, spans_n));
	for (size_t i = 0; i < points_n; i++) {
		size_t before = upto(span, spans_n, point[i].at);
		if (before == 0)
			continue;
		const struct entry *last = &span[before - 1];
		day furthest = own && last->whose == point[i].index ? last->second : last->most;
		inside[point[i].index] = furthest >= point[i].at;
	}
	for (size_t k = 0; k < spans_n; k++) {
		size_t held = upto(point, points_n, span[k].to) - upto(point, points_n, span[k].at - 1);
		day mine = own ? points[span[k].index] : DAY_UNKNOWN;
		if (mine != DAY_UNKNOWN && mine >= span[k].at && mine <= span[k].to)
			held--;
		holds[span[k].index] = held > 0;
	}
}
