#include "policy/matter.h"

/* A row reads: "a reviewing officer sees and writes the disputes of the children whom they see, and
 * nothing else that is no child". `writes` are bits of what somebody may write where they see all of it.
 * Who prepares, answers or is the subject of a complaint or a dispute is not told of it here: social
 * workers have no row. Nor has the LADO: allegations are no matter of this table. */
#define OF(kind) [SUBJECT_##kind]
#define W(kind) (1u << SUBJECT_##kind)

static const struct {
	enum matter_sight sight[SUBJECT_KINDS];
	unsigned writes;
} rows[ROLES] = {
	[ROLE_REVIEWING_OFFICER] = { { OF(DISPUTE) = MATTER_OF_CHILD }, W(DISPUTE) },
	/* They disagree with agencies as well; where the council joins the two they are one. */
	[ROLE_CHAIR] = { { OF(DISPUTE) = MATTER_OF_CHILD }, W(DISPUTE) },
	[ROLE_LEAD_PRACTITIONER] = { { OF(DISPUTE) = MATTER_OF_CHILD }, 0 },
	[ROLE_MANAGER] = { { OF(DISPUTE) = MATTER_ALL, OF(COMPLAINT) = MATTER_ALL,
				   OF(HOME) = MATTER_ALL, OF(INCIDENT) = MATTER_ALL,
				   OF(REQUEST) = MATTER_ALL, OF(AUTHORITY) = MATTER_ALL },
		W(DISPUTE) | W(COMPLAINT) | W(INCIDENT) | W(REQUEST) | W(AUTHORITY) },
	[ROLE_HEAD] = { { OF(DISPUTE) = MATTER_ALL, OF(COMPLAINT) = MATTER_ALL,
				OF(HOME) = MATTER_ALL, OF(INCIDENT) = MATTER_ALL,
				OF(REQUEST) = MATTER_ALL, OF(AUTHORITY) = MATTER_ALL },
		W(DISPUTE) | W(COMPLAINT) | W(HOME) | W(INCIDENT) | W(REQUEST) | W(AUTHORITY) },
	/* Whoever opens the post: complaints and requests come in there, and the homes' reports. */
	[ROLE_BUSINESS_SUPPORT] = { { OF(COMPLAINT) = MATTER_ALL, OF(HOME) = MATTER_ALL,
					    OF(REQUEST) = MATTER_ALL },
		W(COMPLAINT) | W(HOME) | W(REQUEST) },
	[ROLE_AUDITOR] = { { OF(DISPUTE) = MATTER_COUNTED, OF(COMPLAINT) = MATTER_COUNTED,
				   OF(HOME) = MATTER_ALL, OF(INCIDENT) = MATTER_COUNTED,
				   OF(REQUEST) = MATTER_COUNTED, OF(AUTHORITY) = MATTER_ALL },
		0 },
	[ROLE_SCRUTINEER] = { { OF(DISPUTE) = MATTER_COUNTED, OF(COMPLAINT) = MATTER_COUNTED,
				      OF(INCIDENT) = MATTER_COUNTED, OF(AUTHORITY) = MATTER_ALL },
		0 },
	/* The program itself: a demonstration. */
	[ROLE_SYSTEM] = { { OF(DISPUTE) = MATTER_ALL, OF(COMPLAINT) = MATTER_ALL, OF(HOME) = MATTER_ALL,
				  OF(INCIDENT) = MATTER_ALL, OF(REQUEST) = MATTER_ALL,
				  OF(AUTHORITY) = MATTER_ALL },
		W(DISPUTE) | W(COMPLAINT) | W(HOME) | W(INCIDENT) | W(REQUEST) | W(AUTHORITY) },
};

enum matter_sight matter_sight(enum role role, enum subject_kind kind)
{
	return rows[role].sight[kind];
}

int matter_level(enum role role, enum subject_kind kind, const struct matter_about *child)
{
	bool known = child->openness == OPEN || child->openness == RESTRICTED;
	switch (rows[role].sight[kind]) {
	case MATTER_NOTHING:
		break;
	case MATTER_OF_CHILD:
		return child->named && !child->barred ? child->level : 0;
	case MATTER_COUNTED:
		return !child->named || (known && !child->barred);
	case MATTER_ALL:
		return !child->named ? 2 : child->barred ? 0 : child->level;
	}
	return 0;
}

bool matter_may_write(enum role role, enum subject_kind kind)
{
	return (rows[role].writes & 1u << kind) != 0;
}

bool matter_role_sees(enum role role)
{
	bool any = false;
	for (int kind = 0; kind < SUBJECT_KINDS; kind++)
		any = any || rows[role].sight[kind] != MATTER_NOTHING;
	return any;
}

bool matter_role_writes(enum role role)
{
	return rows[role].writes != 0;
}
