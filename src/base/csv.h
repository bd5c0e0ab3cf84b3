/* csv.h - comma-separated values (RFC 4180), read fast from memory and written.
 *
 *	struct csv csv = csv_open(text, arena, (struct csv_options){ 0 });
 *	while (csv_next(&csv, &row))
 *		...
 *	return csv_end(&csv, err);
 *
 * Lines may end in CR LF, LF or CR, the last one in nothing; empty lines are passed over. Text is
 * UTF-8 (text.h). Fields are not trimmed, and may hold line ends when quoted. Strict about quotes:
 * a file that a spreadsheet would guess at is refused, with line and column.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

#define CSV_ABSENT SIZE_MAX /* the position of a column that the file does not have */
#define CSV_DETECT '?'      /* comma, semicolon or tab: which the first line has most of */

struct csv_options {
	char separator;    /* 0 is a comma */
	size_t fields_max; /* in a row; 0 is 1,000 */
	size_t field_max;  /* bytes in a field; 0 is 1,000,000 */
};

struct csv_row {
	const str *field; /* valid until the next csv_next(); the text of each as long as the input */
	size_t n;         /* and the arena */
	size_t line;      /* where it starts, from 1 */
};

struct csv { /* private to csv.c */
	const char *p;
	size_t n, at;    /* bytes, and the next to be read */
	size_t block;    /* start of the 64 bytes whose marks are known, */
	uint64_t marks;  /* a bit each; those before `at` are cleared */
	size_t line;     /* of `at` */
	struct csv_options options;
	struct arena *arena;
	str *field;
	size_t fields, room;
	struct err err;
};

/* The text must outlive the reading; unquoted fields point into it, others into the arena. */
struct csv csv_open(str text, struct arena *arena, struct csv_options options);
bool csv_next(struct csv *csv, struct csv_row *row); /* false at the end, and at the first fault */
/* After the last row: was it the end? False with the fault, "line 3, column 2: ...". */
MUST_USE bool csv_end(const struct csv *csv, struct err *err);

/* A column that is wanted, by its name in the header (case and outer spaces aside), and where it
 * turned out to stand. */
struct csv_column {
	const char *name;
	bool optional;
	size_t at; /* filled in: CSV_ABSENT, or the index of its field */
};
/* Finds the wanted columns in a header row. False, naming every one, for columns that are missing
 * or twice. Names of columns not wanted are added to `unknown` ("a, b") unless it is NULL. */
MUST_USE bool csv_columns(const struct csv_row *header, struct csv_column *wanted, size_t n,
	struct buf *unknown, struct err *err);
str csv_field(const struct csv_row *row, const struct csv_column *column); /* empty if not there */

/* Writing: put fields, then end the row, with a line feed. */
struct csv_out {
	struct buf *buf;
	bool safe; /* for files opened in a spreadsheet: text that would run as a formula is made text */
	size_t fields, start; /* private: fields in the row, where it starts; and the text that */
	size_t text;          /* is being written */
};
void csv_put(struct csv_out *out, str field);
/* A field that a table of ours names: it needs no quotation marks, and is no formula. */
void csv_put_name(struct csv_out *out, str name);
/* A field is what is written to the buf between the two: quoted where it must be. */
struct buf *csv_begin_text(struct csv_out *out);
void csv_end_text(struct csv_out *out);
/* Where a row of a table that is written by the million begins: room for so many bytes, which the writer
 * fills itself, commas between the fields, and none of them needing quotation marks. NULL: there is no
 * room. */
char *csv_row_open(struct csv_out *out, size_t most);
/* So many fields were written, up to `end`; the row goes on. */
void csv_row_filled(struct csv_out *out, size_t fields, const char *end);
void csv_put_int(struct csv_out *out, int64_t value);
void csv_put_day(struct csv_out *out, day d); /* empty for DAY_UNKNOWN */
void csv_put_end(struct csv_out *out);
