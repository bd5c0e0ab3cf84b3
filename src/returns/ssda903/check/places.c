/* places.c - rules of where placements are: the authority, in or out of its area, and how far from home.
 * Returns do not say so any more; it is derived from the postcodes (stays.h). */
#include "returns/ssda903/check/stays.h"

enum { FURTHEST = 9999, FAR = 3500 }; /* tenths of a mile */

/* Now or last year: with a row in UASC, or where Header has a column for it, as it says. Two years ago
 * is not given. */
static bool is_or_was_uasc(const struct child_rows *child)
{
	EVERY(row, child, header) {
		if (row->uasc != 0 ? row->uasc == K("1") : child->uasc_n > 0)
			return true;
	}
	EVERY_LAST(last, child, header) {
		if (last->uasc != 0 ? last->uasc == K("1") : child->uasc_last_n > 0)
			return true;
	}
	return false;
}

static void rule_164(struct check *check, const struct child_rows *child)
{
	if (is_or_was_uasc(child))
		return;
	EVERY(e, child, episodes) {
		if (!is_short_break(e) && stay_of(child, e)->distance > FURTHEST)
			FIND(check, EPISODES, e);
	}
}

static void rule_169(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (!is_short_break(e) && stay_of(child, e)->authority == 0)
			FIND(check, EPISODES, e);
	}
}

static void rule_392a(struct check *check, const struct child_rows *child)
{
	if (is_or_was_uasc(child))
		return;
	EVERY(e, child, episodes) {
		if (!is_short_break(e) && stay_of(child, e)->distance < 0)
			FIND(check, EPISODES, e);
	}
}

static void rule_392b(struct check *check, const struct child_rows *child)
{
	if (is_or_was_uasc(child))
		return;
	EVERY(e, child, episodes) {
		if (!is_short_break(e) && (e->home_post.n == 0 || e->pl_post.n == 0))
			FIND(check, EPISODES, e);
	}
}

static void rule_392d(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (e->place != K("P1") && e->home_post.n > 0 && is_one_postcode(e->home_post, e->pl_post))
			FIND(check, EPISODES, e);
	}
}

static void rule_406(struct check *check, const struct child_rows *child)
{
	if (!is_or_was_uasc(child))
		return;
	EVERY(e, child, episodes) {
		if (stay_of(child, e)->distance >= 0)
			FIND(check, EPISODES, e);
	}
}

/* Only if the files say where it is, as the XML return has it. */
static void rule_411(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		const struct stay *stay = stay_of(child, e);
		if ((e->pl_location == K("IN") && stay->where == WHERE_OUT) ||
			(e->pl_location == K("OUT") && stay->where == WHERE_IN))
			FIND(check, EPISODES, e);
	}
}

static void rule_420(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (is_short_break(e) && stay_of(child, e)->authority != 0)
			FIND(check, EPISODES, e);
	}
}

static void rule_454(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		int32_t distance = stay_of(child, e)->distance;
		if (distance > FAR && distance != FURTHEST)
			FIND(check, EPISODES, e);
	}
}

/* ---- this year's first episode, and last year's last, if it was open then */

struct pair {
	const struct episodes_row *now, *last;
	const struct stay *stay, *stay_last;
};

static bool find_pair(const struct child_rows *child, struct pair *out)
{
	if (child->episodes_n == 0 || !is_day(child->by_day[0]->decom))
		return false;
	const struct episodes_row *last = NULL;
	for (size_t i = 0; i < child->episodes_last_n && is_day(child->by_day_last[i]->decom); i++) {
		if (last == NULL || child->by_day_last[i]->decom > last->decom)
			last = child->by_day_last[i];
	}
	if (last == NULL || is_day(last->dec))
		return false;
	*out = (struct pair){ child->by_day[0], last, stay_of(child, child->by_day[0]),
		&child->stay_last[last - child->episodes_last] };
	return true;
}

/* Two tenths are forgiven, but not that one is known and the other is not. */
static bool is_other_distance(const struct pair *pair)
{
	int32_t now = pair->stay->distance, last = pair->stay_last->distance;
	if (now < 0 || last < 0)
		return (now < 0) != (last < 0);
	return now - last >= 2 || last - now >= 2;
}

static void find_pair_if(struct check *check, const struct pair *pair, bool other)
{
	if (other)
		FIND(check, EPISODES, pair->now);
}

static bool is_same_reason(const struct pair *pair)
{
	return pair->now->rne != 0 && pair->now->rne == pair->last->rne;
}

static void rule_452(struct check *check, const struct child_rows *child)
{
	struct pair pair;
	if (find_pair(child, &pair))
		find_pair_if(check, &pair,
			is_same_reason(&pair) && pair.stay->authority != pair.stay_last->authority);
}

