#include "returns/differ.h"

#include "base/csv.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { END_OF_CELL = '\x1f', SIDES = 2 };

static const size_t cap = (size_t)64 << 30;

struct row {
	str child, key; /* the key as it is sorted: days by year first */
	str cells;      /* each with END_OF_CELL after it */
	size_t nth;     /* in the order in which they came */
};

struct rows {
	struct row *item;
	size_t n, room;
};

struct change {
	size_t table;
	const struct row *before, *after; /* one of them NULL: it came, or went */
};

struct differ {
	const struct differ_table *table;
	size_t n;
	struct rows *rows[SIDES]; /* by table */
	struct arena *arena;
	struct {
		struct change *item;
		size_t n, room;
	} changes; /* by table, child and row */
	size_t same;
	bool compared;
};

struct differ *differ_open(const struct differ_table *table, size_t n)
{
	struct differ *differ = mem_alloc(1, sizeof *differ);
	*differ = (struct differ){ .table = table, .n = n, .arena = arena_open(cap) };
	for (size_t i = 0; i < SIDES; i++)
		differ->rows[i] = mem_alloc(n, sizeof *differ->rows[i]);
	return differ;
}

void differ_close(struct differ *differ)
{
	for (size_t i = 0; i < SIDES; i++) {
		for (size_t k = 0; k < differ->n; k++)
			mem_free(differ->rows[i][k].item);
		mem_free(differ->rows[i]);
	}
	mem_free(differ->changes.item);
	arena_close(differ->arena);
	mem_free(differ);
}

/* "31/03/2026" sorts as 2026/03/31. */
static void put_key(struct buf *buf, str cell)
{
	bool slashed = cell.n == 10 && cell.p[2] == '/' && cell.p[5] == '/';
	if (slashed) {
		buf_str(buf, str_from(cell, 6));
		buf_str(buf, (str){ cell.p + 2, 4 });
		buf_str(buf, str_upto(cell, 2));
	} else {
		buf_str(buf, cell);
	}
	buf_char(buf, END_OF_CELL);
}

void differ_add(struct differ *differ, enum differ_side side, size_t table, const str *cell)
{
	must(table < differ->n && !differ->compared);
	const struct differ_table *of = &differ->table[table];
	must(of->columns <= DIFFER_COLUMNS);
	struct rows *rows = &differ->rows[side][table];
	struct buf cells = { 0 }, key = { 0 };
	size_t child = 0;
	for (size_t i = 0; i < of->columns; i++) {
		if (i == of->child)
			child = cells.n;
		for (size_t k = 0; k < cell[i].n; k++) /* no cell holds the mark that ends one */
			buf_char(&cells, cell[i].p[k] == END_OF_CELL ? '?' : cell[i].p[k]);
		buf_char(&cells, END_OF_CELL);
		if ((of->keys >> i & 1) != 0)
			put_key(&key, cell[i]);
	}
	struct row row = { .cells = arena_str(differ->arena, buf_view(&cells)),
		.key = arena_str(differ->arena, buf_view(&key)),
		.nth = rows->n };
	row.child = (str){ row.cells.p + child, cell[of->child].n };
	ARRAY_MORE(rows) = row;
	buf_close(&cells);
	buf_close(&key);
}

static int compare_rows(const struct row *a, const struct row *b)
{
	int order = str_compare(a->child, b->child);
	return order != 0 ? order : str_compare(a->key, b->key);
}

static int compare(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = compare_rows(x, y);
	return order != 0 ? order : (x->nth > y->nth) - (x->nth < y->nth);
}

static void compare_table(struct differ *differ, size_t table)
{
	struct rows *side[SIDES];
	for (size_t i = 0; i < SIDES; i++) {
		side[i] = &differ->rows[i][table];
		if (side[i]->n > 0)
			qsort(side[i]->item, side[i]->n, sizeof *side[i]->item, compare);
	}
	for (size_t i = 0, k = 0; i < side[0]->n || k < side[1]->n;) {
		const struct row *before = i < side[0]->n ? &side[0]->item[i] : NULL;
		const struct row *after = k < side[1]->n ? &side[1]->item[k] : NULL;
		int order = before == NULL ? 1 : after == NULL ? -1 : compare_rows(before, after);
		i += order <= 0;
		k += order >= 0;
		if (order == 0 && str_equal(before->cells, after->cells)) {
			differ->same++;
			continue;
		}
		ARRAY_MORE(&differ->changes) = (struct change){ table,
			order <= 0 ? before : NULL, order >= 0 ? after : NULL };
	}
}

