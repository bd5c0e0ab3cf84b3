/* step.c - the record of a step: one type for all kinds of steps.def. */
#include "record/step.h"

#include "law/codes.h"
#include "record/leave.h"

#include <string.h>

#define CODE(code, meaning)                                                                        \
	{                                                                                          \
		S_INIT(code), S_INIT(meaning), false                                               \
	}
#define LIST(name, title)                                                                          \
	static const struct code_list codes_##name = { S_INIT(title), name, sizeof name / sizeof *name }

/* Regulation 33(3)(a) to (e). */
static const struct code review_request[] = {
	CODE("officer", "The reviewing officer asks for it"),
	CODE("welfare", "A visit found that the child’s welfare is not safeguarded"),
	CODE("leaving", "The child’s accommodation is about to end"),
	CODE("release", "The child is about to be released from custody"),
	CODE("ceasing", "The council proposes to stop accommodating the child"),
};
LIST(review_request, "a reason for an early review");

static const struct code care_change[] = {
	CODE("placement", "Where the child lives"),
	CODE("parents", "Placement with a parent"),
	CODE("out-of-area", "A placement outside the area"),
	CODE("school", "School, in the last two years of it"),
	CODE("ceasing", "The child is to stop being looked after"),
	CODE("other", "Something else in the care plan"),
};
LIST(care_change, "a change to the care plan");

static const struct code visit_request[] = {
	CODE("child", "The child"),
	CODE("area", "The authority of the area"),
	CODE("inspector", "The inspectorate gave notice under section 30A"),
};
LIST(visit_request, "who asked for a visit");

static const struct code health_assessment[] = {
	CODE("initial", "Initial"),
	CODE("review", "Review"),
};
LIST(health_assessment, "a health assessment");

static const struct code transfer_in[] = {
	CODE("notice", "Written notice from the other council"),
	CODE("papers", "The papers arrived"),
	CODE("acceptance", "The referral was accepted"),
};
LIST(transfer_in, "how a transfer became known");

static const struct code court_order[] = {
	CODE("epo", "Emergency protection order"),
	CODE("ico", "Interim care order"),
	CODE("secure", "Secure accommodation order"),
};
LIST(court_order, "an order");

const struct step_kind step_kinds[] = {
#define STEP(name, word_of, of_group, said, dated, ...)                                            \
	{ .word = WORD_##name, .text = S_INIT(word_of), .group = STEP_##of_group,                  \
		.title = S_INIT(said), .date = S_INIT(dated), ##__VA_ARGS__ },
#include "record/steps.def"
#undef STEP
};
const size_t step_kinds_n = sizeof step_kinds / sizeof *step_kinds;

static const struct code step_codes[] = {
#define STEP(name, word_of, of_group, said, ...) CODE(word_of, said),
#include "record/steps.def"
#undef STEP
};
static const struct code_list codes_step = { S_INIT("a step"), step_codes,
	sizeof step_codes / sizeof *step_codes };

const struct step_kind *step_kind_find(str text)
{
	for (size_t i = 0; i < step_kinds_n; i++) {
		if (str_equal(step_kinds[i].text, text))
			return &step_kinds[i];
	}
	return NULL;
}

str step_group_title(enum step_group group)
{
	static const str titles[STEP_GROUPS] = {
		[STEP_REVIEWS] = S_INIT("Reviews: prepared, asked for, carried out"),
		[STEP_CHANGES] = S_INIT("Changes to the care plan"),
		[STEP_PLACEMENTS] = S_INIT("Notices and decisions about a placement"),
		[STEP_HEALTH] = S_INIT("Health and education"),
		[STEP_LEAVING] = S_INIT("Leaving care"),
		[STEP_ADOPTION] = S_INIT("Adoption"),
		[STEP_BREAKS] = S_INIT("Short breaks"),
		[STEP_CUSTODY] = S_INIT("Remand and custody"),
		[STEP_SECURE] = S_INIT("Secure accommodation"),
		[STEP_FOSTERING] = S_INIT("Private fostering"),
		[STEP_STAYS] = S_INIT("Long stays in hospital or at a residential school"),
		[STEP_PROTECTION] = S_INIT("Child protection, before and after a conference"),
		[STEP_MOVES] = S_INIT("Before birth, and from another council"),
		[STEP_MISSING] = S_INIT("Missing"),
		[STEP_COURTS] = S_INIT("Police and courts"),
		[STEP_CLOSING] = S_INIT("The end of the work"),
	};
	return titles[group];
}

/* ---- the record */

static const struct field step_fields[] = {
	F(child_step, kind, .label = S_INIT("What was done"), .flags = FIELD_REQUIRED,
		.codes = &codes_step, .ask = S_INIT("Select what was done")),
	F(child_step, about, .label = S_INIT("What it belongs to"), .flags = FIELD_THREAD,
		.to = STEP_THREADS),
	F(child_step, on, .label = S_INIT("Date"), .flags = FIELD_REQUIRED,
		.ask = S_INIT("Enter the date")),
	F(child_step, by, .label = S_INIT("Day that is planned or given")),
	F(child_step, choice, .label = S_INIT("Which"), .limit = 40),
	F(child_step, answer, .label = S_INIT("Answer")),
};
enum { FIELD_KIND, FIELD_ABOUT, FIELD_ON, FIELD_BY, FIELD_CHOICE, FIELD_ANSWER, STEP_FIELDS };

static void step_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct child_step *step = record;
	const struct step_kind *kind = step_kind_find(step->kind);
	if (kind == NULL)
		return;
	bool own = kind->about == ABOUT_OWN && step->about.id == 0;
	struct left *left = own ? leave_own(out, kind->word, step->on.on)
		: step->about.id != 0 ? leave_in(out, kind->word, step->on.on, step->about)
				      : leave_alone(out, kind->word, step->on.on);
	left->at = step->on.at;
	if (kind->choice != NULL)
		leave_detail(arena, left, kind->key, step->choice);
	else if (kind->key.n > 0)
		leave_answer(arena, left, kind->key, step->answer);
	if (kind->by.n > 0)
		leave_day(arena, left, S("by"), step->by);
}

