/* A child's rows in one year's SSDA903: what was known on the 31 March that ends it. */
#include "job/demo_file.h"

#include "returns/ssda903/write.h"

#include <stdio.h>
#include <string.h>

static bool known(day d, const struct demo_returns *year)
{
	return d != DAY_UNKNOWN && d <= year->to;
}

static bool within(day d, const struct demo_returns *year)
{
	return known(d, year) && d >= year->from;
}

static day shown(day d, const struct demo_returns *year)
{
	return known(d, year) ? d : DAY_UNKNOWN;
}

static void put(struct demo_returns *year, enum ssda903_file file, const void *row)
{
	ssda903_write_row(&year->out[file], file, row);
}

static const char *reason_began(bool status, bool placement, bool same_carer)
{
	if (!placement)
		return status ? "L" : "S";
	if (status)
		return same_carer ? "U" : "B";
	return same_carer ? "T" : "P";
}

bool demo_episode_next(struct demo_episode *episode)
{
	const struct demo_care *care = episode->care;
	bool first = episode->statuses == 0;
	bool turns = !first && episode->statuses < care->statuses &&
		     care->status[episode->statuses].on == episode->ended;
	if (!first && !turns && !episode->moves)
		return false;
	episode->began = first ? care->began : episode->ended;
	bool moved = episode->moves;
	episode->statuses += first || turns;
	episode->placements += first || moved;
	const struct demo_placement *placement = &care->placement[episode->placements - 1];
	episode->status = care->status[episode->statuses - 1].code;
	episode->reason = reason_began(turns, moved, placement->same_carer);
	day next_status = episode->statuses < care->statuses ? care->status[episode->statuses].on
							     : DAY_UNKNOWN;
	day next_place = episode->placements < care->placements
				 ? care->placement[episode->placements].began
				 : DAY_UNKNOWN;
	episode->ended = care->ended;
	if (next_status != DAY_UNKNOWN &&
		(episode->ended == DAY_UNKNOWN || next_status < episode->ended))
		episode->ended = next_status;
	if (next_place != DAY_UNKNOWN &&
		(episode->ended == DAY_UNKNOWN || next_place < episode->ended))
		episode->ended = next_place;
	episode->moves = episode->ended != DAY_UNKNOWN && episode->ended == next_place;
	return true;
}

static void put_episode(
	const struct demo_child *child, const struct demo_episode *episode, struct demo_returns *year)
{
	const struct demo_care *care = &child->care;
	const struct demo_placement *placement = &care->placement[episode->placements - 1];
	bool over = known(episode->ended, year), last = episode->ended == care->ended;
	put(year, SSDA903_EPISODES,
		&(struct ssda903_episode){ .child = str_of(child->number),
			.decom = episode->began,
			.rne = str_of(episode->reason),
			.ls = str_of(episode->status),
			.cin = str_of(care->need),
			.place = str_of(placement->code),
			.provider = str_of(placement->provider),
			.dec = shown(episode->ended, year),
			.rec = !over  ? S("")
			       : last ? str_of(care->end_reason)
				      : S("X1"),
			.change_reason = over && episode->moves
						 ? str_of(placement->change_reason)
						 : S(""),
			.home_post = care->short_breaks ? S("") : str_of(child->home),
			.pl_post = str_of(placement->post),
			.urn = str_of(placement->urn) });
}

static int put_episodes(const struct demo_child *child, struct demo_returns *year)
{
	struct demo_episode episode = { .care = &child->care };
	int n = 0;
	while (demo_episode_next(&episode) && episode.began <= year->to) {
		if (episode.ended == DAY_UNKNOWN || episode.ended >= year->from) {
			put_episode(child, &episode, year);
			n++;
		}
	}
	return n;
}

/* M and F since the return of 2024/25; 1 and 2 before. */
static str sex_of(const struct demo_child *child, const struct demo_returns *year)
{
	if (day_civil(year->to).year < 2025)
		return child->sex == 'F' ? S("2") : S("1");
	return child->sex == 'F' ? S("F") : S("M");
}

