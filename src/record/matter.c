/* matter.c - the two records of what is no child: what it is, and what was done. */
#include "record/matter.h"

#include "law/codes.h"
#include "record/leave.h"

#include <string.h>

#define CODE(code, meaning)                                                                        \
	{                                                                                          \
		S_INIT(code), S_INIT(meaning), false                                               \
	}
#define LIST(name, title)                                                                          \
	static const struct code_list codes_##name = { S_INIT(title), name, sizeof name / sizeof *name }

/* Who answers at which stage is the council's own; any may be passed over. */
static const struct code dispute_stage[] = {
	CODE("1", "First stage"), CODE("2", "Second stage"), CODE("3", "Third stage"),
	CODE("4", "Fourth stage"), CODE("5", "Fifth stage"), CODE("6", "Sixth stage"),
};
LIST(dispute_stage, "a stage of a dispute");

static const struct code dispute_outcome[] = {
	CODE("changed", "The plan or the practice changed"),
	CODE("unchanged", "Nothing changed"),
	CODE("withdrawn", "It was withdrawn"),
};
LIST(dispute_outcome, "an outcome of a dispute");

/* The 2006 Regulations: local resolution, investigation; the third stage is asked for as a panel. */
static const struct code complaint_asked[] = {
	CODE("1", "Local resolution"),
	CODE("2", "Investigation"),
};
LIST(complaint_asked, "a stage of a complaint");

static const struct code complaint_stage[] = {
	CODE("1", "Local resolution"),
	CODE("2", "Investigation"),
	CODE("3", "After the review panel"),
};
LIST(complaint_stage, "a stage that is answered");

static const struct code complaint_about[] = {
	CODE("conference", "A child protection conference"),
	CODE("service", "Anything else"),
};
LIST(complaint_about, "what a complaint is about");

/* ---- the kinds */

