/* monday.h - the ten numbers of a reviewing service on a Monday: children, not meetings; restricted
 * ones counted; what cannot be known beside the number and never dropped from it; each number the
 * list of its children.
 *
 * monday_say() is pure: what one child's clocks, plans and reviews make of each measure on a day.
 */
#pragma once

#include "store/list.h"

enum monday_measure {
	MONDAY_REVIEW_LATE,
	MONDAY_REVIEW_UNBOOKED,
	MONDAY_REVIEW_BOOKED_LATE,
	MONDAY_REVIEW_IN_TIME,
	MONDAY_FIRST_IN_TIME,
	MONDAY_ICPC_WEEK,
	MONDAY_ICPC_YEAR,
	MONDAY_TRANSFER_YEAR,
	MONDAY_ICPC_NO_DATE,
	MONDAY_RCPC_LATE,
	MONDAY_RCPC_IN_TIME,
	MONDAY_PLAN_OPEN,
	MONDAY_PLAN_STARTED,
	MONDAY_PLAN_ENDED,
	MONDAY_PLAN_15,
	MONDAY_PLAN_24,
	MONDAY_PLAN_AGAIN,
	MONDAY_PLAN_AGAIN_2,
	MONDAY_SEEN_ALONE,
	MONDAY_CORE_GROUP,
	MONDAY_VOICE_THERE,
	MONDAY_VOICE_SENT,
	MONDAY_VOICE_NOT,
	MONDAY_VOICE_NOT_TWICE,
	MONDAY_VOICE_ALONE,
	MONDAY_PAPER_DECISIONS,
	MONDAY_PAPER_RECORD,
	MONDAY_PAPER_SENT,
	MONDAY_PAPER_NOTICE,
	MONDAY_PAPER_CONFERENCE,
	MONDAY_DISPUTE_OPEN,
	MONDAY_DISPUTE_LONG,
	MONDAY_DISPUTE_CLOSED,
	MONDAY_ACTION_CARRIED,
	MONDAY_LOAD,
	MONDAY_NO_OFFICER,
	MONDAY_NO_CHAIR,
	MONDAY_NO_MINUTES,
	MONDAY_UNCOMPUTABLE,
	MONDAY_MEASURES
};

/* What each is, to be read aloud. */
struct monday_row {
	str code;        /* in addresses: "review-late" */
	int number;      /* of the ten */
	str words;       /* beside the number */
	str numerator;   /* which children */
	str denominator; /* of which; empty: a count alone */
	str source;      /* what says so */
	bool oldest;     /* how many days the oldest has been waiting is said too */
	bool nowhere;    /* no source carries it yet: never a 0 */
};
extern const struct monday_row monday_rows[MONDAY_MEASURES];
extern const str monday_headings[11]; /* by number, from 1 */
bool monday_find(str code, enum monday_measure *out);

/* One child, put together from what is stored. */
struct monday_child {
	int64_t subject;
	int level;
	day born;
	bool looked_after, on_plan, unknowns, has_iro, has_chair;
	day care_began, plan_began, last_alone; /* of the open plan; DAY_UNKNOWN: none */
	/* What is made of them: a bit a measure. */
	uint64_t in, of, unknown;
	uint64_t failed; /* one of several meetings was not in time */
	uint64_t carried; /* some source carries what the measure asks */
	day since[MONDAY_MEASURES]; /* of what is waiting: its due date, the earliest */
};

struct monday_plan {
	day began, ended; /* DAY_UNKNOWN: open */
	int64_t before;   /* plans before it; below 0: not known */
	day last_ended;   /* of the child's plan before; DAY_UNKNOWN: none is known */
};
struct monday_review {
	day held;
	str participation, previous; /* of the review before; empty: none, or not recorded */
};

struct monday_day {
	const struct law *law;
	day today, year, week; /* 1 April, and seven days ago */
};
struct monday_day monday_day_of(const struct law *law, day today);
void monday_clock(const struct monday_day *on, struct monday_child *child, const struct clock *clock);
void monday_plan(const struct monday_day *on, struct monday_child *child, const struct monday_plan *plan);
void monday_review(
	const struct monday_day *on, struct monday_child *child, const struct monday_review *review);
/* After all of the child's. */
void monday_say(const struct monday_day *on, struct monday_child *child);

struct monday {
	struct {
		int64_t in, of, unknown;
		bool carried;
		day oldest; /* the earliest due date among those in it */
	} measure[MONDAY_MEASURES];
	int64_t children, officers; /* looked after or on a plan, once; named officers and chairs */
	instant imported;           /* the last import's end; INSTANT_UNKNOWN: none */
	day known_to;
	/* Of the measure that was asked for, from the first of the page on; the numbers are not made
	 * with a list. */
	struct caseload_row *row;
	size_t n;
	int64_t total;
};
struct monday_query {
	const struct actor *actor; /* of whose authority the numbers are, and of no other's */
	day today;
	bool named;   /* what the actor sees, child by child; else the authority's totals without a list */
	bool several; /* the actor works for other councils too, which are not counted here */
	bool listed;  /* and the children of one measure */
	enum monday_measure measure;
	int64_t page; /* from 1 */
};
/* Makes anew at most `most` children's share of the numbers that are of another day, in order from the
 * one after `after`: a step of its own. *last: the last of them; 0 when none is left. */
MUST_USE bool store_monday_turn(
	struct store *store, int64_t after, int64_t most, int64_t *last, struct err *err);
/* One statement of what is kept, and one more for a list's words; where a row is not of the day that
 * is asked for, four and one. */
MUST_USE bool store_monday(struct store *store, struct arena *arena,
	const struct monday_query *query, struct monday *out, struct err *err);
