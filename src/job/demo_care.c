/* A period of care: legal statuses, reviews, voice, people. Placements: demo_placement.c. */
#include "job/demo_place.h"

#include <string.h>

int demo_age(day born, day on)
{
	struct civil b = day_civil(born), o = day_civil(on);
	int years = o.year - b.year;
	return o.month < b.month || (o.month == b.month && o.day < b.day) ? years - 1 : years;
}

const char *demo_status_on(const struct demo_care *care, day on)
{
	const char *code = NULL;
	for (size_t i = 0; i < care->statuses && care->status[i].on <= on; i++)
		code = care->status[i].code;
	return code;
}

static void add_status(struct demo_care *care, day on, day until, const char *code)
{
	must(care->statuses < DEMO_STATUSES);
	if (on < until)
		care->status[care->statuses++] = (struct demo_status){ on, code };
}

static void make_voluntary(struct dice *dice, struct demo_care *care, day until)
{
	add_status(care, care->began, until, "V2");
	if (dice_chance(dice, 450)) {
		day order = care->began + dice_in(dice, 60, 260);
		add_status(care, order, until, "C1");
		add_status(care, order + dice_in(dice, 120, 240), until, "C2");
	}
}

/* Proceedings: a first footing, an interim order, a full one, and for some a placement order. */
static void make_proceedings(struct dice *dice, struct demo_care *care, day until, bool adoption)
{
	static const struct weighted first[] = { { "L1", 3 }, { "L2", 7 }, { "C1", 66 },
		{ "V2", 24 } };
	const char *code = DICE_CODE(dice, first);
	day on = care->began;
	add_status(care, on, until, code);
	if (code[0] == 'L') /* 72 hours of police protection; 8 days of an emergency order */
		on += code[1] == '1' ? dice_in(dice, 1, 2) : dice_in(dice, 3, 8);
	else if (code[0] == 'V')
		on += dice_in(dice, 20, 90);
	if (code[0] != 'C')
		add_status(care, on, until, "C1");
	on += dice_in(dice, 110, 240);
	add_status(care, on, until, "C2");
	if (adoption)
		add_status(care, on + dice_in(dice, 7, 40), until, "E1");
}

static void make_statuses(struct dice *dice, struct demo_care *care, day born, day until)
{
	if (care->short_breaks)
		add_status(care, care->began, until, "V4");
	else if (care->remand)
		add_status(care, care->began, until, "J1");
	else if (care->asylum)
		add_status(care, care->began, until, "V2");
	else if (!care->adopted && dice_chance(dice, demo_age(born, care->began) >= 14 ? 330 : 130))
		make_voluntary(dice, care, until);
	else
		make_proceedings(dice, care, until,
			care->adopted ||
				(demo_age(born, care->began) <= 4 && until - care->began < 1200 &&
					dice_chance(dice, 750)));
}

static const char *participation(struct dice *dice, day born, day held)
{
	static const struct weighted codes[] = { { "PN1", 46 }, { "PN2", 6 }, { "PN3", 5 },
		{ "PN4", 7 }, { "PN5", 12 }, { "PN6", 16 }, { "PN7", 8 } };
	return demo_age(born, held) < 4 ? "PN0" : DICE_CODE(dice, codes);
}

/* The day of the placement order, which is authority to place for adoption. */
static day authority_on(const struct demo_care *care)
{
	const struct demo_status *last = &care->status[care->statuses - 1];
	return strcmp(last->code, "E1") == 0 ? last->on : DAY_UNKNOWN;
}

static void make_reviews(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day placed)
{
	struct demo_care *care = &child->care;
	const struct demo_options *options = maker->options;
	care->review_due = care->review_booked = DAY_UNKNOWN;
	if (care->short_breaks)
		return; /* V4 has no review in the return (its check 399) */
	struct demo_series series = { calendar_add_working(options->calendar, care->began, 20), 3,
		6, care->began, placed != DAY_UNKNOWN ? placed : care->ended, options->now, 945,
		false };
	day authority = authority_on(care);
	if (authority != DAY_UNKNOWN && (series.ended == DAY_UNKNOWN || authority < series.ended))
		series.ended = authority;
	care->reviews = demo_make_series(
		maker, dice, &series, care->review, DEMO_REVIEWS - 8, &care->review_due);
	if (authority != DAY_UNKNOWN) {
		/* Regulation 36(1): three months from authority to place, then six. */
		day last = care->reviews > 0 ? care->review[care->reviews - 1].held : care->began;
		series = (struct demo_series){ day_add_months(authority, 3), 6, 6,
			authority > last ? authority : last,
			placed != DAY_UNKNOWN ? placed : care->ended, options->now, 945, false };
		care->reviews += demo_make_series(maker, dice, &series, care->review + care->reviews,
			DEMO_REVIEWS - 6 - care->reviews, &care->review_due);
	}
	if (placed != DAY_UNKNOWN) {
		/* Adoption Agencies Regulations 2005, regulation 36: four weeks, three months, six
		 */
		series = (struct demo_series){ placed + 28, 3, 6, placed, care->ended, options->now,
			945, false };
		size_t n = demo_make_series(maker, dice, &series, care->review + care->reviews,
			DEMO_REVIEWS - care->reviews, &care->review_due);
		for (size_t i = 0; i < n; i++)
			care->review[care->reviews + i].adoption = true;
		care->reviews += n;
	}
	day last = care->reviews > 0 ? care->review[care->reviews - 1].held : care->began;
	care->review_booked = demo_make_booking(maker, dice, last, care->review_due, 90);
}

