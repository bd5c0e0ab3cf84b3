/* ssda903.h - the return on looked after children: its CSV files, of one year or of several.
 *
 * A child's story is told in episodes: a new one at every change of placement or legal status, of
 * which a period of being looked after is made, and the same episode stands in the files of every
 * year that it touches. Reading makes typed rows; deriving joins the years and makes periods,
 * placements, changes of legal status, reviews and missing episodes of them. Layout and codes:
 * DfE, Children looked after by local authorities in England (SSDA903), as domain notes 4.1-4.3.
 */
#pragma once

#include "returns/staged.h"

/* Stages every file. Those that are not of this return are passed over, with a note; a file of
 * another kind of the return is known and not needed. `today` is the day of the import: nothing in
 * a file can have happened after it. False when nothing can be imported: no such file, or one that
 * is torn, or lacks a column; the error names file, line and column. */
MUST_USE bool ssda903_stage(
	const struct source *source, size_t n, day today, struct staging *staging, struct err *err);
