/* loose.h - values as case systems write them, read so that no two readings are possible.
 *
 * A day in five shapes: 2026-03-31; 31/03/2026, also with hyphens or full stops; 31 March 2026 or
 * 31-Mar-2026; 20260331; 46112, a spreadsheet's number of days. After the first two and the third a
 * time of day may stand, which is passed over. A year of two figures is refused; so is 04/03/2026
 * in a column of which another line has the month first. A code is the code alone, the code and its
 * words ("N1 - Abuse or neglect"), or the words. NULL is nothing.
 */
#pragma once

#include "returns/cell.h"

/* `month_first`: a line of the same column on which the month comes first, 0: none. */
day loose_day(struct cells *cells, str column, str value, enum need need, size_t month_first);
/* The same without a row to tell: what the value is meant to be. False: no day, or one that may be read in
 * two ways. */
bool loose_day_meant(str value, day *out);
/* "03/31/2026": a day with its month first, and nothing else. */
bool loose_is_month_first(str value);
str loose_code(
	struct cells *cells, str column, str value, enum need need, const struct code_list *codes);
/* A code that is of no weight: a value that is none is told, and the row is taken without it. */
str loose_code_or_none(
	struct cells *cells, str column, str value, const struct code_list *codes);
/* The same of a text that is too long or holds what no text holds; line ends become commas. */
str loose_text(struct cells *cells, str column, str value, size_t limit);
enum answer loose_answer(struct cells *cells, str column, str value);
str loose_value(str value); /* trimmed; empty for NULL, N/A and the like */
