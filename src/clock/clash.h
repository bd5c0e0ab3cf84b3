/* clash.h - what speaks against a day and an hour that somebody chose for a meeting. Pure.
 *
 * Two meetings in one room, or under one chair, at one hour cannot be. The rest may be, and is asked
 * back: late, on leave, on a day on which nobody works. A child's two meetings, and those of brothers
 * and sisters, that begin together in one place under one chair are one meeting of them all, and no
 * clash. Where an hour is not written, hours cannot be compared, and that is said.
 */
#pragma once

#include "clock/suggest.h"

enum clash_kind {
	/* Cannot be. */
	CLASH_ROOM,  /* from, to */
	CLASH_CHAIR, /* from, to */
	/* May be. */
	CLASH_PAST,
	CLASH_NOT_WORKING, /* calendar_why_not() says which */
	CLASH_LATE,
	CLASH_AWAY,     /* until; DAY_UNKNOWN: for good */
	CLASH_WEEKDAY,  /* the chair does not work on that weekday */
	CLASH_HOURS,    /* or at other hours: from, to */
	CLASH_ROOM_DAY, /* another meeting that day, and one of the two hours is not written */
	CLASH_CHAIR_DAY,
	CLASH_CHILD,   /* from, to */
	CLASH_SIBLING, /* from, to */
	CLASH_KINDS
};
static inline bool clash_cannot_be(enum clash_kind kind)
{
	return kind < CLASH_PAST;
}

/* Another meeting of that day, and what the two have in common. */
struct clash_other {
	bool chair, room;
	bool child, sibling; /* of the same child, or of a brother or sister */
	bool apart;          /* in another room, or under another chair */
	int from, to;        /* from -1: not written */
};

struct clash_asked {
	const struct calendar *calendar;
	day today, on;
	day due;            /* DAY_UNKNOWN: no clock waits for this meeting */
	int start, minutes; /* start -1: not written */
	const struct suggest_chair *chair; /* NULL: nobody is known */
	bool hours_known;                  /* of the chair; else they are nobody's question */
	const struct clash_other *other;
	size_t n;
};

struct clash {
	enum clash_kind kind;
	day until;
	int from, to;
};
struct clashes {
	struct clash item[CLASH_KINDS]; /* each kind once, by the first that was found */
	size_t n;
};

void clash_find(const struct clash_asked *asked, struct clashes *out);
