/* recompute_matter.c - of a subject that is a matter and no child: its row for lists.
 *
 * What is done with a matter is written down here and nowhere else: no import limits what is known of it.
 * One that was withdrawn keeps its row, so that its history can be read, and has no clocks. */
#include "store/recompute_inside.h"

SQL(matters_between,
	"SELECT subject, kind, reference, number, about, withdrawn_at FROM record_matter "
	"WHERE subject BETWEEN $1 AND $2 AND draft = 0 ORDER BY subject, id");
SQL(matter_rows_between,
	"SELECT subject, authority, kind_n, reference, about, child, withdrawn, is_open, began, last_on, "
	"next_due, next_rule, unknowns, unknown_rule FROM matter_row WHERE subject BETWEEN $1 AND $2 "
	"ORDER BY subject");

SQL(matter_row_drop, "DELETE FROM matter_row WHERE subject = $1");

static const char *const columns[] = { "subject", "authority", "kind_n", "reference", "about", "child",
	"withdrawn", "is_open", "began", "last_on", "next_due", "next_rule", "unknowns", "unknown_rule" };

enum { MATTER_ROW = sizeof columns / sizeof *columns };

const struct table recompute_matter_table = { S_INIT("matter_row"), columns, MATTER_ROW,
	"ititt"
	"iiiiii"
	"tit" };

bool recompute_read_matters(struct chunk *chunk, struct err *err)
{
	chunk->matters.n = chunk->matters.at = 0;
	struct stmt *stmt = db_use(chunk->store->db, &matters_between);
	db_bind_int(stmt, 1, chunk->subject[0]);
	db_bind_int(stmt, 2, chunk->subject[chunk->subjects - 1]);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		ARRAY_MORE(&chunk->matters) = (struct matter_stored){
			.subject = db_int(stmt, 0),
			.kind = matter_kind_find(db_text(stmt, 1)),
			.reference = arena_str(chunk->arena, db_text(stmt, 2)),
			.number = arena_str(chunk->arena, db_text(stmt, 3)),
			.about = arena_str(chunk->arena, db_text(stmt, 4)),
			.withdrawn = !db_is_null(stmt, 5),
		};
	return row == DB_DONE &&
		recompute_read_rows(chunk, &chunk->matter_rows, &recompute_matter_table,
			&matter_rows_between, err);
}

const struct matter_stored *recompute_matter_of(struct chunk *chunk, int64_t subject)
{
	while (chunk->matters.at < chunk->matters.n &&
		chunk->matters.item[chunk->matters.at].subject < subject)
		chunk->matters.at++;
	bool there = chunk->matters.at < chunk->matters.n &&
		chunk->matters.item[chunk->matters.at].subject == subject;
	return there ? &chunk->matters.item[chunk->matters.at] : NULL;
}

/* The child whom it names, as whom that child is listed. */
static bool child_of(
	struct chunk *chunk, const struct matter_stored *matter, int64_t *child, struct err *err)
{
	*child = 0;
	if (matter->number.n == 0)
		return true;
	if (!store_subject_find(
		    chunk->store, chunk->authority, SUBJECT_CHILD, matter->number, child, err))
		return false;
	int64_t main = same_main(&chunk->same, *child);
	if (main != 0)
		*child = main;
	/* Nobody may take a matter for one that names no child because its child is not there. */
	if (*child == 0)
		*child = -1;
	return true;
}

static void days_of(const struct chunk *chunk, day *began, day *last)
{
	*began = *last = DAY_UNKNOWN;
	for (size_t i = 0; i < chunk->event.n; i++) {
		day on = chunk->event.item[i].on;
		if (on == DAY_UNKNOWN || on > chunk->today)
			continue;
		if (*began == DAY_UNKNOWN || on < *began)
			*began = on;
		if (*last == DAY_UNKNOWN || on > *last)
			*last = on;
	}
}

bool recompute_put_matter(
	struct chunk *chunk, const struct matter_stored *matter, int64_t subject, struct err *err)
{
	struct cell *cell = arena_take(chunk->arena, MATTER_ROW, sizeof *cell), *c = cell;
	int64_t child = 0;
	bool stands = matter != NULL && matter->kind != NULL;
	if (stands) {
		if (!child_of(chunk, matter, &child, err))
			return false;
		struct outlook outlook = outlook_of(&chunk->made, chunk->today);
		day began, last;
		days_of(chunk, &began, &last);
		bool waits = outlook.next.due != DAY_UNKNOWN || outlook.unsure.due != DAY_UNKNOWN ||
			outlook.unknowns > 0 || began == DAY_UNKNOWN;
		*c++ = cell_int(subject);
		*c++ = cell_key(chunk->authority);
		*c++ = cell_int(matter->kind->subject);
		*c++ = cell_key(matter->reference);
		*c++ = cell_text(matter->about);
		*c++ = (struct cell){ .known = child != 0, .number = child };
		*c++ = cell_int(matter->withdrawn);
		*c++ = cell_int(waits && !matter->withdrawn);
		*c++ = cell_day(began);
		*c++ = cell_day(last);
		*c++ = cell_day(outlook.next.due);
		*c++ = cell_text(outlook.next.rule);
		*c++ = cell_int(outlook.unknowns);
		*c++ = cell_text(outlook.unknown_rule);
		must(c == cell + MATTER_ROW);
	}
	return recompute_put_rows(chunk, &chunk->matter_rows, chunk->matter_load, &matter_row_drop,
		subject, &cell, stands, err);
}
