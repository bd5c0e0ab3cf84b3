#include "policy/matter.h"

#define MAY(permission) (1u << MAY_##permission)

/* What people do in this house, as a practice lead would say it. */
#define DESK (MAY(SIGN_IN) | MAY(LIST_CASELOAD) | MAY(SEARCH))
#define COMES MAY(ATTEND)
#define RECORDS (MAY(SAVE_RECORD) | MAY(DRAFT) | MAY(BOOK))
#define MENDS (MAY(SEE_QUALITY) | MAY(EXPLAIN))
#define OFFICER (DESK | COMES | RECORDS | MENDS | MAY(USE_TRACKER) | MAY(OPEN_RESTRICTED))
#define MANAGER                                                                                    \
	(OFFICER | MAY(ALLOCATE) | MAY(RESTRICT) | MAY(REVIEW_OPENINGS) | MAY(SEE_LOOKS) |         \
		MAY(SEE_SERVICE) | MAY(SEE_SOURCES) | MAY(SEE_LEDGER) | MAY(DUTY_SEARCH) |         \
		MAY(EXPUNGE) | MAY(CHECK) | MAY(CHECK_RETURNS))

enum sight { NOTHING, ROW, ALL };

/* A row reads: "a conference chair sees all of the children who name them, whom they cover and to
 * whose meeting they are invited (until it is over), and nothing of their team's or of the authority's others." What
 * is restricted, hidden or uncleared is less of it: policy_level(). A relation that a row does not
 * name is nothing. */
static const struct {
	str text, words;
	enum sight sight[RELATIONS]; /* of an open child */
	unsigned may;                /* of enum permission */
} roles[ROLES] = {
	[ROLE_NONE] = { S_INIT("none"), S_INIT("No role"), .may = 0 },
	[ROLE_REVIEWING_OFFICER] = { S_INIT("reviewing-officer"),
		S_INIT("Independent Reviewing Officer"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_INVITED] = ALL,
			[RELATION_OPENED] = ALL },
		.may = OFFICER },
	[ROLE_CHAIR] = { S_INIT("chair"), S_INIT("Conference chair"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_INVITED] = ALL,
			[RELATION_OPENED] = ALL },
		.may = OFFICER },
	[ROLE_LEAD_PRACTITIONER] = { S_INIT("lead-practitioner"),
		S_INIT("Lead child protection practitioner"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_INVITED] = ALL,
			[RELATION_TEAM] = ALL, [RELATION_OPENED] = ALL },
		.may = OFFICER },
	[ROLE_MANAGER] = { S_INIT("manager"), S_INIT("Manager of the reviewing service"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_INVITED] = ALL,
			[RELATION_TEAM] = ALL, [RELATION_AUTHORITY] = ALL, [RELATION_FOUND] = ROW,
			[RELATION_OPENED] = ALL },
		.may = MANAGER },
	[ROLE_CUSTODIAN] = { S_INIT("custodian"), S_INIT("Custodian of imports"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_TEAM] = ALL, [RELATION_AUTHORITY] = ALL },
		.may = DESK | MENDS | MAY(CHECK) | MAY(IMPORT) | MAY(SEE_SOURCES) | MAY(EXPUNGE) |
			MAY(CHECK_RETURNS) },
	[ROLE_AUDITOR] = { S_INIT("auditor"), S_INIT("Auditor"),
		{ [RELATION_OWN] = ROW, [RELATION_COVER] = ROW, [RELATION_TEAM] = ROW,
		 [RELATION_AUTHORITY] = ROW },
		.may = DESK | MAY(VERIFY) | MAY(SEE_SERVICE) | MAY(SEE_LEDGER) |
			MAY(SEE_SOURCES) | MAY(SEE_QUALITY) },
	[ROLE_ADMINISTRATOR] = { S_INIT("administrator"), S_INIT("Administrator"),
		.may = MAY(SIGN_IN) | MAY(MANAGE_USERS) | MAY(VERIFY) | MAY(SET) | MAY(SEE_QUALITY) },
	[ROLE_SYSTEM] = { S_INIT("system"), S_INIT("Duly itself"),
		.may = MAY(IMPORT) | MAY(MANAGE_USERS) | MAY(VERIFY) | RECORDS | MAY(ALLOCATE) |
			MAY(RESTRICT) | MAY(SET) | MAY(SET_POLICY) },
	[ROLE_MINUTE_TAKER] = { S_INIT("minute-taker"), S_INIT("Minute-taker"),
		{ [RELATION_OWN] = ALL },
		.may = DESK | COMES | MAY(DRAFT) },
	[ROLE_BUSINESS_SUPPORT] = { S_INIT("business-support"), S_INIT("Business support officer"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_TEAM] = ALL,
			[RELATION_AUTHORITY] = ALL },
		.may = DESK | COMES | MAY(BOOK) | MAY(SEE_QUALITY) | MAY(CHECK_RETURNS) },
	[ROLE_SOCIAL_WORKER] = { S_INIT("social-worker"), S_INIT("Social worker"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL },
		.may = DESK | COMES | MAY(DRAFT) | MAY(SEE_QUALITY) },
	[ROLE_HEAD] = { S_INIT("head"), S_INIT("Head of service"),
		{ [RELATION_OWN] = ALL, [RELATION_COVER] = ALL, [RELATION_INVITED] = ALL,
			[RELATION_TEAM] = ALL, [RELATION_AUTHORITY] = ALL, [RELATION_FOUND] = ROW,
			[RELATION_OPENED] = ALL },
		.may = MANAGER | MAY(SET_POLICY) },
	[ROLE_LADO] = { S_INIT("lado"), S_INIT("Designated officer (LADO)"),
		.may = MAY(SIGN_IN) },
	[ROLE_SCRUTINEER] = { S_INIT("scrutineer"), S_INIT("Independent scrutineer"),
		.may = MAY(SIGN_IN) | MAY(SEE_SERVICE) | MAY(SEE_QUALITY) },
	[ROLE_DUTY] = { S_INIT("duty"), S_INIT("Duty worker"),
		{ [RELATION_FOUND] = ROW, [RELATION_OPENED] = ALL },
		.may = MAY(SIGN_IN) | MAY(DUTY_SEARCH) | MAY(OPEN_RESTRICTED) },
};

