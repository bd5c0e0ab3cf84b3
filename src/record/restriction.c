/* Who may not see a child whom they otherwise would: set and ended by a manager, never by a file. */
#include "record/leave.h"

#include "law/codes.h"

static const struct code restriction_codes[] = {
	{ .code = S_INIT("restricted"),
		.meaning = S_INIT("Restricted: listed without a name, and opened with a reason") },
	{ .code = S_INIT("hidden"), .meaning = S_INIT("Hidden: not listed and not found") },
};
const struct code_list codes_restriction = { S_INIT("a restriction"), restriction_codes,
	sizeof restriction_codes / sizeof *restriction_codes };

static const struct field restriction_fields[] = {
	F(restriction, kind, .label = S_INIT("Restriction"), .flags = FIELD_REQUIRED,
		.codes = &codes_restriction),
	F(restriction, reason, .label = S_INIT("Why"), .flags = FIELD_REQUIRED | FIELD_PROTECTED,
		.limit = 1000),
	F(restriction, decided_by, .label = S_INIT("Decided by"), .flags = FIELD_REQUIRED),
	F(restriction, began, .label = S_INIT("From"), .flags = FIELD_REQUIRED),
	F(restriction, review_on, .label = S_INIT("To be reviewed on"), .flags = FIELD_REQUIRED),
	F(restriction, ended, .label = S_INIT("Ended")),
};

bool restriction_stands(const struct restriction *restriction)
{
	return restriction->ended == DAY_UNKNOWN;
}

static void restriction_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct restriction *restriction = record;
	check_period(arena, out, restriction->began, restriction->ended, S("ended"),
		S("The end must not be before the start"));
	check_period(arena, out, restriction->began, restriction->review_on, S("review_on"),
		S("The review must not be before the start"));
}

const struct record_type restriction_type = {
	.name = S_INIT("restriction"),
	.title = S_INIT("Restriction"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct restriction),
	FIELDS(restriction_fields),
	.check = restriction_check,
	.right = RIGHT_RESTRICT,
	.index = 23,
};

static const struct field barred_fields[] = {
	F(barred, login, .label = S_INIT("Sign-in name"), .flags = FIELD_REQUIRED | FIELD_PROTECTED,
		.limit = 60),
	F(barred, reason, .label = S_INIT("Why"), .flags = FIELD_REQUIRED | FIELD_PROTECTED,
		.limit = 1000),
};

const struct record_type barred_type = {
	.name = S_INIT("barred"),
	.title = S_INIT("Member of staff who is barred"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct barred),
	FIELDS(barred_fields),
	.right = RIGHT_RESTRICT,
	.index = 24,
};