static void compare_all(struct differ *differ)
{
	for (size_t i = 0; !differ->compared && i < differ->n; i++)
		compare_table(differ, i);
	differ->compared = true;
}

static str child_of(const struct change *change)
{
	return change->before != NULL ? change->before->child : change->after->child;
}

/* Sorted by child; within a child by table, as they were made. */
static int by_child(const void *a, const void *b)
{
	const struct change *const *x = a, *const *y = b;
	int order = str_compare(child_of(*x), child_of(*y));
	return order != 0 ? order : (*x > *y) - (*x < *y);
}

static const struct change **in_order_of_child(struct differ *differ)
{
	const struct change **out =
		arena_take(differ->arena, differ->changes.n + 1, sizeof(struct change *));
	for (size_t i = 0; i < differ->changes.n; i++)
		out[i] = &differ->changes.item[i];
	if (differ->changes.n > 0)
		qsort(out, differ->changes.n, sizeof *out, by_child);
	return out;
}

struct differ_counts differ_count(struct differ *differ)
{
	compare_all(differ);
	struct differ_counts counts = { .same = differ->same };
	const struct change **order = in_order_of_child(differ);
	for (size_t i = 0; i < differ->changes.n; i++) {
		counts.added += order[i]->before == NULL;
		counts.removed += order[i]->after == NULL;
		counts.changed += order[i]->before != NULL && order[i]->after != NULL;
		counts.children += i == 0 ||
			!str_equal(child_of(order[i]), child_of(order[i - 1]));
	}
	return counts;
}

/* The next cell of the joined ones. */
static str next_cell(str *cells)
{
	size_t end = str_find(*cells, END_OF_CELL);
	str cell = str_upto(*cells, end);
	*cells = str_from(*cells, end + 1);
	return cell;
}

/* What names the row among the child's: "12/03/2025", as it is written. */
static void put_name(struct buf *buf, const struct differ_table *table, const struct row *row)
{
	str rest = row->cells;
	bool first = true;
	for (size_t i = 0; i < table->columns; i++) {
		str cell = next_cell(&rest);
		if ((table->keys >> i & 1) == 0 || cell.n == 0)
			continue;
		if (!first)
			buf_char(buf, ' ');
		buf_str(buf, cell);
		first = false;
	}
}

/* What the row says: "LS C2, PLACE U4". */
static void put_cells(struct buf *buf, const struct differ_table *table, const struct row *row)
{
	str rest = row->cells;
	bool first = true;
	for (size_t i = 0; i < table->columns; i++) {
		str cell = next_cell(&rest);
		if (i == table->child || (table->keys >> i & 1) != 0 || cell.n == 0)
			continue;
		if (!first)
			buf_lit(buf, ", ");
		buf_format(buf, "%.*s %.*s", STR_ARGS(table->column[i]), STR_ARGS(cell));
		first = false;
	}
}

static void csv_row(struct csv_out *csv, const struct differ_table *table,
	const struct change *change, const char *what, str column)
{
	csv_put(csv, table->name);
	csv_put(csv, child_of(change));
	put_name(csv_begin_text(csv), table, change->before != NULL ? change->before : change->after);
	csv_end_text(csv);
	csv_put(csv, str_of(what));
	csv_put(csv, column);
}

static void csv_changed(
	struct csv_out *csv, const struct differ_table *table, const struct change *change)
{
	str before = change->before->cells, after = change->after->cells;
	for (size_t i = 0; i < table->columns; i++) {
		str was = next_cell(&before), is = next_cell(&after);
		if (str_equal(was, is))
			continue;
		csv_row(csv, table, change, "changed", table->column[i]);
		csv_put(csv, was);
		csv_put(csv, is);
		csv_put_end(csv);
	}
}

void differ_csv(struct differ *differ, struct buf *out)
{
	compare_all(differ);
	struct csv_out csv = { .buf = out, .safe = true };
	buf_lit(out, "table,child,row,change,column,before,after\n");
	for (size_t i = 0; i < differ->changes.n; i++) {
		const struct change *change = &differ->changes.item[i];
		const struct differ_table *table = &differ->table[change->table];
		if (change->before != NULL && change->after != NULL) {
			csv_changed(&csv, table, change);
			continue;
		}
		bool came = change->before == NULL;
		csv_row(&csv, table, change, came ? "added" : "removed", (str){ 0 });
		if (came)
			csv_put(&csv, (str){ 0 });
		put_cells(csv_begin_text(&csv), table, came ? change->after : change->before);
		csv_end_text(&csv);
		if (!came)
			csv_put(&csv, (str){ 0 });
		csv_put_end(&csv);
	}
}

