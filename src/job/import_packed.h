/* import_packed.h - files of an import that only the confined worker opens: sent there, and what it
 * made of them read back. */
#pragma once

#include "job/import.h"

/* Into an open, empty staging, whose texts point into *made. ERR_INPUT and the like as worker.h. */
MUST_USE bool import_packed(const struct import_task *task, day today, struct buf *made,
	struct staging *staging, struct err *err);