static const str relations[RELATIONS] = { S_INIT("none"), S_INIT("own"), S_INIT("team"),
	S_INIT("authority"), S_INIT("cover"), S_INIT("invited"), S_INIT("barred"), S_INIT("found"),
	S_INIT("opened") };
static const str opennesses[OPENNESSES] = { S_INIT("open"), S_INIT("restricted"),
	S_INIT("uncleared"), S_INIT("hidden") };
static const str permissions[PERMISSIONS] = {
	[MAY_SIGN_IN] = S_INIT("sign-in"),
	[MAY_LIST_CASELOAD] = S_INIT("list-caseload"),
	[MAY_SEE_CHILD] = S_INIT("see-child"),
	[MAY_SEE_NAME] = S_INIT("see-name"),
	[MAY_SAVE_RECORD] = S_INIT("save-record"),
	[MAY_IMPORT] = S_INIT("import"),
	[MAY_MANAGE_USERS] = S_INIT("manage-users"),
	[MAY_VERIFY] = S_INIT("verify"),
	[MAY_BOOK] = S_INIT("book"),
	[MAY_ALLOCATE] = S_INIT("allocate"),
	[MAY_SEARCH] = S_INIT("search"),
	[MAY_DUTY_SEARCH] = S_INIT("duty-search"),
	[MAY_OPEN_RESTRICTED] = S_INIT("open-restricted"),
	[MAY_REVIEW_OPENINGS] = S_INIT("review-openings"),
	[MAY_RESTRICT] = S_INIT("restrict"),
	[MAY_SEE_LOOKS] = S_INIT("see-looks"),
	[MAY_SEE_SERVICE] = S_INIT("see-service"),
	[MAY_USE_TRACKER] = S_INIT("use-tracker"),
	[MAY_SEE_LEDGER] = S_INIT("see-ledger"),
	[MAY_SEE_SOURCES] = S_INIT("see-sources"),
	[MAY_SET] = S_INIT("set"),
	[MAY_EXPUNGE] = S_INIT("expunge"),
	[MAY_DRAFT] = S_INIT("draft"),
	[MAY_SET_POLICY] = S_INIT("set-policy"),
	[MAY_ATTEND] = S_INIT("attend"),
	[MAY_SEE_MATTERS] = S_INIT("see-matters"),
	[MAY_SAVE_MATTER] = S_INIT("save-matter"),
	[MAY_CHECK_RETURNS] = S_INIT("check-returns"),
	[MAY_SEE_QUALITY] = S_INIT("see-quality"),
	[MAY_EXPLAIN] = S_INIT("explain"),
	[MAY_CHECK] = S_INIT("check"),
};

/* Those who keep all that they see when the child is restricted: whom the child names, who stands
 * in for one of them, and who broke the glass. */
static enum sight of_restricted(enum relation relation, enum sight sight)
{
	bool named = relation == RELATION_OWN || relation == RELATION_COVER ||
		relation == RELATION_OPENED;
	return named || sight == NOTHING ? sight : ROW;
}

/* A hidden child is there for those whom it names; for the head of service it is a row without a
 * name, which they may open, so that somebody can end what no longer need be hidden. */
