#include "store/list_late.h"

#include "store/list_seen.h"

#include <stdlib.h>
#include <string.h>

/* Late as a row of a list is: what is in doubt is unknown, and not late. */
SQL(list_late_reviews,
	"SELECT c.subject, c.rule, c.due, c.booked FROM clock c WHERE c.rule IN ('cla-review-first', "
	"'cla-review-second', 'cla-review-subsequent', 'cla-review-adjourned', "
	"'adoption-review-first', 'adoption-review-second', 'adoption-review-subsequent', "
	"'short-break-review-first', 'short-break-review-subsequent', "
	"'rcpc-first', 'rcpc-subsequent') AND c.due < $5 AND c.met_at IS NULL "
	"AND c.met_event = 0 AND " CLOCK_RUNS("c")
	"AND EXISTS (SELECT 1 FROM access a WHERE a.subject = c.subject AND" SEEN_NOW ") "
	"ORDER BY c.subject, c.due");

static int by_subject(const void *a, const void *b)
{
	const struct list_late *x = a, *y = b;
	return (x->subject > y->subject) - (x->subject < y->subject);
}

static const struct list_late *find(const struct list_lates *lates, int64_t subject)
{
	const struct list_late asked = { .subject = subject };
	return lates->n == 0 ? NULL
			     : bsearch(&asked, lates->item, lates->n, sizeof asked, by_subject);
}

static void add(struct arena *arena, struct list_lates *lates, const struct list_late *late)
{
	if (lates->n > 0 && lates->item[lates->n - 1].subject == late->subject)
		return;
	if (lates->n == lates->room) {
		size_t room = lates->room == 0 ? 64 : lates->room * 2;
		struct list_late *grown = arena_take(arena, room, sizeof *grown);
		if (lates->n > 0)
			memcpy(grown, lates->item, lates->n * sizeof *grown);
		lates->item = grown;
		lates->room = room;
	}
	lates->item[lates->n++] = *late;
}

bool list_late_read(struct store *store, struct arena *arena, const struct caseload_query *query,
	struct pick_row *row, size_t n, struct list_lates *out, struct err *err)
{
	*out = (struct list_lates){ 0 };
	struct stmt *stmt = db_use(store->db, &list_late_reviews);
	enum db_row got;
	seen_bind(stmt, query->actor, store_now(store));
	db_bind_int(stmt, 5, query->today);
	while ((got = db_step(stmt, err)) == DB_ROW) {
		const struct list_late late = { db_int(stmt, 0), seen_text(arena, stmt, 1),
			seen_day(stmt, 2), seen_day(stmt, 3) };
		add(arena, out, &late);
	}
	for (size_t i = 0; i < n; i++) {
		const struct list_late *late = find(out, row[i].subject);
		row[i].late = late != NULL;
		row[i].late_due = late == NULL ? DAY_UNKNOWN : late->due;
	}
	return got == DB_DONE;
}

void list_late_say(const struct list_lates *lates, struct caseload_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct list_late *late = find(lates, row[i].subject);
		if (late == NULL)
			continue;
		row[i].state = CLOCK_OVERDUE;
		row[i].rule = late->rule;
		row[i].due = late->due;
		row[i].booked = late->booked;
	}
}
