/* ssd.h - the Standard Safeguarding Dataset, which councils take from their case systems nightly:
 * a table a file, or a sheet a table.
 *
 * The tables are typed rows of one source; what they say of a child becomes the same records as the
 * statutory returns make: spells of care by the reader of the 903 (returns/ssda903), the rest as
 * the census has it. A child comes to be by ssd_person alone. Layout: tables.def.
 */
#pragma once

#include "returns/columns.h"

/* Stages every table. `today` is the day of the import: nothing that happened lies after it. `as_at`
 * is the day on which it was taken from the case system; DAY_UNKNOWN: the last day that it tells.
 * Texts of `mapping` outlive the staging; it may be NULL. False when nothing can be imported: no
 * table of the dataset, or one that is torn, with file and line. Where a column is missing that
 * must be there, staging.refused says so, and nothing is staged. */
MUST_USE bool ssd_stage(const struct table_source *source, size_t n, const struct mapping *mapping,
	day today, day as_at, struct staging *staging, struct err *err);
