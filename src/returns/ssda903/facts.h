/* facts.h - private to ssda903/: reading a row, and the files whose rows are facts by themselves: UASC,
 * health, care leavers, adoption, earlier permanence, social workers, deprivation of liberty. */
#pragma once

#include "base/csv.h"
#include "returns/cell.h"
#include "returns/ssda903/rows.h"

enum { READING_COLUMNS = 14 };

struct reading {
	struct staging *staging;
	struct ssda903 *out;
	const struct source *source;
	uint32_t set;
	struct csv_column column[READING_COLUMNS]; /* in the order of the table of files */
	const struct csv_row *row;
	struct cells cells;
};

str reading_cell(const struct reading *reading, size_t column);
str reading_column(const struct reading *reading, size_t column);
day reading_day(struct reading *reading, size_t column, enum need need);
str reading_code(
	struct reading *reading, size_t column, enum need need, const struct code_list *codes);
/* After the row is known to be good: a child comes to be only by a good row. */
struct row_at reading_at(struct reading *reading);

void facts_read_uasc(struct reading *reading);
void facts_read_health(struct reading *reading);
void facts_read_leaver(struct reading *reading);
void facts_read_adoption(struct reading *reading);
void facts_read_placed(struct reading *reading);
void facts_read_permanence(struct reading *reading);
void facts_read_worker(struct reading *reading);
void facts_read_liberty(struct reading *reading);
