/* calendar_file.h - meetings as an iCalendar file (RFC 5545), for a download or a feed. Pure.
 *
 * Times are London's, with the rule of its clock in the file, so that a meeting at 10am stays at
 * 10am on either side of a change of the clock. Lines end in CRLF and are folded at 75 bytes, never
 * inside a character. Values are escaped here; the caller gives plain UTF-8.
 */
#pragma once

#include "base/buf.h"
#include "base/instant.h"

struct calendar_meeting {
	str uid;     /* the same for as long as it is the same meeting */
	int64_t version; /* from 1 */
	str summary, location, url; /* location and url may be empty */
	day on;
	int start;   /* minutes of the day; -1: all day, because no time is agreed */
	int minutes;
	bool busy;   /* false: it does not block the time */
	bool cancelled;
};

/* name: of the calendar, for a feed; empty: of a single meeting. */
void buf_calendar_open(struct buf *b, str name);
void buf_calendar_meeting(struct buf *b, const struct calendar_meeting *meeting, instant now);
void buf_calendar_close(struct buf *b);
