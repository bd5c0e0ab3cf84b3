/* rows.h - the files of an SSDA903 return as they stand: each row typed, none left out.
 *
 * Unlike an import (ssda903/read.c), which takes only what it can trust, a check wants to see what is
 * wrong. A cell is blank, readable, or not readable, and a rule may tell the three apart. Rows are
 * gathered by child, in the order of the file; `row` is their place in the file, from 0.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

/* A short text from a list, upper case, as a number: equal texts are equal numbers. 0: blank. Up to eight
 * characters read back; of a longer text only that it is another. */
typedef uint64_t code;
code code_of(str text);

/* What a day's cell holds when it is no day. DAY_UNKNOWN is a blank one. */
#define DAY_WRONG (DAY_UNKNOWN + 1)

enum table {
#define TABLE(NAME, name, title, file) TABLE_##NAME,
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
	TABLES
};

#define TABLE(NAME, name, title, file)                                                             \
	struct name##_row {                                                                        \
		uint32_t row, child;
#define DAY(table, field, column) day field;
#define CODE(table, field, column) code field;
#define TEXT(table, field, column) str field;
#define END(NAME)                                                                                  \
	}                                                                                          \
	;
#include "returns/ssda903/check/tables.def"
#undef TABLE
#undef DAY
#undef CODE
#undef TEXT
#undef END

/* A cell of any row. */
enum column_kind { COLUMN_DAY, COLUMN_CODE, COLUMN_TEXT };
struct column {
	str name;
	enum column_kind kind;
	size_t at; /* in the row */
};
struct table_row {
	str title; /* "PlacedAdoption" */
	str file;  /* "placed_adoption" */
	const struct column *column;
	size_t columns;
	size_t size; /* of a row */
};
extern const struct table_row table_rows[TABLES];

/* One year's files. */
struct year_rows {
	struct {
		bool given;
		char *row;       /* in the arena */
		size_t n;
		uint32_t *start; /* by child, and one more: where its rows begin */
	} table[TABLES];
};

struct source_file {
	str path; /* as messages and findings name it */
	str text; /* UTF-8; outlives the rows */
};

/* A day's cell that is no day as this return writes it: it is DAY_WRONG, and here is where it stands. */
struct row_remark {
	str path, column; /* of its file, and the column's name */
	bool last_year;
	size_t line, place; /* of its row, and of the column: both from 1 */
	str text;           /* as it stands, cut */
};
enum { ROW_REMARKS_KEPT = 1000 };

/* The children of both years, by number; the number as written, upper case. Index 0 is the child whose
 * number is blank. */
struct return_rows {
	struct year_rows this_year, last_year;
	str *child;
	size_t children;
	struct {
		struct row_remark *item;
		size_t all; /* the first ROW_REMARKS_KEPT are kept */
	} remarks;
};

/* Which table a file is, by its name; TABLES: none of them. */
enum table table_of_file(str path);
/* Everything lives in the arena. False for a file that is no CSV or lacks columns, naming file, line and
 * column; one that is no table of the return; two of one table; a child with more than a thousand rows of one. */
MUST_USE bool rows_read(struct arena *arena, const struct source_file *this_year, size_t n,
	const struct source_file *last_year, size_t m, struct return_rows *out, struct err *err);
