/* show_list.h - what stands round a long list: counts, sort links, "Showing 1 to 25 of 118", pages.
 *
 * Every control is a link that carries the whole query, so that sorting keeps the filters, works
 * without a script and sorts the whole set, not the page.
 */
#pragma once

#include "base/arena.h"
#include "html/html.h"

struct show_param {
	str name, value;
};

/* The list's own address: where it is and what it is filtered and sorted by now. */
struct show_query {
	str path; /* "/caseload" */
	const struct show_param *param;
	size_t n_params;
};

/* The same list with `name` set to `value` (left out when empty), from its first page: the
 * parameter "page" is dropped. In the arena, encoded, without HTML's escapes. */
str show_query_with(struct arena *arena, const struct show_query *query, str name, str value);

/* A header cell whose link sorts by `key`: ?sort=key, and ?sort=-key when it is sorted so. */
struct show_sort {
	str key, label;
	str sorted; /* the list's sort now: "due" or "-due" */
	bool numeric;
};
void show_sort(struct buf *b, struct arena *arena, const struct show_query *query,
	const struct show_sort *sort);

/* "Showing 1 to 25 of 118 children"; "Nothing to show" is the caller's, in better words. */
struct show_range {
	int64_t first, last, total;
	str what; /* "children"; may be empty */
};
void show_range(struct buf *b, const struct show_range *range);
/* Page links: first, last, two round the current one. Nothing for one page. */
void show_pages(struct buf *b, struct arena *arena, const struct show_query *query, int64_t page,
	int64_t pages);

/* Numbers above a list, each a link to the rows it counts: "3 Overdue". */
struct show_count {
	int64_t n;
	str text; /* the words of the tags */
	str href; /* none: the number alone */
	bool overdue;
	bool current; /* the list below shows just these */
};
void show_counts(struct buf *b, str label, const struct show_count *count, size_t n);

/* A region that scrolls by itself and can be reached by keyboard, round a wide table. */
void show_wide_open(struct buf *b, str label);
void show_wide_close(struct buf *b);
