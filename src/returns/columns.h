/* columns.h - tables from outside whose columns are known by name: the file's rows one at a time,
 * and which heading is which of ours.
 *
 * A table is a CSV file or a sheet of a workbook. A heading is known, in this order, by what a person
 * said (the mapping), by our name, by another name that is in use, and by its words; case, spaces and
 * punctuation do not count. What was found stands in staging.columns for the person to correct, and
 * a column that must be there and is not makes staging.refused. Pure.
 */
#pragma once

#include "base/csv.h"
#include "base/grid.h"
#include "returns/staged.h"

/* A table as it came; `grid`, where it is a sheet. */
struct table_source {
	str file; /* as a person knows it: "ssd_person.csv", "annex-a.xlsx, List 6" */
	str name; /* of the table: "ssd_person", "List 6" */
	str bytes;
	const struct grid *grid;
};

/* "ssd_cp_plans,cppl_cp_plan_start_date,Start of plan": a heading that a person gave; an empty one
 * says that no column of the file is ours. Without a column: what the file calls the list. */
struct mapping_row {
	str list, column, heading;
};
struct mapping {
	struct mapping_row *item;
	size_t n, room;
};
enum { MAPPING_MOST = 2000 };
/* "list,column,heading" with other columns passed over. Texts are in the arena. ERR_INPUT. */
MUST_USE bool mapping_read(
	struct arena *arena, str file, str bytes, struct mapping *out, struct err *err);
void mapping_close(struct mapping *mapping);
const struct mapping_row *mapping_find(const struct mapping *mapping, str list, str column);
/* What was found, as a mapping: with how, and with the headings that are nothing of ours. */
void buf_mapping(struct buf *buf, const struct staging *staging);

/* Of a mapping, what is worth keeping. */
void buf_mapping_kept(struct buf *buf, const struct mapping *mapping);

struct wanted_column {
	const char *name;   /* ours: "pers_dob" */
	const char *others; /* "Date of Birth|DOB" */
	bool needed;
	bool passed; /* known, and not read: its heading is not a strange one */
};

struct table {
	const struct table_source *source;
	struct staging *staging;
	size_t fields; /* of the row of headings */
	size_t at;     /* private, from here on */
	struct csv csv;
	str *padded;
	struct err err;
};
/* Up to the row of headings, which is the first of a file, and of a sheet the one among its first
 * that knows most of the wanted. False: there is none, or it cannot be read; with file and line. */
MUST_USE bool table_open(struct table *table, const struct table_source *source,
	struct staging *staging, const struct wanted_column *wanted, size_t n,
	struct csv_row *header, struct err *err);
/* The next row that has as many fields as there are headings; others become rejects. */
bool table_next(struct table *table, struct csv_row *row);
MUST_USE bool table_end(const struct table *table, struct err *err);

/* Where each wanted column stands: CSV_ABSENT, or the index of its field. False when one that is
 * needed is not there: staging.refused then says so. */
bool columns_find(struct table *table, str list, const struct mapping *mapping,
	const struct wanted_column *wanted, size_t n, const struct csv_row *header, size_t *at);
/* Is this what the file calls that list? By the mapping, its name, or another name. */
bool list_is_called(struct arena *arena, str given, const struct mapping *mapping, const char *list,
	const char *others);
