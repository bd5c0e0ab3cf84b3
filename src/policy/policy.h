/* policy.h - who may see and do what: pure, small, and no by default.
 *
 * A role says what work somebody does; a relation says what a child is to them. Lists and counts
 * filter by the stored `access` rows, which are made from the same table: a test proves them equal.
 *
 * Who adds a page or changes a row of the table writes the golden files anew, and reads the
 * difference: see tests/policy/README.md.
 */
#pragma once

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* The ledger keeps the numbers: a new role is added at the end. */
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
	ROLE_MINUTE_TAKER,
	ROLE_BUSINESS_SUPPORT, /* books and sends, decides nothing */
	ROLE_SOCIAL_WORKER,
	ROLE_HEAD,       /* of service */
	ROLE_LADO,       /* allegations against adults: nothing of children */
	ROLE_SCRUTINEER, /* counts, and no named child */
	ROLE_DUTY,       /* finds by exact name and date of birth, and opens with a reason */
	ROLES
};

enum relation {
	RELATION_NONE,
	RELATION_OWN,       /* named on the child as reviewing officer, chair or worker */
	RELATION_TEAM,
	RELATION_AUTHORITY, /* the child is of an authority that they work for */
	RELATION_COVER,     /* stands in for one who is named on the child, for a time */
	RELATION_INVITED,   /* to a meeting of the child */
	RELATION_BARRED,    /* their own or a relative's record: nothing, whatever else they are */
	RELATION_FOUND,     /* on the duty search, for an hour */
	RELATION_OPENED,    /* broke the glass, for an hour */
	RELATIONS
};

/* How a child stands to readers. */
enum openness {
	OPEN,
	RESTRICTED, /* listed without a name to all but their own workers */
	UNCLEARED,  /* imported, and the restrictions are not known yet: custodian only */
	HIDDEN,     /* as an unknown number to all but their own workers and the head of service */
	OPENNESSES
};

enum permission {
	MAY_SIGN_IN,
	MAY_LIST_CASELOAD,
	MAY_SEE_CHILD,   /* at least the row without a name */
	MAY_SEE_NAME,    /* everything of the child */
	MAY_SAVE_RECORD, /* finished records of a child, also new children */
	MAY_IMPORT,
	MAY_MANAGE_USERS,
	MAY_VERIFY,
	MAY_BOOK,            /* bookings, and sending dates: no other record */
	MAY_ALLOCATE,        /* who works with a child; cover and handover of others */
	MAY_SEARCH,          /* by name, within what one sees */
	MAY_DUTY_SEARCH,     /* by exact name and date of birth, in the whole authority */
	MAY_OPEN_RESTRICTED, /* a record of which one sees the row: with a reason, for an hour */
	MAY_REVIEW_OPENINGS,
	MAY_RESTRICT,    /* restrict, hide, and bar staff */
	MAY_SEE_LOOKS,   /* who looked at a child */
	MAY_SEE_SERVICE, /* Monday's numbers: counts without names */
	MAY_USE_TRACKER,
	MAY_SEE_LEDGER,
	MAY_SEE_SOURCES, /* imports, their age and rejects */
	MAY_SET,         /* branding and settings */
	MAY_EXPUNGE,     /* one of the two who must agree */
	MAY_DRAFT,       /* what somebody else finishes */
	MAY_SET_POLICY,  /* the council's own timescales */
	MAY_ATTEND,      /* a meeting that one is invited to, or of a child whom one sees */
	MAY_SEE_MATTERS, /* any of matter.h, which says which and how much of each */
	MAY_SAVE_MATTER,
	MAY_SEE_QUALITY, /* what the checks of the returns found: of the children whom one sees, or counts */
	MAY_EXPLAIN,     /* a finding that is right as it stands: into the return */
	MAY_CHECK,       /* have a return checked now */
	MAY_CHECK_RETURNS, /* drop the files of a statutory return and read what is wrong in them */
	PERMISSIONS
};

/* Who is asking. */
struct actor {
	int64_t user; /* 0 for the system */
	enum role role;
	str authority; /* code of their home authority; empty for all (system) */
	str name;      /* sign-in name, for messages; never content of the ledger */
};

bool policy_may(enum role role, enum permission permission, enum relation relation,
	enum openness openness);
/* Does the role carry the permission at all? For links and for pages that are not one child's. */
bool policy_role_may(enum role role, enum permission permission);
/* What `access` must hold for a role and relation to a child of that openness: 0 nothing, 1 the
 * row without a name, 2 all. */
int policy_level(enum role role, enum relation relation, enum openness openness);

/* Does somebody sign in with it? Not ROLE_NONE nor ROLE_SYSTEM. A loop over the roles of people
 * goes from ROLE_NONE to below ROLES and asks. */
bool role_is_person(enum role role);
str role_text(enum role role);   /* "reviewing-officer" */
str role_words(enum role role);  /* "Independent Reviewing Officer" */
bool role_find(str text, enum role *out);
str relation_text(enum relation relation);       /* "own" */
str openness_text(enum openness openness);       /* "restricted" */
str permission_text(enum permission permission); /* "see-child" */
