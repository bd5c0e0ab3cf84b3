#include "record/leave.h"

static const struct field action_fields[] = {
	F(action, what, .label = S_INIT("Action"), .flags = FIELD_REQUIRED | FIELD_PROTECTED,
		.limit = 500),
	F(action, owner, .label = S_INIT("Who is to do it"), .flags = FIELD_PROTECTED),
	F(action, agreed, .label = S_INIT("Date of the review or conference that agreed it")),
	F(action, due, .label = S_INIT("Date by which it is to be done")),
	F(action, done, .label = S_INIT("Done")),
};

/* What was agreed is no event of its own: the meeting that agreed it is. */
static void action_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	(void)arena, (void)record, (void)out;
}

const struct record_type action_type = {
	.name = S_INIT("action"),
	.title = S_INIT("Action"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct action),
	FIELDS(action_fields),
	.leaves = action_leaves,
	.index = 18,
};