static enum sight of_hidden(enum role role, enum relation relation, enum sight sight)
{
	if (relation == RELATION_OWN)
		return sight;
	if (role != ROLE_HEAD || sight == NOTHING || relation == RELATION_FOUND)
		return NOTHING;
	return relation == RELATION_OPENED ? sight : ROW;
}

static enum sight sight_of(enum role role, enum relation relation, enum openness openness)
{
	if (role == ROLE_SYSTEM)
		return ALL;
	if (relation == RELATION_NONE || relation == RELATION_BARRED || relation >= RELATIONS)
		return NOTHING;
	enum sight sight = roles[role].sight[relation];
	switch (openness) {
	case OPEN:
		return sight;
	case RESTRICTED:
		/* The custodian loads files and is nobody's worker. */
		return role == ROLE_CUSTODIAN && sight == ALL ? ROW : of_restricted(relation, sight);
	case UNCLEARED:
		/* Nobody may be told of a child whose restrictions are not known, but who is to
		 * find out. */
		return role == ROLE_CUSTODIAN ? sight : NOTHING;
	case HIDDEN:
		return role == ROLE_CUSTODIAN || role == ROLE_AUDITOR
			? NOTHING
			: of_hidden(role, relation, sight);
	case OPENNESSES:
		break;
	}
	return NOTHING;
}

/* Who is invited sees that meeting, whatever else of the child they do not: its own workers asked
 * them in. Of a hidden child, and of one whose restrictions are not known, nobody is. */
static bool comes(enum role role, enum relation relation, enum openness openness)
{
	return relation == RELATION_INVITED && (openness == OPEN || openness == RESTRICTED) &&
		(roles[role].may & MAY(ATTEND)) != 0;
}

int policy_level(enum role role, enum relation relation, enum openness openness)
{
	return (int)sight_of(role, relation, openness);
}

bool policy_role_may(enum role role, enum permission permission)
{
	/* To see children is what the sights of the role say, and no bit. */
	if (permission == MAY_SEE_CHILD || permission == MAY_SEE_NAME) {
		for (enum relation relation = RELATION_NONE; relation < RELATIONS; relation++) {
			if (policy_may(role, permission, relation, OPEN))
				return true;
		}
		return false;
	}
	if (permission == MAY_SEE_MATTERS)
		return matter_role_sees(role);
	if (permission == MAY_SAVE_MATTER)
		return matter_role_writes(role);
	return (roles[role].may & 1u << permission) != 0;
}

bool policy_may(enum role role, enum permission permission, enum relation relation,
	enum openness openness)
{
	enum sight level = sight_of(role, relation, openness);
	switch (permission) {
	case MAY_SEE_CHILD:
		return level >= ROW;
	case MAY_SEE_NAME:
		return level == ALL;
	case MAY_ATTEND:
	case MAY_DRAFT: /* of an invitation: the record of that meeting */
		return policy_role_may(role, permission) &&
			(level == ALL || comes(role, relation, openness));
	case MAY_SAVE_RECORD:
	case MAY_BOOK:
	case MAY_EXPLAIN:
		return policy_role_may(role, permission) && level == ALL;
	/* Of a restricted child too, without a name: somebody must name the officer and end it. */
	case MAY_ALLOCATE:
	case MAY_RESTRICT:
	case MAY_SEE_LOOKS:
	case MAY_REVIEW_OPENINGS:
		return policy_role_may(role, permission) && level >= ROW;
	case MAY_OPEN_RESTRICTED:
		return policy_role_may(role, permission) && level == ROW;
	case MAY_SIGN_IN:
	case MAY_LIST_CASELOAD:
	case MAY_IMPORT:
	case MAY_MANAGE_USERS:
	case MAY_VERIFY:
	case MAY_SEARCH:
	case MAY_DUTY_SEARCH:
	case MAY_SEE_SERVICE:
	case MAY_USE_TRACKER:
	case MAY_SEE_LEDGER:
	case MAY_SEE_SOURCES:
	case MAY_SET:
	case MAY_SET_POLICY:
	case MAY_EXPUNGE:
	case MAY_SEE_QUALITY:
	case MAY_CHECK:
	case MAY_SEE_MATTERS: /* of which one, matter.h says */
	case MAY_SAVE_MATTER:
	case MAY_CHECK_RETURNS:
		return policy_role_may(role, permission);
	case PERMISSIONS:
		break;
	}
	return false;
}

bool role_is_person(enum role role)
{
	return role > ROLE_NONE && role < ROLES && role != ROLE_SYSTEM;
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

str relation_text(enum relation relation)
{
	return relations[relation];
}

str openness_text(enum openness openness)
{
	return opennesses[openness];
}

str permission_text(enum permission permission)
{
	return permissions[permission];
}
