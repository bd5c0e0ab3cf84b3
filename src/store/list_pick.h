/* list_pick.h - which children of a list stand on its page, in what order, and how many there are
 * of each kind: pure, over the few columns that this takes.
 *
 * One plain read of what a person may see and arithmetic here cost a fifth of a statement that
 * filters, counts and sorts (docs/decisions/lists.md). Names and numbers compare as bytes, so both
 * engines give one order.
 */
#pragma once

#include "store/list.h"

/* One child, as one row of `access` shows it. */
struct pick_row {
	int64_t subject;
	int level;
	bool barred; /* whatever else says, nothing is seen */
	day born;    /* DAY_UNKNOWN at level 1: what is not shown sorts nothing */
	day next_due, unsure_due;
	bool unknowns, looked_after, on_plan;
	str number, name, team; /* name: the folded key; empty at level 1 */
	/* Unknown and empty at level 1, as is `born`. */
	day view_on, contact_on;
	str siblings;     /* who are brothers and sisters have one; empty: nobody says */
	uint32_t group;   /* its hash, so that most that differ are never compared */
	size_t place;           /* the caller's own */
	/* What pick_say() says for the day. */
	enum pick_rank { PICK_OVERDUE, PICK_UNKNOWN, PICK_DUE, PICK_NOTHING } rank;
	bool late; /* a review is: for LIST_LATE_REVIEWS, set by who reads them */
	day late_due;
	day due; /* the earlier of what will be overdue and what will be unknown */
	const struct pick_row *lead; /* of pick_group(): a copy; NULL: the row itself */
};

struct pick_counts {
	int64_t children, overdue, unknown, week, four_weeks, total; /* as struct caseload */
};

enum { PICK_WORDS = 3 };

struct pick {
	const struct caseload_query *query;
	str word[PICK_WORDS]; /* of the name, folded: every one must be in it */
	size_t words;
	str siblings;         /* of the child whose brothers and sisters are asked for */
	uint32_t group;
};

/* Takes the words of the query's text; in the arena. */
struct pick pick_of(struct arena *arena, const struct caseload_query *query);
/* A child seen in two ways is one row, at the higher level, and none where one way is barred.
 * Sorts by subject; returns how many are left. */
size_t pick_merge(struct pick_row *row, size_t n);
/* Says rank and due of every row and counts them; what the query asks for goes to the front, in
 * the order of the rows, and is counts->total. */
void pick_say(const struct pick *pick, struct pick_row *row, size_t n, struct pick_counts *counts);
/* For pick_row.group. */
uint32_t pick_hash(str siblings);
/* Takes who are asked for with query->siblings_of, where those rows have that child. */
void pick_siblings_of(struct pick *pick, const struct pick_row *row, size_t n);
/* Where brothers and sisters stand together: gives each row the place of the first of its group in
 * the query's order, by which pick_sort() goes first. Before it. */
void pick_group(struct arena *arena, const struct pick *pick, struct pick_row *row, size_t n);
/* How many others of the n rows are brothers and sisters of this one, which is one of them. */
int64_t pick_siblings(const struct pick_row *row, size_t n, const struct pick_row *of);
/* Puts the first `most` of the n rows, by the query's order, at the front and in order. */
void pick_sort(const struct pick *pick, struct pick_row *row, size_t n, size_t most);
