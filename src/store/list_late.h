/* list_late.h - the late reviews of those whom a person sees: for the caseload's filter of that name. For
 * the files of store/ that read lists. */
#pragma once

#include "store/list_pick.h"

/* A child's review, or review conference, whose due date is past and that was not held: the one that
 * is longest late. */
struct list_late {
	int64_t subject;
	str rule;
	day due, booked;
};
struct list_lates {
	struct list_late *item; /* in the arena, by subject */
	size_t n, room;
};
/* One statement; the rows that have one are marked. */
MUST_USE bool list_late_read(struct store *store, struct arena *arena,
	const struct caseload_query *query, struct pick_row *row, size_t n, struct list_lates *out,
	struct err *err);
/* Those rows say that review, which need not be the child's worst clock. */
void list_late_say(const struct list_lates *lates, struct caseload_row *row, size_t n);
