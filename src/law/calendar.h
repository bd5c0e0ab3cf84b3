/* calendar.h - the working days of England and Wales, and why a day is not one.
 *
 * A working day is any day but Saturday, Sunday, Christmas Day, Good Friday and a bank holiday in
 * England and Wales under the Banking and Financial Dealings Act 1971 (Care Planning, Placement
 * and Case Review (England) Regulations 2010, regulation 2). Holidays are data: law/holidays.csv,
 * embedded at build, 2012 to 2030. What gov.uk has published ends with the horizon; later days are
 * computed by the rule of substitute days and are provisional. Before 2012 there is no calendar.
 * A council's closure days are not bank holidays and never move a statutory date.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"

struct calendar; /* immutable once loaded: any thread may read it */

/* Reads "date,title,note" rows. Lives in the arena. False when the text is not such a file. */
MUST_USE bool calendar_load(
	struct arena *arena, str holidays_csv, struct calendar **out, struct err *err);
str calendar_embedded_csv(void);

day calendar_first(const struct calendar *calendar);   /* 2012-01-01 */
day calendar_last(const struct calendar *calendar);    /* the last day it can compute */
day calendar_horizon(const struct calendar *calendar); /* the last day published, 2028-12-31 */
str calendar_version(const struct calendar *calendar); /* names the data, for a stored due date */

/* All of these want calendar_first <= d <= calendar_last, and must() when not. */
bool calendar_is_working(const struct calendar *calendar, day d);
/* "Saturday", "Sunday", "Good Friday", "Boxing Day (substitute day)"; empty for a working day.
 * Where a holiday falls at a weekend, the holiday's name. */
str calendar_why_not(const struct calendar *calendar, day d);
/* The n-th working day after d (n >= 1), or before it (n <= -1); n == 0 is d itself. The trigger
 * day is day 0, working or not (Lester v Garland, 1808). DAY_UNKNOWN when it would leave the
 * calendar, or d is outside it. Constant time. */
day calendar_add_working(const struct calendar *calendar, day d, int n);
/* d itself, or the last working day before it; DAY_UNKNOWN outside the calendar. */
day calendar_on_or_before(const struct calendar *calendar, day d);
/* Working days after `from` up to and with `to`; negative when to < from. Both in the calendar. */
int calendar_working_between(const struct calendar *calendar, day from, day to);
