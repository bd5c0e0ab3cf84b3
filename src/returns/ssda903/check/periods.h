/* periods.h - periods of care: a child's episodes that follow each other without a gap. */
#pragma once

#include "returns/ssda903/check/rule.h"

/* Some days of one period: from its first day to the last day of its last episode, unknown while open. */
struct period {
	day from, to;
	size_t next; /* episode by day that is the first of the next one */
};

/* The next period of a child; false after the last. `period` starts as { 0 }. Episodes without a first day
 * are of none. */
MUST_USE bool period_next(const struct child_rows *child, struct period *period);

/* A span that is of care (missing, deprived of liberty) lies within no period: it goes on after care
 * ended, or began before, or ended outside. Of a child without periods nothing is outside. */
bool span_is_outside_care(const struct child_rows *child, day start, day end);
