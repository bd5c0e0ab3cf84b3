/* quality.h - checks of the returns that are kept, so that the page of data quality can say what was found.
 *
 * Of files as they are imported; and of Duly's own records, as the return would write them: each night and
 * when somebody asks, beside a running server, by a thread that reads for itself and gives what it found to
 * the writer in small parts. One that a process did not end is made again.
 */
#pragma once

#include "job/import.h"
#include "job/quality_find.h"
#include "store/quality.h"

/* Keeps what was found; `kind` is "ssda903" or "cin". */
MUST_USE bool quality_keep(struct store *store, const struct actor *actor, str authority, str kind,
	enum quality_source source, const struct quality_found *found, int64_t *id, struct err *err);

/* Checks the files that were imported and keeps what was found; files of nothing that is checked are passed
 * over. `findings` how many; -1: passed over. */
MUST_USE bool quality_of_import(struct store *store, const struct import_task *task, int64_t *findings,
	struct err *err);
