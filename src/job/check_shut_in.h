/* check_shut_in.h - a check in the confined worker: what goes in, and the work.
 *
 * In go the files, out comes the report (returns/report_wire.h).
 */
#pragma once

#include "base/arena.h"
#include "job/check_files.h"

void check_ask_put(struct buf *out, const struct check_ask *ask);
/* Texts point into the wire. ERR_BROKEN. */
MUST_USE bool check_ask_read(struct arena *arena, str wire, struct check_ask *out, struct err *err);
/* The worker's kind "check". */
MUST_USE bool check_read_shut_in(struct arena *arena, str input, struct buf *out, struct err *err);
