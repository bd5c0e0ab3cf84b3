/* tracker.h - a chair's own tracker beside what the council knows: who is who, what is booked late or
 * not at all, which dates disagree, which actions have survived two reviews.
 *
 * Pure: the tracker as read (returns/tracker), the children that the reader may see and their facts
 * (store/tracker.h) go in. A child is known by the council's number, or by name and date of birth
 * together; a name alone counts only where the tracker has no date of birth and no second child of
 * the reader's has the name, and it is said.
 */
#pragma once

#include "clock/clash.h"
#include "returns/tracker/tracker.h"
#include "store/diary.h"
#include "store/tracker.h"

enum tracker_fit { FIT_NONE, FIT_NUMBER, FIT_NAME_AND_BIRTH, FIT_NAME };

/* Of one row. */
struct tracker_match {
	enum tracker_fit fit;
	const struct tracker_child *child; /* NULL: not matched */
	const struct tracker_child *near;  /* then: who comes nearest, at level 2; or NULL */
	const char *why;                   /* and why it is not them, or what is doubtful */
	bool again;                        /* an earlier row is of the same child */
};

struct tracker_booking {
	size_t row;
	const struct tracker_child *child;
	const struct tracker_clock *clock;
	day on;   /* DAY_UNKNOWN: not booked */
	bool late;
	bool new; /* Duly does not have it yet: it may be kept */
	struct clashes *clash; /* what speaks against the day; NULL: nothing */
};

struct tracker_differ {
	size_t row;
	const struct tracker_child *child;
	const char *what;
	day theirs, ours; /* ours DAY_UNKNOWN: nothing is recorded */
};

struct tracker_carried {
	size_t action;
	const struct tracker_child *child;
	size_t meetings; /* held since it was agreed, or since it was due */
	bool dated;      /* else how long it has stood is not known */
	bool known;      /* Duly has it already */
};

/* What a tracker says of who its children are: the authority's children are asked one by one whether they
 * could be meant, and only those are held. */
struct tracker_sieve;
struct tracker_sieve *tracker_sieve_open(const struct tracker *tracker);
bool tracker_sieve_keeps(void *sieve, const struct tracker_child *child);
void tracker_sieve_close(struct tracker_sieve *sieve);

struct tracker_found {
	const struct tracker *tracker;
	struct tracker_match *match; /* by row */
	size_t matched, again;       /* children; rows of a child that has one already */
	struct tracker_booking *booking;
	size_t bookings, late, unbooked, clashing;
	struct tracker_differ *differ;
	size_t differs;
	struct tracker_carried *carried; /* every action of a matched child that is not done */
	size_t carrieds, survived, undated;
	int64_t *subject; /* of the matched, each once, sorted: whom the reader has looked at */
};

/* Who is who, and `subject` of the answer. */
void tracker_match(struct arena *arena, const struct tracker *tracker,
	const struct tracker_children *children, struct tracker_found *out);
/* The rest, once the facts of those subjects are there. What the plan has no column for is not
 * missed: without one for the next meeting, nothing is "not booked". */
void tracker_compare(struct arena *arena, const struct tracker_plan *plan,
	const struct tracker_facts *facts, day today, struct tracker_found *out);

/* What speaks against a day to come: nobody works on it; and where the reader chairs (`taken` is not
 * NULL), they are away, do not work on it, or chair another child's meeting then. A tracker has no hours,
 * so hours are not compared; brothers and sisters may meet on one day, and rows of one tracker do not
 * speak against each other. Said, and never asked back: it tells what was agreed elsewhere. */
void tracker_clash(struct arena *arena, const struct tracker_facts *facts,
	const struct diary_meetings *taken, const struct calendar *calendar, day today,
	struct tracker_found *out);
