/* book.h - what is known of a due meeting when a day for it is chosen: book_plan.c gathers, book.c
 * draws. Five statements.
 */
#pragma once

#include "store/booking.h"
#include "web/page.h"

enum { BOOK_SHOWN = 6 };

struct plan {
	struct clocks clocks;
	const struct clock *clock; /* the meeting that is asked for; NULL: none, or not said which */
	size_t due;                /* clocks of meetings that wait */
	struct booking_chairs chairs;
	struct booked_list booked;
	struct rooms rooms;
	struct siblings_due siblings;
	day planned; /* meetings are not usually planned before; DAY_UNKNOWN: no such day */
	int minutes;
	struct suggested suggested;
};

/* A meeting that waits: due or overdue, and to be booked. */
bool plan_waits(const struct clock *clock, day today);
/* The clock that the address names by rule and thread, and what a day for it is chosen from. */
MUST_USE bool plan_make(struct page *page, struct plan *plan, struct err *err);
/* Whose meeting the clock's is: a reviewing officer's or a conference chair's. */
bool plan_by_officer(const struct plan *plan);
