#include "record/leave.h"

#include "law/codes.h"

static const struct field care_period_fields[] = {
	F(care_period, began, .label = S_INIT("Date the child became looked after")),
	F(care_period, ended, .label = S_INIT("Date the child ceased to be looked after")),
	F(care_period, legal, .label = S_INIT("Legal status at the start"),
		.codes = &codes_legal_status),
	F(care_period, end_reason, .label = S_INIT("Reason the child ceased to be looked after"),
		.codes = &codes_end_reason),
	F(care_period, remanded_to, .label = S_INIT("Remanded to, where it began with a remand"),
		.flags = FIELD_LATER, .codes = &codes_remand),
	F(care_period, legal_end, .label = S_INIT("Legal status at the end, of a child sentenced"),
		.flags = FIELD_LATER, .codes = &codes_legal_status),
	F(care_period, need, .label = S_INIT("Category of need"), .flags = FIELD_LATER,
		.codes = &codes_need),
	F(care_period, home_post, .label = S_INIT("Postcode of the home the child came from"),
		.flags = FIELD_LATER | FIELD_PROTECTED, .limit = 10),
};

/* What a legal status is besides (SSDA903, LS): a placement order is authority to place for adoption,
 * J1 is a remand, and V4 is an agreement for a series of short breaks. */
static void leave_legal(struct arena *arena, struct lefts *out, str code, day on, ref care, str to)
{
	if (str_equal(code, S("E1")))
		leave_in(out, WORD_AUTHORITY_TO_PLACE_OBTAINED, on, care);
	else if (str_equal(code, S("J1")))
		leave_detail(arena, leave_in(out, WORD_REMANDED, on, care), S("to"), to);
	else if (str_equal(code, S("V4")))
		leave_in(out, WORD_SHORT_BREAK_SERIES_BEGAN, on, care);
}

/* A period whose start no source carries leaves its start on an unknown day: the clocks that count
 * from it are then unknown, with that reason, and the chain begins with the first known review. */
static void care_period_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct care_period *care = record;
	leave_detail(arena, leave_own(out, WORD_LOOKED_AFTER_BEGAN, care->began), S("legal"),
		care->legal);
	leave_legal(arena, out, care->legal, care->began, (ref){ 0 }, care->remanded_to);
	if (care->ended == DAY_UNKNOWN)
		return;
	leave_detail(arena, leave_own(out, WORD_LOOKED_AFTER_ENDED, care->ended), S("reason"),
		care->end_reason);
	if (str_equal(care->end_reason, S("E11")) || str_equal(care->end_reason, S("E12")))
		leave_own(out, WORD_ADOPTION_ORDER_MADE, care->ended);
	/* Under a care order the child stays looked after; by agreement it ends with the sentence. */
	if (str_equal(care->end_reason, S("E9")) && str_equal(care->legal_end, S("V2")))
		leave_own(out, WORD_SENTENCED, care->ended);
}

static void care_period_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct care_period *care = record;
	check_period(arena, out, care->began, care->ended, S("ended"),
		S("The child cannot cease to be looked after before becoming looked after"));
}

const struct record_type care_period_type = {
	.name = S_INIT("care_period"),
	.title = S_INIT("Period of being looked after"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct care_period),
	FIELDS(care_period_fields),
	.leaves = care_period_leaves,
	.check = care_period_check,
	.index = 2,
	.thread = THREAD_CARE,
};

static const struct field legal_status_fields[] = {
	F(legal_status, care, .label = S_INIT("Period of being looked after"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_CARE,
		.ask = S_INIT("Select the period of being looked after")),
	F(legal_status, changed, .label = S_INIT("Date of the change"), .flags = FIELD_REQUIRED),
	F(legal_status, code, .label = S_INIT("Legal status"), .flags = FIELD_REQUIRED,
		.codes = &codes_legal_status),
	F(legal_status, remanded_to, .label = S_INIT("Remanded to, of a remand"),
		.flags = FIELD_LATER, .codes = &codes_remand),
};

static void legal_status_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct legal_status *legal = record;
	leave_detail(arena, leave_in(out, WORD_LEGAL_STATUS_CHANGED, legal->changed, legal->care),
		S("code"), legal->code);
	leave_legal(arena, out, legal->code, legal->changed, legal->care, legal->remanded_to);
}

const struct record_type legal_status_type = {
	.name = S_INIT("legal_status"),
	.title = S_INIT("Change of legal status"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct legal_status),
	FIELDS(legal_status_fields),
	.leaves = legal_status_leaves,
	.index = 3,
};

