#include "job/demo_place.h"

#include <stdio.h>
#include <string.h>

void demo_postcode(int n, char out[12])
{
	static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ"; /* what an inward code may hold */
	n %= 4000;
	snprintf(out, 12, "ZZ99 %d%c%c", n % 10, letters[n / 10 % 20], letters[n / 200]);
}

day demo_make_adoption(struct demo_maker *maker, struct dice *dice, struct demo_care *care)
{
	struct demo_status *order = &care->status[care->statuses - 1];
	if (strcmp(order->code, "E1") != 0)
		return DAY_UNKNOWN;
	day placed = order->on + dice_in(dice, 60, 300), now = maker->options->now;
	if (care->ended != DAY_UNKNOWN) {
		placed = care->ended - dice_in(dice, 90, 200);
		if (placed < order->on + 40) { /* no time to be adopted: no order was made */
			care->statuses--;
			return DAY_UNKNOWN;
		}
		care->end_reason = dice_chance(dice, 300) ? "E11" : "E12";
	} else if (placed < now - 260) { /* else it would be adopted by now */
		placed = now - dice_in(dice, 5, 250);
		if (placed < order->on + 40)
			placed = order->on + 40;
	}
	care->adoption_decided = demo_working_before(maker, order->on - dice_in(dice, 10, 30));
	if (care->adoption_decided <= care->began)
		care->adoption_decided = care->began + 1;
	care->adoption_matched = demo_working_before(maker, placed - dice_in(dice, 6, 25));
	if (care->adoption_matched > now)
		care->adoption_matched = DAY_UNKNOWN;
	return placed <= now ? placed : DAY_UNKNOWN;
}

static const char *code_for(struct dice *dice, const struct demo_child *child, day on)
{
	static const struct weighted small[] = { { "U1", 15 }, { "U3", 6 }, { "U4", 24 },
		{ "U5", 2 }, { "U2", 1 }, { "U6", 32 }, { "P1", 15 }, { "R1", 3 } };
	static const struct weighted middle[] = { { "U1", 16 }, { "U3", 3 }, { "U4", 40 },
		{ "U6", 21 }, { "K2", 16 }, { "P1", 9 }, { "S1", 1 } };
	static const struct weighted old[] = { { "U1", 8 }, { "U3", 1 }, { "U4", 19 }, { "U6", 13 },
		{ "K2", 26 }, { "K3", 27 }, { "P1", 5 }, { "Z11", 1 }, { "S1", 1 } };
	static const struct weighted remand[] = { { "R5", 65 }, { "K2", 25 }, { "U6", 10 } };
	const struct demo_care *care = &child->care;
	int age = demo_age(child->born, on);
	if (care->short_breaks)
		return "R1"; /* wants neither postcode nor registration, as V4 does not (214, 218)
			      */
	if (care->remand)
		return DICE_CODE(dice, remand);
	if (care->asylum)
		return age >= 16 && on >= day_of(2025, 4, 1) && dice_chance(dice, 700) ? "K3"
										       : "U6";
	return age < 6    ? DICE_CODE(dice, small)
	       : age < 16 ? DICE_CODE(dice, middle)
			  : DICE_CODE(dice, old);
}

bool demo_placement_fits(const struct demo_child *child, const struct demo_placement *placement)
{
	const char *code = placement->code,
		   *status = demo_status_on(&child->care, placement->began);
	int age = demo_age(child->born, placement->began);
	if (strcmp(code, "K3") == 0 || code[0] == 'Z') /* not in the code list before 2025/26 */
		return age >= 16 && placement->began >= day_of(2025, 4, 1);
	if (strcmp(code, "K2") == 0)
		return age >= 8;
	if (strcmp(code, "S1") == 0)
		return age >= 5;
	if (strcmp(code, "P1") == 0) /* under an order only: nobody is accommodated at home */
		return status[0] == 'C';
	return true;
}

