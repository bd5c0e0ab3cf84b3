/* moj_timeline.h - what happened, in order, as one list a month: the Ministry of Justice's timeline
 * by its CSS classes, made a list (theirs is plain divisions) with headings that keep the outline.
 */
#pragma once

#include "base/instant.h"
#include "html/html.h"

/* One thing that happened. A withdrawn one stays, struck out in words, with its reason. */
struct moj_moment {
	day on;     /* DAY_UNKNOWN: date not recorded */
	instant at; /* 0 or INSTANT_UNKNOWN: the hour is not known */
	str what;   /* "Placement began" */
	str detail; /* "U1, foster placement" */
	str by;     /* who recorded it */
	str source; /* "SSDA903 return of 2026" */
	str href;   /* the record's history, with what changed; none: no link */
	bool withdrawn;
	str reason; /* of the withdrawal */
};

/* In the order given: moments of one month must stand together. `months`: a heading (h2) and a
 * list for each, and each moment an h3; else one list. */
void moj_timeline(struct buf *b, const struct moj_moment *moment, size_t n, bool months);
