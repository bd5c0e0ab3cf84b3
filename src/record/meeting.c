#include "record/leave.h"

#include "law/codes.h"

#include <string.h>

static const struct field visit_fields[] = {
	F(visit, kind, .label = S_INIT("Visit"), .flags = FIELD_REQUIRED, .codes = &codes_visit,
		.ask = S_INIT("Select which kind of visit it was")),
	F(visit, thread, .label = S_INIT("Placement or plan"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_PLACEMENT | THREAD_PLAN,
		.ask = S_INIT("Select the placement or the plan that it belongs to")),
	F(visit, held, .label = S_INIT("Date of the visit"), .flags = FIELD_REQUIRED | FIELD_PAST,
		.ask = S_INIT("Enter the date of the visit")),
	F(visit, alone, .label = S_INIT("Child seen alone")),
};

static void visit_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct visit *visit = record;
	enum word word =
		str_equal(visit->kind, S("cla")) ? WORD_CLA_VISIT_HELD : WORD_CP_VISIT_HELD;
	leave_answer(
		arena, leave_in(out, word, visit->held, visit->thread), S("alone"), visit->alone);
}

static unsigned visit_narrow(const struct field *field, const void *record)
{
	const struct visit *visit = record;
	(void)field;
	return str_equal(visit->kind, S("cp")) ? THREAD_PLAN : THREAD_PLACEMENT;
}

const struct record_type visit_type = {
	.name = S_INIT("visit"),
	.title = S_INIT("Visit"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct visit),
	FIELDS(visit_fields),
	.leaves = visit_leaves,
	.narrow = visit_narrow,
	.desk = S_INIT("A statutory visit"),
	.desk_hint = S_INIT("By the child's social worker"),
	.index = 13,
};

/* What a first conference is about: an enquiry, or a child on another council's plan. */
enum { CONFERRED = THREAD_S47 | TO_MOVED_HERE | TO_VISITING };

static const struct field booking_fields[] = {
	F(booking, meeting, .label = S_INIT("Meeting"), .flags = FIELD_REQUIRED,
		.codes = &codes_meeting, .ask = S_INIT("Select which meeting is booked")),
	F(booking, thread, .label = S_INIT("Period of being looked after, plan or enquiry"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_CARE | THREAD_PLAN | CONFERRED,
		.ask = S_INIT("Select what the meeting is about")),
	F(booking, on, .label = S_INIT("Date it is booked for"), .flags = FIELD_REQUIRED,
		.ask = S_INIT("Enter the date it is booked for")),
	F(booking, starts, .label = S_INIT("Time it starts"), .flags = FIELD_LATER | FIELD_HOUR,
		.limit = 5,
		.hint = S_INIT("Like 2:30pm or 14:30. Leave empty while it is not agreed.")),
	F(booking, minutes, .label = S_INIT("How many minutes it takes"), .flags = FIELD_LATER),
	F(booking, room, .label = S_INIT("Room"), .flags = FIELD_LATER | FIELD_PROTECTED,
		.limit = 80, .hint = S_INIT("A room of the list, or where else it is held")),
	F(booking, chair, .label = S_INIT("Who chairs, if somebody stands in"),
		.flags = FIELD_LATER, .limit = 80,
		.hint = S_INIT("Leave empty for the child’s own reviewing officer or chair")),
};

int booking_minute(str starts)
{
	const char *p = starts.p;
	if (starts.n != 5 || p[2] != ':')
		return -1;
	for (size_t i = 0; i < 5; i++) {
		if (i != 2 && (p[i] < '0' || p[i] > '9'))
			return -1;
	}
	int hour = (p[0] - '0') * 10 + p[1] - '0', minute = (p[3] - '0') * 10 + p[4] - '0';
	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static void booking_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct booking *booking = record;
	if (booking->starts.n > 0 && booking_minute(booking->starts) < 0)
		problem_add(arena, out, S("starts"), S("Enter the time like 2:30pm or 14:30"));
	if (booking->minutes == 0 || booking->minutes > BOOKING_MINUTES_MOST)
		problem_add(arena, out, S("minutes"), S("Enter a number of minutes from 1 to 600"));
	else if (booking->starts.n > 0 && booking->minutes > 0 &&
		booking_minute(booking->starts) + booking->minutes > 24 * 60)
		problem_add(arena, out, S("minutes"), S("A meeting must end on the day it starts"));
}

/* The event stands on the day booked for: a booking is late when that day is after the due date. */
static void booking_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	const struct booking *booking = record;
	leave_detail(arena, leave_in(out, WORD_MEETING_BOOKED, booking->on, booking->thread),
		S("for"), booking->meeting);
}

