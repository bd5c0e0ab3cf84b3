/* absence.h - somebody is away: what falls due then, and on which side of the absence there is room.
 * Pure; it proposes days, and books and stores nothing.
 */
#pragma once

#include "law/calendar.h"

enum absence_fate {
	ABSENCE_NOTHING,   /* it does not fall into the time away, nor too soon after it */
	ABSENCE_DUE,       /* due while away */
	ABSENCE_BOOKED,    /* booked for a day away, and due later */
	ABSENCE_SOON_AFTER /* due within ABSENCE_SOON working days of the return */
};
enum { ABSENCE_SOON = 5 };

struct absence {
	day first, last; /* both away */
};

struct absence_advice {
	enum absence_fate fate;
	day before; /* the last working day before the absence, by which it could be done; UNKNOWN: none */
	day after;  /* the first working day after it that is not after due; UNKNOWN: none */
	int left;   /* working days from the return to the due date; 0: none */
};

/* `due` and `booked` may be DAY_UNKNOWN. Days are within the calendar. */
struct absence_advice absence_advise(const struct calendar *calendar, const struct absence *absence,
	day today, day due, day booked);
