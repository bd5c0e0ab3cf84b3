/* differ.h - two returns of one kind held against each other: which rows came, which went, and what
 * changed in which column.
 *
 * A return is a few tables of rows of cells; in each row one cell is the child's number, and one or more
 * tell it from the child's other rows (the day on which it began). Rows that agree in these are one row;
 * of several that do, the first is held against the first. Neither the order of the rows nor that of the
 * children makes a difference. Pure.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

enum { DIFFER_COLUMNS = 64 };

struct differ_table {
	str name;
	const str *column; /* at most DIFFER_COLUMNS; they outlive the comparison */
	size_t columns;
	size_t child;  /* the column that holds the child's number */
	uint64_t keys; /* a bit each: those that tell a child's rows apart; none: it has one */
};

enum differ_side { DIFFER_BEFORE, DIFFER_AFTER };

struct differ;

struct differ *differ_open(const struct differ_table *table, size_t n); /* yours until differ_close */
void differ_close(struct differ *differ);
/* A row of table `table`: its cells, in the order of the columns. They are copied. */
void differ_add(struct differ *differ, enum differ_side side, size_t table, const str *cell);

struct differ_counts {
	size_t added, removed, changed; /* rows */
	size_t children;                /* with any of these */
	size_t same;                    /* rows that are as before */
};
/* After all rows. Of the whole. */
struct differ_counts differ_count(struct differ *differ);
/* "table,child,row,change,column,before,after": a line for each cell that changed, and for each row
 * that came or went, with its cells. Safe to open in a spreadsheet. */
void differ_csv(struct differ *differ, struct buf *out);
/* For people: counts by table and column first, then child by child. */
void differ_text(struct differ *differ, struct buf *out);
