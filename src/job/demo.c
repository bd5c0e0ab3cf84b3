#include "job/demo_place.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

enum { FAMILY = 4 };

enum kind {
	CARE,
	ASYLUM,
	SHORT_BREAKS,
	REMAND,
	BOTH,
	PLAN,
	REFERRAL,
	CARE_ENDED,
	GROWN,
	ADOPTED,
	PLAN_ENDED,
	KINDS
};

struct demo {
	struct demo_options options;
	struct demo_maker maker;
	int64_t made, families;
	int *load; /* children of each reviewing officer */
	struct demo_child child[FAMILY];
	int size, at;
};

day demo_returned(const struct demo_options *options)
{
	int year = day_civil(options->now).year;
	day end = day_of(year, 3, 31);
	return end <= options->now ? end : day_of(year - 1, 3, 31);
}

day demo_watch(const struct demo_options *options)
{
	return demo_returned(options) + 1;
}

int demo_officers(const struct demo_options *options)
{
	/* 82 in 100 are looked after or on a plan; 60 children an officer. */
	int64_t n = (options->children * 82 / 100 + 30) / 60;
	return n < 1 ? 1 : (int)n;
}

int demo_workers(const struct demo_options *options)
{
	return (int)(options->children / 16) + 2;
}

struct demo *demo_open(const struct demo_options *options)
{
	must(options->children >= 1 && options->children <= 1000000);
	must(options->now - 12 * 366 >= calendar_first(options->calendar));
	must(options->now + 366 <= calendar_last(options->calendar));
	struct demo *demo = mem_alloc(1, sizeof *demo);
	demo->options = *options;
	demo->maker = (struct demo_maker){ &demo->options, demo_watch(options) };
	demo->load = mem_alloc((size_t)demo_officers(options), sizeof *demo->load);
	return demo;
}

void demo_close(struct demo *demo)
{
	if (demo == NULL)
		return;
	mem_free(demo->load);
	mem_free(demo);
}

static void make_upn(struct demo *demo, struct demo_child *child, int64_t number)
{
	char digits[40];
	snprintf(digits, sizeof digits, DEMO_AUTHORITY "%02d%07d",
		(day_civil(child->born).year + 5) % 100,
		(int)((number * 7919 + (int64_t)(demo->options.seed % 1000) * 13) % 10000000));
	int sum = 0;
	for (int i = 0; i < 12; i++)
		sum += (digits[i] - '0') * (i + 2);
	snprintf(child->upn, sizeof child->upn, "%c%.12s", "ABCDEFGHJKLMNPQRTUVWXYZ"[sum % 23],
		digits);
}

static void make_disabilities(struct dice *dice, struct demo_child *child)
{
	static const char *const codes[] = { "AUT", "LD", "BEH", "COMM", "CON", "MOB", "HEAR",
		"VIS", "PC", "HAND", "INC", "DDA" };
	child->disabilities = 1;
	child->disability[0] = "NONE";
	if (!dice_chance(dice, child->care.short_breaks ? 1000 : 130))
		return;
	int first = dice_in(dice, 0, 11);
	child->disabilities = (size_t)dice_in(dice, 1, 3);
	for (size_t i = 0; i < child->disabilities; i++)
		child->disability[i] = codes[((size_t)first + i * 5) % 12];
}

/* What makes the child this one: number, sex, forename. Born and family are known. */
static void make_identity(struct demo *demo, struct dice *dice, struct demo_child *child, int boys)
{
	int64_t number = 100001 + demo->made++;
	snprintf(child->number, sizeof child->number, "%lld", (long long)number);
	child->sex = dice_chance(dice, boys) ? 'M' : 'F';
	demo_forename(dice, child->ethnicity, child->sex, child->forename);
	make_upn(demo, child, number);
	make_disabilities(dice, child);
	child->restricted = dice_chance(dice, 12);
	child->dice = dice_of(demo->options.seed ^ UINT64_C(0xdeed), (uint64_t)number);
}

