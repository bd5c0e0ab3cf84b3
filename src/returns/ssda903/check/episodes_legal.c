/* episodes_legal.c - rules of legal status: for whom, from when, and how long it may last. */
#include "returns/ssda903/check/episode.h"

static bool wrong_358(const struct episode_at *at)
{
	return ONE_OF(at->e->ls, "J1", "J2", "J3") && is_under(at->child->born, 10, at->e->decom);
}

/* Section 20(5): from 16 to 21 in a community home. */
static bool wrong_359(const struct episode_at *at)
{
	return is_before(birthday(at->child->born, 18), check_end(at->check)) && is_open(at->e) &&
		!(at->e->ls == K("V2") && at->e->place == K("K2"));
}

/* ---- how long: episodes of that status of which each begins before the other has ended */

static bool is_of_run(const struct check *check, const struct episodes_row *e, code ls)
{
	return e->ls == ls && is_day(e->decom) && last_day(check, e) >= e->decom;
}

struct run {
	size_t from; /* in by_day */
	day first, last;
};

static void tell_run(struct check *check, const struct child_rows *child, const struct run *run, size_t to,
	code ls, int days)
{
	if (run->first == DAY_UNKNOWN || run->last - run->first <= days)
		return;
	for (size_t i = run->from; i < to; i++) {
		if (is_of_run(check, child->by_day[i], ls))
			FIND(check, EPISODES, child->by_day[i]);
	}
}

static void no_longer_than(struct check *check, const struct child_rows *child, code ls, int days)
{
	struct run run = { 0, DAY_UNKNOWN, DAY_UNKNOWN };
	for (size_t i = 0; i < child->episodes_n; i++) {
		const struct episodes_row *e = child->by_day[i];
		if (!is_of_run(check, e, ls))
			continue;
		day last = last_day(check, e);
		if (child->number.n > 0 && run.first != DAY_UNKNOWN && e->decom <= run.last) {
			run.last = last > run.last ? last : run.last;
			continue;
		}
		tell_run(check, child, &run, i, ls, days);
		run = (struct run){ i, e->decom, last };
	}
	tell_run(check, child, &run, child->episodes_n, ls, days);
}

static void rule_361(struct check *check, const struct child_rows *child)
{
	no_longer_than(check, child, K("L1"), 3);
}

static void rule_362(struct check *check, const struct child_rows *child)
{
	no_longer_than(check, child, K("L2"), 21);
}

static void rule_363(struct check *check, const struct child_rows *child)
{
	no_longer_than(check, child, K("L3"), 7);
}

static void rule_364(struct check *check, const struct child_rows *child)
{
	no_longer_than(check, child, K("J2"), 21);
}

/* ---- short breaks */

static bool wrong_365(const struct episode_at *at)
{
	day last = last_day(at->check, at->e);
	return at->e->ls == K("V3") && is_day(at->e->decom) && is_day(last) && last - at->e->decom > 17;
}

static bool wrong_366(const struct episode_at *at)
{
	return at->e->ls == K("V3") && at->e->rne != K("S");
}

/* Days of a V3 episode within the year. */
static int days_within(const struct check *check, const struct episodes_row *e)
{
	day first = e->decom < check_start(check) ? check_start(check) : e->decom;
	day last = last_day(check, e);
	if (e->ls != K("V3") || !is_day(e->decom) || !is_day(last))
		return 0;
	last = last > check_end(check) ? check_end(check) : last;
	return last > first ? last - first : 0;
}

static void rule_367(struct check *check, const struct child_rows *child)
{
	int64_t days = 0;
	EVERY(e, child, episodes)
		days += days_within(check, e);
	if (days <= 75 || child->number.n == 0)
		return;
	EVERY(e, child, episodes) {
		if (days_within(check, e) > 0)
			FIND(check, EPISODES, e);
	}
}

static void rule_426(struct check *check, const struct child_rows *child)
{
	bool single = false, agreed = false;
	EVERY(e, child, episodes) {
		single |= e->ls == K("V3");
		agreed |= e->ls == K("V4");
	}
	if (!single || !agreed || child->number.n == 0)
		return;
	EVERY(e, child, episodes) {
		if (is_short_break(e))
			FIND(check, EPISODES, e);
	}
}

/* ---- freeing and placement orders: the Adoption and Children Act 2002, in force on 30 December 2005 */

static bool wrong_445(const struct episode_at *at)
{
	return at->e->ls == K("D1") && is_after(at->e->decom, day_of(2005, 12, 31));
}

static bool wrong_446(const struct episode_at *at)
{
	return at->e->ls == K("E1") && is_before(at->e->decom, day_of(2005, 12, 1));
}

static bool wrong_451(const struct episode_at *at)
{
	return at->e->ls == K("D1") && is_open(at->e) && at->e->rec == 0;
}

static const struct check_rule rules[] = {
	EPISODE_RULE(358, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DECOM DOB LS", "A child under 10 is on remand, detained or sentenced (J1, J2, J3)",
		.with_header = true),
	EPISODE_RULE(359, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DEC LS PLACE",
		"Still looked after at 18, and not by agreement in a community home (V2, K2)"),
	CHILD_RULE(361, 2023, 0, BIT(EPISODES), "DECOM LS DEC", "Police protection (L1) lasts longer than 72 hours"),
	CHILD_RULE(362, 2023, 0, BIT(EPISODES), "DECOM LS DEC", "An emergency protection order (L2) lasts longer than 21 days"),
	CHILD_RULE(363, 2023, 0, BIT(EPISODES), "LS DECOM DEC", "A child assessment order (L3) lasts longer than 7 days"),
	CHILD_RULE(364, 2023, 0, BIT(EPISODES), "LS DECOM DEC", "Detention under PACE (J2) lasts longer than 21 days"),
	EPISODE_RULE(365, 2023, 0, BIT(EPISODES), "LS DECOM DEC", "A single short break (V3) lasts longer than 17 days"),
	EPISODE_RULE(366, 2023, 0, BIT(EPISODES), "RNE", "A single short break (V3) does not begin care (S): its placement cannot change"),
	CHILD_RULE(367, 2023, 0, BIT(EPISODES), "LS DECOM DEC", "Short breaks (V3) come to more than 75 days in the year"),
	CHILD_RULE(426, 2023, 0, BIT(EPISODES), "LS", "Short breaks of the child are recorded both one by one (V3) and as an agreement (V4)"),
	EPISODE_RULE(445, 2023, 2024, BIT(EPISODES), "LS DECOM", "A freeing order (D1) begins after December 2005"),
	EPISODE_RULE(446, 2023, 0, BIT(EPISODES), "LS DECOM", "A placement order (E1) begins before December 2005"),
	EPISODE_RULE(451, 2023, 2024, BIT(EPISODES), "DEC REC LS", "The child is still freed for adoption (D1), which ended in December 2005"),
};

const struct rule_list rules_of_episodes_legal = { rules, sizeof rules / sizeof *rules };
