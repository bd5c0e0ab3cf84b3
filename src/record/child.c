#include "record/leave.h"

#include "law/codes.h"

static const struct field child_fields[] = {
	F(child, number, .label = S_INIT("Council's number for the child"), .flags = FIELD_REQUIRED | FIELD_KEPT, .limit = 40),
	F(child, forename, .label = S_INIT("Forename"), .flags = FIELD_PROTECTED),
	F(child, surname, .label = S_INIT("Surname"), .flags = FIELD_PROTECTED),
	F(child, born, .label = S_INIT("Date of birth")),
	F(child, expected, .label = S_INIT("Expected date of birth")),
	F(child, died, .label = S_INIT("Date of death")),
	F(child, sex, .label = S_INIT("Sex"), .codes = &codes_sex),
	F(child, ethnicity, .label = S_INIT("Ethnicity"), .codes = &codes_ethnicity),
	F(child, upn, .label = S_INIT("Unique pupil number"), .flags = FIELD_PROTECTED,
		.limit = 20),
	F(child, disabilities, .label = S_INIT("Disabilities"), .flags = FIELD_LATER, .limit = 60,
		.hint = S_INIT("Codes of the census with a space between, such as LD AUT; NONE where "
			       "the child has no disability")),
	F(child, upn_unknown, .label = S_INIT("Why there is no unique pupil number"),
		.flags = FIELD_LATER, .codes = &codes_upn_unknown),
	F(child, upn_former, .label = S_INIT("Former unique pupil number"),
		.flags = FIELD_PROTECTED | FIELD_LATER, .limit = 20),
	F(child, mother, .label = S_INIT("Has a child of her own"), .flags = FIELD_LATER),
	F(child, own_child_born, .label = S_INIT("Date of birth of her child"),
		.flags = FIELD_LATER),
	F(child, unaccompanied, .label = S_INIT("Came alone and seeking asylum"),
		.flags = FIELD_LATER),
	F(child, unaccompanied_until, .label = S_INIT("Day on which that ceases"),
		.flags = FIELD_LATER, .hint = S_INIT("At the latest the 18th birthday")),
};

static void disabilities_check(struct arena *arena, str disabilities, struct problems *out)
{
	str rest = disabilities, code;
	size_t n = 0;
	bool none = false;
	while (rest.n > 0 && str_split(&rest, ' ', &code)) {
		const struct code *known = code_find(&codes_disability, code);
		if (known == NULL) {
			problem_add(arena, out, S("disabilities"),
				arena_format(arena, "%.*s is not a code for a disability", STR_ARGS(code)));
			return;
		}
		none = none || str_equal(code, S("NONE"));
		n++;
	}
	if (none && n > 1)
		problem_add(arena, out, S("disabilities"),
			S("A child who has no disability (NONE) has no other code"));
}

static void child_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	(void)arena;
	const struct child *child = record;
	if (child->born != DAY_UNKNOWN)
		leave_alone(out, WORD_BIRTH, child->born);
	if (child->expected != DAY_UNKNOWN)
		leave_alone(out, WORD_EXPECTED_BIRTH, child->expected);
	if (child->died != DAY_UNKNOWN)
		leave_alone(out, WORD_DEATH, child->died);
}

static void child_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct child *child = record;
	check_period(arena, out, child->born, child->died, S("died"),
		S("Date of death must not be before the date of birth"));
	disabilities_check(arena, child->disabilities, out);
}

const struct record_type child_type = {
	.name = S_INIT("child"),
	.title = S_INIT("Child"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct child),
	FIELDS(child_fields),
	.leaves = child_leaves,
	.check = child_check,
	.index = 0,
};

static const struct field allocation_fields[] = {
	F(allocation, iro, .label = S_INIT("Independent Reviewing Officer"),
		.flags = FIELD_PROTECTED,
		.hint = S_INIT("Their name, or the name they sign in with")),
	F(allocation, chair, .label = S_INIT("Conference chair"), .flags = FIELD_PROTECTED),
	F(allocation, social_worker, .label = S_INIT("Social worker"), .flags = FIELD_PROTECTED),
	F(allocation, team, .label = S_INIT("Team")),
	F(allocation, sibling_group, .label = S_INIT("Sibling group"),
		.hint = S_INIT("The same word or number for each brother and sister")),
	F(allocation, restricted, .label = S_INIT("Restricted"), .flags = FIELD_KEPT),
};

const struct record_type allocation_type = {
	.name = S_INIT("allocation"),
	.title = S_INIT("Who works with the child"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct allocation),
	FIELDS(allocation_fields),
	.desk = S_INIT("Who works with the child"),
	.desk_hint = S_INIT("The reviewing officer, the chair, the social worker and the team"),
	.right = RIGHT_ALLOCATE,
	.single = true,
	.index = 1,
};
