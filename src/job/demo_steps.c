/* demo_steps.c - what only Duly knows of the children in special situations: short breaks, remand,
 * leaving care, private fostering, police and courts, notices of placements. Dice of their own, so that
 * nothing else moves. */
#include "job/demo_store.h"

#include "base/mem.h"

#include <string.h>

struct steps {
	const struct demo_child *child;
	const struct demo_options *options;
	const struct demo_refs *refs;
	struct arena *arena;
	struct demo_changes *out;
	struct dice dice;
	day watch, now;
};

static ref add(struct steps *s, const struct record_type *type, const void *record)
{
	ref at = { -(int64_t)s->out->n - 1 };
	void *made = record_new(s->arena, type);
	memcpy(made, record, type->size);
	ARRAY_MORE(s->out) =
		(struct change){ .act = CHANGE_ADD, .type = type, .subject = -1, .record = made };
	return at;
}

/* A step of that day, when it has come. The answer stands for its thread, where it begins one. */
static ref step_with(struct steps *s, str kind, ref about, day on, instant at, day by, str choice)
{
	const struct child_step step = { .kind = kind, .about = about, .on = { on, at }, .by = by,
		.choice = choice };
	if (on == DAY_UNKNOWN || on > s->now)
		return (ref){ 0 };
	return add(s, &child_step_type, &step);
}

static ref step(struct steps *s, str kind, ref about, day on)
{
	return step_with(s, kind, about, on, INSTANT_UNKNOWN, DAY_UNKNOWN, (str){ 0 });
}

static void care_step(struct steps *s, str kind, day on)
{
	const struct care_step made = { .care = s->refs->care, .step = kind, .on = on };
	if (on <= s->now)
		add(s, &care_step_type, &made);
}

static day working(const struct steps *s, day from, int n)
{
	return n == 0 ? from : calendar_add_working(s->options->calendar, from, n);
}

/* Most within the limit, a few after it. */
static day in_time(struct steps *s, day from, int limit)
{
	bool late = !dice_chance(&s->dice, 930);
	return working(s, from, late ? limit + dice_in(&s->dice, 1, 4) : dice_in(&s->dice, 0, limit));
}

/* One after the other, each in `least` to `most` days. */
static void series(struct steps *s, str kind, ref about, day first, int least, int most, day until)
{
	for (day on = first; on <= s->now && on <= until; on += dice_in(&s->dice, least, most))
		step(s, kind, about, on);
}

static day until_of(const struct steps *s)
{
	return s->child->care.ended == DAY_UNKNOWN ? s->now : s->child->care.ended - 1;
}

/* ---- looked after */

/* Care Planning Regulations 2010, regulation 48: reviewed within three months, then six. */
static void short_breaks(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	day until = until_of(s);
	day first = care->began + dice_in(&s->dice, 55, 86);
	for (day on = first; on <= until; on += dice_in(&s->dice, 150, 179))
		care_step(s, S("short-break-review-held"), on);
	series(s, S("short-break-visit-held"), s->refs->care, care->began + dice_in(&s->dice, 20, 80),
		120, 176, until);
}

static void remand(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	bool detained = care->placements > 0 && strcmp(care->placement[0].code, "R5") == 0;
	if (detained)
		step(s, S("detention-plan-made"), s->refs->care, in_time(s, care->began, 10));
	else if (care->began < s->watch)
		care_step(s, S("care-plan-made"), in_time(s, care->began, 5));
}

/* The day on which 16 and 13 weeks of being looked after have both come. */
static day eligible(const struct steps *s)
{
	day at_14 = day_add_months(s->child->born, 14 * 12), on = day_add_months(s->child->born, 16 * 12);
	day from = s->child->care.began > at_14 ? s->child->care.began : at_14;
	return from + 90 > on ? from + 90 : on;
}

