/* child_rows.c - one child's rows of both years, and what is made of them once for all its rules. */
#include "returns/ssda903/check/run.h"

#include <stdlib.h>

const void *rows_of(const struct year_rows *year, enum table t, uint32_t child, size_t *n)
{
	uint32_t from = year->table[t].start[child];
	*n = year->table[t].start[child + 1] - from;
	return year->table[t].row + from * table_rows[t].size;
}

static day order_of(day on)
{
	return is_day(on) ? on : DAY_MAX + 1;
}

static int compare_days(const void *a, const void *b)
{
	const struct episodes_row *x = *(const struct episodes_row *const *)a;
	const struct episodes_row *y = *(const struct episodes_row *const *)b;
	if (order_of(x->decom) != order_of(y->decom))
		return order_of(x->decom) < order_of(y->decom) ? -1 : 1;
	if (order_of(x->dec) != order_of(y->dec))
		return order_of(x->dec) < order_of(y->dec) ? -1 : 1;
	return (x > y) - (x < y);
}

static void sort_by_day(const struct episodes_row *episode, size_t n, const struct episodes_row **out)
{
	bool sorted = true;
	for (size_t i = 0; i < n; i++) {
		out[i] = &episode[i];
		sorted = sorted && (i == 0 || compare_days(&out[i - 1], &out[i]) < 0);
	}
	if (!sorted)
		qsort(out, n, sizeof *out, compare_days);
}

/* Looked after at some time of the year, and nothing says that the whole of it is not so: no start, no
 * end, no short break within it. */
static bool is_continuous(const struct check *check, const struct child_rows *child)
{
	bool during = false;
	for (size_t i = 0; i < child->episodes_n; i++) {
		const struct episodes_row *e = &child->episodes[i];
		bool here = is_day(e->decom) && e->decom <= check->end &&
			(!is_day(e->dec) || e->dec >= check->start);
		if (here && is_short_break(e))
			return false;
		if (e->rne == K("S") && is_after(e->decom, check->start) && e->decom <= check->end)
			return false;
		if (e->rec != K("X1") && is_day(e->dec) && e->dec >= check->start && e->dec < check->end)
			return false;
		during |= here;
	}
	return during;
}

void child_rows_order(const struct check *check, struct child_rows *out)
{
	out->by_day = check->room;
	out->by_day_last = check->room_last;
	sort_by_day(out->episodes, out->episodes_n, out->by_day);
	sort_by_day(out->episodes_last, out->episodes_last_n, out->by_day_last);
	out->continuously = is_continuous(check, out);
	out->born = DAY_UNKNOWN;
	for (size_t i = out->header_n; i > 0 && out->number.n > 0; i--) {
		if (is_day(out->header[i - 1].dob))
			out->born = out->header[i - 1].dob;
	}
}

void child_rows_open(const struct check *check, const struct return_rows *rows, uint32_t at, struct child_rows *out)
{
	out->number = rows->child[at];
	out->child = at;
#define TABLE(NAME, name, title, file)                                                             \
	out->name = rows_of(&rows->this_year, TABLE_##NAME, at, &out->name##_n);                   \
	out->name##_last = rows_of(&rows->last_year, TABLE_##NAME, at, &out->name##_last_n);
#define DAY(table, field, column)
#define CODE(table, field, column)
#define TEXT(table, field, column)
#define END(NAME)
#include "returns/ssda903/check/tables.def"
#undef TABLE
#undef DAY
#undef CODE
#undef TEXT
#undef END
	out->stay = check->stay + rows->this_year.table[TABLE_EPISODES].start[at];
	out->stay_last = check->stay_last + rows->last_year.table[TABLE_EPISODES].start[at];
	child_rows_order(check, out);
}
