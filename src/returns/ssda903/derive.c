#include "returns/ssda903/rows.h"

#include "returns/ssda903/story.h"

#include <stdlib.h>

/* Rows of one child, in one table, as slices of a sorted index. */
struct slice {
	size_t at, n;
};

#define BY_CHILD(row, first, second)                                                               \
	static int compare_##row(const void *a, const void *b)                                     \
	{                                                                                          \
		const struct row_##row *x = a, *y = b;                                             \
		if (x->at.child != y->at.child)                                                    \
			return x->at.child < y->at.child ? -1 : 1;                                 \
		if (x->first != y->first)                                                          \
			return x->first < y->first ? -1 : 1;                                       \
		if (x->second != y->second)                                                        \
			return x->second < y->second ? -1 : 1;                                     \
		return x->at.line < y->at.line ? -1 : x->at.line > y->at.line;                     \
	}
BY_CHILD(header, at.set, at.line)
BY_CHILD(episode, decom, at.set)
BY_CHILD(review, held, at.set)
BY_CHILD(missing, began, at.set)
/* Within a set they stay as they were read: a child has few. */
BY_CHILD(fact, at.set, at.line)

/* Sets stand in order of year from here on, so that a greater number is the later file. */
static void order_sets(struct ssda903 *ssda903, struct arena *arena)
{
	uint32_t n = (uint32_t)ssda903->sets.n;
	uint32_t *rank = arena_take(arena, n, sizeof *rank);
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < n; k++) {
			int x = ssda903->sets.item[k].year, y = ssda903->sets.item[i].year;
			rank[i] += x < y || (x == y && k < i);
		}
	}
	struct year_set *old = arena_take(arena, n, sizeof *old);
	for (uint32_t i = 0; i < n; i++)
		old[i] = ssda903->sets.item[i];
	for (uint32_t i = 0; i < n; i++)
		ssda903->sets.item[rank[i]] = old[i];
#define RANK(rows)                                                                                 \
	for (size_t i = 0; i < ssda903->rows.n; i++)                                               \
		ssda903->rows.item[i].at.set = rank[ssda903->rows.item[i].at.set];
	RANK(headers)
	RANK(episodes)
	RANK(reviews)
	RANK(missings)
	RANK(facts)
#undef RANK
}

#define SLICE(story, rows, next, child_at)                                                         \
	do {                                                                                       \
		(story)->rows = ssda903->rows.n == 0 ? NULL : &ssda903->rows.item[next];           \
		size_t start_ = next;                                                              \
		while (next < ssda903->rows.n && ssda903->rows.item[next].at.child == (child_at))  \
			next++;                                                                    \
		(story)->rows##_n = next - start_;                                                 \
	} while (0)

static void sort_rows(struct ssda903 *ssda903)
{
#define SORT(rows, row)                                                                            \
	if (ssda903->rows.n > 0)                                                                   \
		qsort(ssda903->rows.item, ssda903->rows.n, sizeof *ssda903->rows.item,             \
			compare_##row);
	SORT(headers, header)
	SORT(episodes, episode)
	SORT(reviews, review)
	SORT(missings, missing)
	SORT(facts, fact)
#undef SORT
}

void ssda903_derive(struct ssda903 *ssda903, struct staging *staging)
{
	order_sets(ssda903, staging->arena);
	sort_rows(ssda903);
	size_t header = 0, episode = 0, review = 0, missing = 0, fact = 0;
	for (size_t i = 0; i < staging->children.n; i++) {
		struct story story = { .staging = staging,
			.child = &staging->children.item[i],
			.sets = ssda903->sets.item,
			.born = DAY_UNKNOWN };
		SLICE(&story, headers, header, i);
		SLICE(&story, episodes, episode, i);
		SLICE(&story, reviews, review, i);
		SLICE(&story, missings, missing, i);
		SLICE(&story, facts, fact, i);
		story_tell(&story);
	}
}