static unsigned booking_narrow(const struct field *field, const void *record)
{
	const struct booking *booking = record;
	(void)field;
	if (str_equal(booking->meeting, S("icpc")))
		return CONFERRED;
	if (str_equal(booking->meeting, S("rcpc")))
		return THREAD_PLAN;
	return str_equal(booking->meeting, S("cla-review")) ? THREAD_CARE
							     : THREAD_CARE | THREAD_PLAN;
}

const struct record_type booking_type = {
	.name = S_INIT("booking"),
	.title = S_INIT("Booking of a meeting"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct booking),
	FIELDS(booking_fields),
	.leaves = booking_leaves,
	.check = booking_check,
	.narrow = booking_narrow,
	.desk = S_INIT("A meeting is booked"),
	.desk_hint = S_INIT("The date set for a review, a conference or a midway check"),
	.right = RIGHT_BOOK,
	.index = 14,
};

const struct record_type *booking_moved(struct arena *arena)
{
	struct record_type *type = arena_new(arena, struct record_type);
	struct field *field = arena_take(arena, booking_type.n, sizeof *field);
	memcpy(field, booking_fields, sizeof booking_fields);
	for (size_t i = 0; i < booking_type.n; i++) {
		if (field[i].codes != NULL || (field[i].flags & FIELD_THREAD) != 0)
			field[i].flags |= FIELD_KEPT;
	}
	*type = booking_type;
	type->fields = field;
	return type;
}

static const struct field care_step_fields[] = {
	F(care_step, care, .label = S_INIT("Period of being looked after"),
		.flags = FIELD_REQUIRED | FIELD_THREAD, .to = THREAD_CARE,
		.ask = S_INIT("Select the period of being looked after")),
	F(care_step, step, .label = S_INIT("Step"), .flags = FIELD_REQUIRED,
		.codes = &codes_care_step, .ask = S_INIT("Select what was done")),
	F(care_step, review, .label = S_INIT("Review"), .flags = FIELD_THREAD,
		.to = THREAD_REVIEW, .hint = S_INIT("Of decisions and records of a review")),
	F(care_step, placement, .label = S_INIT("Placement"), .flags = FIELD_THREAD,
		.to = THREAD_PLACEMENT, .hint = S_INIT("Of a placement plan")),
	F(care_step, on, .label = S_INIT("Date"), .flags = FIELD_REQUIRED | FIELD_PAST,
		.ask = S_INIT("Enter the date on which it was done")),
};

static ref step_thread(const struct care_step *step, enum word word)
{
	switch (word_rows[word].threads) {
	case THREAD_REVIEW:
		return step->review;
	case THREAD_PLACEMENT:
		return step->placement;
	default:
		return step->care;
	}
}

static void care_step_leaves(struct arena *arena, const void *record, struct lefts *out)
{
	(void)arena;
	const struct care_step *step = record;
	enum word word = word_find(step->step);
	if (word != WORD_NONE)
		leave_in(out, word, step->on, step_thread(step, word));
}

static void care_step_check(struct arena *arena, const void *record, struct problems *out)
{
	const struct care_step *step = record;
	enum word word = word_find(step->step);
	if (word == WORD_NONE || step_thread(step, word).id != 0)
		return;
	if (word_rows[word].threads == THREAD_REVIEW)
		problem_add(arena, out, S("review"), S("Say which review this step belongs to"));
	else
		problem_add(
			arena, out, S("placement"), S("Say which placement this step belongs to"));
}

const struct record_type care_step_type = {
	.name = S_INIT("care_step"),
	.title = S_INIT("Step of a period of care"),
	.subject = SUBJECT_CHILD,
	.size = sizeof(struct care_step),
	FIELDS(care_step_fields),
	.leaves = care_step_leaves,
	.desk = S_INIT("A step was done"),
	.desk_hint = S_INIT("A midway check, a plan made, decisions or a record sent"),
	.check = care_step_check,
	.index = 15,
};
