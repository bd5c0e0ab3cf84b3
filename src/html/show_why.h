/* show_why.h - "Why this date": the rule, its source, the trigger, what was counted and passed
 * over.
 *
 * A citation that nobody has read at its source is never printed as one: the page says that it is
 * not yet checked.
 */
#pragma once

#include "base/instant.h"
#include "clock/clock.h"
#include "html/html.h"

struct show_skipped {
	day on;
	str name; /* "Christmas Day", "Saturday" */
};

struct show_why {
	str rule;  /* "First review of a looked after child" */
	str level; /* "Regulations" */
	str authority, edition, citation;
	bool verified; /* the citation was read at its source */
	str trigger;   /* "Placement began" */
	day from;
	instant from_at; /* for hours; 0 or INSTANT_UNKNOWN: a date */
	str counted;     /* "20 working days" */
	const struct show_skipped *skipped;
	size_t n_skipped;
	day due;
	instant due_at;
	day last_working_day; /* on or before due */
	day due_data;         /* the data standard's date; shown where it differs */
	bool provisional;     /* rests on holidays not yet published */
	/* Where a council's policy sets the date: what it says, whose it is and why; and the law's. */
	str policy, policy_about, says;
	day due_law;
	instant due_law_at;
	str counted_law; /* "20 working days" */
	str written; /* the kind of work, written down here, since when and by whose word; none: not said */
	str note;
	str stood; /* how it stood before it was put right, by whom and when; none: it always was so */
	str recorded; /* who recorded what it runs from, and when; none: not known */
	str restart;  /* what would start it again; none: said nowhere */
	str versions; /* the rules and the calendar that it was counted with; none: not known */
	str about; /* heard after "Why this date": "for Amara's first review" */
};

void show_why(struct buf *b, const struct show_why *why); /* a closed <details> */
/* What is known of a clock beside it, as above; each may be empty. */
struct show_why_known {
	str stood, recorded, versions;
};
/* The same straight from a clock; `about` as above. Draws nothing for a clock without a date. */
void show_why_stood(struct buf *b, const struct law *law, const struct clock *clock, str about,
	const struct show_why_known *known);
void show_why_clock(struct buf *b, const struct law *law, const struct clock *clock, str about);