static void rule_453(struct check *check, const struct child_rows *child)
{
	struct pair pair;
	if (find_pair(child, &pair))
		find_pair_if(check, &pair, is_same_reason(&pair) && is_other_distance(&pair));
}

static void rule_503G(struct check *check, const struct child_rows *child)
{
	struct pair pair;
	if (find_pair(child, &pair))
		find_pair_if(check, &pair, is_other_distance(&pair));
}

static void rule_503H(struct check *check, const struct child_rows *child)
{
	struct pair pair;
	if (find_pair(child, &pair))
		find_pair_if(check, &pair, pair.stay->authority != pair.stay_last->authority);
}

static void rule_503J(struct check *check, const struct child_rows *child)
{
	struct pair pair;
	if (find_pair(child, &pair))
		find_pair_if(check, &pair, pair.stay->where != pair.stay_last->where);
}

/* Foster carers and adopters of one's own may live anywhere. */
static void rule_1015(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		bool family = ONE_OF(e->place, "A3", "A4", "A5", "A6", "U1", "U2", "U3", "U4", "U5", "U6");
		if (e->place_provider == K("PR1") && e->ls != 0 && e->place != 0 && !family &&
			!is_short_break(e) && stay_of(child, e)->where != WHERE_IN)
			FIND(check, EPISODES, e);
	}
}

#define POSTCODES .needs = NEEDS_POSTCODES
#define AREA .needs = NEEDS_POSTCODES | NEEDS_AUTHORITY
#define LAST .tables_last = BIT(EPISODES)
#define OF_ALL (BIT(EPISODES) | BIT(HEADER) | BIT(UASC))

static const struct check_rule rules[] = {
	CHILD_RULE(164, 2023, 0, OF_ALL, "HOME_POST PL_POST", "The placement is further from home than can be: look at both postcodes",
		POSTCODES),
	CHILD_RULE(169, 2023, 0, BIT(EPISODES), "PL_POST",
		"The placement's postcode is missing or not on the list, so its authority is not known", POSTCODES),
	CHILD_RULE_BY(rule_169, 179, 2023, 0, BIT(EPISODES), "PL_POST",
		"The placement's postcode is missing or not on the list, so nobody can tell whether it is in the area", POSTCODES),
	CHILD_RULE(392a, 2023, 0, OF_ALL, "HOME_POST PL_POST",
		"The distance from home is not known: a postcode is missing or not on the list", POSTCODES),
	CHILD_RULE(392b, 2023, 0, OF_ALL, "HOME_POST PL_POST", "The postcode of the home or of the placement is missing"),
	CHILD_RULE(392d, 2023, 0, BIT(EPISODES), "HOME_POST PL_POST PLACE",
		"Home and placement have one postcode, and the child is not placed with parents"),
	CHILD_RULE(406, 2023, 0, OF_ALL, "HOME_POST",
		"The child is or was unaccompanied, and a home is given that a distance follows from", POSTCODES),
	CHILD_RULE(411, 2023, 0, BIT(EPISODES), "PL_LOCATION PL_POST",
		"The return says that the placement is in the area, or out of it, and the postcode says otherwise", AREA),
	CHILD_RULE(420, 2023, 0, BIT(EPISODES), "PL_POST LS", "A short break (V3, V4) needs no postcode of a placement", POSTCODES),
	CHILD_RULE(452, 2023, 0, BIT(EPISODES), "PL_POST",
		"The placement was open last year, and lies in another authority now", POSTCODES, LAST),
	CHILD_RULE(453, 2023, 0, BIT(EPISODES), "HOME_POST PL_POST",
		"The placement was open last year, and is at another distance from home now", POSTCODES, LAST),
	CHILD_RULE(454, 2026, 0, BIT(EPISODES), "HOME_POST PL_POST", "The placement is more than 350 miles from home", POSTCODES),
	CHILD_RULE(503G, 2023, 0, BIT(EPISODES), "HOME_POST PL_POST",
		"The first episode is at another distance from home than the one that was open last year", POSTCODES, LAST),
	CHILD_RULE(503H, 2023, 0, BIT(EPISODES), "PL_POST",
		"The first episode is in another authority than the one that was open last year", POSTCODES, LAST),
	CHILD_RULE(503J, 2023, 0, BIT(EPISODES), "PL_POST",
		"The first episode is in the area and the one that was open last year was not, or the other way", AREA, LAST),
	CHILD_RULE(1015, 2023, 0, BIT(EPISODES), "PL_POST PLACE_PROVIDER",
		"The authority runs the placement itself, and it is not in its area", AREA),
};

const struct rule_list rules_of_places = { rules, sizeof rules / sizeof *rules };
