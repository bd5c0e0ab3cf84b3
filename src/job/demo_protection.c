/* Referral, assessment, enquiries, plan: what the census of children in need carries. */
#include "job/demo_make.h"

#include <string.h>

static void make_factors(struct dice *dice, struct demo_need *need)
{
	static const char *const codes[] = { "1A", "1B", "1C", "2A", "2B", "3A", "3B", "4A", "4B",
		"5A", "6A", "7A", "8B", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A",
		"17A", "18B", "19B", "20", "22A", "23A", "24A" };
	enum { CODES = sizeof codes / sizeof *codes };
	int at = dice_in(dice, 0, CODES - 1), n = dice_in(dice, 1, DEMO_FACTORS);
	need->factors = 0;
	for (int i = 0; i < n; i++, at += dice_in(dice, 1, 6))
		need->factor[need->factors++] = codes[at % CODES];
}

/* A referral on `received` that was taken up: decided, assessed. */
static void make_need(
	struct demo_maker *maker, struct dice *dice, struct demo_need *need, day received)
{
	static const struct weighted sources[] = { { "1A", 6 }, { "1B", 2 }, { "1C", 1 },
		{ "1D", 2 }, { "2A", 19 }, { "2B", 2 }, { "3A", 3 }, { "3B", 3 }, { "3C", 1 },
		{ "3D", 2 }, { "3E", 4 }, { "3F", 4 }, { "4", 1 }, { "5A", 4 }, { "5B", 5 },
		{ "5C", 4 }, { "5D", 4 }, { "6", 28 }, { "7", 3 }, { "8", 3 }, { "9", 2 } };
	static const struct weighted needs[] = { { "N1", 60 }, { "N2", 6 }, { "N3", 3 },
		{ "N4", 10 }, { "N5", 15 }, { "N6", 2 }, { "N7", 1 }, { "N8", 3 } };
	/* Working days from referral to authorised: 84 in 100 within 45. */
	static const struct weighted_range days[] = { { 9, 25, 22 }, { 26, 40, 34 }, { 41, 45, 28 },
		{ 46, 70, 16 } };
	const struct calendar *calendar = maker->options->calendar;
	*need = (struct demo_need){ .received = received,
		.closed = DAY_UNKNOWN,
		.closure = "",
		.source = DICE_CODE(dice, sources),
		.need = DICE_CODE(dice, needs),
		.plan_began = DAY_UNKNOWN,
		.plan_ended = DAY_UNKNOWN };
	need->decided = dice_chance(dice, 780) ? demo_working_after(maker, received)
					       : calendar_add_working(calendar, received,
							 dice_chance(dice, 750) ? 1 : 3);
	/* On 31 March the same day: the census asks for an assessment beside every enquiry. */
	need->assessment =
		received + (received == demo_returned(maker->options) ? 0 : dice_in(dice, 0, 1));
	need->authorised = calendar_add_working(calendar, received, DICE_RANGE(dice, days));
	day returned = demo_returned(maker->options), now = maker->options->now;
	/* No assessment is left open in the census past its limit (its query 8670). */
	if (need->assessment <= returned && need->authorised > returned &&
		calendar_working_between(calendar, need->assessment, returned) > 44)
		need->authorised = demo_working_before(maker, returned);
	if (need->authorised > now)
		need->authorised = DAY_UNKNOWN;
	if (need->decided > now)
		need->decided = DAY_UNKNOWN;
	if (need->assessment > now)
		need->assessment = need->authorised = DAY_UNKNOWN;
	make_factors(dice, need);
}

static void make_groups(struct demo_maker *maker, struct dice *dice, struct demo_protection *made)
{
	day until = made->plan_ended != DAY_UNKNOWN ? made->plan_ended : maker->options->now;
	day on = made->began >= maker->watch
			 ? calendar_add_working(maker->options->calendar, made->began,
				   dice_chance(dice, 900) ? dice_in(dice, 6, 10)
							  : dice_in(dice, 11, 18))
			 : demo_working_after(maker, maker->watch + dice_in(dice, 0, 35));
	while (on <= until && made->groups < DEMO_GROUPS) {
		made->group[made->groups++] = on;
		on += dice_chance(dice, 80) ? dice_in(dice, 43, 60) : dice_in(dice, 24, 40);
		on = demo_working_after(maker, on);
	}
}

/* The enquiry that led to a conference on `held`: median 14 working days, 80 in 100 within 15. */
static void make_enquiry(
	struct demo_maker *maker, struct dice *dice, struct demo_protection *made, day held)
{
	static const struct weighted_range days[] = { { 6, 9, 5 }, { 10, 12, 16 }, { 13, 13, 14 },
		{ 14, 14, 24 }, { 15, 15, 21 }, { 16, 18, 12 }, { 19, 26, 8 } };
	const struct calendar *calendar = maker->options->calendar;
	day returned = demo_returned(maker->options);
	int n = DICE_RANGE(dice, days);
	made->enquired = true;
	made->strategy = calendar_add_working(calendar, held, -n);
	if (n > 15 && made->strategy <= returned && held > returned) /* query 8675 of the census */
		made->strategy = calendar_add_working(calendar, held, -15);
	made->ended = calendar_add_working(
		calendar, made->strategy, dice_in(dice, 4, n < 10 ? n - 1 : 9));
	made->conference = held;
	demo_make_papers(maker, dice, true, held, &made->decisions_sent, &made->record_sent);
}

