#include "policy/policy.h"

static const struct {
	str text, words;
	bool own;       /* sees the children whom they are named on */
	bool team;      /* and those of their team */
	bool authority; /* and all of the authority's */
	unsigned may;   /* bits of enum permission that hang on no child */
} roles[ROLES] = {
	[ROLE_NONE] = { S_INIT("none"), S_INIT("No role"), .may = 0 },
	[ROLE_REVIEWING_OFFICER] = { S_INIT("reviewing-officer"),
		S_INIT("Independent Reviewing Officer"), .own = true,
		.may = 1 << MAY_SIGN_IN | 1 << MAY_LIST_CASELOAD },
	[ROLE_CHAIR] = { S_INIT("chair"), S_INIT("Conference chair"), .own = true,
		.may = 1 << MAY_SIGN_IN | 1 << MAY_LIST_CASELOAD },
	[ROLE_LEAD_PRACTITIONER] = { S_INIT("lead-practitioner"),
		S_INIT("Lead child protection practitioner"), .own = true, .team = true,
		.may = 1 << MAY_SIGN_IN | 1 << MAY_LIST_CASELOAD },
	[ROLE_MANAGER] = { S_INIT("manager"), S_INIT("Manager of the reviewing service"),
		.own = true, .authority = true,
		.may = 1 << MAY_SIGN_IN | 1 << MAY_LIST_CASELOAD },
	[ROLE_CUSTODIAN] = { S_INIT("custodian"), S_INIT("Custodian of imports"), .authority = true,
		.may = 1 << MAY_SIGN_IN | 1 << MAY_LIST_CASELOAD | 1 << MAY_IMPORT },
	[ROLE_AUDITOR] = { S_INIT("auditor"), S_INIT("Auditor"), .authority = true,
		.may = 1 << MAY_SIGN_IN | 1 << MAY_LIST_CASELOAD | 1 << MAY_VERIFY },
	[ROLE_ADMINISTRATOR] = { S_INIT("administrator"), S_INIT("Administrator"),
		.may = 1 << MAY_SIGN_IN | 1 << MAY_MANAGE_USERS | 1 << MAY_VERIFY },
	[ROLE_SYSTEM] = { S_INIT("system"), S_INIT("Duly itself"),
		.may = 1 << MAY_IMPORT | 1 << MAY_MANAGE_USERS | 1 << MAY_VERIFY },
};

/* Is a child in that relation within the role's sight at all? */
static bool in_sight(enum role role, enum relation relation)
{
	switch (relation) {
	case RELATION_NONE:
		return false;
	case RELATION_OWN:
		return roles[role].own || roles[role].authority;
	case RELATION_TEAM:
		return roles[role].team || roles[role].authority;
	case RELATION_AUTHORITY:
		return roles[role].authority;
	}
	return false;
}

int policy_level(enum role role, enum relation relation, enum openness openness)
{
	if (role == ROLE_SYSTEM)
		return 2;
	if (!in_sight(role, relation))
		return 0;
	/* Nobody may be told of a child whose restrictions are not known, but who is to find out. */
	if (openness == UNCLEARED)
		return role == ROLE_CUSTODIAN ? 2 : 0;
	if (role == ROLE_AUDITOR)
		return 1;
	if (openness == RESTRICTED)
		return roles[role].own && relation == RELATION_OWN ? 2 : 1;
	return 2;
}

static bool writes_records(enum role role)
{
	return role == ROLE_REVIEWING_OFFICER || role == ROLE_CHAIR ||
		role == ROLE_LEAD_PRACTITIONER || role == ROLE_MANAGER || role == ROLE_SYSTEM;
}

bool policy_may(enum role role, enum permission permission, enum relation relation,
	enum openness openness)
{
	switch (permission) {
	case MAY_SIGN_IN:
	case MAY_LIST_CASELOAD:
	case MAY_IMPORT:
	case MAY_MANAGE_USERS:
	case MAY_VERIFY:
		return (roles[role].may & 1u << permission) != 0;
	case MAY_SEE_CHILD:
	case MAY_SEE_NAME:
		return policy_level(role, relation, openness) == 2;
	case MAY_SAVE_RECORD:
		return writes_records(role) && policy_level(role, relation, openness) == 2;
	case PERMISSIONS:
		break;
	}
	return false;
}

str role_text(enum role role)
{
	return roles[role].text;
}

str role_words(enum role role)
{
	return roles[role].words;
}

bool role_find(str text, enum role *out)
{
	for (enum role role = ROLE_REVIEWING_OFFICER; role < ROLES; role++) {
		if (str_equal(roles[role].text, text)) {
			*out = role;
			return true;
		}
	}
	return false;
}
