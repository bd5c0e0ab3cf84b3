#include "clock/clash.h"

static void add(struct clashes *out, struct clash clash)
{
	for (size_t i = 0; i < out->n; i++) {
		if (out->item[i].kind == clash.kind)
			return;
	}
	out->item[out->n++] = clash;
}

static void of_day(const struct clash_asked *asked, struct clashes *out)
{
	if (!calendar_is_working(asked->calendar, asked->on))
		add(out, (struct clash){ .kind = CLASH_NOT_WORKING });
	if (asked->due != DAY_UNKNOWN && asked->on > asked->due)
		add(out, (struct clash){ .kind = CLASH_LATE });
}

static void of_chair(const struct clash_asked *asked, struct clashes *out)
{
	const struct suggest_leave *leave = suggest_leave_on(asked->chair, asked->on);
	const struct suggest_hours *hours = &asked->chair->hours[day_weekday(asked->on)];
	if (leave != NULL)
		add(out, (struct clash){ .kind = CLASH_AWAY, .until = leave->last });
	/* On leave, or on a day on which nobody works, that is said and no more. */
	if (!asked->hours_known || leave != NULL ||
		!calendar_is_working(asked->calendar, asked->on))
		return;
	if (hours->to == 0)
		add(out, (struct clash){ .kind = CLASH_WEEKDAY });
	else if (asked->start >= 0 &&
		(asked->start < hours->from || asked->start + asked->minutes > hours->to))
		add(out, (struct clash){ CLASH_HOURS, DAY_UNKNOWN, hours->from, hours->to });
}

static void of_hour(const struct clash_other *other, struct clashes *out)
{
	const struct clash at = { .from = other->from, .to = other->to };
	const bool found[] = { [CLASH_ROOM] = other->room,
		[CLASH_CHAIR] = other->chair,
		[CLASH_CHILD] = other->child,
		[CLASH_SIBLING] = other->sibling };
	for (enum clash_kind kind = 0; kind < CLASH_KINDS; kind++) {
		struct clash clash = at;
		clash.kind = kind;
		if (found[kind])
			add(out, clash);
	}
}

static void of_other(
	const struct clash_asked *asked, const struct clash_other *other, struct clashes *out)
{
	bool family = other->child || other->sibling;
	if (asked->start < 0 || other->from < 0) {
		/* A brother's or sister's is to be on the same day. */
		if (other->room && !family)
			add(out, (struct clash){ .kind = CLASH_ROOM_DAY });
		if (other->chair && !family)
			add(out, (struct clash){ .kind = CLASH_CHAIR_DAY });
		return;
	}
	bool together = family && !other->apart && other->from == asked->start;
	if (!together && asked->start < other->to && other->from < asked->start + asked->minutes)
		of_hour(other, out);
}

void clash_find(const struct clash_asked *asked, struct clashes *out)
{
	*out = (struct clashes){ 0 };
	if (asked->on < asked->today) {
		add(out, (struct clash){ .kind = CLASH_PAST });
		return; /* what was then is not in anybody's way */
	}
	of_day(asked, out);
	if (asked->chair != NULL)
		of_chair(asked, out);
	for (size_t i = 0; i < asked->n; i++)
		of_other(asked, &asked->other[i], out);
}
