/* quality.h - what the checks of the returns found, kept: the last findings of each return, their counts
 * over time, and what somebody has explained.
 *
 * A check is made of Duly's own records, of files as they are imported, or of files that are checked and
 * kept. It counts once it is whole: its findings then take the place of those of the last check of the same
 * return and source, whose counts stay. A finding that is the same in the next check has the same number,
 * so that an explanation holds on; it marks the finding, and never hides it. Who reads findings sees those of
 * the children whom they see (list.h), and everybody else's are neither listed nor counted for them.
 */
#pragma once

#include "store/quality_finding.h"
#include "store/store.h"

enum quality_source { QUALITY_RECORDS = 1, QUALITY_IMPORT, QUALITY_FILE };

struct quality_check {
	int64_t id;
	str authority, kind; /* "ssda903", "cin" */
	int year;            /* of the 31 March that closes the collection */
	enum quality_source source;
	instant asked_at, began_at, ended_at; /* INSTANT_UNKNOWN: not yet */
	int64_t person; /* who asked; 0: Duly itself, each night */
	int64_t children, findings;
	bool swept; /* its findings are gone: a later check took their place */
	str why;    /* it failed, in words; empty: it did not */
};
struct quality_checks {
	struct quality_check *item; /* in the arena */
	size_t n, room;
};

enum { QUALITY_PUT = 2000 }; /* findings at a time, so that nobody's save waits for all of them */

/* ---- on the writer's connection */
/* Asked for, for a job to make. ERR_DENIED; ERR_BUSY while one of that return waits or is being made. */
MUST_USE bool store_quality_ask(struct store *store, const struct actor *actor, str kind, int year,
	int64_t *id, struct err *err);
/* Begins the one that was asked for (id not 0), else a new one. It is nobody's to see until its end. */
MUST_USE bool store_quality_begin(struct store *store, const struct actor *actor,
	const struct quality_check *check, int64_t *id, struct err *err);
/* `first` is how many were put before. */
MUST_USE bool store_quality_put(struct store *store, int64_t id, int64_t first,
	const struct quality_finding *finding, size_t n, struct err *err);
/* Now it counts; an entry of the ledger says so. */
MUST_USE bool store_quality_end(struct store *store, const struct actor *actor, int64_t id,
	int64_t children, const struct quality_unrun *unrun, size_t n, struct err *err);
MUST_USE bool store_quality_fail(struct store *store, int64_t id, str why, struct err *err);
/* Those that a process which is no more has begun. On PostgreSQL another server may be making them: only
 * what is older than any takes. */
MUST_USE bool store_quality_interrupt(struct store *store, struct err *err);
/* Forgets findings in whose place others stand, some at a time. */
MUST_USE bool store_quality_sweep(struct store *store, int64_t most, bool *more, struct err *err);
/* All of it: begin, put in parts, end. For who holds the store, or as one job of the writer. */
MUST_USE bool store_quality_keep(struct store *store, const struct actor *actor,
	const struct quality_check *check, const struct quality_finding *finding, size_t n,
	const struct quality_unrun *unrun, size_t n_unrun, int64_t *id, struct err *err);

/* ---- what was explained; on the writer's connection */
enum { QUALITY_REASON_MOST = 1000 };
/* ERR_MISSING: there is no such finding of a child whom the actor sees wholly; ERR_DENIED; ERR_INPUT: no
 * reason; ERR_DUPLICATE: it is explained. */
MUST_USE bool store_quality_explain(struct store *store, const struct actor *actor, int64_t subject,
	int64_t finding, str reason, struct err *err);
/* Takes it back. ERR_STALE: it is not explained. */
MUST_USE bool store_quality_unexplain(struct store *store, const struct actor *actor, int64_t subject,
	int64_t finding, struct err *err);

/* For the return of that year: what stands explained, in the order of children, rules and rows. A child
 * who is hidden is of the return, too. The caller may see them all. */
struct quality_reason {
	str number, rule, name, regards; /* as in a finding; the number as the store has it */
	str reason, who;
	instant at;
};
struct quality_reasons {
	struct quality_reason *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_quality_explained(struct store *store, struct arena *arena, str authority, str kind,
	int year, struct quality_reasons *out, struct err *err);

/* ---- reading; each is one statement */
/* Of that authority: the latest whole check of each return and source, and what waits or has failed since;
 * latest first. */
MUST_USE bool store_quality_checks(struct store *store, struct arena *arena, str authority,
	struct quality_checks *out, struct err *err);
/* The one that has waited longest, of any authority. */
MUST_USE bool store_quality_waiting(struct store *store, struct arena *arena, struct quality_check *out,
	bool *any, struct err *err);

/* An authority whose records were not checked for that return since then; empty: there is none. */
MUST_USE bool store_quality_due(struct store *store, struct arena *arena, str kind, instant since,
	str *authority, struct err *err);

struct quality_query {
	const struct actor *actor;
	int64_t check;
	bool unknown;   /* with those of children whom the store does not know */
	str hand, rule; /* empty: any */
	int64_t subject; /* of one child; 0: any */
	enum { QUALITY_ALL, QUALITY_OPEN, QUALITY_EXPLAINED } explained;
	enum { QUALITY_BY_RULE, QUALITY_BY_CHILD, QUALITY_BY_HAND } sort;
	int64_t first, most; /* of the rows, from 0 */
};
struct quality_count {
	str rule, hand;
	int64_t findings, explained;
	str why; /* it was not run: see store_quality_totals */
};
struct quality_counts {
	struct quality_count *item; /* in the arena, by rule and hand */
	size_t n, room;
};
/* What the actor may see, by rule and who can put it right; of the query only whose and of which check. */
MUST_USE bool store_quality_counts(struct store *store, struct arena *arena,
	const struct quality_query *query, struct quality_counts *out, struct err *err);
/* The same of all children but hidden ones, for who sees counts and no child; with rules that were not
 * run, and why. */
MUST_USE bool store_quality_totals(struct store *store, struct arena *arena, int64_t check,
	struct quality_counts *out, struct err *err);

struct quality_row {
	struct quality_finding finding;
	int64_t subject; /* 0: the store does not know the child */
	int64_t id;      /* of the finding: the same in the next check */
	int level;       /* below 2 the child has no name */
	str number, forename, surname;
	bool explained;
	str reason, who; /* of the explanation */
	instant at;
};
struct quality_rows {
	struct quality_row *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_quality_rows(struct store *store, struct arena *arena,
	const struct quality_query *query, struct quality_rows *out, struct err *err);
/* Of one child, in the last checks of any return: ERR_MISSING. */
struct quality_one {
	struct quality_row row;
	struct quality_check check;
};
MUST_USE bool store_quality_one(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, int64_t finding, struct quality_one *out, struct err *err);

/* How many there were at each whole check of that return and source, the earliest first; hidden
 * children's are not counted. */
struct quality_then {
	instant at;
	int year;
	int64_t findings, explained;
};
struct quality_past {
	struct quality_then *item; /* in the arena */
	size_t n, room;
};
MUST_USE bool store_quality_past(struct store *store, struct arena *arena, str authority, str kind,
	enum quality_source source, size_t most, struct quality_past *out, struct err *err);