/* Provider, registration and address that agree with each other. Numbers begin with a 9. */
static void furnish(
	struct dice *dice, const struct demo_child *child, struct demo_placement *placement)
{
	const char *code = placement->code;
	int kind = 0, registration = 0, at = dice_in(dice, 0, 1999) * 2;
	placement->provider = "PR1";
	if (code[0] == 'U' && code[1] >= '4' && !dice_chance(dice, 550)) {
		kind = 92;
		registration = dice_in(dice, 1, 40);
		placement->provider = registration % 6 == 0 ? "PR5" : "PR4";
	} else if (code[0] == 'U' || code[0] == 'A') {
		kind = 91; /* the authority's own fostering service */
	} else if (code[0] == 'K' || code[0] == 'S') {
		kind = code[0] == 'S' ? 95 : code[1] == '2' ? 93 : 94;
		registration = dice_in(dice, 1, 99);
		placement->provider = registration % 12 == 0   ? "PR1"
				      : registration % 12 == 1 ? "PR5"
							       : "PR4";
		at = (kind * 100 + registration) * 2;
	} else {
		placement->provider = code[0] == 'P'            ? "PR0"
				      : code[0] == 'Z'          ? ""
				      : strcmp(code, "R5") == 0 ? "PR3"
								: "PR4";
	}
	if (child->care.short_breaks) { /* neither address nor number (check 214) */
		placement->post[0] = placement->urn[0] = '\0';
		return;
	}
	demo_postcode(at, placement->post);
	if (code[0] == 'P' && child->home[0] != '\0' && dice_chance(dice, 700))
		memcpy(placement->post, child->home, sizeof placement->post);
	if (kind == 0)
		placement->urn[0] = '\0';
	else
		snprintf(placement->urn, sizeof placement->urn, "SC%02d%04d", kind, registration);
}

static struct demo_placement *add_placement(struct demo_care *care, day began, const char *code)
{
	static const char *const none = "";
	must(care->placements < DEMO_PLACEMENTS);
	if (care->placements > 0)
		care->placement[care->placements - 1].ended = began;
	struct demo_placement *placement = &care->placement[care->placements++];
	*placement = (struct demo_placement){ .began = began,
		.ended = care->ended,
		.code = code,
		.provider = none,
		.change_reason = none,
		.plan_made = DAY_UNKNOWN };
	return placement;
}

/* Placed for adoption: from a foster placement, most with carers who are new to the child. */
static void place_for_adoption(struct dice *dice, struct demo_child *child, day placed)
{
	struct demo_care *care = &child->care;
	struct demo_placement *before = &care->placement[care->placements - 1];
	bool same = dice_chance(dice, 200);
	if (before->code[0] != 'U' || same) {
		before->code = same ? "U5" : "U6";
		furnish(dice, child, before);
	}
	before->change_reason = same ? "PLACE" : "CARPL";
	struct demo_placement *placement = add_placement(care, placed, same ? "A5" : "A6");
	furnish(dice, child, placement);
	placement->same_carer = same;
	if (same) {
		const struct demo_placement *old = placement - 1;
		placement->provider = old->provider;
		memcpy(placement->post, old->post, sizeof placement->post);
		memcpy(placement->urn, old->urn, sizeof placement->urn);
	}
}

/* A move is to somewhere else (check 435). */
static bool same_place(const struct demo_care *care)
{
	const struct demo_placement *last = &care->placement[care->placements - 1];
	return care->placements > 1 && strcmp(last->code, last[-1].code) == 0 &&
	       strcmp(last->post, last[-1].post) == 0 && strcmp(last->urn, last[-1].urn) == 0;
}

/* A few of the shorter stays in a home are in a secure one. Dice of their own, so that nothing else
 * moves; of brothers and sisters who came together, all or none. */
static void make_secure(const struct demo_maker *maker, const struct demo_child *child,
	struct demo_placement *placement)
{
	day until = placement->ended == DAY_UNKNOWN ? maker->options->now : placement->ended;
	int days = until - placement->began, age = demo_age(child->born, placement->began);
	struct dice dice = dice_of((uint64_t)placement->began, (uint64_t)child->born);
	if (strcmp(placement->code, "K2") == 0 && age >= 13 && age < 17 && days >= 20 && days <= 200 &&
		dice_chance(&dice, 120))
		placement->code = "K1";
}

