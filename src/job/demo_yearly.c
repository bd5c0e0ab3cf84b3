/* What the return asks for and no clock counts from: each year's health and leavers, adoption, social
 * workers, what came before. With dice of their own, so that nothing else moves. */
#include "job/demo_store.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

struct yearly {
	const struct demo_child *child;
	struct arena *arena;
	struct demo_changes *out;
	day from, to; /* the year at hand */
};

static void *add(struct yearly *y, const struct record_type *type)
{
	void *record = record_new(y->arena, type);
	ARRAY_MORE(y->out) =
		(struct change){ .act = CHANGE_ADD, .type = type, .subject = -1, .record = record };
	return record;
}

static enum answer truth(struct dice *dice, int in_1000)
{
	return dice_chance(dice, in_1000) ? ANSWER_YES : ANSWER_NO;
}

static void add_misuse(struct dice *dice, struct health_year *health, int in_1000)
{
	health->substance_misuse = truth(dice, in_1000);
	if (health->substance_misuse == ANSWER_NO)
		return;
	health->intervention_received = truth(dice, 500);
	if (health->intervention_received == ANSWER_NO)
		health->intervention_offered = truth(dice, 700);
}

/* Health of a child looked after for the whole year. */
static void add_health(struct yearly *y)
{
	static const struct weighted reasons[] = { { "SDQ2", 25 }, { "SDQ3", 35 }, { "SDQ4", 20 },
		{ "SDQ5", 20 } };
	const struct demo_child *child = y->child;
	const struct demo_care *care = &child->care;
	bool left = care->ended != DAY_UNKNOWN && care->ended <= y->to;
	if (care->short_breaks || care->began > y->from || left)
		return;
	struct dice dice = dice_of(child->dice.state, (uint64_t)y->to);
	int before = demo_age(child->born, y->from), age = demo_age(child->born, y->to);
	int score = dice_in(&dice, 0, 14) + dice_in(&dice, 0, 13);
	struct health_year *health = add(y, &health_year_type);
	health->ended = y->to;
	if (before >= 4 && age < 17) {
		if (dice_chance(&dice, 800))
			health->sdq_score = score;
		else
			health->sdq_reason = str_of(DICE_CODE(&dice, reasons));
	} else if (age >= 4 && demo_age(child->born, y->from - 1) < 17) {
		health->sdq_reason = S("SDQ1");
	}
	if (age >= 10)
		health->convicted = truth(&dice, 25);
	if (age < 5)
		health->health_check = truth(&dice, 890);
	health->immunisations = truth(&dice, 820);
	health->teeth_check = truth(&dice, 790);
	health->health_assessment = truth(&dice, 890);
	add_misuse(&dice, health, age >= 12 ? 60 : 0);
}

/* In the year of the 19th, 20th and 21st birthday of a young person who left at 18. */
static void add_leaver(struct yearly *y)
{
	static const struct weighted activities[] = { { "F1", 12 }, { "F2", 28 }, { "P2", 4 },
		{ "F4", 6 }, { "F5", 20 }, { "P5", 5 }, { "G4", 6 }, { "G5", 14 }, { "G6", 5 } };
	static const struct weighted homes[] = { { "U1", 38 }, { "K1", 14 }, { "R1", 12 },
		{ "B1", 12 }, { "Z1", 9 }, { "E1", 8 }, { "T1", 4 }, { "D1", 3 } };
	const struct demo_child *child = y->child;
	int age = demo_age(child->born, y->to);
	bool before = child->care.ended != DAY_UNKNOWN && child->care.ended < y->from;
	if (!before || age < 19 || age > 21 || demo_age(child->born, child->care.ended) < 18)
		return;
	struct dice dice = dice_of(child->dice.state, (uint64_t)y->to + 1);
	struct leaver_year *leaver = add(y, &leaver_year_type);
	*leaver = (struct leaver_year){ y->to, S("YES"), str_of(DICE_CODE(&dice, activities)),
		str_of(DICE_CODE(&dice, homes)) };
}

static void add_adoption(struct yearly *y)
{
	static const char *const adopters[][3] = { { "2", "MF", "L3" }, { "2", "MF", "L2" },
		{ "2", "MM", "L4" }, { "1", "F1", "L0" }, { "2", "FF", "L12" } };
	const struct demo_care *care = &y->child->care;
	if (care->adoption_decided == DAY_UNKNOWN)
		return;
	struct adoption_plan *plan = add(y, &adoption_plan_type);
	plan->decided = care->adoption_decided;
	plan->matched = care->adoption_matched;
	if (care->ended == DAY_UNKNOWN)
		return;
	struct dice dice = dice_of(y->child->dice.state, 1);
	const char *const *who = adopters[dice_in(&dice, 0, 4)];
	plan->foster_carer =
		care->placement[care->placements - 1].same_carer ? ANSWER_YES : ANSWER_NO;
	plan->adopters = who[0][0] - '0';
	plan->adopters_sex = str_of(who[1]);
	plan->adopters_status = str_of(who[2]);
}

/* The last one stays: who left care keeps the worker (SW17). */
static void add_workers(struct yearly *y)
{
	const struct demo_care *care = &y->child->care;
	for (size_t i = 0; i < care->workers; i++) {
		const struct demo_worker *worker = &care->worker[i];
		struct worker_spell *spell = add(y, &worker_spell_type);
		*spell = (struct worker_spell){
			arena_format(y->arena, "SW9%05d", worker->worker), worker->from,
			i + 1 < care->workers ? worker[1].from : DAY_UNKNOWN, str_of(worker->reason) };
	}
}

static void add_earlier(struct yearly *y, ref care)
{
	const struct demo_care *made = &y->child->care;
	struct earlier_permanence *earlier = add(y, &earlier_permanence_type);
	*earlier = (struct earlier_permanence){ .care = care, .option = str_of(made->previous) };
	if (made->previous_on == DAY_UNKNOWN)
		return;
	struct buf on = { 0 };
	buf_day_slashed(&on, made->previous_on);
	earlier->authority = S(DEMO_AUTHORITY);
	earlier->on = arena_str(y->arena, buf_view(&on));
	buf_close(&on);
}

void demo_yearly(const struct demo_child *child, const struct demo_options *options,
	const struct demo_refs *refs, struct arena *arena, struct demo_changes *out)
{
	struct yearly y = { .child = child, .arena = arena, .out = out };
	if (!child->has_care)
		return;
	for (int i = 0; i < DEMO_RETURNED; i++) {
		y.from = day_add_months(demo_returned(options), -12 * (i + 1)) + 1;
		y.to = day_add_months(demo_returned(options), -12 * i);
		add_health(&y);
		add_leaver(&y);
	}
	add_adoption(&y);
	add_workers(&y);
	add_earlier(&y, refs->care);
}