static day day_of_birth(struct dice *dice, day on, bool plan)
{
	static const struct weighted_range care[] = { { 70, 364, 5 }, { 365, 1825, 13 },
		{ 1826, 3651, 19 }, { 3652, 5842, 39 }, { 5843, 6560, 24 } };
	static const struct weighted_range planned[] = { { 70, 364, 9 }, { 365, 1825, 27 },
		{ 1826, 3651, 29 }, { 3652, 5842, 30 }, { 5843, 6500, 5 } };
	return on - (plan ? DICE_RANGE(dice, planned) : DICE_RANGE(dice, care));
}

/* Lasting `days` up to `on`, or what the child's age leaves room for. */
static day start_of(struct dice *dice, day on, int days, day earliest)
{
	if (on - days >= earliest)
		return on - days;
	return on - 1 > earliest ? dice_in(dice, earliest, on - 1) : on - 1;
}

static void make_open_care(struct demo *demo, struct dice *dice, struct demo_child *child)
{
	static const struct weighted_range days[] = { { 1, 182, 15 }, { 183, 365, 14 },
		{ 366, 730, 20 }, { 731, 1095, 14 }, { 1096, 1825, 18 }, { 1826, 4200, 19 } };
	day now = demo->options.now;
	child->born = day_of_birth(dice, now, false);
	day began = start_of(dice, now, DICE_RANGE(dice, days), child->born + 1);
	day plan = demo_working_before(&demo->maker, began - dice_in(dice, 90, 400));
	day ended = began + dice_in(dice, 20, 120);
	if (plan - 60 > child->born && ended < now && dice_chance(dice, 220))
		demo_make_plan(&demo->maker, dice, child, plan, ended);
	demo_make_care(&demo->maker, dice, child, began, DAY_UNKNOWN);
}

static void make_special_care(
	struct demo *demo, struct dice *dice, struct demo_child *child, enum kind kind)
{
	day now = demo->options.now;
	int most = kind == ASYLUM ? 1050 : kind == REMAND ? 150 : 900;
	int age = kind == ASYLUM   ? dice_in(dice, 5650, 6560)
		  : kind == REMAND ? dice_in(dice, 5100, 6540)
				   : dice_in(dice, 2000, 6300);
	child->born = now - age;
	child->care.asylum = kind == ASYLUM;
	child->care.remand = kind == REMAND;
	child->care.short_breaks = kind == SHORT_BREAKS;
	if (kind == ASYLUM)
		child->home[0] = '\0';
	demo_make_care(&demo->maker, dice, child, now - dice_in(dice, 3, most), DAY_UNKNOWN);
}

static void make_ended_care(
	struct demo *demo, struct dice *dice, struct demo_child *child, enum kind kind)
{
	static const struct weighted_range days[] = { { 5, 60, 18 }, { 61, 365, 34 },
		{ 366, 1095, 33 }, { 1096, 2500, 15 } };
	day ended = demo->options.now - dice_in(dice, 4, kind == CARE_ENDED ? 600 : 950), began;
	/* Nobody leaves on the last day of a return's year: its rules count such a child as there all
	 * year, and as gone (187, 191). */
	struct civil civil = day_civil(ended);
	ended -= civil.month == 3 && civil.day == 31;
	if (kind == GROWN) {
		ended -= civil.month == 2 && civil.day == 29;
		child->born = day_add_months(ended, -18 * 12);
		began = ended - dice_in(dice, 400, 2900);
	} else if (kind == ADOPTED) {
		began = ended - dice_in(dice, 560, 1000);
		child->born = began - dice_in(dice, 1, 900);
		child->care.adopted = true;
	} else {
		child->born = day_of_birth(dice, ended, false);
		began = start_of(dice, ended, DICE_RANGE(dice, days), child->born + 1);
	}
	demo_make_care(&demo->maker, dice, child, began, ended);
}

