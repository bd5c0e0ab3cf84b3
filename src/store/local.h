/* local.h - a council's own policy as it is kept: versions that are never changed, and the clocks made
 * anew after each.
 *
 * A version is a whole text (law/local.h). Each item keeps its number from the version that it came
 * with for as long as it stands unchanged, and a clock that rests on it keeps that number. A change
 * is one entry of the ledger; the clocks that it touches are made anew in turns, each its own
 * transaction, which go on where they stopped.
 */
#pragma once

#include "law/local.h"
#include "store/store.h"

/* The law by which this authority's clocks are made now: the national one where it has no policy.
 * Lives as long as the store. NULL, with why. */
MUST_USE const struct law *store_law_of(struct store *store, str authority, struct err *err);
/* The same as it was at that time. */
MUST_USE const struct law *store_law_at(
	struct store *store, str authority, instant at, struct err *err);

/* A version as it stands. */
struct local_version {
	int64_t version; /* 0: there is none */
	const struct local_policy *policy; /* never NULL; of a version 0 one that says nothing */
	str why, fault;  /* fault: the rules of this duly do not allow it, so nothing of it counts */
	int64_t author;
	instant at;
};
/* The last; *out lives as long as the store. One statement where it is known already. */
MUST_USE bool store_local(
	struct store *store, str authority, const struct local_version **out, struct err *err);
/* One of them: ERR_MISSING. */
MUST_USE bool store_local_version(struct store *store, str authority, int64_t version,
	const struct local_version **out, struct err *err);

/* The latest first, without their texts. */
struct local_row {
	int64_t version, author;
	str why, who; /* their name; empty: the command line */
	instant at;
};
struct local_rows {
	struct local_row *item;
	size_t n, room;
};
MUST_USE bool store_local_list(struct store *store, struct arena *arena, str authority,
	struct local_rows *out, struct err *err);

/* A new version. `seen` is the version that was looked at: ERR_STALE when it is no longer the last;
 * ERR_INPUT, with line and reason; ERR_DENIED. The same text again is no new version, and
 * *version the last. The clocks follow by store_local_turn(). */
MUST_USE bool store_local_set(struct store *store, const struct actor *actor, str text, str why,
	int64_t seen, int64_t *version, struct err *err);

/* How far the clocks are made anew. */
struct local_job {
	bool open;
	str authority;       /* in the arena */
	int64_t version;
	int64_t looked, all; /* subjects */
	int64_t made;        /* of them, made anew */
};
/* The authority's last; or with an empty code one that is open. */
MUST_USE bool store_local_job(struct store *store, struct arena *arena, str authority,
	struct local_job *out, struct err *err);
/* Goes on with one that is open: as many subjects. *more: there is still one. */
MUST_USE bool store_local_turn(struct store *store, int64_t subjects, bool *more, struct err *err);

/* ---- what a text would do, before it is set */
struct local_move {
	int64_t subject;
	bool matter; /* no child: the number is its reference (store/matter.h) */
	str number, forename, surname; /* empty where they see the row without a name */
	int level;
	str rule;                     /* title */
	day before, after, law;       /* DAY_UNKNOWN: there was none, or will be none */
	enum clock_state was, will;
};
struct local_trial {
	const struct local_policy *policy;
	/* Open clocks whose date moves, of so many children and of so many matters that are none; how many of them become overdue; clocks that
	 * there were not, or will be none; closed ones that are judged otherwise; and those that were
	 * unknown and are counted, or the other way round. */
	int64_t children, matters, moved, overdue, new_clocks, gone, late, known, unknown;
	struct local_move *item; /* the first of them */
	size_t n, room;
};
enum { LOCAL_MOVES_MOST = 50 };
/* Counts what the actor may see listed; nothing is written. ERR_INPUT as above. */
MUST_USE bool store_local_try(struct store *store, struct arena *arena, const struct actor *actor,
	str text, struct local_trial *out, struct err *err);
