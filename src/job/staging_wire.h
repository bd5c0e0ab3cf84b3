/* staging_wire.h - what passes between the server and the process that reads uploaded returns.
 *
 * In go the files, out comes what they say of each child: the struct staging, value by value. What
 * comes back is read with no trust: every count is held against the bytes that are there, every
 * reference against the child's own records. Numbers are eight bytes, the least first; a text is
 * its length and its bytes. Pure.
 */
#pragma once

#include "job/import.h"

/* The files of one import, and the day on which they are read. */
void import_wire_put(struct buf *out, const struct import_task *task, day today);
struct import_wire {
	enum import_kind kind;
	day today, as_at;
	struct source *source; /* in the arena; names and bytes point into the wire */
	size_t n;
	struct mapping mapping; /* its rows are in the arena */
};
MUST_USE bool import_wire_read(
	struct arena *arena, str wire, struct import_wire *out, struct err *err);

void staging_wire_put(struct buf *out, const struct staging *staging);
/* Into an open, empty staging; texts point into the wire. ERR_BROKEN. */
MUST_USE bool staging_wire_read(str wire, struct staging *staging, struct err *err);