static void put_header(const struct demo_child *child, bool leaver, struct demo_returns *year)
{
	bool mother = child->sex == 'F' && !leaver && !child->care.short_breaks;
	put(year, SSDA903_HEADER,
		&(struct ssda903_header){ .child = str_of(child->number),
			.sex = sex_of(child, year),
			.born = child->born,
			.ethnic = str_of(child->ethnicity),
			.upn = demo_age(child->born, year->to) < 4 ? S("UN1") : str_of(child->upn),
			.mother = mother ? S("0") : S(""),
			.mc_born = DAY_UNKNOWN });
}

static str truth(struct dice *dice, int in_1000)
{
	return dice_chance(dice, in_1000) ? S("1") : S("0");
}

/* Health of a child looked after for the whole year. */
static void put_oc2(const struct demo_child *child, struct demo_returns *year)
{
	static const struct weighted reasons[] = { { "SDQ2", 25 }, { "SDQ3", 35 }, { "SDQ4", 20 },
		{ "SDQ5", 20 } };
	const struct demo_care *care = &child->care;
	if (care->short_breaks || care->began > year->from || known(care->ended, year))
		return;
	struct dice dice = dice_of(child->dice.state, (uint64_t)year->to);
	int before = demo_age(child->born, year->from), age = demo_age(child->born, year->to);
	char score[8];
	snprintf(score, sizeof score, "%d", dice_in(&dice, 0, 14) + dice_in(&dice, 0, 13));
	struct ssda903_oc2 row = { .child = str_of(child->number), .born = child->born };
	if (before >= 4 && age < 17) {
		if (dice_chance(&dice, 800))
			row.sdq_score = str_of(score);
		else
			row.sdq_reason = str_of(DICE_CODE(&dice, reasons));
	} else if (age >= 4 && before < 17) {
		row.sdq_reason = S("SDQ1");
	}
	if (age >= 10)
		row.convicted = truth(&dice, 25);
	if (age < 5)
		row.health_check = truth(&dice, 890);
	row.immunisations = truth(&dice, 820);
	row.teeth_check = truth(&dice, 790);
	row.health_assessment = truth(&dice, 890);
	row.substance_misuse = truth(&dice, age >= 12 ? 60 : 0);
	if (row.substance_misuse.p[0] == '1') {
		row.intervention_received = truth(&dice, 500);
		if (row.intervention_received.p[0] == '0')
			row.intervention_offered = truth(&dice, 700);
	}
	put(year, SSDA903_OC2, &row);
}

static void put_adoption(const struct demo_child *child, struct demo_returns *year)
{
	static const char *const adopters[][3] = { { "2", "MF", "L3" }, { "2", "MF", "L2" },
		{ "2", "MM", "L4" }, { "1", "F1", "L0" }, { "2", "FF", "L12" } };
	const struct demo_care *care = &child->care;
	if (!known(care->adoption_decided, year))
		return;
	str number = str_of(child->number);
	put(year, SSDA903_PLACED_ADOPTION,
		&(struct ssda903_placed_adoption){ .child = number,
			.born = child->born,
			.placed = care->adoption_decided,
			.ceased = DAY_UNKNOWN });
	if (!within(care->ended, year))
		return;
	struct dice dice = dice_of(child->dice.state, 1);
	const char *const *who = adopters[dice_in(&dice, 0, 4)];
	bool same = care->placement[care->placements - 1].same_carer;
	put(year, SSDA903_AD1,
		&(struct ssda903_ad1){ number, child->born, care->adoption_decided,
			care->adoption_matched, same ? S("1") : S("0"), str_of(who[0]),
			str_of(who[1]), str_of(who[2]) });
}

