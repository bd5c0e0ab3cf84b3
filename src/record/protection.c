#include "record/leave.h"

#include "law/codes.h"

static const struct field conference_fields[] = {
	F(conference, kind, .label = S_INIT("Conference"), .flags = FIELD_REQUIRED,
		.codes = &codes_conference, .ask = S_INIT("Select which conference it was")),
	F(conference, section47, .label = S_INIT("Section 47 enquiry"), .flags = FIELD_THREAD,
		.to = THREAD_S47, .hint = S_INIT("Of an initial conference")),
	F(conference, plan, .label = S_INIT("Child protection plan"), .flags = FIELD_THREAD,
		.to = THREAD_PLAN, .hint = S_INIT("The plan that a review conference reviewed")),
	F(conference, held, .label = S_INIT("Date of the conference"),
		.flags = FIELD_REQUIRED | FIELD_PAST,
		.hint = S_INIT("A conference that was adjourned or cancelled is not held"),
		.ask = S_INIT("Enter the date of the conference")),
	F(conference, quorate, .label = S_INIT("Quorate")),
	F(conference, decisions_sent, .label = S_INIT("Date the decisions were sent"),
		.flags = FIELD_PAST),
	F(conference, record_sent, .label = S_INIT("Date the record was sent"),
		.flags = FIELD_PAST),
	F(conference, prebirth, .label = S_INIT("Held before the child was born"),
		.flags = FIELD_LATER, .hint = S_INIT("Of an initial conference")),
	F(conference, referral, .label = S_INIT("Referral"), .flags = FIELD_LATER | FIELD_KEPT,
		.to = THREAD_CIN),
};

static void conference_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct conference *conference = record;
	bool review = str_equal(conference->kind, S("rcpc"));
	struct left *held =
		review ? leave_in(out, WORD_RCPC_HELD, conference->held, conference->plan)
		       : leave_in(out, WORD_ICPC_HELD, conference->held, conference->section47);
	if (!review)
		leave_detail(arena, held, S("transfer_in"),
			str_equal(conference->kind, S("transfer-in")) ? S("yes") : S("no"));
	leave_answer(arena, held, S("quorate"), conference->quorate);
	if (!review)
		leave_answer(arena, held, S("prebirth"), conference->prebirth);
	held->own_key = S("conference");
	if (conference->decisions_sent != DAY_UNKNOWN)
		leave_own(out, WORD_CONFERENCE_DECISIONS_SENT, conference->decisions_sent);
	if (conference->record_sent != DAY_UNKNOWN)
		leave_own(out, WORD_CONFERENCE_RECORD_SENT, conference->record_sent);
}

static void conference_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct conference *conference = record;
	if (str_equal(conference->kind, S("rcpc")) && conference->plan.id == 0)
		problem_add(arena, out, S("plan"),
			S("A review conference needs the child protection plan that it reviewed"));
	check_period(arena, out, conference->held, conference->decisions_sent, S("decisions_sent"),
		S("The decisions cannot be sent before the conference"));
	check_period(arena, out, conference->held, conference->record_sent, S("record_sent"),
		S("The record cannot be sent before the conference"));
}

const struct record_type conference_type = {
	.name = S_INIT("conference"),
	.title = S_INIT("Child protection conference"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct conference),
	FIELDS(conference_fields),
	.leaves = conference_leaves,
	.desk = S_INIT("A conference was held"),
	.desk_hint = S_INIT("An initial, review or transfer-in child protection conference"),
	.check = conference_check,
	.index = 10,
	.thread = THREAD_CONFERENCE,
};

static const struct field cp_plan_fields[] = {
	F(cp_plan, began, .label = S_INIT("Date the plan began"), .flags = FIELD_REQUIRED,
		.ask = S_INIT("Enter the date the plan began")),
	F(cp_plan, ended, .label = S_INIT("Date the plan ended")),
	F(cp_plan, category, .label = S_INIT("Category of abuse at the start"),
		.codes = &codes_category_of_abuse, .filed = S_INIT("MUL")),
	F(cp_plan, category_latest, .label = S_INIT("Latest category of abuse"),
		.codes = &codes_category_of_abuse, .filed = S_INIT("MUL")),
	F(cp_plan, plans_before, .label = S_INIT("Number of previous plans")),
	F(cp_plan, referral, .label = S_INIT("Referral"), .flags = FIELD_LATER | FIELD_KEPT,
		.to = THREAD_CIN),
};

static void cp_plan_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct cp_plan *plan = record;
	leave_detail(arena, leave_own(out, WORD_CP_PLAN_BEGAN, plan->began), S("category"),
		plan->category);
	if (plan->ended != DAY_UNKNOWN)
		leave_own(out, WORD_CP_PLAN_ENDED, plan->ended);
}

static void cp_plan_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct cp_plan *plan = record;
	check_period(arena, out, plan->began, plan->ended, S("ended"),
		S("The plan cannot end before it began"));
}

const struct record_type cp_plan_type = {
	.name = S_INIT("cp_plan"),
	.title = S_INIT("Child protection plan"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct cp_plan),
	FIELDS(cp_plan_fields),
	.leaves = cp_plan_leaves,
	.check = cp_plan_check,
	.index = 11,
	.thread = THREAD_PLAN,
};

static const struct field core_group_fields[] = {
	F(core_group, plan, .label = S_INIT("Child protection plan"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_PLAN,
		.ask = S_INIT("Select the plan that the core group works on")),
	F(core_group, held, .label = S_INIT("Date of the core group"),
		.flags = FIELD_REQUIRED | FIELD_PAST,
		.ask = S_INIT("Enter the date of the core group")),
};

static void core_group_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	(void)arena;
	const struct core_group *group = record;
	leave_in(out, WORD_CORE_GROUP_HELD, group->held, group->plan);
}

const struct record_type core_group_type = {
	.name = S_INIT("core_group"),
	.title = S_INIT("Core group"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct core_group),
	FIELDS(core_group_fields),
	.leaves = core_group_leaves,
	.desk = S_INIT("A core group was held"),
	.desk_hint = S_INIT("Of a child subject to a child protection plan"),
	.index = 12,
};