static const struct field placement_fields[] = {
	F(placement, care, .label = S_INIT("Period of being looked after"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_CARE,
		.ask = S_INIT("Select the period of being looked after")),
	F(placement, began, .label = S_INIT("Date the placement began")),
	F(placement, ended, .label = S_INIT("Date the placement ended")),
	F(placement, code, .label = S_INIT("Placement"), .codes = &codes_placement),
	F(placement, provider, .label = S_INIT("Provider"), .codes = &codes_provider),
	F(placement, change_reason, .label = S_INIT("Reason the placement changed"),
		.codes = &codes_placement_change),
	F(placement, to_18, .label = S_INIT("Intended to last until the child is 18")),
	F(placement, with_parent, .label = S_INIT("With a parent")),
	F(placement, reg24, .label = S_INIT("Temporary approval under regulation 24")),
	F(placement, emergency, .label = S_INIT("Made in an emergency"),
		.flags = FIELD_LATER | FIELD_OURS,
		.hint = S_INIT("Notice may then follow within five working days")),
	F(placement, out_of_area, .label = S_INIT("Outside the council’s own area"),
		.flags = FIELD_LATER | FIELD_OURS),
	F(placement, reg19, .label = S_INIT("With a parent not yet assessed, under regulation 19"),
		.flags = FIELD_LATER | FIELD_OURS),
	F(placement, outside_terms,
		.label = S_INIT("Outside the foster parent’s terms of approval, under regulation 23"),
		.flags = FIELD_LATER | FIELD_OURS),
	F(placement, six_monthly,
		.label = S_INIT("Long-term foster placement, visited every six months as the child agreed"),
		.flags = FIELD_LATER | FIELD_OURS),
	F(placement, postcode, .label = S_INIT("Postcode of the placement"),
		.flags = FIELD_LATER | FIELD_PROTECTED, .limit = 10),
	F(placement, urn, .label = S_INIT("Ofsted’s number of the home, school or agency"),
		.flags = FIELD_LATER | FIELD_PROTECTED, .limit = 20),
	F(placement, same_carer, .label = S_INIT("With the same carer as before"),
		.flags = FIELD_LATER),
};

static bool is_for_adoption(str code)
{
	return str_equal(code, S("A3")) || str_equal(code, S("A4")) || str_equal(code, S("A5")) ||
	       str_equal(code, S("A6"));
}

static void placement_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct placement *placement = record;
	struct left *began = leave_own(out, WORD_PLACEMENT_BEGAN, placement->began);
	leave_detail(arena, began, S("code"), placement->code);
	leave_answer(arena, began, S("to_18"), placement->to_18);
	leave_answer(arena, began, S("with_parent"), placement->with_parent);
	leave_answer(arena, began, S("reg24"), placement->reg24);
	leave_answer(arena, began, S("reg19"), placement->reg19);
	leave_answer(arena, began, S("emergency"), placement->emergency);
	leave_answer(arena, began, S("out_of_area"), placement->out_of_area);
	leave_answer(arena, began, S("outside_terms"), placement->outside_terms);
	leave_answer(arena, began, S("six_monthly"), placement->six_monthly);
	/* Adoption Agencies Regulations 2005, regulation 36(3): another series of reviews. */
	if (is_for_adoption(placement->code))
		leave_detail(arena, leave_own(out, WORD_PLACED_FOR_ADOPTION, placement->began),
			S("code"), placement->code);
	/* K1, a secure children's home: the day is told and not the hour. */
	bool secure = str_equal(placement->code, S("K1"));
	if (secure)
		leave_own(out, WORD_SECURE_PLACEMENT_BEGAN, placement->began);
	if (placement->ended == DAY_UNKNOWN)
		return;
	leave_detail(arena, leave_own(out, WORD_PLACEMENT_ENDED, placement->ended), S("reason"),
		placement->change_reason);
	if (secure)
		leave_own(out, WORD_SECURE_PLACEMENT_ENDED, placement->ended);
}

static void placement_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct placement *placement = record;
	check_period(arena, out, placement->began, placement->ended, S("ended"),
		S("The placement cannot end before it began"));
}

const struct record_type placement_type = {
	.name = S_INIT("placement"),
	.title = S_INIT("Placement"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct placement),
	FIELDS(placement_fields),
	.leaves = placement_leaves,
	.check = placement_check,
	.index = 4,
	.thread = THREAD_PLACEMENT,
};

