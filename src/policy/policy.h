/* policy.h - who may see and do what: pure, small, and no by default.
 *
 * A role says what work somebody does; a relation says what a child is to them. Lists and counts
 * filter by the stored `access` rows, which are made from the same table: a test proves them equal.
 */
#pragma once

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum role {
	ROLE_NONE,
	ROLE_REVIEWING_OFFICER, /* also chairs conferences, where the council joins the two */
	ROLE_CHAIR,
	ROLE_LEAD_PRACTITIONER,
	ROLE_MANAGER,   /* of the reviewing service: sees the authority's children */
	ROLE_CUSTODIAN, /* sees an import before its restrictions are known */
	ROLE_AUDITOR,
	ROLE_ADMINISTRATOR, /* no sight of children */
	ROLE_SYSTEM,        /* the program itself: imports, waking clocks */
	ROLES
};

enum relation {
	RELATION_NONE,
	RELATION_OWN,       /* named on the child as reviewing officer, chair or worker */
	RELATION_TEAM,
	RELATION_AUTHORITY, /* the child is the authority's that they work for */
};

/* How a child stands to readers. */
enum openness {
	OPEN,
	RESTRICTED, /* listed without a name to all but their own workers */
	UNCLEARED,  /* imported, and the restrictions are not known yet: custodian only */
};

enum permission {
	MAY_SIGN_IN,
	MAY_LIST_CASELOAD,
	MAY_SEE_CHILD,
	MAY_SEE_NAME,
	MAY_SAVE_RECORD,
	MAY_IMPORT,
	MAY_MANAGE_USERS,
	MAY_VERIFY,
	PERMISSIONS
};

/* Who is asking. */
struct actor {
	int64_t user; /* 0 for the system */
	enum role role;
	str authority; /* code; empty for all (system) */
	str name;      /* sign-in name, for messages; never content of the ledger */
};

bool policy_may(enum role role, enum permission permission, enum relation relation,
	enum openness openness);
/* What `access` must hold for a role and relation to a child of that openness: 0 nothing, 1 the
 * row without a name, 2 all. */
int policy_level(enum role role, enum relation relation, enum openness openness);

str role_text(enum role role);   /* "reviewing-officer" */
str role_words(enum role role);  /* "Independent Reviewing Officer" */
bool role_find(str text, enum role *out);
