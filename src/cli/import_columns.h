/* import_columns.h - for `duly import`: the mapping of columns that a person gives and keeps, and what
 * an import of named columns says of itself. */
#pragma once

#include "cli/open.h"
#include "job/import.h"

/* --mapping, or else what the store keeps for that source; and --as-at. */
MUST_USE bool import_columns_read(const struct args *args, struct arena *arena,
	struct import_task *task, struct mapping *mapping, struct err *err);
/* --write-mapping */
MUST_USE bool import_columns_write(
	const struct args *args, const struct staging *staging, struct err *err);
/* After an import that was saved: --mapping stands for the next ones. */
MUST_USE bool import_columns_keep(const struct args *args, struct opened *opened,
	const struct import_task *task, struct err *err);
/* To standard error: the columns that were guessed, and those that nobody knows. */
void import_columns_tell(const struct staging *staging);
/* To standard output: the children who were changed, and what is missing from the source. */
void import_changes_tell(const struct import_result *result);
