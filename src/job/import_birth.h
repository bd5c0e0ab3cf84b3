/* import_birth.h - a birth, and what happened before it: when one file tells the one, and another
 * file the other.
 *
 * Pure. What is stored stands, and what a later file tells against it does not: the same rule as
 * inside one file, where whichever stands alone is wrong. A referral, an enquiry, a conference or a
 * plan may be of a child up to 40 weeks before the birth, as in the census; care may not.
 */
#pragma once

#include "returns/staged.h"
#include "store/store.h"

/* The first of the events that is not of a child born on that day; NULL: all may be. */
const struct stored_event *import_birth_denied(const struct stored_events *events, day born);

/* The first day that a staged record tells which is not of a child born on that day, in the column
 * that told it. False: there is none. */
struct before_birth {
	str column;
	day on;
	str reason; /* "before the child was born (2 August 2015)" */
};
MUST_USE bool import_birth_denies(
	struct arena *arena, const struct staged *staged, day born, struct before_birth *out);
str import_birth_text(struct arena *arena, day d, bool slashed); /* "02/08/2015"; or "2015-08-02" */
