#include "record/leave.h"

#include "law/codes.h"

#define CODE(code, meaning)                                                                        \
	{                                                                                          \
		S_INIT(code), S_INIT(meaning), false                                               \
	}

static const struct code relation[] = {
	CODE("child", "The child"),
	CODE("mother", "Mother"),
	CODE("father", "Father"),
	CODE("parent", "Parent"),
	CODE("step-parent", "Step-parent or parent's partner"),
	CODE("sibling", "Brother or sister"),
	CODE("grandparent", "Grandparent"),
	CODE("relative", "Another relative"),
	CODE("carer", "Foster carer"),
	CODE("special-guardian", "Special guardian"),
	CODE("adopter", "Adopter"),
	CODE("friend", "Friend of the family"),
	CODE("advocate", "Advocate"),
	CODE("visitor", "Independent visitor"),
	CODE("professional", "Professional"),
	CODE("other", "Somebody else"),
};
const struct code_list codes_relation = { S_INIT("relation to the child"), relation,
	sizeof relation / sizeof *relation };

enum { LINE = 200, WORDS_MOST = 600 };

static const struct field person_around_fields[] = {
	F(person_around, name, .label = S_INIT("Name"), .flags = FIELD_REQUIRED | FIELD_PROTECTED,
		.limit = 120),
	F(person_around, relation, .label = S_INIT("Relation to the child"),
		.flags = FIELD_REQUIRED, .codes = &codes_relation),
	F(person_around, described, .label = S_INIT("Relation in other words"), .limit = 120),
	F(person_around, parental_responsibility, .label = S_INIT("Parental responsibility")),
	F(person_around, lives_with, .label = S_INIT("Lives with the child")),
	F(person_around, language, .label = S_INIT("First language"), .limit = 60),
	F(person_around, interpreter, .label = S_INIT("Interpreter needed")),
	F(person_around, address, .label = S_INIT("Address"), .flags = FIELD_PROTECTED,
		.limit = LINE),
	F(person_around, phone, .label = S_INIT("Phone number"), .flags = FIELD_PROTECTED,
		.limit = 60),
	F(person_around, email, .label = S_INIT("Email address"), .flags = FIELD_PROTECTED,
		.limit = LINE),
	F(person_around, school, .label = S_INIT("School or nursery"), .flags = FIELD_PROTECTED,
		.limit = LINE),
	F(person_around, gp, .label = S_INIT("GP"), .flags = FIELD_PROTECTED, .limit = LINE),
	F(person_around, workplace, .label = S_INIT("Workplace"), .flags = FIELD_PROTECTED,
		.limit = LINE),
	F(person_around, other_place, .label = S_INIT("Other places"), .flags = FIELD_PROTECTED,
		.limit = LINE),
	F(person_around, vehicle, .label = S_INIT("Vehicle"), .flags = FIELD_PROTECTED,
		.limit = 60),
	F(person_around, safe_contact, .label = S_INIT("How and when contact is safe"),
		.flags = FIELD_PROTECTED | FIELD_LONG, .limit = WORDS_MOST),
	F(person_around, do_not_write, .label = S_INIT("Do not write")),
	F(person_around, do_not_ring, .label = S_INIT("Do not ring")),
	F(person_around, until, .label = S_INIT("No longer around the child since")),
	F(person_around, own_number, .label = S_INIT("Their own number with the council"),
		.hint = S_INIT("Where they have a record here too, as a parent who is looked after has"),
		.flags = FIELD_PROTECTED | FIELD_LATER, .limit = 40),
};

const struct record_type person_around_type = {
	.name = S_INIT("person_around"),
	.title = S_INIT("Person around the child"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct person_around),
	FIELDS(person_around_fields),
	.desk = S_INIT("Somebody in the child's life"),
	.desk_hint = S_INIT("Parental responsibility, language, safe contact and protected facts"),
	.index = 16,
};

static const struct field must_not_learn_fields[] = {
	F(must_not_learn, whose, .label = S_INIT("Whose facts"), .flags = FIELD_REQUIRED),
	F(must_not_learn, kept_from, .label = S_INIT("Who must not learn them"),
		.flags = FIELD_REQUIRED),
	F(must_not_learn, address, .label = S_INIT("Address")),
	F(must_not_learn, phone, .label = S_INIT("Phone number")),
	F(must_not_learn, email, .label = S_INIT("Email address")),
	F(must_not_learn, school, .label = S_INIT("School or nursery")),
	F(must_not_learn, gp, .label = S_INIT("GP")),
	F(must_not_learn, workplace, .label = S_INIT("Workplace")),
	F(must_not_learn, other_place, .label = S_INIT("Other places")),
	F(must_not_learn, vehicle, .label = S_INIT("Vehicle")),
	F(must_not_learn, times, .label = S_INIT("Times of meetings and of contact")),
	F(must_not_learn, reason, .label = S_INIT("Why"),
		.flags = FIELD_PROTECTED | FIELD_LONG,
		.limit = WORDS_MOST),
};

static void must_not_learn_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct must_not_learn *mark = record;
	const enum answer fact[] = { mark->address, mark->phone, mark->email, mark->school,
		mark->gp, mark->workplace, mark->other_place, mark->vehicle, mark->times };
	size_t known = 0;
	for (size_t i = 0; i < sizeof fact / sizeof *fact; i++)
		known += fact[i] != ANSWER_UNKNOWN;
	if (known == 0)
		problem_add(arena, out, S("address"), S("Choose what must not be told"));
	if (mark->whose.id == mark->kept_from.id)
		problem_add(arena, out, S("kept_from"),
			S("Choose somebody other than the person whose facts these are"));
}

const struct record_type must_not_learn_type = {
	.name = S_INIT("must_not_learn"),
	.title = S_INIT("What somebody must not learn"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct must_not_learn),
	FIELDS(must_not_learn_fields),
	.check = must_not_learn_check,
	.index = 17,
};
