/* matter.h - what is no child, for lists and pages: who may see which (policy/matter.h), what is due of
 * each, and what a save must hold against it. One statement each.
 */
#pragma once

#include "policy/matter.h"
#include "record/matter.h"
#include "store/store.h"

/* At level 1 what it is about, and the child whom it names, are empty. */
struct matter_row {
	int64_t subject;
	int level;
	enum subject_kind kind;
	str authority, reference, about;
	bool open, withdrawn;
	day began, last; /* first and last of what was done */
	enum clock_state state; /* of its next clock on that day; CLOCK_MET: nothing is due */
	str rule; /* its id; empty when nothing is due */
	day due;
	bool names_child;
	int64_t child; /* 0 where the reader does not see all of the child */
	str number, forename, surname;
};

enum matter_state { MATTER_OPEN, MATTER_OVERDUE, MATTER_WEEK, MATTER_CLOSED, MATTER_ANY };
enum { MATTER_PAGE = 25 };

struct matter_query {
	const struct actor *actor;
	day today;
	enum matter_state state;
	enum subject_kind kind; /* SUBJECT_CHILD: any */
	int64_t child;          /* of this child; 0: any */
	int64_t page;           /* from 1; 0: every row, for a file */
};

struct matter_list {
	struct matter_row *row; /* in the arena: overdue first, by date, then what has no date */
	size_t n;
	int64_t total;
};
MUST_USE bool store_matters(struct store *store, struct arena *arena,
	const struct matter_query *query, struct matter_list *out, struct err *err);

/* How many they see, of each kind: open ones, and those of them that are overdue, or due in 7 days. */
struct matter_counts {
	struct matter_count {
		int64_t open, overdue, week;
	} kind[SUBJECT_KINDS], all;
	/* Of disputes, children and not disputes, for Monday: with an open one; with a formal one that is
	 * open after its limit, and when the first of those was due; whose dispute was closed in the last
	 * 7 days, and of those for whom something changed. */
	struct {
		int64_t open, formal_late, closed, changed;
		day oldest;
	} dispute;
};
/* Of the actor's own council alone, or of all that they work for. */
MUST_USE bool store_matter_counts(struct store *store, const struct actor *actor, day today, bool alone,
	struct matter_counts *out, struct err *err);

/* One. ERR_MISSING when it is not there, or may not be known to be. */
MUST_USE bool store_matter(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t subject, day today, struct matter_row *out, struct err *err);
/* The one of a kind of which a council has one; 0: none yet. */
MUST_USE bool store_matter_single(struct store *store, struct arena *arena, str authority,
	enum subject_kind kind, int64_t *subject, struct err *err);

/* store_access() of a subject that may be a child or a matter. */
MUST_USE bool store_subject_access(struct store *store, const struct actor *actor, int64_t subject,
	int *level, struct err *err);
