/* job_found.h - what was found in the files of an import before anybody said that they may come in: how
 * each column was known, and notes in words. */
#pragma once

#include "store/job.h"

struct job_column {
	str list, field, heading; /* a note: its text is the heading, and there is no list */
	str how; /* "none", "needed" (and not there), "mapped", "named", "guessed", "spare", "note" */
};
struct job_columns {
	struct job_column *item;
	size_t n, room;
};
/* In the step that ends the job. */
MUST_USE bool store_job_found_put(struct store *store, int64_t job,
	const struct job_columns *columns, struct err *err);
/* In the order of the files. */
MUST_USE bool store_job_found(struct store *store, struct arena *arena, int64_t job,
	struct job_columns *out, struct err *err);
