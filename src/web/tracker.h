/* tracker.h - what the pages of a chair's own tracker share: the tracker, sealed between them.
 *
 * It lies in the store under a key that only this session's cookie holds, for an hour (see
 * docs/decisions/tracker.md), and is in no record: what is kept of it is ticked.
 */
#pragma once

#include "job/tracker.h"
#include "web/page.h"

struct tracker_draft {
	str file; /* its name, as sent */
	struct tracker_plan plan;
	struct grids grids;
};

enum { TRACKER_FOR_MS = 60 * 60 * 1000 };

/* Opens the draft of this session. False: the answer is there already, which sends the reader to
 * the first page. */
MUST_USE bool tracker_open(struct page *page, struct tracker_draft *out);
/* Seals the draft, keeps it, then goes to that address. */
void tracker_keep_draft(struct page *page, const struct tracker_draft *draft, str to);

/* The children that the reader sees, the rows matched and compared. */
MUST_USE bool tracker_find(struct page *page, const struct tracker_draft *draft,
	struct tracker_children *children, struct tracker *tracker, struct tracker_found *found,
	struct err *err);

/* What of the tracker may be kept, and what was ticked: "b12.cla-review-first", "a7". */
bool tracker_may_keep(const struct page *page);
str tracker_booking_key(struct arena *arena, const struct tracker_booking *booking);
str tracker_action_key(struct arena *arena, const struct tracker_carried *carried);
/* The sections of the page that reads it, and the form of what may be kept. */
void tracker_sections(struct page *page, const struct tracker_found *found);
void tracker_keep_form(struct page *page, const struct tracker_found *found);