static void leaving_care(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	day on = eligible(s), until = care->ended == DAY_UNKNOWN ? s->now : care->ended;
	if (care->short_breaks || on > until || on >= day_add_months(s->child->born, 18 * 12))
		return;
	bool late = !dice_chance(&s->dice, 940);
	day assessed = on + (late ? dice_in(&s->dice, 93, 120) : dice_in(&s->dice, 40, 82));
	day planned = assessed + dice_in(&s->dice, 0, late ? 20 : 6);
	care_step(s, S("pathway-needs-assessed"), assessed);
	care_step(s, S("pathway-plan-made"), planned);
	series(s, S("pathway-review-held"), s->refs->care, planned + dice_in(&s->dice, 150, 178), 150,
		178, s->now);
	if (care->ended == DAY_UNKNOWN || strcmp(care->end_reason, "E5") != 0)
		return;
	const struct child_step moved = { .kind = S("leaver-moved"), .about = s->refs->care,
		.on = { care->ended, INSTANT_UNKNOWN }, .by = DAY_UNKNOWN, .answer = ANSWER_YES };
	add(s, &child_step_type, &moved);
	series(s, S("leaver-visit-held"), s->refs->care, care->ended + dice_in(&s->dice, 1, 7), 40, 58,
		s->now);
}

/* The day on which a legal status began, if the authority was on Duly by then. */
static day status_on(const struct steps *s, const char *code)
{
	const struct demo_care *care = &s->child->care;
	for (size_t i = 0; i < care->statuses; i++) {
		if (strcmp(care->status[i].code, code) == 0 && care->status[i].on >= s->watch)
			return care->status[i].on;
	}
	return DAY_UNKNOWN;
}

static day after(const struct steps *s, day on)
{
	const struct demo_care *care = &s->child->care;
	for (size_t i = 0; i < care->statuses; i++) {
		if (care->status[i].on > on)
			return care->status[i].on;
	}
	return DAY_UNKNOWN;
}

static void police(struct steps *s)
{
	day on = status_on(s, "L1");
	if (on == DAY_UNKNOWN)
		return;
	instant from = (instant)on * INSTANT_DAY + dice_in(&s->dice, 14 * 60, 22 * 60) * 60000LL;
	instant to = from + dice_in(&s->dice, 15, 70) * 3600000LL;
	ref at = step_with(s, S("police-protection-began"), (ref){ 0 }, instant_day(from), from,
		DAY_UNKNOWN, (str){ 0 });
	step_with(s, S("police-protection-ended"), at, instant_day(to), to, DAY_UNKNOWN, (str){ 0 });
}

/* An emergency protection order ends as the court said, or is replaced before. */
static void courts(struct steps *s)
{
	day made = status_on(s, "L2"), interim = status_on(s, "C1");
	if (made != DAY_UNKNOWN) {
		const struct child_step end = { .kind = S("court-end-set"),
			.on = { made + 8, INSTANT_UNKNOWN }, .by = DAY_UNKNOWN, .choice = S("epo") };
		ref order = add(s, &child_step_type, &end);
		step(s, S("order-ended"), order, after(s, made));
	}
	if (interim == DAY_UNKNOWN)
		return;
	ref begun = step(s, S("proceedings-began"), (ref){ 0 }, interim - dice_in(&s->dice, 1, 9));
	if (begun.id != 0 && after(s, interim) != DAY_UNKNOWN)
		step(s, S("proceedings-ended"), begun, after(s, interim));
}

/* What is planned for a few: a move, a school, an early review. */
static void changes(struct steps *s)
{
	static const char *const what[] = { "placement", "school", "out-of-area", "other" };
	day on = working(s, s->now, -dice_in(&s->dice, 2, 12));
	if (s->child->care.ended != DAY_UNKNOWN || s->child->care.began > on ||
		!dice_chance(&s->dice, 25))
		return;
	step_with(s, S("care-change-proposed"), s->refs->care, on, INSTANT_UNKNOWN,
		working(s, s->now, dice_in(&s->dice, 4, 30)), str_of(what[dice_in(&s->dice, 0, 3)]));
	step(s, S("officer-told"), s->refs->care, on);
}