const struct matter_kind matter_kinds[] = {
#define KIND(subject_of, text_of, letter_of, one, many, ...)                                       \
	{ .subject = SUBJECT_##subject_of, .text = S_INIT(text_of), .letter = S_INIT(letter_of),   \
		.title = S_INIT(one), .titles = S_INIT(many), ##__VA_ARGS__ },
#define STEP(...)
#include "record/matters.def"
#undef KIND
#undef STEP
};
const size_t matter_kinds_n = sizeof matter_kinds / sizeof *matter_kinds;

const struct matter_step_kind matter_step_kinds[] = {
#define KIND(...)
#define STEP(name, word_of, said, dated, ...)                                                      \
	{ .word = WORD_##name, .text = S_INIT(word_of), .title = S_INIT(said),                     \
		.date = S_INIT(dated), ##__VA_ARGS__ },
#include "record/matters.def"
#undef KIND
#undef STEP
};
const size_t matter_step_kinds_n = sizeof matter_step_kinds / sizeof *matter_step_kinds;

static const struct code matter_codes[] = {
#define KIND(subject_of, text_of, letter_of, one, many, ...) CODE(text_of, one),
#define STEP(...)
#include "record/matters.def"
#undef KIND
#undef STEP
};
static const struct code_list codes_matter = { S_INIT("a matter"), matter_codes,
	sizeof matter_codes / sizeof *matter_codes };

static const struct code matter_step_codes[] = {
#define KIND(...)
#define STEP(name, word_of, said, ...) CODE(word_of, said),
#include "record/matters.def"
#undef KIND
#undef STEP
};
static const struct code_list codes_matter_step = { S_INIT("a step of a matter"), matter_step_codes,
	sizeof matter_step_codes / sizeof *matter_step_codes };

const struct matter_kind *matter_kind_of(enum subject_kind subject)
{
	for (size_t i = 0; i < matter_kinds_n; i++) {
		if (matter_kinds[i].subject == subject)
			return &matter_kinds[i];
	}
	return NULL;
}

const struct matter_kind *matter_kind_find(str text)
{
	for (size_t i = 0; i < matter_kinds_n; i++) {
		if (str_equal(matter_kinds[i].text, text))
			return &matter_kinds[i];
	}
	return NULL;
}

const struct matter_step_kind *matter_step_find(str text)
{
	for (size_t i = 0; i < matter_step_kinds_n; i++) {
		if (str_equal(matter_step_kinds[i].text, text))
			return &matter_step_kinds[i];
	}
	return NULL;
}

str matter_reference(struct arena *arena, enum subject_kind subject, int64_t number)
{
	const struct matter_kind *kind = matter_kind_of(subject);
	must(kind != NULL);
	return arena_format(arena, "%.*s-%lld", STR_ARGS(kind->letter), (long long)number);
}

bool matter_is(const struct record_type *type)
{
	return type->index == matter_type.index || type->index == matter_step_type.index;
}

/* ---- what it is */

static const struct field matter_fields[] = {
	F(matter, kind, .label = S_INIT("Kind"), .flags = FIELD_REQUIRED, .codes = &codes_matter),
	/* Given by the store with the subject: nobody types it. */
	F(matter, reference, .label = S_INIT("Reference"), .flags = FIELD_KEPT, .limit = 40),
	F(matter, number, .label = S_INIT("The council’s number for the child"),
		.flags = FIELD_PROTECTED, .limit = 60,
		.ask = S_INIT("Enter the council’s number for the child")),
	F(matter, about, .label = S_INIT("What it is about"), .flags = FIELD_PROTECTED, .limit = 300),
	F(matter, elsewhere, .label = S_INIT("Its reference in another system"),
		.flags = FIELD_PROTECTED, .limit = 60),
	F(matter, agreed, .label = S_INIT("Does the child agree that it is raised?"),
		.hint = S_INIT("A reviewing officer may raise one against the child’s wish")),
};
enum { MATTER_KIND, MATTER_REFERENCE, MATTER_NUMBER, MATTER_ABOUT, MATTER_ELSEWHERE, MATTER_AGREED,
	MATTER_FIELDS };

static enum subject_kind matter_subject(const void *record)
{
	const struct matter_kind *kind = matter_kind_find(((const struct matter *)record)->kind);
	return kind == NULL ? SUBJECT_CHILD : kind->subject;
}

static void matter_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct matter *matter = record;
	const struct matter_kind *kind = matter_kind_find(matter->kind);
	must(kind != NULL);
	if (kind->child == CHILD_MUST && matter->number.n == 0)
		problem_add(arena, out, S("number"), matter_fields[MATTER_NUMBER].ask);
	if (kind->child == CHILD_NONE && matter->number.n > 0)
		problem_add(arena, out, S("number"), S("This concerns no one child"));
	if (kind->about.n > 0 && matter->about.n == 0)
		problem_add(arena, out, S("about"), arena_format(arena, "Enter: %.*s", STR_ARGS(kind->about)));
}

static const struct record_type *matter_shape(struct arena *arena, str text)
{
	const struct matter_kind *kind = matter_kind_find(text);
	if (kind == NULL)
		return NULL;
	struct record_type *shaped = arena_new(arena, struct record_type);
	struct field *field = arena_take(arena, MATTER_FIELDS, sizeof *field);
	memcpy(shaped, &matter_type, sizeof *shaped);
	memcpy(field, matter_fields, sizeof matter_fields);
	shaped->fields = field;
	shaped->subject = kind->subject;
	shaped->title = shaped->desk = kind->title;
	field[MATTER_KIND].flags |= FIELD_HIDDEN;
	if (kind->child == CHILD_NONE)
		field[MATTER_NUMBER].flags |= FIELD_KEPT;
	else if (kind->child == CHILD_MUST)
		field[MATTER_NUMBER].flags |= FIELD_REQUIRED;
	if (kind->about.n == 0) {
		field[MATTER_ABOUT].flags |= FIELD_KEPT;
	} else {
		field[MATTER_ABOUT].flags |= FIELD_REQUIRED;
		field[MATTER_ABOUT].label = kind->about;
		field[MATTER_ABOUT].hint = kind->hint;
		field[MATTER_ABOUT].ask = arena_format(arena, "Enter %c%.*s",
			kind->about.p[0] + ('a' - 'A'), STR_ARGS(str_from(kind->about, 1)));
	}
	if (kind->single)
		field[MATTER_ELSEWHERE].flags |= FIELD_KEPT;
	if (kind->subject != SUBJECT_DISPUTE)
		field[MATTER_AGREED].flags |= FIELD_KEPT;
	return shaped;
}

const struct record_type matter_type = {
	.name = S_INIT("matter"),
	.title = S_INIT("A matter that is no child"),
	.subject = SUBJECT_DISPUTE,
	.subject_of = matter_subject,
	.size = sizeof(struct matter),
	FIELDS(matter_fields),
	.check = matter_check,
	.shape = matter_shape,
	.right = RIGHT_MATTER,
	.index = 26,
};

/* ---- what was done */

static const struct field matter_step_fields[] = {
	F(matter_step, kind, .label = S_INIT("What was done"), .flags = FIELD_REQUIRED,
		.codes = &codes_matter_step, .ask = S_INIT("Select what was done")),
	F(matter_step, on, .label = S_INIT("Date"), .flags = FIELD_REQUIRED | FIELD_PAST,
		.ask = S_INIT("Enter the date")),
	F(matter_step, choice, .label = S_INIT("Which"), .limit = 40),
	F(matter_step, regards, .label = S_INIT("What it is about"), .limit = 40),
	F(matter_step, answer, .label = S_INIT("Answer")),
	F(matter_step, note, .label = S_INIT("What was said"), .flags = FIELD_PROTECTED | FIELD_LONG,
		.limit = 4000),
};
enum { STEP_KIND, STEP_ON, STEP_CHOICE, STEP_REGARDS, STEP_ANSWER, STEP_NOTE, STEP_FIELDS };

static enum subject_kind step_subject(const void *record)
{
	const struct matter_step_kind *kind =
		matter_step_find(((const struct matter_step *)record)->kind);
	return kind == NULL ? SUBJECT_CHILD : word_rows[kind->word].subject;
}

static void step_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct matter_step *step = record;
	const struct matter_step_kind *kind = matter_step_find(step->kind);
	if (kind == NULL)
		return;
	struct left *left = leave_alone(out, kind->word, step->on);
	leave_detail(arena, left, kind->key, step->choice);
	leave_detail(arena, left, kind->regards_key, step->regards);
	if (kind->answer_key.n > 0)
		leave_answer(arena, left, kind->answer_key, step->answer);
	if (kind->also != WORD_NONE && step->answer == ANSWER_YES)
		leave_alone(out, kind->also, step->on);
}