void demo_make_placements(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day placed)
{
	static const struct weighted reasons[] = { { "CARPL", 30 }, { "LAREQ", 13 },
		{ "CREQB", 13 }, { "CREQO", 8 }, { "CHILD", 9 }, { "STAND", 2 }, { "ALLEG", 2 },
		{ "CLOSE", 1 }, { "OTHER", 22 } };
	struct demo_care *care = &child->care;
	day on = care->began,
	    until = care->ended != DAY_UNKNOWN ? care->ended : maker->options->now + 1;
	if (placed != DAY_UNKNOWN)
		until = placed;
	care->placements = 0;
	do {
		struct demo_placement *placement = add_placement(care, on, "U6");
		do
			placement->code = code_for(dice, child, on);
		while (!demo_placement_fits(child, placement));
		do
			furnish(dice, child, placement);
		while (same_place(care));
		if (care->placements > 1)
			placement[-1].change_reason = DICE_CODE(dice, reasons);
		on += 25 + dice_wait(dice, care->placements == 1 ? 420 : 700);
	} while (on < until && care->placements < DEMO_PLACEMENTS - 1 && !care->short_breaks &&
		 !care->remand);
	struct demo_placement *last = &care->placement[care->placements - 1];
	const char *code = strcmp(care->end_reason, "E45") == 0   ? "U1"
			   : strcmp(care->end_reason, "E46") == 0 ? "U4"
								  : NULL;
	if (code != NULL && strcmp(last->code, code) != 0) { /* guardians who fostered before */
		last->code = code;
		furnish(dice, child, last);
	}
	if (placed != DAY_UNKNOWN)
		place_for_adoption(dice, child, placed);
	for (size_t i = 0; i < care->placements && !care->remand; i++)
		make_secure(maker, child, &care->placement[i]);
}

static instant moment(struct dice *dice, day on, int from_hour, int to_hour)
{
	int minute = dice_in(dice, from_hour * 12, to_hour * 12 - 1) * 5;
	instant at = INSTANT_UNKNOWN;
	must(instant_of_local(on, minute, -1, &at, NULL));
	return at;
}

static instant interview(struct dice *dice, struct demo_maker *maker, instant back)
{
	/* Within 72 hours for 63 in 100; later for most of the others; never for some. */
	static const struct weighted_range days[] = { { 1, 2, 63 }, { 4, 12, 26 }, { 99, 99, 11 } };
	int n = DICE_RANGE(dice, days);
	day on = instant_day(back) + n;
	return n == 99 || on > maker->options->now ? INSTANT_UNKNOWN : moment(dice, on, 9, 18);
}

void demo_make_missing(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day until)
{
	struct demo_care *care = &child->care;
	day from =
		maker->options->now - 1300 > care->began ? maker->options->now - 1300 : care->began;
	if (demo_age(child->born, until) < 11 || care->short_breaks || care->remand ||
		!dice_chance(dice, 160))
		return;
	if (until - from < 10)
		return;
	for (day on = from + dice_in(dice, 3, until - from - 3); care->missings < DEMO_MISSING;
		on += dice_in(dice, 12, 200)) {
		int days = dice_chance(dice, 800) ? dice_in(dice, 0, 2) : dice_in(dice, 3, 9);
		if (on + days + 2 >= until)
			break;
		/* None stands open in a return: the year's end would have to close it (575, 577).
		 */
		struct civil civil = day_civil(on + days + 2);
		if (civil.month == 4 && civil.day <= days + 3)
			continue;
		size_t i = 0;
		while (i + 1 < care->placements && care->placement[i + 1].began <= on)
			i++;
		if (demo_age(child->born, on) < 11 || care->placement[i].began >= on ||
			(care->placement[i].ended != DAY_UNKNOWN &&
				care->placement[i].ended <= on + days + 1))
			continue;
		struct demo_missing *missing = &care->missing[care->missings++];
		missing->kind = dice_chance(dice, 650) ? 'M' : 'A';
		missing->from = moment(dice, on, 15, 24);
		missing->to = moment(dice, on + days + (days == 0), 6, 13);
		missing->interview = interview(dice, maker, missing->to);
	}
	if (care->ended == DAY_UNKNOWN && care->missings < DEMO_MISSING && dice_chance(dice, 60) &&
		maker->options->now > maker->watch &&
		maker->options->now - 3 > care->placement[care->placements - 1].began) {
		struct demo_missing *missing = &care->missing[care->missings++];
		*missing = (struct demo_missing){ moment(dice, maker->options->now - 1, 16, 24),
			INSTANT_UNKNOWN, 'M', INSTANT_UNKNOWN };
	}
}