static void make_workers(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day until)
{
	static const struct weighted reasons[] = { { "LEFTRL", 35 }, { "TSPROC", 22 },
		{ "ORGRST", 12 }, { "MANAGE", 12 }, { "FCONTA", 6 }, { "ABSENC", 5 },
		{ "CHCHAN", 3 }, { "OTHERS", 5 } };
	struct demo_care *care = &child->care;
	int most = demo_workers(maker->options) - 1;
	day on = care->began;
	do {
		care->worker[care->workers++] = (struct demo_worker){ dice_in(dice, 0, most), on,
			DICE_CODE(dice, reasons) };
		on += 60 + dice_wait(dice, 480);
		struct civil civil = day_civil(on);
		if (civil.month == 3 &&
			civil.day > 24) /* a change at the year's end is queried (SW11b) */
			on += 9;
	} while (on < until && care->workers < DEMO_WORKERS);
	child->worker = care->worker[care->workers - 1].worker;
}

/* Steps that only Duly knows, for what began since the authority came to it. */
static day step(struct demo_maker *maker, struct dice *dice, day from, int limit)
{
	if (!dice_chance(dice, 988))
		return DAY_UNKNOWN;
	int n = dice_chance(dice, 920) ? dice_in(dice, 0, limit)
				       : limit + dice_in(dice, 1, limit + 3);
	day on = n == 0 ? from : calendar_add_working(maker->options->calendar, from, n);
	return on <= maker->options->now ? on : DAY_UNKNOWN;
}

static void make_steps(struct demo_maker *maker, struct dice *dice, struct demo_care *care)
{
	care->service_notified = care->officer_appointed = care->plan_made = DAY_UNKNOWN;
	if (care->began >= maker->watch) {
		care->service_notified = step(maker, dice, care->began, 2);
		care->officer_appointed = step(maker, dice, care->began, 5);
		care->plan_made = step(maker, dice, care->began, 10);
	}
	for (size_t i = 0; i < care->placements; i++) {
		struct demo_placement *placement = &care->placement[i];
		placement->plan_made = placement->began >= maker->watch
					       ? step(maker, dice, placement->began, 5)
					       : DAY_UNKNOWN;
	}
}

static void make_previous(struct dice *dice, struct demo_child *child)
{
	static const struct weighted codes[] = { { "Z1", 925 }, { "P1", 15 }, { "P2", 35 },
		{ "P3", 10 }, { "P4", 15 } };
	struct demo_care *care = &child->care;
	bool old = demo_age(child->born, care->began) >= 3 && !care->asylum;
	care->previous = old ? DICE_CODE(dice, codes) : "Z1";
	care->previous_on =
		care->previous[0] == 'Z'
			? DAY_UNKNOWN
			: child->born + dice_in(dice, 200, (care->began - child->born) * 3 / 4);
}

/* What is each child's own, even of brothers and sisters who came together. */
static void make_own(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day until)
{
	struct demo_care *care = &child->care;
	for (size_t i = 0; i < care->reviews; i++)
		care->review[i].participation =
			participation(dice, child->born, care->review[i].held);
	care->missings = 0;
	demo_make_missing(maker, dice, child, until);
	care->visits.n = 0;
	if (!care->short_breaks)
		demo_make_visits(maker, dice, care->began, until, 42, &care->visits);
	make_steps(maker, dice, care);
	make_previous(dice, child);
}

static void make_end(struct dice *dice, struct demo_child *child)
{
	static const struct weighted grown[] = { { "E17", 32 }, { "E5", 34 }, { "E6", 8 },
		{ "E7", 9 }, { "E8", 17 } };
	static const struct weighted young[] = { { "E4A", 42 }, { "E4B", 5 }, { "E13", 6 },
		{ "E41", 7 }, { "E45", 11 }, { "E46", 3 }, { "E47", 8 }, { "E48", 4 }, { "E8", 11 },
		{ "E3", 3 } };
	struct demo_care *care = &child->care;
	if (care->asylum && demo_age(child->born, care->ended) < 18)
		care->end_reason = "E8";
	else if (demo_age(child->born, care->ended) >= 18)
		care->end_reason = DICE_CODE(dice, grown);
	else
		care->end_reason = DICE_CODE(dice, young);
}

void demo_make_care(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day began, day ended)
{
	static const struct weighted needs[] = { { "N1", 66 }, { "N2", 3 }, { "N3", 3 },
		{ "N4", 8 }, { "N5", 14 }, { "N6", 2 }, { "N8", 4 } };
	struct demo_care *care = &child->care;
	day until = ended != DAY_UNKNOWN ? ended : maker->options->now;
	child->has_care = true;
	care->began = began;
	care->ended = ended;
	care->end_reason = "";
	care->need = care->asylum ? "N8" : care->short_breaks ? "N2" : DICE_CODE(dice, needs);
	care->adoption_decided = care->adoption_matched = DAY_UNKNOWN;
	make_statuses(dice, care, child->born, until + (ended == DAY_UNKNOWN));
	day placed = demo_make_adoption(maker, dice, care);
	if (ended != DAY_UNKNOWN && care->end_reason[0] == '\0')
		make_end(dice, child);
	demo_make_placements(maker, dice, child, placed);
	make_reviews(maker, dice, child, placed);
	make_workers(maker, dice, child, until);
	make_own(maker, dice, child, until);
}

void demo_make_care_of_sibling(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child)
{
	struct demo_care *care = &child->care;
	bool together = dice_chance(dice, 600);
	for (size_t i = 0; i < care->placements; i++) {
		if (!demo_placement_fits(child, &care->placement[i]))
			together = false;
	}
	if (!together)
		demo_make_placements(maker, dice, child, DAY_UNKNOWN);
	make_own(
		maker, dice, child, care->ended != DAY_UNKNOWN ? care->ended : maker->options->now);
}
