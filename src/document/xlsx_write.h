/* xlsx_write.h - a workbook of Excel (ECMA-376, SpreadsheetML), written row by row.
 *
 *	struct xlsx_out *xlsx = xlsx_begin(&out);
 *	xlsx_add_sheet(xlsx, S("List 1"), headings, n);
 *	xlsx_add_row(xlsx);
 *	xlsx_put_text(xlsx, S("C0000001"));
 *	xlsx_put_day(xlsx, on);
 *	done = xlsx_end(xlsx, &err);
 *
 * The same cells give the same bytes: every part has the same time, and nothing of the machine is
 * in it but the version of zlib. A day is a real date of the sheet, shown as 31/03/2026. A text is
 * never a formula, whatever it begins with, and stays a text when it is edited. A sheet has a first
 * row of headings that stays in sight and filters. Pure: what is made grows in `out`, packed; memory
 * beside it does not grow with the rows.
 */
#pragma once

#include "base/buf.h"
#include "base/day.h"
#include "base/err.h"

struct xlsx_out;

enum { XLSX_ROWS_MAX = 1048576, XLSX_TEXT_MAX = 32767, XLSX_SHEET_NAME_MAX = 31 };

struct xlsx_heading {
	str text;
	int width; /* of the column, in characters; 0: by the heading */
};

/* Appends to *out, which nobody else may change until xlsx_end(). */
struct xlsx_out *xlsx_begin(struct buf *out);
/* Ends the sheet before it. A name has up to 31 characters and none of []:*?/\ ; it is the first
 * of that name. The headings are the first row; there may be none. */
void xlsx_add_sheet(
	struct xlsx_out *xlsx, str name, const struct xlsx_heading *heading, size_t n);
/* The sheet has as many rows as one may have: the next belong on another. */
bool xlsx_is_full(const struct xlsx_out *xlsx);
void xlsx_add_row(struct xlsx_out *xlsx);
/* The next cell from the left. An empty text and DAY_UNKNOWN leave it empty. Of a text what is past
 * 32,767 bytes is cut, and what XML cannot hold becomes U+FFFD. */
void xlsx_put_text(struct xlsx_out *xlsx, str text);
void xlsx_put_day(struct xlsx_out *xlsx, day d);
void xlsx_put_number(struct xlsx_out *xlsx, int64_t number);
void xlsx_skip_cell(struct xlsx_out *xlsx);
/* Closes it, also on failure. ERR_FULL: it is larger than a zip file may be, or than out's limit. */
MUST_USE bool xlsx_end(struct xlsx_out *xlsx, struct err *err);
