#include "record/leave.h"

#include "law/codes.h"

/* What is said to a reviewing officer or a chair leaves no event: no clock runs on it. */

static const struct field child_view_fields[] = {
	F(child_view, words, .label = S_INIT("What the child said"),
		.flags = FIELD_REQUIRED | FIELD_LONG | FIELD_PROTECTED, .limit = 10000,
		.hint = S_INIT("In the child's own words. Paste a message as it came"),
		.ask = S_INIT("Enter what the child said")),
	F(child_view, said, .label = S_INIT("When the child said it"),
		.flags = FIELD_REQUIRED | FIELD_PAST,
		.ask = S_INIT("Enter the date on which the child said it")),
	F(child_view, method, .label = S_INIT("How the child said it"), .flags = FIELD_REQUIRED,
		.codes = &codes_view_method, .ask = S_INIT("Select how the child said it")),
	F(child_view, review, .label = S_INIT("Review that it was for"), .flags = FIELD_THREAD,
		.to = THREAD_REVIEW),
	F(child_view, read_back, .label = S_INIT("Read back to the child"),
		.hint = S_INIT("Were the words, as they are written here, read back?")),
	F(child_view, heard_by, .label = S_INIT("Who heard it"), .flags = FIELD_PROTECTED,
		.hint = S_INIT("If it was not you")),
};

const struct record_type child_view_type = {
	.name = S_INIT("child_view"),
	.title = S_INIT("What the child said"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct child_view),
	FIELDS(child_view_fields),
	.desk = S_INIT("Something the child said"),
	.desk_hint = S_INIT("In the child's own words, with how and when"),
	.index = 19,
};

static const struct field contact_fields[] = {
	F(contact, on, .label = S_INIT("When"), .flags = FIELD_REQUIRED | FIELD_PAST,
		.ask = S_INIT("Enter the date of the contact")),
	F(contact, method, .label = S_INIT("How"), .flags = FIELD_REQUIRED,
		.codes = &codes_contact_method, .ask = S_INIT("Select how the contact was made")),
	F(contact, alone, .label = S_INIT("Spoken to alone")),
	F(contact, why_not, .label = S_INIT("If not alone, why"), .limit = 500),
	F(contact, note, .label = S_INIT("Note"), .flags = FIELD_LONG | FIELD_PROTECTED,
		.limit = 10000, .hint = S_INIT("What the child said has a record of its own")),
};

static void contact_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct contact *contact = record;
	if (contact->alone == ANSWER_NO && contact->why_not.n == 0)
		problem_add(arena, out, S("why_not"),
			S("Enter why the child was not spoken to alone"));
	if (contact->alone == ANSWER_YES && contact->why_not.n > 0)
		problem_add(arena, out, S("why_not"),
			S("Leave this empty where the child was spoken to alone"));
}

const struct record_type contact_type = {
	.name = S_INIT("contact"),
	.title = S_INIT("Contact with the child"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct contact),
	FIELDS(contact_fields),
	.check = contact_check,
	.desk = S_INIT("A contact with the child"),
	.desk_hint = S_INIT("A visit, a call or a message, and whether the child was spoken to alone"),
	.index = 20,
};

static const struct field handover_note_fields[] = {
	F(handover_note, note, .label = S_INIT("What to know first"),
		.flags = FIELD_REQUIRED | FIELD_LONG | FIELD_PROTECTED, .limit = 10000,
		.ask = S_INIT("Enter what to know first")),
	F(handover_note, who, .label = S_INIT("Who takes over"), .flags = FIELD_PROTECTED,
		.hint = S_INIT("Where it is known")),
};

const struct record_type handover_note_type = {
	.name = S_INIT("handover_note"),
	.title = S_INIT("Note for handover"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct handover_note),
	FIELDS(handover_note_fields),
	.desk = S_INIT("A note for handover"),
	.desk_hint = S_INIT("What whoever takes over, or covers, should know first"),
	.index = 21,
};

static const struct field same_child_fields[] = {
	F(same_child, number, .label = S_INIT("The council's other number for this child"),
		.flags = FIELD_REQUIRED, .limit = 40,
		.hint = S_INIT("The child stays listed under the number of this page; what is "
			       "recorded under the other one counts here from now on"),
		.ask = S_INIT("Enter the council's other number for this child")),
	F(same_child, known_how, .label = S_INIT("How you know"),
		.flags = FIELD_REQUIRED | FIELD_LONG | FIELD_PROTECTED, .limit = 2000,
		.ask = S_INIT("Enter how you know that they are the same child")),
};

const struct record_type same_child_type = {
	.name = S_INIT("same_child"),
	.title = S_INIT("The same child under another number"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct same_child),
	FIELDS(same_child_fields),
	.desk = S_INIT("The same child has another number"),
	.desk_hint = S_INIT("Before and after birth, two systems, or a slip. It can be undone"),
	.index = 22,
};