static const char *ending(size_t n)
{
	return n == 1 ? "" : "s";
}

/* How many cells changed in each column. */
static void text_columns(struct buf *out, const struct differ_table *table, const size_t *changed)
{
	bool first = true;
	for (size_t i = 0; i < table->columns; i++) {
		if (changed[i] == 0)
			continue;
		buf_format(out, "%s%.*s %zu", first ? "; changed: " : ", ",
			STR_ARGS(table->column[i]), changed[i]);
		first = false;
	}
	buf_char(out, '\n');
}

/* One line a table. The changes of a table stand together, from *at on. */
static void text_table(struct differ *differ, size_t n, size_t *at, struct buf *out)
{
	const struct differ_table *table = &differ->table[n];
	size_t added = 0, removed = 0, changed[DIFFER_COLUMNS] = { 0 }, rows = 0;
	for (; *at < differ->changes.n && differ->changes.item[*at].table == n; ++*at) {
		const struct change *change = &differ->changes.item[*at];
		added += change->before == NULL;
		removed += change->after == NULL;
		if (change->before == NULL || change->after == NULL)
			continue;
		str before = change->before->cells, after = change->after->cells;
		for (size_t i = 0; i < table->columns; i++)
			changed[i] += !str_equal(next_cell(&before), next_cell(&after));
		rows++;
	}
	buf_format(out, "%.*s: ", STR_ARGS(table->name));
	if (added + removed + rows == 0)
		buf_format(out, "%zu row%s, as before\n", differ->rows[DIFFER_AFTER][n].n,
			ending(differ->rows[DIFFER_AFTER][n].n));
	else
		buf_format(out, "%zu row%s before, %zu now: %zu added, %zu removed, %zu changed",
			differ->rows[DIFFER_BEFORE][n].n, ending(differ->rows[DIFFER_BEFORE][n].n),
			differ->rows[DIFFER_AFTER][n].n, added, removed, rows);
	if (added + removed + rows > 0)
		text_columns(out, table, changed);
}

static void text_change(
	const struct differ_table *table, const struct change *change, struct buf *out)
{
	const struct row *row = change->before != NULL ? change->before : change->after;
	buf_format(out, "  %.*s", STR_ARGS(table->name));
	if (table->keys != 0) {
		buf_char(out, ' ');
		put_name(out, table, row);
	}
	if (change->before == NULL || change->after == NULL) {
		buf_str(out, change->before == NULL ? S(" added: ") : S(" removed: "));
		put_cells(out, table, row);
		buf_char(out, '\n');
		return;
	}
	str before = change->before->cells, after = change->after->cells;
	bool first = true;
	for (size_t i = 0; i < table->columns; i++) {
		str was = next_cell(&before), is = next_cell(&after);
		if (str_equal(was, is))
			continue;
		buf_format(out, "%s%.*s %.*s, was %.*s", first ? ": " : "; ",
			STR_ARGS(table->column[i]), STR_ARGS(is.n > 0 ? is : S("blank")),
			STR_ARGS(was.n > 0 ? was : S("blank")));
		first = false;
	}
	buf_char(out, '\n');
}

void differ_text(struct differ *differ, struct buf *out)
{
	struct differ_counts counts = differ_count(differ);
	if (counts.children == 0) {
		buf_lit(out, "Nothing differs from the last return.\n");
		return;
	}
	buf_format(out, "%zu child%s differ%s from the last return.\n", counts.children,
		counts.children == 1 ? "" : "ren", counts.children == 1 ? "s" : "");
	for (size_t i = 0, at = 0; i < differ->n; i++)
		text_table(differ, i, &at, out);
	const struct change **order = in_order_of_child(differ);
	str child = { 0 };
	for (size_t i = 0; i < differ->changes.n; i++) {
		if (i == 0 || !str_equal(child_of(order[i]), child))
			buf_format(out, "\nChild %.*s\n", STR_ARGS(child_of(order[i])));
		child = child_of(order[i]);
		text_change(&differ->table[order[i]->table], order[i], out);
	}
}
