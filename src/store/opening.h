/* opening.h - a restricted record opened with a reason, for an hour: who did, who is told, and what
 * came of it; and the duty search, by exact name and date of birth.
 *
 * An opening gives its person sight (relation "opened") until it ends by itself. The child's own
 * officers are told in the same transaction; a manager reviews it by the next working day. What a
 * search found is sight of the row without a name (relation "found"), from which it may be opened. A
 * hidden child is never found; where the setting "duty-hidden" says "ring", the searcher is told to
 * ring, and no more.
 */
#pragma once

#include "store/store.h"

#define OPENING_LASTS INSTANT_HOUR
#define DUTY_FOUND_LASTS INSTANT_HOUR
/* So many searches in so long: who needs more is guessing. */
#define DUTY_SEARCHES_WITHIN (10 * INSTANT_MINUTE)
enum { DUTY_SEARCHES_MOST = 10, OPENING_REASON_MOST = 1000 };

struct opening {
	int64_t id, subject, person;
	str name;      /* of who opened it */
	enum role role;
	str reason;
	instant at, until;
	day review_by; /* the next working day */
	instant reviewed_at; /* INSTANT_UNKNOWN: not yet */
	str reviewer;        /* their name */
	str outcome;         /* "right", "wrong" */
	str note;
	int level;  /* what the reader of the list may see of the child */
	str number; /* the council's number for the child */
	str council; /* code of the child's authority */
};
struct openings {
	struct opening *item; /* in the arena */
	size_t n;
};

/* On the writer's connection. ERR_MISSING as for a child that is not there; ERR_DENIED when the
 * policy does not let them, or there is nothing to open because they see it; ERR_INPUT: no reason. */
MUST_USE bool store_opening_add(struct store *store, const struct actor *actor, int64_t subject,
	str reason, struct opening *out, struct err *err);
/* Of the children of whom the actor sees anything: what waits for its review first, the oldest
 * before the others, then the latest reviewed. Of one child when `subject` is not 0: latest first. */
MUST_USE bool store_openings(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, size_t most, struct openings *out, struct err *err);
/* ERR_MISSING too where the actor sees nothing of its child. */
MUST_USE bool store_opening(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t id, struct opening *out, struct err *err);
/* Once, and by somebody else; who opened it and whose child it is are told. ERR_MISSING; ERR_DENIED for one's own; ERR_STALE when it is reviewed;
 * ERR_INPUT without an outcome and a note. */
MUST_USE bool store_opening_review(struct store *store, const struct actor *actor, int64_t id,
	str outcome, str note, struct err *err);
/* The actor's own that have not ended: child, row and time. */
MUST_USE bool store_openings_own(struct store *store, struct arena *arena, const struct actor *actor,
	struct openings *out, struct err *err);

/* ---- duty */
struct duty_query {
	str forename, surname;
	day born;
};
/* On the writer's connection: *search is the number by which the outcome is read. ERR_FULL when there
 * were too many searches. The ledger keeps a keyed digest of the query and the ids found. */
MUST_USE bool store_duty_search(struct store *store, const struct actor *actor,
	const struct duty_query *query, int64_t *search, struct err *err);
struct duty_outcome {
	int64_t id;
	instant at;
	int64_t found; /* that may be opened */
	int64_t ring;  /* of whom nothing may be said but to ring */
};
struct duty_found {
	int64_t subject;
	instant until;
};
struct duty_page {
	struct duty_outcome search; /* id 0: none */
	struct duty_found *found;   /* in the arena: rows that may be opened now */
	size_t n;
	str number; /* the setting "duty-number"; empty: not set */
};
/* One's own search only: another's is as none. */
MUST_USE bool store_duty_read(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t search, struct duty_page *out, struct err *err);