static const struct field cla_review_fields[] = {
	F(cla_review, care, .label = S_INIT("Period of being looked after"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_CARE,
		.ask = S_INIT("Select the period of being looked after that was reviewed")),
	F(cla_review, placement, .label = S_INIT("Placement for adoption under review"),
		.flags = FIELD_THREAD, .to = TO_ADOPTION,
		.hint = S_INIT("Reviews of a child placed for adoption are a series of their own")),
	F(cla_review, held, .label = S_INIT("Date of the review"),
		.flags = FIELD_REQUIRED | FIELD_PAST,
		.hint = S_INIT("The day it was completed. A review that was adjourned or cancelled "
			       "is not held"),
		.ask = S_INIT("Enter the date of the review")),
	F(cla_review, started, .label = S_INIT("Date it started, if it was held in parts"),
		.flags = FIELD_LATER | FIELD_OURS | FIELD_PAST,
		.hint = S_INIT("The first of several meetings. Leave empty for a review on one day")),
	F(cla_review, participation, .label = S_INIT("How the child took part"),
		.codes = &codes_participation),
};

static void cla_review_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct cla_review *review = record;
	check_period(arena, out, review->started, review->held, S("started"),
		S("A review cannot start after the day on which it was completed"));
}

static void cla_review_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct cla_review *review = record;
	struct left *held =
		review->placement.id != 0
			? leave_in(out, WORD_ADOPTION_REVIEW_HELD, review->held, review->placement)
			: leave_in(out, WORD_CLA_REVIEW_HELD, review->held, review->care);
	leave_detail(arena, held, S("participation"), review->participation);
	leave_day(arena, held, S("started"), review->started);
	held->own_key = S("review");
}

const struct record_type cla_review_type = {
	.name = S_INIT("cla_review"),
	.title = S_INIT("Review of a looked after child"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct cla_review),
	FIELDS(cla_review_fields),
	.leaves = cla_review_leaves,
	.check = cla_review_check,
	.desk = S_INIT("A review was held"),
	.desk_hint = S_INIT("The review of a looked after child, and how the child took part"),
	.index = 5,
	.thread = THREAD_REVIEW,
};

static const struct field missing_episode_fields[] = {
	F(missing_episode, care, .label = S_INIT("Period of being looked after"),
		.to = THREAD_CARE),
	F(missing_episode, kind, .label = S_INIT("Missing or away"), .codes = &codes_missing),
	F(missing_episode, began, .label = S_INIT("When the child went missing"),
		.flags = FIELD_REQUIRED),
	F(missing_episode, ended, .label = S_INIT("When the child was found or came back")),
	F(missing_episode, interview, .label = S_INIT("When the return interview was held")),
};

static void leave_when(
	struct arena *arena, struct lefts *out, enum word word, struct when when, str kind)
{
	if (when.on == DAY_UNKNOWN)
		return;
	struct left *left = leave_own(out, word, when.on);
	left->at = when.at;
	leave_detail(arena, left, S("kind"), kind);
}

static void missing_episode_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct missing_episode *missing = record;
	leave_when(arena, out, WORD_MISSING_BEGAN, missing->began, missing->kind);
	leave_when(arena, out, WORD_MISSING_ENDED, missing->ended, missing->kind);
	leave_when(arena, out, WORD_RETURN_INTERVIEW_HELD, missing->interview, (str){ 0 });
}

static void missing_episode_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct missing_episode *missing = record;
	bool backwards = missing->began.at != INSTANT_UNKNOWN &&
			 missing->ended.at != INSTANT_UNKNOWN &&
			 missing->ended.at < missing->began.at;
	check_period(arena, out, missing->began.on, missing->ended.on, S("ended"),
		S("The child cannot come back before going missing"));
	if (backwards && missing->ended.on >= missing->began.on)
		problem_add(arena, out, S("ended"),
			S("The child cannot come back before going missing"));
}

const struct record_type missing_episode_type = {
	.name = S_INIT("missing_episode"),
	.title = S_INIT("Missing episode"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct missing_episode),
	FIELDS(missing_episode_fields),
	.leaves = missing_episode_leaves,
	.check = missing_episode_check,
	.desk = S_INIT("The child went missing, came back or was spoken to after"),
	.desk_hint = S_INIT("An episode of going missing, and the return interview"),
	.index = 6,
	.thread = THREAD_MISSING,
};