static void one_of(struct arena *arena, struct problems *out, const char *field,
	const struct code_list *codes, str value, str question)
{
	if (codes == NULL ? value.n > 0 : value.n > 0 && code_find(codes, value) == NULL)
		problem_add(arena, out, str_of(field),
			arena_format(arena, "\"%.*s\" is not an answer to this step", STR_ARGS(value)));
	else if (codes != NULL && value.n == 0)
		problem_add(arena, out, str_of(field),
			arena_format(arena, "Answer: %.*s", STR_ARGS(question)));
}

static void step_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct matter_step *step = record;
	const struct matter_step_kind *kind = matter_step_find(step->kind);
	must(kind != NULL);
	one_of(arena, out, "choice", kind->choice, step->choice, kind->question);
	one_of(arena, out, "regards", kind->regards, step->regards, kind->regards_question);
	if (kind->answer_key.n > 0 && step->answer == ANSWER_UNKNOWN)
		problem_add(arena, out, S("answer"),
			arena_format(arena, "Answer: %.*s", STR_ARGS(kind->answer_question)));
}

/* A question that the kind asks must be answered; one that it does not ask is not on the form. */
static void shape_field(struct arena *arena, struct field *field, bool asked, str question)
{
	field->flags |= asked ? FIELD_REQUIRED : FIELD_KEPT;
	field->label = question;
	field->ask = arena_format(arena, "Answer: %.*s", STR_ARGS(question));
}

static const struct record_type *step_shape(struct arena *arena, str text)
{
	const struct matter_step_kind *kind = matter_step_find(text);
	if (kind == NULL)
		return NULL;
	struct record_type *shaped = arena_new(arena, struct record_type);
	struct field *field = arena_take(arena, STEP_FIELDS, sizeof *field);
	memcpy(shaped, &matter_step_type, sizeof *shaped);
	memcpy(field, matter_step_fields, sizeof matter_step_fields);
	shaped->fields = field;
	shaped->subject = word_rows[kind->word].subject;
	shaped->title = shaped->desk = kind->title;
	field[STEP_KIND].flags |= FIELD_HIDDEN;
	field[STEP_ON].label = kind->date;
	field[STEP_ON].ask = arena_format(arena, "Enter the %c%.*s", kind->date.p[0] + ('a' - 'A'),
		STR_ARGS(str_from(kind->date, 1)));
	shape_field(arena, &field[STEP_CHOICE], kind->choice != NULL, kind->question);
	field[STEP_CHOICE].codes = kind->choice;
	shape_field(arena, &field[STEP_REGARDS], kind->regards != NULL, kind->regards_question);
	field[STEP_REGARDS].codes = kind->regards;
	shape_field(arena, &field[STEP_ANSWER], kind->answer_key.n > 0, kind->answer_question);
	return shaped;
}

const struct record_type matter_step_type = {
	.name = S_INIT("matter_step"),
	.title = S_INIT("A step of a matter"),
	.desk = S_INIT("A step of a matter"),
	.subject = SUBJECT_DISPUTE,
	.subject_of = step_subject,
	.size = sizeof(struct matter_step),
	FIELDS(matter_step_fields),
	.leaves = step_leaves,
	.check = step_check,
	.shape = step_shape,
	.right = RIGHT_MATTER,
	.index = 27,
};
