/* changes.h - what has changed since a day for the children that somebody may see: what was
 * recorded, corrected, booked, became overdue, whose work it became, and who is new; and so of the
 * disputes, complaints and other matters that name them. */
#pragma once

#include "store/list.h"

enum change_kind { CHANGE_RECORDED, CHANGE_CORRECTED, CHANGE_BOOKED, CHANGE_OVERDUE, CHANGE_ALLOCATED,
	CHANGE_NEW };
enum { CHANGES_MOST = 400 }; /* of each kind of source; more is said as more */

struct change_item {
	int64_t subject;
	int level; /* 1: that something changed, and not what */
	str number, forename, surname;
	enum change_kind kind;
	instant at;       /* when it came to be known; INSTANT_UNKNOWN for what became overdue */
	enum word word;   /* of an event */
	day on;           /* of an event, a booking or a due date */
	str detail;       /* of an event: kept as files have it */
	str source;       /* "ssda903", "form" */
	str reason;       /* of a correction */
	str rule;         /* id, of what became overdue */
	int64_t matter;   /* it is of this dispute or other matter about the child; 0: of the child */
	enum subject_kind matter_kind;
	str reference; /* of the matter: "D-12" */
	str iro, chair, social_worker, team;     /* of an allocation: as it now is */
	str was_iro, was_chair, was_worker, was_team; /* and as it was */
};

struct change_list {
	struct change_item *item; /* in the arena: by kind, then by child */
	size_t n;
	bool more;
};

struct change_query {
	const struct actor *actor;
	day today, since; /* whole days, `since` included */
	bool all; /* what everybody with the role sees; else only children of their own */
};
MUST_USE bool store_changes(struct store *store, struct arena *arena,
	const struct change_query *query, struct change_list *out, struct err *err);
