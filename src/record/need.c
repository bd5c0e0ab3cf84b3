#include "record/leave.h"

#include "law/codes.h"

static const struct field referral_fields[] = {
	F(referral, received, .label = S_INIT("Date of the referral")),
	F(referral, decided, .label = S_INIT("Date of the decision on the referral")),
	F(referral, closed, .label = S_INIT("Date the episode of need was closed")),
	F(referral, source, .label = S_INIT("Source of the referral"),
		.codes = &codes_referral_source),
	F(referral, need, .label = S_INIT("Primary need"), .codes = &codes_need),
	F(referral, closure, .label = S_INIT("Reason for closure"), .codes = &codes_closure),
	F(referral, nfa, .label = S_INIT("No further action after the referral")),
};

static void referral_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct referral *referral = record;
	struct left *received = leave_own(out, WORD_REFERRAL_RECEIVED, referral->received);
	leave_answer(arena, received, S("nfa"), referral->nfa);
	/* No event word ends an episode of need: that it is closed stands with its beginning. */
	if (referral->closed != DAY_UNKNOWN)
		leave_answer(arena, received, S("closed"), ANSWER_YES);
	if (referral->decided != DAY_UNKNOWN)
		leave_own(out, WORD_REFERRAL_DECIDED, referral->decided);
}

static void referral_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct referral *referral = record;
	check_period(arena, out, referral->received, referral->closed, S("closed"),
		S("The episode of need cannot be closed before the referral"));
	check_period(arena, out, referral->received, referral->decided, S("decided"),
		S("The decision cannot come before the referral"));
}

const struct record_type referral_type = {
	.name = S_INIT("referral"),
	.title = S_INIT("Referral and episode of need"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct referral),
	FIELDS(referral_fields),
	.leaves = referral_leaves,
	.check = referral_check,
	.index = 7,
	.thread = THREAD_CIN,
};

static const struct field assessment_fields[] = {
	F(assessment, referral, .label = S_INIT("Referral"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_CIN,
		.ask = S_INIT("Select the referral that it followed")),
	F(assessment, began, .label = S_INIT("Date the assessment began")),
	F(assessment, authorised, .label = S_INIT("Date the assessment was authorised")),
	F(assessment, factors, .label = S_INIT("Factors identified")),
	F(assessment, reviewed, .label = S_INIT("Date of the internal review of the assessment"),
		.flags = FIELD_LATER),
};

static void assessment_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	(void)arena;
	const struct assessment *assessment = record;
	leave_in(out, WORD_ASSESSMENT_BEGAN, assessment->began, assessment->referral);
	if (assessment->authorised != DAY_UNKNOWN)
		leave_in(out, WORD_ASSESSMENT_AUTHORISED, assessment->authorised,
			assessment->referral);
}

static void assessment_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct assessment *assessment = record;
	check_period(arena, out, assessment->began, assessment->authorised, S("authorised"),
		S("The assessment cannot be authorised before it began"));
}

const struct record_type assessment_type = {
	.name = S_INIT("assessment"),
	.title = S_INIT("Assessment"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct assessment),
	FIELDS(assessment_fields),
	.leaves = assessment_leaves,
	.check = assessment_check,
	.index = 8,
};

static const struct field section47_fields[] = {
	F(section47, referral, .label = S_INIT("Referral"), .to = THREAD_CIN),
	F(section47, strategy, .label = S_INIT("Date of the strategy discussion")),
	F(section47, began, .label = S_INIT("Date the section 47 enquiry began")),
	F(section47, ended, .label = S_INIT("Date the section 47 enquiry ended")),
	F(section47, icpc_required, .label = S_INIT("Initial conference required")),
	F(section47, target, .label = S_INIT("Target date of the initial conference"),
		.flags = FIELD_LATER, .hint = S_INIT("As the council counted it")),
};

/* The 15 working days run from the strategy discussion at which the enquiry was begun (Working
 * Together). An enquiry that needs no conference has ended, whether or not a source says when. */
static void section47_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct section47 *enquiry = record;
	leave_detail(arena, leave_own(out, WORD_STRATEGY_DISCUSSION_HELD, enquiry->strategy),
		S("s47"), S("yes"));
	leave_own(out, WORD_S47_BEGAN, enquiry->began);
	if (enquiry->icpc_required == ANSWER_NO)
		leave_detail(arena, leave_own(out, WORD_S47_ENDED, enquiry->ended), S("outcome"),
			S("no-icpc"));
	else if (enquiry->ended != DAY_UNKNOWN)
		leave_detail(arena, leave_own(out, WORD_S47_ENDED, enquiry->ended), S("outcome"),
			enquiry->icpc_required == ANSWER_YES ? S("icpc") : (str){ 0 });
}

static void section47_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct section47 *enquiry = record;
	check_period(arena, out, enquiry->began, enquiry->ended, S("ended"),
		S("The section 47 enquiry cannot end before it began"));
}

const struct record_type section47_type = {
	.name = S_INIT("section47"),
	.title = S_INIT("Section 47 enquiry"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct section47),
	FIELDS(section47_fields),
	.leaves = section47_leaves,
	.check = section47_check,
	.index = 9,
	.thread = THREAD_S47,
};

static const struct field need_plan_fields[] = {
	F(need_plan, referral, .label = S_INIT("Referral"), .flags = FIELD_REQUIRED, .to = THREAD_CIN,
		.ask = S_INIT("Select the referral that it followed")),
	F(need_plan, began, .label = S_INIT("Date the child in need plan began"),
		.flags = FIELD_REQUIRED, .ask = S_INIT("Enter the date the plan began")),
	F(need_plan, ended, .label = S_INIT("Date the child in need plan ended")),
};

static void need_plan_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct need_plan *plan = record;
	check_period(arena, out, plan->began, plan->ended, S("ended"),
		S("The plan cannot end before it began"));
}

/* No clock runs on it: it leaves no event. */
const struct record_type need_plan_type = {
	.name = S_INIT("need_plan"),
	.title = S_INIT("Child in need plan"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct need_plan),
	FIELDS(need_plan_fields),
	.check = need_plan_check,
	.index = 28,
};
