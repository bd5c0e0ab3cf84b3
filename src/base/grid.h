/* grid.h - the cells of spreadsheets as text: rows of texts, by sheet, and how they travel from the
 * process that opened a file to the one that reads them.
 *
 * Dates stand as "2026-12-18". Texts are valid UTF-8 without control characters but line ends. Rows
 * without anything in them are left out, and know their number; cells at a row's end are, too.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum {
	GRIDS_MAX = 40,      /* sheets of a workbook */
	GRID_ROWS_MAX = 20000,
	GRID_COLUMNS_MAX = 200,
	GRID_CELL_MAX = 4000, /* bytes of one text: more is cut */
	GRID_TEXT_MAX = 12 << 20, /* bytes of all texts together */
};

struct grid_row {
	str *cell;
	size_t n;
	size_t number; /* in the file, from 1 */
};

struct grid {
	str name; /* of the sheet; empty for a text file */
	struct grid_row *row;
	size_t n, room;
};

struct grids {
	struct grid item[GRIDS_MAX];
	size_t n;
	size_t text; /* bytes so far */
};

str grid_cell(const struct grid *grid, size_t row, size_t column); /* empty where there is none */
size_t grid_columns(const struct grid *grid);                      /* of the longest row */

/* Adding: NULL when there are too many sheets; false when there are too many rows or texts. */
struct grid *grids_add(struct arena *arena, struct grids *grids, str name);
MUST_USE bool grid_add_row(struct arena *arena, struct grids *grids, struct grid *grid,
	size_t number, const str *cell, size_t n, struct err *err);

/* The message: numbers of four bytes, the least first, before each list and each text. */
void grids_put(struct buf *out, const struct grids *grids);
/* From a process that is not trusted: ERR_BROKEN for what grids_put() would not have written.
 * Texts are borrowed from `raw`. */
MUST_USE bool grids_get(struct arena *arena, str raw, struct grids *out, struct err *err);

/* Text with commas, semicolons or tabs: whichever its first lines have most of. ERR_INPUT with line
 * and column. */
MUST_USE bool grids_from_text(struct arena *arena, str bytes, struct grids *out, struct err *err);
