/* import_match.h - what a source says of a child beside what is stored: the changes between them.
 *
 * Pure. A fact is known again by what names it: a period by its start, a review by its day, a
 * referral by its day. A period whose start one of the two does not know is known by lying over
 * the same days. What the source leaves empty says nothing and erases nothing, except where it
 * settles a field; what is stored and not in the source stays.
 */
#pragma once

#include "returns/staged.h"
#include "store/store.h"

struct changes {
	struct change *item;
	size_t n, room;
};

struct match {
	struct arena *arena; /* what the changes point to */
	struct staging *staging;
	const struct staged_child *child;
	int64_t subject;                  /* 0: a child not stored yet */
	const struct stored_list *stored; /* by record_type.index */
	day born;     /* as is known now: nothing is taken that lies before it; or DAY_UNKNOWN */
	bool slashed; /* days in rejects as the 903 writes them */
	struct changes *out;            /* appended to; mem_free item when done */
	str reason;                     /* of an edit: "SSDA903 return, known to 2026-03-31" */
	int64_t added, edited, by_hand; /* counted up; by_hand: differs, and stays */
	/* By record_type.index. missing: stored, last written by `kind`, and not told now: it stays. */
	struct match_count {
		int64_t added, edited, missing;
	} count[64];
	str kind; /* "ssd"; empty: what is missing is not looked for */
};

/* A merged record that fails its own check is a reject, and what is stored stays. */
void import_match(struct match *match);