static void make_category(
	struct dice *dice, const struct demo_child *child, struct demo_protection *made)
{
	static const struct weighted categories[] = { { "NEG", 490 }, { "EMO", 395 }, { "PHY", 60 },
		{ "SAB", 35 }, { "MUL", 15 } };
	static const struct weighted_range before[] = { { 1, 1, 75 }, { 2, 2, 20 }, { 3, 3, 5 } };
	made->latest = DICE_CODE(dice, categories);
	made->category = dice_chance(dice, 880) ? made->latest : DICE_CODE(dice, categories);
	/* 24 in 100 start a second or later plan; babies have had no time for one. */
	bool again = demo_age(child->born, made->began) >= 1 && dice_chance(dice, 265);
	made->plans_before = again ? DICE_RANGE(dice, before) : 0;
}

static void make_reviews(
	struct demo_maker *maker, struct dice *dice, struct demo_protection *made, day ended)
{
	struct demo_series series = { day_add_months(made->began, 3), 6, 6, made->began,
		ended == DAY_UNKNOWN ? ended : ended + 1, maker->options->now, 945, true };
	made->reviews = demo_make_series(
		maker, dice, &series, made->review, DEMO_REVIEWS, &made->review_due);
	if (ended == DAY_UNKNOWN) {
		day last = made->reviews > 0 ? made->review[made->reviews - 1].held : made->began;
		made->review_booked = demo_make_booking(maker, dice, last, made->review_due, 95);
		return;
	}
	if (made->reviews == 0) { /* a plan ends at a conference */
		made->review[0] = (struct demo_review){ .held = demo_working_before(maker,
								day_add_months(made->began, 3) - 2),
			.participation = "" };
		demo_make_papers(maker, dice, true, made->review[0].held,
			&made->review[0].decisions_sent, &made->review[0].record_sent);
		made->reviews = 1;
	}
	made->plan_ended = made->review[made->reviews - 1].held;
	made->review_booked = DAY_UNKNOWN;
}

/* After the plan: a child in need plan for a while, or closed. */
static void step_down(
	struct demo_maker *maker, struct dice *dice, struct demo_need *need, day ended)
{
	day now = maker->options->now, on = ended + 1;
	if (dice_chance(dice, 550) && on <= now) {
		need->plan_began = on;
		on += dice_in(dice, 50, 240);
		if (on > now)
			return;
		need->plan_ended = on;
	}
	on += dice_in(dice, 0, 14);
	if (on <= now && (need->authorised == DAY_UNKNOWN || on >= need->authorised)) {
		need->closed = on;
		need->closure = "RC7";
	}
}

void demo_make_plan(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day began, day ended)
{
	struct demo_protection *made = &child->protection;
	child->has_protection = true;
	*made = (struct demo_protection){ .planned = true,
		.began = began,
		.plan_ended = DAY_UNKNOWN,
		.conference_booked = DAY_UNKNOWN,
		.review_booked = DAY_UNKNOWN };
	make_enquiry(maker, dice, made, began);
	make_category(dice, child, made);
	make_reviews(maker, dice, made, ended);
	make_groups(maker, dice, made);
	demo_make_visits(maker, dice, began,
		made->plan_ended != DAY_UNKNOWN ? made->plan_ended : maker->options->now, 14,
		&made->visits);
	make_need(maker, dice, &child->need, made->strategy - dice_in(dice, 0, 6));
	if (made->plan_ended != DAY_UNKNOWN)
		step_down(maker, dice, &child->need, made->plan_ended);
	/* An enquiry is reported in the year of its conference, and its assessment beside it (query
	 * 2991 of the census). */
	day year = day_add_months(demo_returned(maker->options), -12) + 1;
	if (began >= year && child->need.authorised != DAY_UNKNOWN && child->need.authorised < year)
		child->need.authorised = demo_working_after(maker, year);
}

