/* write_child.h - the rows of one child in a year's SSDA903 return, from the child's records.
 *
 * Episodes are derived: one for each time that legal status and placement stand together, within each
 * period of being looked after. What came after the year's end is not told. Rows come in order of day.
 */
#pragma once

#include "base/buf.h"
#include "law/local.h"
#include "record/told.h"
#include "record/types.h"
#include "returns/ssda903/write.h"

enum { SSDA903_TYPES = 12 };
extern const struct record_type *const ssda903_types[SSDA903_TYPES]; /* that it is written from */

struct ssda903_year {
	day from, to;
	bool review_started; /* of a review in parts the day it started is its REVIEW; else when it was completed */
};

/* What the council has chosen of reviews in parts, by the policy of that day (NULL: nothing). */
const struct choice_row *ssda903_review_day(const struct local_policy *policy, day on);
bool ssda903_review_started(const struct choice_row *choice);

/* Appends to `out`, and counts the rows in `rows`, SSDA903_FILES of each; answers how many there are.
 * None: the child has no part in it. */
size_t ssda903_write_child(struct arena *arena, const struct ssda903_year *year,
	const struct told_child *child, struct buf *out, size_t *rows);