/* Notice is given of what was done in an emergency, and of what lies outside the area. */
static void notices(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	for (size_t i = 0; i < care->placements; i++) {
		day began = care->placement[i].began;
		ref place = s->refs->place[i];
		const struct placement *placement = s->out->item[-place.id - 1].record;
		if (placement->emergency == ANSWER_YES)
			step(s, S("placement-notice-sent"), place, in_time(s, began, 5));
		if (placement->out_of_area == ANSWER_YES)
			step(s, S("area-authority-told"), place, in_time(s, began, 5));
	}
}

static void visits(struct steps *s, ref place, day from, day to, int least, int most)
{
	for (day on = from + dice_in(&s->dice, least, most); on <= s->now && on <= to;
		on += dice_in(&s->dice, least, most)) {
		const struct visit held = { .kind = S("cla"), .thread = place, .held = on,
			.alone = dice_chance(&s->dice, 700) ? ANSWER_YES : ANSWER_NO };
		add(s, &visit_type, &held);
	}
}

static day first_review(const struct demo_care *care, bool adoption, day from)
{
	for (size_t i = 0; i < care->reviews; i++) {
		if (care->review[i].adoption == adoption && care->review[i].held >= from)
			return care->review[i].held;
	}
	return DAY_MAX;
}

/* Weekly until the first review: of a child placed for adoption, and at home under an interim order. */
static void weekly(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	for (size_t i = 0; i < care->placements; i++) {
		const struct demo_placement *placement = &care->placement[i];
		day to = placement->ended == DAY_UNKNOWN ? s->now : placement->ended;
		const char *status = demo_status_on(care, placement->began);
		if (placement->began < s->watch)
			continue;
		if (placement->code[0] == 'A') {
			day review = first_review(care, true, placement->began);
			visits(s, s->refs->place[i], placement->began, review < to ? review : to, 4, 7);
		} else if (placement->code[0] == 'P' && status != NULL && strcmp(status, "C1") == 0) {
			day review = first_review(care, false, care->began);
			day until = review < to ? review : to;
			visits(s, s->refs->place[i], placement->began, until, 4, 7);
			visits(s, s->refs->place[i], until > placement->began ? until : placement->began, to,
				18, 27);
		}
	}
}

static void missing(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	for (size_t i = 0; i < care->missings && s->refs->missing[i].id != 0; i++) {
		const struct demo_missing *from = &care->missing[i];
		day began = instant_day(from->from);
		bool is_long = from->to == INSTANT_UNKNOWN || instant_day(from->to) > began + 2;
		if (began >= s->watch && is_long && dice_chance(&s->dice, 950))
			step(s, S("missing-meeting-held"), s->refs->missing[i],
				working(s, began, dice_in(&s->dice, 1, 3)));
	}
}

/* The court authorises it, and says until when; three people review it within a month, then three. */
static void secure(struct steps *s)
{
	const struct demo_care *care = &s->child->care;
	for (size_t i = 0; i < care->placements; i++) {
		const struct demo_placement *placement = &care->placement[i];
		ref at = s->refs->place[i];
		day until = placement->ended == DAY_UNKNOWN ? s->now : placement->ended;
		if (strcmp(placement->code, "K1") != 0)
			continue;
		step(s, S("secure-order-made"), at, placement->began + dice_in(&s->dice, 1, 2));
		const struct child_step end = { .kind = S("court-end-set"), .by = DAY_UNKNOWN,
			.on = { day_add_months(placement->began, until - placement->began > 80 ? 9 : 3),
				INSTANT_UNKNOWN },
			.choice = S("secure") };
		ref order = add(s, &child_step_type, &end);
		step(s, S("order-ended"), order, placement->ended);
		series(s, S("secure-review-held"), at, placement->began + dice_in(&s->dice, 18, 29), 70,
			88, until);
	}
}

