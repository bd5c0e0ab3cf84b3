/* list.h - what the pages read: a caseload, and the head of a child's page. One statement each.
 *
 * Only rows of `access` are seen: a person's list is what the policy made of who works with whom.
 * Lists sort by stored columns; states are said for `today` from stored dates.
 */
#pragma once

#include "store/store.h"

/* Of late reviews each row says its review, the longest late; of others its worst clock. */
enum list_state { LIST_ALL, LIST_OVERDUE, LIST_UNKNOWN, LIST_WEEK, LIST_FOUR_WEEKS,
	LIST_LATE_REVIEWS };
enum list_kind { LIST_ANY_KIND, LIST_LOOKED_AFTER, LIST_ON_PLAN };
/* Worst first: overdue by date, then unknown, then by due date, then nothing due. */
/* By voice and contact: who was never heard or met first, then the longest ago. */
enum list_sort { LIST_BY_WORST, LIST_BY_NAME, LIST_BY_AGE, LIST_BY_DUE, LIST_BY_VOICE,
	LIST_BY_CONTACT };

enum { LIST_PAGE = 25, LIST_ROWS = 100 }; /* rows on a page: usually, and at most */

struct caseload_query {
	const struct actor *actor; /* whose list: what they may see */
	day today;
	enum list_state state;
	enum list_kind kind;
	str team; /* empty: any */
	str authority; /* of one council that they work for; empty: of all */
	str text; /* in the name or the number; folded by the store; empty: any */
	int64_t siblings_of; /* this child with their brothers and sisters; 0: any */
	bool together;       /* brothers and sisters side by side, where the first of them sorts */
	enum list_sort sort;
	bool backwards;
	int64_t page; /* from 1; 0: every row, for a file */
	int64_t rows; /* on a page; 0 is LIST_PAGE */
};

struct caseload_row {
	int64_t subject;
	int level; /* 1: the row without a name; 2: all */
	str authority, number, forename, surname; /* empty names at level 1 */
	day born, expected;
	bool looked_after, on_plan;
	str iro, chair, social_worker, team;
	bool has_group;   /* of brothers and sisters, by the people file; false at level 1 */
	int64_t siblings; /* how many of them the reader's list holds; a caseload alone says */
	/* When the child's words were last recorded, and the reviewing service was last in touch:
	 * DAY_UNKNOWN: never, as far as is recorded; and at level 1, which does not show it. */
	day view_on, contact_on;
	enum answer contact_alone;
	/* The worst clock on `today`. CLOCK_MET: nothing is due. */
	enum clock_state state;
	str rule; /* its id; empty when nothing is due */
	day due;
	day due_data; /* by the data standard, where it counts the limit itself */
	day due_law;  /* the law's, where the council works to another date */
	day booked;
	/* Of one that the reader covers for somebody today (see cover.h); set by the page. */
	str cover_for;
	day cover_until;
};

struct caseload {
	struct caseload_row *row; /* in the arena */
	size_t n;
	int64_t total; /* of the filtered list */
	/* Of the whole list, whatever the filter. A child is counted once in each it belongs to. */
	int64_t children, overdue, unknown, week, four_weeks;
	day known_to; /* the council's files know up to here; DAY_UNKNOWN: none was imported; of
			 several councils, the earliest */
	/* What else may be picked: teams in the list. */
	const str *team;
	size_t teams;
};
MUST_USE bool store_caseload(struct store *store, struct arena *arena,
	const struct caseload_query *query, struct caseload *out, struct err *err);

/* Who the child is, for a reader with `level` (see policy_level): names and protected facts are
 * empty at level 1. ERR_MISSING when the child does not exist or may not be known to exist. */
struct child_head {
	int64_t subject;
	int level;
	str authority, number, forename, surname;
	day born, expected, died;
	bool looked_after, on_plan;
	day care_began, plan_began; /* of what is open; DAY_UNKNOWN at level 1 */
	bool restricted; /* or hidden */
	enum openness openness;
	unsigned relations; /* bits, 1 << enum relation, of those that the actor stands in now */
	instant until;      /* of the opening by which they see it; INSTANT_UNKNOWN: by none */
	int64_t openings;  /* times that the glass was broken, ever; 0 at level 1 */
	instant opened_at; /* the last of them */
	str iro, chair, social_worker, team, sibling_group;
	day known_to;
};
MUST_USE bool store_child_head(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t subject, struct child_head *out, struct err *err);