/* Enquiries that have not come to a conference: awaiting one, or found not to need one. */
static void make_enquiry_alone(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, bool conference)
{
	const struct calendar *calendar = maker->options->calendar;
	struct demo_protection *made = &child->protection;
	day now = maker->options->now;
	child->has_protection = true;
	*made = (struct demo_protection){ .enquired = true,
		.not_required = !conference,
		.strategy = child->need.received + dice_in(dice, 0, 3),
		.began = DAY_UNKNOWN,
		.plan_ended = DAY_UNKNOWN,
		.conference = DAY_UNKNOWN,
		.conference_booked = DAY_UNKNOWN,
		.review_due = DAY_UNKNOWN,
		.review_booked = DAY_UNKNOWN,
		.decisions_sent = DAY_UNKNOWN,
		.record_sent = DAY_UNKNOWN };
	if (made->strategy > now)
		made->strategy = now;
	/* Nor is one left without a conference past its 15 days there (query 8675). */
	day returned = demo_returned(maker->options);
	if (conference && made->strategy < calendar_add_working(calendar, returned, -14) &&
		returned + 40 > now)
		made->strategy = calendar_add_working(calendar, returned, -14);
	made->ended = calendar_add_working(calendar, made->strategy, dice_in(dice, 4, 10));
	if (made->ended > now)
		made->ended = DAY_UNKNOWN;
	if (!conference || !dice_chance(dice, 870))
		return;
	day booked = calendar_add_working(calendar, made->strategy,
		dice_chance(dice, 850) ? dice_in(dice, 11, 15) : dice_in(dice, 16, 22));
	made->conference_booked = booked > now ? booked : demo_working_after(maker, now + 2);
}

static void close_need(struct demo_need *need, day on, const char *closure, day now)
{
	if (on <= now) {
		need->closed = on;
		need->closure = closure;
	}
}

/* Still being assessed; but none is left open in the census past its limit. */
static void leave_open(struct demo_maker *maker, struct demo_need *need)
{
	day returned = demo_returned(maker->options);
	bool old = need->received <= returned && calendar_working_between(maker->options->calendar,
							 need->received, returned) > 44;
	need->authorised = old ? demo_working_before(maker, returned) : DAY_UNKNOWN;
}

void demo_make_referral(struct demo_maker *maker, struct dice *dice, struct demo_child *child)
{
	static const struct weighted kinds[] = { { "assessing", 38 }, { "awaiting", 20 },
		{ "enquired", 12 }, { "in need", 15 }, { "closed", 12 }, { "nfa", 3 } };
	struct demo_need *need = &child->need;
	const char *kind = DICE_CODE(dice, kinds);
	day now = maker->options->now;
	if (kind[0] == 'a') {
		make_need(maker, dice, need, now - dice_in(dice, 1, kind[1] == 's' ? 66 : 22));
		leave_open(maker, need);
		if (kind[1] == 'w')
			make_enquiry_alone(maker, dice, child, true);
	} else if (kind[0] == 'e') {
		make_need(maker, dice, need, now - dice_in(dice, 20, 300));
		make_enquiry_alone(maker, dice, child, false);
		if (need->authorised != DAY_UNKNOWN)
			close_need(need, need->authorised + 30, "RC7", now);
	} else if (kind[0] == 'i') {
		make_need(maker, dice, need, now - dice_in(dice, 110, 420));
		need->plan_began = need->authorised + dice_in(dice, 0, 5);
	} else if (kind[0] == 'c') {
		make_need(maker, dice, need, now - dice_in(dice, 110, 500));
		/* Closed with the assessment: one census then tells of both (its query 8825). */
		close_need(need, need->authorised, dice_chance(dice, 600) ? "RC8" : "RC9", now);
	} else {
		make_need(maker, dice, need, now - dice_in(dice, 5, 500));
		need->nfa = true;
		need->assessment = need->authorised = DAY_UNKNOWN;
		need->factors = 0;
		need->need = "";
		close_need(need, need->received + dice_in(dice, 0, 1), "RC7", now);
	}
}

static const char *closure_of(const char *reason)
{
	if (reason[1] == '1' && (reason[2] == '1' || reason[2] == '2'))
		return "RC1";
	if (strcmp(reason, "E41") == 0)
		return "RC3";
	if (reason[1] == '4' && reason[2] >= '5' && reason[2] <= '8')
		return "RC4";
	return strcmp(reason, "E3") == 0 ? "RC5" : strcmp(reason, "E7") == 0 ? "RC6" : "RC7";
}

void demo_make_need_of_care(struct demo_maker *maker, struct dice *dice, struct demo_child *child)
{
	static const struct weighted_range before[] = { { 0, 5, 40 }, { 8, 60, 35 },
		{ 80, 400, 25 } };
	struct demo_need *need = &child->need;
	const struct demo_care *care = &child->care;
	if (!child->has_protection) {
		day received = care->began - (care->asylum ? 0 : DICE_RANGE(dice, before));
		make_need(maker, dice, need, received > child->born ? received : child->born);
		need->need = care->need;
	}
	need->plan_began = need->plan_ended = need->closed = DAY_UNKNOWN;
	need->closure = "";
	if (care->ended == DAY_UNKNOWN)
		return;
	day on = care->ended + dice_in(dice, 0, 15), now = maker->options->now;
	if (child->has_protection && child->protection.planned) {
		if (child->protection.plan_ended == DAY_UNKNOWN)
			return;
		on = on > child->protection.plan_ended ? on : child->protection.plan_ended;
	}
	if (need->authorised == DAY_UNKNOWN || on < need->authorised)
		on = need->authorised;
	if (on != DAY_UNKNOWN)
		close_need(need, on, closure_of(care->end_reason), now);
}