static void make_planned(
	struct demo *demo, struct dice *dice, struct demo_child *child, enum kind kind)
{
	static const struct weighted_range open[] = { { 1, 90, 255 }, { 91, 181, 225 },
		{ 182, 364, 315 }, { 365, 729, 172 }, { 731, 1300, 33 } };
	static const struct weighted_range over[] = { { 100, 200, 35 }, { 201, 365, 45 },
		{ 366, 700, 20 } };
	day now = demo->options.now, end = kind == PLAN_ENDED ? now - dice_in(dice, 5, 560) : now;
	child->born = day_of_birth(dice, end - (kind == PLAN_ENDED ? 140 : 0), true);
	int days = kind == PLAN_ENDED ? DICE_RANGE(dice, over) : DICE_RANGE(dice, open);
	if (kind == BOTH && days < 30)
		days += 30;
	day began = start_of(dice, end, days, child->born + 60);
	if (kind == PLAN_ENDED && began > end - 100)
		began = end - 100;
	began = demo_working_before(&demo->maker, began);
	demo_make_plan(&demo->maker, dice, child, began, kind == PLAN_ENDED ? end : DAY_UNKNOWN);
	if (kind == BOTH && began + 12 < now)
		demo_make_care(
			&demo->maker, dice, child, dice_in(dice, began + 10, now - 1), DAY_UNKNOWN);
}

static void make_first(
	struct demo *demo, struct dice *dice, struct demo_child *child, enum kind kind)
{
	switch (kind) {
	case CARE:
		make_open_care(demo, dice, child);
		break;
	case ASYLUM:
	case SHORT_BREAKS:
	case REMAND:
		make_special_care(demo, dice, child, kind);
		break;
	case CARE_ENDED:
	case GROWN:
	case ADOPTED:
		make_ended_care(demo, dice, child, kind);
		break;
	case BOTH:
	case PLAN:
	case PLAN_ENDED:
		make_planned(demo, dice, child, kind);
		break;
	case REFERRAL:
	case KINDS:
	default:
		child->born = demo->options.now - dice_in(dice, 560, 6400);
		demo_make_referral(&demo->maker, dice, child);
		break;
	}
	if (child->has_care)
		demo_make_need_of_care(&demo->maker, dice, child);
}

static day earliest(const struct demo_child *child)
{
	return child->has_care && child->care.began < child->need.received ? child->care.began
									   : child->need.received;
}

/* A birthday for one more child of the family; DAY_UNKNOWN when there is no room for one. */
static day sibling_born(struct demo *demo, struct dice *dice)
{
	const struct demo_child *first = &demo->child[0];
	day until = first->has_care && first->care.ended != DAY_UNKNOWN ? first->care.ended
									: demo->options.now;
	for (int attempt = 0; attempt < 12; attempt++) {
		int apart = dice_in(dice, 300, 2400);
		day born = first->born + (dice_chance(dice, 500) ? apart : -apart);
		bool room = born + 40 < earliest(first) && until - born < 6520;
		for (int i = 0; i < demo->size; i++) {
			int gap = born - demo->child[i].born;
			room = room && (gap >= 290 || gap <= -290);
		}
		if (room)
			return born;
	}
	return DAY_UNKNOWN;
}

static void make_sibling(struct demo *demo, struct dice *dice, day born)
{
	struct demo_child *child = &demo->child[demo->size++];
	*child = demo->child[0];
	child->born = born;
	make_identity(demo, dice, child, 530);
	if (child->has_care)
		demo_make_care_of_sibling(&demo->maker, dice, child);
}

static bool alone(const struct demo_child *child, enum kind kind)
{
	return kind == ASYLUM || kind == SHORT_BREAKS || kind == REMAND || kind == GROWN ||
	       kind == ADOPTED || (child->has_care && child->care.adoption_decided != DAY_UNKNOWN);
}

static bool is_open(const struct demo_child *child)
{
	const struct demo_protection *protection = &child->protection;
	return (child->has_care && child->care.ended == DAY_UNKNOWN) ||
	       (child->has_protection &&
		       ((protection->planned && protection->plan_ended == DAY_UNKNOWN) ||
			       protection->conference_booked != DAY_UNKNOWN));
}