/* "Date of the remand" as "date of the remand". */
static str lowered(struct arena *arena, str words)
{
	if (words.n == 0)
		return words;
	char first = words.p[0] >= 'A' && words.p[0] <= 'Z' ? (char)(words.p[0] + 32) : words.p[0];
	return arena_format(arena, "%c%.*s", first, STR_ARGS(str_from(words, 1)));
}

static void step_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct child_step *step = record;
	const struct step_kind *kind = step_kind_find(step->kind);
	must(kind != NULL);
	if (kind->about == ABOUT_MUST && step->about.id == 0)
		problem_add(arena, out, S("about"),
			arena_format(arena, "Select the %.*s", STR_ARGS(lowered(arena, kind->whose))));
	if (step->choice.n > 0 &&
		(kind->choice == NULL || code_find(kind->choice, step->choice) == NULL))
		problem_add(arena, out, S("choice"),
			arena_format(arena, "\"%.*s\" is not an answer to this step",
				STR_ARGS(step->choice)));
	if (kind->by.n > 0 && step->by != DAY_UNKNOWN && step->by < step->on.on)
		problem_add(arena, out, S("by"),
			arena_format(arena, "%.*s cannot come before %.*s", STR_ARGS(kind->by),
				STR_ARGS(kind->date)));
}

/* The form of one kind: what it does not need is not asked, and the rest in its own words. */
static const struct record_type *step_shape(struct arena *arena, str text)
{
	const struct step_kind *kind = step_kind_find(text);
	if (kind == NULL)
		return NULL;
	struct record_type *shaped = arena_new(arena, struct record_type);
	struct field *field = arena_take(arena, STEP_FIELDS, sizeof *field);
	memcpy(shaped, &child_step_type, sizeof *shaped);
	memcpy(field, step_fields, sizeof step_fields);
	shaped->fields = field;
	shaped->title = shaped->desk = kind->title;
	field[FIELD_KIND].flags |= FIELD_HIDDEN;
	field[FIELD_ON].label = kind->date;
	field[FIELD_ON].ask = arena_format(arena, "Enter %s%.*s",
		str_starts(kind->date, S("When")) ? "" : "the ", STR_ARGS(lowered(arena, kind->date)));
	field[FIELD_ON].flags |= (kind->ahead ? 0u : FIELD_PAST) | (kind->time ? 0u : FIELD_NO_TIME);
	if (kind->to == 0)
		field[FIELD_ABOUT].flags |= FIELD_KEPT;
	field[FIELD_ABOUT].to = kind->to;
	field[FIELD_ABOUT].label = kind->whose;
	field[FIELD_ABOUT].ask = arena_format(
		arena, "Select the %.*s", STR_ARGS(lowered(arena, kind->whose)));
	if (kind->about == ABOUT_MUST)
		field[FIELD_ABOUT].flags |= FIELD_REQUIRED;
	field[FIELD_BY].label = kind->by;
	field[FIELD_BY].flags |= kind->by.n == 0 ? FIELD_KEPT : 0u;
	field[FIELD_BY].ask = arena_format(
		arena, "Enter the %.*s", STR_ARGS(lowered(arena, kind->by)));
	field[FIELD_CHOICE].label = field[FIELD_ANSWER].label = kind->question;
	field[FIELD_CHOICE].codes = kind->choice;
	field[FIELD_CHOICE].flags |= kind->choice == NULL ? FIELD_KEPT : 0u;
	field[FIELD_ANSWER].flags |= kind->choice != NULL || kind->key.n == 0 ? FIELD_KEPT : 0u;
	return shaped;
}

const struct record_type child_step_type = {
	.name = S_INIT("child_step"),
	.title = S_INIT("Something else that was done"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct child_step),
	FIELDS(step_fields),
	.leaves = step_leaves,
	.check = step_check,
	.shape = step_shape,
	.desk = S_INIT("Something else was done"),
	.desk_hint = S_INIT("A notice, an order, a remand, a private fostering visit, a pathway plan: "
			    "choose from a list"),
	.index = 25,
};
