/* day.h - whole days, as numbers since 1970-01-01 in the Gregorian calendar.
 *
 * Statutory clocks count days, not seconds: a `day` has no time and no zone. Dates that Duly reads
 * or makes lie between 1900-01-01 and 2299-12-31; everything else is refused at the edge, so that
 * arithmetic cannot overflow. Months clamp to the month's end: the corresponding date rule of
 * Dodds v Walker [1981], where the later month has no such date its last day.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

typedef int32_t day;

#define DAY_UNKNOWN INT32_MIN /* not recorded; sorts before every known day */
#define DAY_MIN (-25567)      /* 1900-01-01 */
#define DAY_MAX 120529        /* 2299-12-31 */

struct civil {
	int year, month, day; /* month and day count from 1 */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

bool day_is_real(int year, int month, int dayofmonth); /* exists, and between the limits */
day day_of(int year, int month, int dayofmonth);       /* must be real */
struct civil day_civil(day d);
enum weekday day_weekday(day d);
int day_month_length(int year, int month);
/* n months later (or earlier): the corresponding date, or the last day of a shorter month.
 * DAY_UNKNOWN stays unknown; a result outside the limits is DAY_UNKNOWN. */
day day_add_months(day d, int n);
day day_add(day d, int n); /* n days later; the same two cautions */

/* From one day to another, both with it; DAY_UNKNOWN leaves that side open. */
static inline bool day_is_within(day d, day from, day to)
{
	return d >= from && (to == DAY_UNKNOWN || d <= to);
}

/* "2026-12-18". False, with what to write instead, for anything else. */
MUST_USE bool day_read(str s, day *out, struct err *err);
/* "18/12/2026", as the SSDA903 files write it. */
MUST_USE bool day_read_slashed(str s, day *out, struct err *err);
void day_put(char text[10], day d);         /* "2026-12-18" there; the day is known */
void buf_day(struct buf *buf, day d);       /* "2026-12-18"; nothing for DAY_UNKNOWN */
void buf_day_slashed(struct buf *buf, day d); /* "18/12/2026"; the same */
void buf_day_words(struct buf *buf, day d); /* "18 December 2026" */
const char *weekday_name(enum weekday w);   /* "Friday" */
const char *month_name(int month);          /* "December" */
