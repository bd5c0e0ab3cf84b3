/* suggest.h - on which days a due meeting could be held: the window that the law leaves, and of each
 * day in it why it will do or why it will not. Pure; it books nothing.
 *
 * A day is left out when nobody works, when it is longer before the due date than meetings are
 * planned, when the chair does not work or is away, when the chair, the child or every room is
 * taken, and when it is the last lawful working day although another is free (practice.md, safety
 * control 8). Only where the window has no free day at all are later days looked at, and each says
 * that it is late. The order: the child's own chair before who stands in, a day on which a brother
 * or sister meets already, enough notice for invitations, and then the earliest.
 *
 * Times are minutes of the day in London. A booking whose time nobody wrote takes the whole day: to
 * book a child into somebody's unknown afternoon is the greater harm.
 */
#pragma once

#include "base/arena.h"
#include "law/calendar.h"

enum {
	SUGGEST_STEP = 30,          /* meetings start on the half hour */
	SUGGEST_FIRST = 9 * 60 + 30, /* and not before */
	SUGGEST_LATE_DAYS = 20,     /* working days looked at after a window without a free day */
	SUGGEST_NOTICE = 10,        /* working days for invitations (timescales.md, local) */
};

/* Works from one minute of the day to another; to 0: does not work on that weekday. */
struct suggest_hours {
	int from, to;
};

struct suggest_leave {
	day first, last; /* last: DAY_UNKNOWN: for good */
};

/* Who could chair: the child's own first, then who stands in, from when until when. */
struct suggest_chair {
	struct suggest_hours hours[7]; /* by weekday, 0 Monday */
	const struct suggest_leave *leave;
	size_t leaves;
	day first, last; /* may chair only on these days; DAY_UNKNOWN: no such limit */
};

/* Somebody or something is taken. */
struct suggest_busy {
	enum suggest_whom { BUSY_CHAIR, BUSY_CHILD, BUSY_ROOM, BUSY_SIBLING } whom;
	size_t which; /* of chairs or rooms */
	day on;
	int from, to; /* from -1: at a time nobody wrote, and so all day */
};

struct suggest_asked {
	const struct calendar *calendar;
	day today;
	day after;   /* the meeting must be after this day: what the clock runs from */
	day due;     /* in the calendar */
	day planned; /* not planned before; DAY_UNKNOWN: from tomorrow on */
	int minutes; /* that it takes */
	const struct suggest_chair *chair; /* at least one */
	size_t chairs;
	size_t rooms; /* 0: the council keeps no list, and rooms are nobody's question */
	/* A brother's or sister's meeting is no clash of its own: it makes its day a better one. */
	const struct suggest_busy *busy;
	size_t n_busy;
};

enum suggest_verdict {
	SUGGEST_FREE,
	SUGGEST_NOT_WORKING, /* calendar_why_not() says which */
	SUGGEST_EARLY,
	SUGGEST_AWAY, /* the chair's leave: until */
	SUGGEST_OFF,  /* the chair does not work then, or not long enough */
	SUGGEST_CHAIR_BUSY,
	SUGGEST_CHILD_BUSY,
	SUGGEST_ROOM_BUSY,
	SUGGEST_LAST, /* the last lawful working day, and another is free */
};

struct suggest_day {
	day on;
	enum suggest_verdict verdict; /* of a day that will not do, by the child's own chair */
	day until;                    /* of SUGGEST_AWAY; DAY_UNKNOWN: for good */
	size_t chair, room;           /* of a free one; room counts only where there are rooms */
	int start;                    /* of a free one */
	bool sibling, notice;         /* of a free one */
	bool last, late;              /* the last lawful working day; after the due date */
};

struct suggested {
	day opens, closes;          /* of the window: the law's first day from tomorrow on, and due */
	day last_working;           /* DAY_UNKNOWN: the window has no working day */
	struct suggest_day *day_of; /* in the arena: every day that was looked at, in order of date */
	size_t n;
	const struct suggest_day **best; /* the free ones, the best first */
	size_t n_best;
};

/* Everything between today and the due date must be within the calendar. */
void suggest_days(
	struct arena *arena, const struct suggest_asked *asked, struct suggested *out);
/* The leave that the chair is on; NULL: none. */
const struct suggest_leave *suggest_leave_on(const struct suggest_chair *chair, day on);