/* One officer for brothers and sisters: of two thrown, the one with fewer children. */
static void allocate(struct demo *demo, struct dice *dice)
{
	static const char *const looked_after[] = { "Children Looked After 1",
		"Children Looked After 2", "Children Looked After 3" };
	static const char *const safeguarding[] = { "Safeguarding East", "Safeguarding North",
		"Safeguarding West" };
	int officers = demo_officers(&demo->options);
	int a = dice_in(dice, 0, officers - 1), b = dice_in(dice, 0, officers - 1);
	int least = demo->load[b] < demo->load[a] ? b : a, which = dice_in(dice, 0, 2);
	for (int i = 0; i < demo->size; i++) {
		struct demo_child *child = &demo->child[i];
		bool open = is_open(child), old = demo_age(child->born, demo->options.now) >= 16;
		child->officer = open ? least : -1;
		demo->load[least] += open;
		child->siblings = demo->size > 1 ? demo->families : 0;
		child->team = child->disability[0][0] != 'N' && child->disabilities > 2
				      ? "Children with Disabilities"
			      : child->has_care && old ? "Leaving Care"
			      : child->has_care        ? looked_after[which]
			      : child->has_protection && child->protection.planned
				      ? safeguarding[which]
				      : "Assessment";
	}
}

static void make_family(struct demo *demo)
{
	static const struct weighted_range sizes[] = { { 1, 1, 52 }, { 2, 2, 28 }, { 3, 3, 14 },
		{ 4, 4, 6 } };
	static const struct weighted ethnicities[] = { { "WBRI", 660 }, { "WOTH", 50 },
		{ "WIRI", 6 }, { "WIRT", 3 }, { "WROM", 7 }, { "MWBC", 38 }, { "MWBA", 16 },
		{ "MWAS", 16 }, { "MOTH", 32 }, { "AIND", 8 }, { "APKN", 22 }, { "ABAN", 14 },
		{ "AOTH", 16 }, { "BCRB", 22 }, { "BAFR", 48 }, { "BOTH", 14 }, { "CHNE", 3 },
		{ "OOTH", 20 }, { "NOBT", 5 } };
	static const struct weighted far[] = { { "AOTH", 38 }, { "BAFR", 30 }, { "OOTH", 24 },
		{ "WOTH", 8 } };
	static const struct weighted_range kinds[] = { { CARE, CARE, 560 }, { ASYLUM, ASYLUM, 84 },
		{ SHORT_BREAKS, SHORT_BREAKS, 14 }, { REMAND, REMAND, 6 }, { BOTH, BOTH, 52 },
		{ PLAN, PLAN, 275 }, { REFERRAL, REFERRAL, 90 }, { CARE_ENDED, CARE_ENDED, 36 },
		{ GROWN, GROWN, 28 }, { ADOPTED, ADOPTED, 12 }, { PLAN_ENDED, PLAN_ENDED, 46 } };
	struct dice dice = dice_of(demo->options.seed, (uint64_t)++demo->families);
	enum kind kind = (enum kind)DICE_RANGE(&dice, kinds);
	struct demo_child *first = &demo->child[0];
	memset(first, 0, sizeof *first);
	first->ethnicity = kind == ASYLUM ? DICE_CODE(&dice, far) : DICE_CODE(&dice, ethnicities);
	demo_surname(&dice, first->ethnicity, first->surname);
	demo_postcode(dice_in(&dice, 0, 1999) * 2 + 1, first->home);
	make_first(demo, &dice, first, kind);
	make_identity(demo, &dice, first, kind == ASYLUM ? 940 : kind == REMAND ? 900 : 540);
	if (!first->has_care)
		first->worker = dice_in(&dice, 0, demo_workers(&demo->options) - 1);
	demo->size = 1;
	demo->at = 0;
	int wanted = alone(first, kind) ? 1 : DICE_RANGE(&dice, sizes);
	while (demo->size < wanted && demo->made < demo->options.children) {
		day born = sibling_born(demo, &dice);
		if (born == DAY_UNKNOWN)
			break;
		make_sibling(demo, &dice, born);
	}
	allocate(demo, &dice);
}

const struct demo_child *demo_next(struct demo *demo)
{
	if (demo->at == demo->size) {
		if (demo->made >= demo->options.children)
			return NULL;
		make_family(demo);
	}
	return &demo->child[demo->at++];
}
