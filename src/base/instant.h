/* instant.h - moments, as milliseconds since 1970-01-01T00:00Z, and what a clock in London shows.
 *
 * Statutory hours run in real time; people write and read the time on the wall. London's offset is
 * computed, not looked up: Greenwich Mean Time, and one hour ahead of it from 01:00 UTC on the last
 * Sunday of March to 01:00 UTC on the last Sunday of October (Directive 2000/84/EC, kept by the
 * Summer Time Order 2002, SI 2002/262). Real for 1996 and later; earlier years, whose dates were
 * set one by one, are treated by the same rule. Instants lie on the days of day.h.
 */
#pragma once

#include "base/day.h"

typedef int64_t instant;

#define INSTANT_UNKNOWN INT64_MIN /* not recorded; sorts before every known instant */
#define INSTANT_DAY INT64_C(86400000)
#define INSTANT_HOUR INT64_C(3600000)
#define INSTANT_MINUTE INT64_C(60000)
#define INSTANT_MIN (DAY_MIN * INSTANT_DAY)           /* midnight at the start of DAY_MIN */
#define INSTANT_MAX ((DAY_MAX + 1) * INSTANT_DAY - 1) /* the last millisecond of DAY_MAX */

struct local {
	day on;
	int minute; /* of the day, 0 to 1439 */
	int offset; /* minutes ahead of UTC: 0 or 60 */
};

/* What a person wrote: a date, or a date and a time. */
struct when {
	day on;
	instant at; /* INSTANT_UNKNOWN when only the date was given */
};

struct local instant_local(instant at); /* must be between the limits */
day instant_day(instant at);            /* the day in London; DAY_UNKNOWN for INSTANT_UNKNOWN */
/* The instant at which a London clock shows `minute` of day `on`. `offset` is 0, 60 or -1 for not
 * given. False, with how to mend it, for the hour that spring leaves out, for the hour that autumn
 * repeats when no offset is given, and for an offset that London does not have then. */
MUST_USE bool instant_of_local(day on, int minute, int offset, instant *out, struct err *err);

/* "2026-03-27T14:30", London time; with optional seconds ("14:30:05.250") and optional zone ("Z",
 * "+01:00", any offset under 24 hours), which is converted. The T may be small, or a space. */
MUST_USE bool instant_read(str s, instant *out, struct err *err);
/* A date as day_read() takes it, or a date and time as instant_read() does. */
MUST_USE bool when_read(str s, struct when *out, struct err *err);

/* All write nothing for INSTANT_UNKNOWN, and leave seconds out unless said. */
/* "2026-03-30T15:30"; with "+01:00" or "+00:00" only in the hour that autumn repeats. */
void buf_instant_local(struct buf *buf, instant at);
void buf_instant_utc(struct buf *buf, instant at);   /* "2026-03-30T14:30:00Z", with seconds */
void buf_instant_words(struct buf *buf, instant at); /* "30 March 2026, 3:30pm", London time */
void buf_minute_words(struct buf *buf, int minute);  /* of the day: "9am", "1:30pm", "midday" */