/* ---- neither looked after nor on a plan */

/* Expected, and not born: the conference is to be held ten weeks before. */
static void before_birth(struct steps *s)
{
	const struct child *who = s->out->item[0].record;
	step_with(s, S("prebirth-conference-needed"), (ref){ 0 }, s->child->protection.strategy,
		INSTANT_UNKNOWN, who->expected - 70, (str){ 0 });
}

/* Somebody else than a parent cares for the child, without the council. */
static void fostering(struct steps *s)
{
	ref none = { 0 };
	day known = s->now - dice_in(&s->dice, 20, 600);
	if (known < s->child->need.received)
		known = s->child->need.received;
	ref at = step(s, S("private-fostering-notified"), none, known);
	step(s, S("private-fostering-known"), at, known);
	day on = working(s, known, dice_in(&s->dice, 2, 7));
	while (on <= s->now) {
		step(s, S("private-fostering-visit-held"), at, on);
		bool late = !dice_chance(&s->dice, 960);
		int rhythm = on < day_add_months(known, 12) ? 42 : 84;
		on += late ? rhythm + dice_in(&s->dice, 2, 12) : dice_in(&s->dice, rhythm / 2, rhythm - 1);
	}
}

static void from_elsewhere(struct steps *s)
{
	day on = working(s, s->now, -dice_in(&s->dice, 1, 13));
	if (on >= s->child->need.received)
		step_with(s, S("transfer-in-notified"), (ref){ 0 }, on, INSTANT_UNKNOWN, DAY_UNKNOWN,
			S("papers"));
}

/* A letter before proceedings, and the meeting that follows it. */
static void before_court(struct steps *s)
{
	day letter = working(s, s->now, -dice_in(&s->dice, 3, 45));
	if (letter < s->child->protection.began + 30)
		return;
	ref at = step(s, S("pre-proceedings-began"), (ref){ 0 }, letter);
	if (at.id != 0)
		step(s, S("pre-proceedings-meeting-held"), at, in_time(s, letter, 10));
}

bool demo_is_unborn(const struct demo_child *child, const struct demo_options *options)
{
	struct dice dice = child->dice;
	dice.state ^= 0x756e626f726e;
	bool awaits = child->has_protection && !child->has_care && !child->protection.planned &&
		child->protection.conference_booked != DAY_UNKNOWN;
	return awaits && child->siblings == 0 && child->need.received > demo_returned(options) &&
		dice_chance(&dice, 800);
}

void demo_steps(const struct demo_child *child, const struct demo_options *options,
	const struct demo_refs *refs, struct arena *arena, struct demo_changes *out)
{
	struct steps s = { child, options, refs, arena, out, child->dice, demo_watch(options),
		options->now };
	s.dice.state ^= 0x7374657073; /* not those that a year's return throws */
	const struct demo_protection *protection = &child->protection;
	bool planned = child->has_protection && protection->planned &&
		protection->plan_ended == DAY_UNKNOWN;
	if (child->has_care && child->care.short_breaks)
		short_breaks(&s);
	if (child->has_care && child->care.remand)
		remand(&s);
	if (child->has_care) {
		leaving_care(&s);
		police(&s);
		courts(&s);
		changes(&s);
		notices(&s);
		weekly(&s);
		secure(&s);
		missing(&s);
	}
	if (demo_is_unborn(child, options))
		before_birth(&s);
	if (planned && !child->has_care && dice_chance(&s.dice, 50))
		before_court(&s);
	bool in_need = !child->has_care && !child->has_protection && !child->need.nfa &&
		child->need.closed == DAY_UNKNOWN;
	if (in_need && demo_age(child->born, s.now) < 16 && dice_chance(&s.dice, 90))
		fostering(&s);
	else if (in_need && dice_chance(&s.dice, 40))
		from_elsewhere(&s);
}
