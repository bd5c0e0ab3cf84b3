/* heard.c - when a child was last heard and last met by the reviewing service, for its row in lists. */
#include "store/inside.h"

#include <stdlib.h>

#define OF "WHERE subject BETWEEN $1 AND $2 AND withdrawn_at IS NULL AND draft = 0 "
SQL(views_between,
	"SELECT subject, max(said_on) FROM record_child_view " OF "GROUP BY subject ORDER BY subject");
/* Of two contacts on one day the one alone counts: the child was spoken to alone that day. */
SQL(contacts_between,
	"SELECT subject, on_on, max(alone) FROM record_contact " OF "GROUP BY subject, on_on "
	"ORDER BY subject, on_on");

struct heard_row {
	int64_t subject;
	struct heard heard;
};

struct heard_rows {
	struct heard_row *item; /* by subject, some of each */
	size_t n, room, at;
};

static const struct heard never = { DAY_UNKNOWN, DAY_UNKNOWN, ANSWER_UNKNOWN };

static void add(struct heard *heard, const struct heard *more)
{
	if (more->view_on > heard->view_on || heard->view_on == DAY_UNKNOWN)
		heard->view_on = more->view_on;
	if (more->contact_on == DAY_UNKNOWN ||
		(heard->contact_on != DAY_UNKNOWN && more->contact_on < heard->contact_on))
		return;
	if (more->contact_on != heard->contact_on || more->alone == ANSWER_YES ||
		heard->alone == ANSWER_UNKNOWN)
		heard->alone = more->alone;
	heard->contact_on = more->contact_on;
}

static bool each(struct store *store, int64_t first, int64_t last,
	void (*take)(void *to, const struct heard_row *row), void *to, struct err *err)
{
	for (int contact = 0; contact <= 1; contact++) {
		struct stmt *stmt = db_use(store->db, contact ? &contacts_between : &views_between);
		enum db_row got;
		db_bind_int(stmt, 1, first);
		db_bind_int(stmt, 2, last);
		while ((got = db_step(stmt, err)) == DB_ROW) {
			struct heard_row row = { db_int(stmt, 0), never };
			day on = db_is_null(stmt, 1) ? DAY_UNKNOWN : (day)db_int(stmt, 1);
			*(contact ? &row.heard.contact_on : &row.heard.view_on) = on;
			if (contact && !db_is_null(stmt, 2))
				row.heard.alone = db_int(stmt, 2) == 1 ? ANSWER_YES : ANSWER_NO;
			take(to, &row);
		}
		if (got == DB_FAIL)
			return false;
	}
	return true;
}

static void keep_row(void *to, const struct heard_row *row)
{
	struct heard_rows *rows = to;
	ARRAY_MORE(rows) = *row;
}

static void add_row(void *to, const struct heard_row *row)
{
	add(to, &row->heard);
}

static int by_subject(const void *a, const void *b)
{
	int64_t x = ((const struct heard_row *)a)->subject, y = ((const struct heard_row *)b)->subject;
	return (x > y) - (x < y);
}

struct heard_rows *heard_open(void)
{
	return mem_alloc(1, sizeof(struct heard_rows));
}

void heard_close(struct heard_rows *rows)
{
	mem_free(rows->item);
	mem_free(rows);
}

bool heard_read(
	struct heard_rows *rows, struct store *store, int64_t first, int64_t last, struct err *err)
{
	rows->n = rows->at = 0;
	bool done = each(store, first, last, keep_row, rows, err);
	if (done && rows->n > 0)
		qsort(rows->item, rows->n, sizeof *rows->item, by_subject);
	return done;
}

struct heard heard_of(struct heard_rows *rows, int64_t subject)
{
	struct heard heard = never;
	while (rows->at < rows->n && rows->item[rows->at].subject < subject)
		rows->at++;
	for (; rows->at < rows->n && rows->item[rows->at].subject == subject; rows->at++)
		add(&heard, &rows->item[rows->at].heard);
	return heard;
}

bool heard_take(struct store *store, int64_t subject, struct heard *heard, struct err *err)
{
	return each(store, subject, subject, add_row, heard, err);
}
