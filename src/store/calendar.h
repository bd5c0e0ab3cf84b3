/* calendar.h - the calendars that a store was computed with, newest first, and what a newer one does.
 *
 * Dates are always counted with the newest. Clocks that run move when it comes; a clock that is over
 * keeps its dates until a person accepts the new ones or leaves the old. Each clock knows with which
 * calendar its dates were counted. Holidays are text as law/holidays.csv.
 */
#pragma once

#include "store/store.h"

struct calendar_effect {
	int64_t children;          /* whose clocks change in any way */
	int64_t moved;             /* clocks that run and get another due date */
	int64_t became_overdue, no_longer_overdue;
	int64_t settled;           /* provisional no more, or newly so */
	int64_t closed;            /* clocks that are over: listed for a person */
};

struct calendar_version {
	int64_t number;
	str version; /* "england-and-wales-2028-0a1b2c3d" */
	day horizon;
	str file;    /* empty: it came with Duly */
	instant came_at;
	int64_t person;
	str who; /* empty: the command line, or Duly itself */
	struct calendar_effect effect;
};
struct calendar_versions {
	struct calendar_version *item; /* in the arena, the newest first */
	size_t n;
};
enum { CALENDARS_MOST = 200 };
MUST_USE bool store_calendars(struct store *store, struct arena *arena,
	struct calendar_versions *out, struct err *err);
/* Of one number; 0: the newest. ERR_MISSING. */
MUST_USE bool store_calendar_holidays(
	struct store *store, struct arena *arena, int64_t number, str *out, struct err *err);

struct calendar_move {
	str holidays; /* joined with those in force: bank_holidays_join() */
	str file;     /* its name, for the list; not empty */
	/* Told after each some thousand children, over all; may be NULL. */
	void (*progress)(void *to, int64_t done, int64_t all);
	void *to;
	struct calendar_effect effect; /* of what it did, or would do */
};
/* What it would do; nothing is written. */
MUST_USE bool store_calendar_preview(
	struct store *store, struct calendar_move *move, struct err *err);
/* It is in force, with one entry in the ledger, and the clocks follow by store_calendar_turn().
 * ERR_STALE while they still follow an earlier one; ERR_INPUT; ERR_DENIED. */
MUST_USE bool store_calendar_begin(struct store *store, const struct actor *actor,
	const struct calendar_move *move, struct err *err);
/* The same, and all turns of it. */
MUST_USE bool store_calendar_take(struct store *store, const struct actor *actor,
	struct calendar_move *move, struct err *err);

/* How far the clocks followed: a newer calendar, or the newer dates of what is over that were accepted.
 * Whoever is saved before their turn comes has it then. */
struct calendar_job {
	bool open;
	int64_t id, calendar; /* 0: dates were accepted */
	int64_t made, all;    /* subjects */
	struct calendar_effect effect; /* so far */
};
/* The one that is open, if any. */
MUST_USE bool store_calendar_job(struct store *store, struct calendar_job *out, struct err *err);
/* Goes on with it, as many subjects, in a transaction of its own. *more: it is still open. */
MUST_USE bool store_calendar_turn(struct store *store, int64_t subjects, bool *more, struct err *err);
/* To its end. */
MUST_USE bool store_calendar_finish(struct store *store,
	void (*progress)(void *to, int64_t done, int64_t all), void *to, struct err *err);

/* Another process took one: has it, as this connection reads the store? And then: from now on the
 * connections of this process count with it. On the thread that writes, where one does. */
MUST_USE bool store_calendar_newer(struct store *store, bool *newer, struct err *err);
MUST_USE bool store_calendar_follow(struct store *store, struct err *err);

/* ---- what is over, and would have other dates */
struct calendar_hold {
	int64_t subject, thread, from_event;
	bool matter; /* no child: the number is its reference (store/matter.h) */
	str rule, number, name; /* the child's; empty: the reader may see the row without a name */
	day from;
	int64_t calendar, newer;
	day due, last_working_day, new_due, new_last_working_day, met_on, ended_on;
};
struct calendar_holds {
	struct calendar_hold *item; /* in the arena, by child */
	size_t n;
	int64_t all; /* that wait, of the actor's authority, also those that the actor may not see */
};
/* Those that wait for a decision, from `past` on. */
MUST_USE bool store_calendar_holds(struct store *store, const struct actor *actor,
	struct arena *arena, int64_t past, int64_t most, struct calendar_holds *out,
	struct err *err);
/* The same of one authority, whoever asks: for the command line. */
MUST_USE bool store_calendar_waiting(struct store *store, struct arena *arena, str authority,
	int64_t most, struct calendar_holds *out, struct err *err);
/* One (by its five keys), or all that wait in the actor's authority where `hold` is NULL. Accepted:
 * the clock gets the new dates; of all, by store_calendar_turn(). Left: it keeps its own for good. One
 * entry in the ledger. ERR_STALE while clocks still follow a calendar. */
MUST_USE bool store_calendar_decide(struct store *store, const struct actor *actor,
	const struct calendar_hold *hold, bool accept, int64_t *decided, struct err *err);
