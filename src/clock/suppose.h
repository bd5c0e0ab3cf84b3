/* suppose.h - what if: the clocks of a subject as they would be, beside those that are. Pure: what
 * is supposed is nowhere written, and the same function computes both (clock.h).
 *
 * To suppose what is so changes nothing; to suppose an event gives the clocks that recording it would
 * give. Both sides are looked at from one day: today, or the last day that is supposed where that is
 * later, because what is held on 3 June is not held before.
 */
#pragma once

#include "clock/clock.h"

enum suppose_act {
	SUPPOSE_ADD,    /* it happens on that day */
	SUPPOSE_MOVE,   /* what happened, or is booked, was on that day instead */
	SUPPOSE_REMOVE, /* it never happened */
};

struct supposition {
	enum suppose_act act;
	enum word word;
	day on;         /* of an addition or a move */
	instant at;     /* where the hour counts; else INSTANT_UNKNOWN */
	day was;        /* of a move or removal: which; DAY_UNKNOWN: the last of that word */
	int64_t event;  /* the same, by its id; 0: by word and day */
	int64_t thread; /* of an addition; 0: that of the last like it, and a new one for a beginning */
	str detail;     /* of an addition */
};

/* "EVENT=WHEN", "EVENT=WHEN;key=value", "EVENT@DAY=WHEN" (instead of that day), "EVENT@DAY=never".
 * Borrows from the text. ERR_INPUT with what to write instead. */
MUST_USE bool supposition_read(str text, struct supposition *out, struct err *err);

struct supposed_clock {
	const struct clock *now, *then; /* NULL: it is new; NULL: it is gone. Never both */
	bool same;                      /* nothing that a reader sees differs */
	int moved;                      /* days; 0 where one side has no date */
	bool becomes_overdue, no_longer_overdue;
};

struct supposed {
	day as_of;             /* the day that both sides are looked at from */
	struct clocks now, then;
	struct supposed_clock *item; /* those that are and are not, in the order of clocks */
	size_t n, room;
	size_t changed;
	size_t missed;         /* suppositions whose event is not there: they changed nothing */
};

/* `event` as in clocks_compute(); it is left as it is. */
void suppose(const struct law *law, const struct event *event, size_t n,
	const struct coverage *coverage, day today, const struct supposition *supposition, size_t m,
	struct supposed *out);
/* The same of clocks that are computed already: out->now, out->then and out->as_of are set. */
void supposed_compare(struct supposed *out);
void supposed_close(struct supposed *supposed);
/* The events as they would be, sorted, in a new array that the caller frees with mem_free(). */
size_t suppose_events(const struct event *event, size_t n, const struct supposition *supposition,
	size_t m, struct event **out, size_t *missed);
/* "same", "moved", "state", "new", "gone": for files */
str supposed_text(const struct supposed_clock *clock);
