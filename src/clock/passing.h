/* passing.h - what time alone brings about: a first year is over, a month or a term begins, a child
 * becomes eligible. No record leaves these; they follow from the events and the day.
 */
#pragma once

#include "clock/event.h"

struct passing {
	struct event *item; /* up to the day asked, in no order; each has the id of what it follows from */
	size_t n, room;
	day today;
	day next; /* the first day after it that brings another; DAY_UNKNOWN: none will */
};

/* Of one subject's sorted events. *out is blank at first, or holds those of another subject. */
void passing_find(const struct event *event, size_t n, day today, struct passing *out);
void passing_close(struct passing *passing);

/* The day after `today` on which time alone changes the subject's clocks; DAY_UNKNOWN: none. */
day passing_next(const struct event *event, size_t n, day today);
