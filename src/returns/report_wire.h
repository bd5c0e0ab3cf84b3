/* report_wire.h - a report as bytes: between the process that reads files and the one that shows what was
 * found, and while it is kept.
 *
 * Both are the same Duly: rules are told by their place among all. What is read is read with no trust. Numbers
 * have four bytes, the least first; a text is its length and its bytes. Pure.
 */
#pragma once

#include "returns/report.h"

/* The first REPORT_KEPT findings; how many there are in all is said. */
enum { REPORT_KEPT = 200000 };
void report_wire_put(struct buf *out, const struct report *report);
/* A report like any other; its texts point into the wire, the rest lives in the arena. ERR_BROKEN. */
MUST_USE bool report_wire_read(struct arena *arena, str wire, struct report *out, struct err *err);
