/* show_clock.h - a clock as a person reads it: the state in a word, the date, the distance, the
 * booking. Colour only repeats the word (WCAG 2.2, 1.4.1). Plain values in; no clock of its own.
 */
#pragma once

#include "base/instant.h"
#include "clock/clock.h"
#include "html/html.h"

struct show_clock {
	enum clock_state state;
	day due;        /* the law's date */
	instant due_at; /* for a limit in hours; 0 or INSTANT_UNKNOWN: the limit is in days */
	day met_on;
	enum booking_state booking;
	day booked;
	bool needs_booking; /* there is a meeting to book: "Not booked" is said */
	str reason;         /* why it is unknown or not required; one sentence */
};

/* The whole: tag, date, distance, booking. `now` matters only for hours. */
void show_clock(struct buf *b, const struct show_clock *clock, day today, instant now);

/* The tag alone. A clock that is due by then says "Due in 7 days": the words and the days of the filter
 * of a list, so that a visit or a meeting of Monday is marked on the Friday before. */
enum { SHOW_SOON = 7 };
void show_clock_tag(struct buf *b, enum clock_state state, day due, day today);
/* " With the social worker", small: with whom the duty usually lies. Nothing where that is not said. */
void show_hand(struct buf *b, enum hand hand);
/* "4 days overdue", "yesterday" never: "1 day overdue", "today", "tomorrow", "in 3 days"; "in 58 years". */
void show_distance(struct buf *b, day due, day today);
/* "in 5 hours", "in 20 minutes", "3 hours overdue"; from two days on in days. */
void show_distance_at(struct buf *b, instant due, instant now);
/* "2 days early", "on the day", "3 days late" */
void show_met_distance(struct buf *b, day met, day due);
/* "Not booked", "Booked in time for 3 December 2026", "Booked late for 3 December 2026" */
void show_booking(struct buf *b, enum booking_state booking, day booked);
