/* cell.h - the values of one row of a file (or element of a document), read strictly.
 *
 * The first fault of a row makes it a reject; later faults of the same row are told with it, so
 * that a row is mended once. An empty value is unknown, and a fault only where it is needed.
 */
#pragma once

#include "law/codes.h"
#include "returns/staged.h"

enum need { OPTIONAL, NEEDED };

struct cells { /* one row being read */
	struct staging *staging;
	str file;
	size_t line;
	bool bad;
	struct reject reject;
};

struct cells cells_of(struct staging *staging, str file, size_t line);
void cells_fault(struct cells *cells, str column, str value, str reason);
/* Dates: 2026-03-31, and 31/03/2026 too where `slashed`. */
day cells_day(struct cells *cells, str column, str value, enum need need, bool slashed);
str cells_code(
	struct cells *cells, str column, str value, enum need need, const struct code_list *codes);
str cells_text(struct cells *cells, str column, str value, enum need need, size_t limit);
/* yes/no, true/false, 1/0 in any case. */
enum answer cells_answer(struct cells *cells, str column, str value);
/* M, F, U; and the 1, 2, 9, 0 of earlier years' files. */
str cells_sex(struct cells *cells, str column, str value);
/* The council's number for the child: it is needed. */
str cells_child(struct cells *cells, str column, str value);
/* Ends the row: true when it is good; else it is among the rejects. */
bool cells_end(struct cells *cells);