static void put_missing(const struct demo_child *child, struct demo_returns *year)
{
	const struct demo_care *care = &child->care;
	for (size_t i = 0; i < care->missings; i++) {
		const struct demo_missing *missing = &care->missing[i];
		day from = instant_day(missing->from), to = instant_day(missing->to);
		if (from > year->to || (to != DAY_UNKNOWN && to < year->from))
			continue;
		put(year, SSDA903_MISSING,
			&(struct ssda903_missing){ str_of(child->number), child->born,
				missing->kind == 'M' ? S("M") : S("A"), from, shown(to, year) });
	}
}

static void put_workers(const struct demo_child *child, struct demo_returns *year)
{
	const struct demo_care *care = &child->care;
	for (size_t i = 0; i < care->workers; i++) {
		const struct demo_worker *worker = &care->worker[i];
		bool last = i + 1 == care->workers;
		day to = last ? DAY_UNKNOWN : worker[1].from; /* the last one stays (SW17) */
		if (worker->from > year->to || (to != DAY_UNKNOWN && to <= year->from))
			continue;
		char number[16];
		snprintf(number, sizeof number, "SW9%05d", worker->worker);
		put(year, SSDA903_SW_EPISODES,
			&(struct ssda903_sw_episode){ str_of(child->number), child->born,
				str_of(number),
				worker->from < year->from ? year->from : worker->from,
				shown(to, year), str_of(worker->reason) });
	}
}

/* In the year of the 19th, 20th and 21st birthday of a young person who left at 18. */
static void put_leaver(const struct demo_child *child, struct demo_returns *year)
{
	static const struct weighted activities[] = { { "F1", 12 }, { "F2", 28 }, { "P2", 4 },
		{ "F4", 6 }, { "F5", 20 }, { "P5", 5 }, { "G4", 6 }, { "G5", 14 }, { "G6", 5 } };
	static const struct weighted homes[] = { { "U1", 38 }, { "K1", 14 }, { "R1", 12 },
		{ "B1", 12 }, { "Z1", 9 }, { "E1", 8 }, { "T1", 4 }, { "D1", 3 } };
	int age = demo_age(child->born, year->to);
	if (age < 19 || age > 21 || demo_age(child->born, child->care.ended) < 18)
		return;
	struct dice dice = dice_of(child->dice.state, (uint64_t)year->to + 1);
	put_header(child, true, year);
	put(year, SSDA903_OC3,
		&(struct ssda903_oc3){ str_of(child->number), child->born, S("YES"),
			str_of(DICE_CODE(&dice, activities)), str_of(DICE_CODE(&dice, homes)) });
}

void demo_write_903(
	const struct demo_child *child, struct demo_returns *year, struct demo_written *written)
{
	const struct demo_care *care = &child->care;
	if (!child->has_care || care->began > year->to)
		return;
	if (care->ended != DAY_UNKNOWN && care->ended < year->from) {
		put_leaver(child, year);
		return;
	}
	put_header(child, false, year);
	written->episodes += put_episodes(child, year);
	for (size_t i = 0; i < care->reviews; i++) {
		if (!within(care->review[i].held, year))
			continue;
		put(year, SSDA903_REVIEWS,
			&(struct ssda903_review){ str_of(child->number), child->born,
				care->review[i].held, str_of(care->review[i].participation) });
		written->reviews++;
	}
	if (care->asylum)
		put(year, SSDA903_UASC,
			&(struct ssda903_uasc){ str_of(child->number), sex_of(child, year),
				child->born, day_add_months(child->born, 18 * 12) });
	put_oc2(child, year);
	put_adoption(child, year);
	if (within(care->began, year))
		put(year, SSDA903_PREVIOUS_PERMANENCE,
			&(struct ssda903_previous_permanence){ str_of(child->number), child->born,
				str_of(care->previous),
				care->previous[0] == 'Z' ? S("") : S(DEMO_AUTHORITY),
				care->previous_on });
	put_missing(child, year);
	put_workers(child, year);
}
