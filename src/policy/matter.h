/* matter.h - who may see and write what is no child: disputes, homes, complaints, incidents, requests,
 * yearly reports (record/matter.h). Pure, and no by default.
 *
 * A matter that names a child is never more than the child is to somebody: who may not know of the child
 * does not know of the matter. Lists filter by the same table in SQL (store/matter.h): a test proves the
 * two equal.
 */
#pragma once

#include "law/word.h"
#include "policy/policy.h"

/* Of one kind of matter. */
enum matter_sight {
	MATTER_NOTHING,
	MATTER_OF_CHILD, /* those of the children whom they see, as far as they see the child */
	MATTER_COUNTED,  /* all of the council, without the child and without words */
	MATTER_ALL,      /* all of the council; one that names a child as far as they see the child */
};

/* The child that a matter names, as it stands to the reader. */
struct matter_about {
	bool named; /* false: the matter names no child, and the rest says nothing */
	int level;  /* of policy_level(), the greatest of those that count now */
	bool barred;
	enum openness openness;
};

enum matter_sight matter_sight(enum role role, enum subject_kind kind);
/* 0 nothing: as one that is not there; 1 that it is there, and its dates; 2 all of it. */
int matter_level(enum role role, enum subject_kind kind, const struct matter_about *child);
/* What they see all of: may they write it down? */
bool matter_may_write(enum role role, enum subject_kind kind);
/* Any of them? */
bool matter_role_sees(enum role role);
bool matter_role_writes(enum role role);
