/* episodes_place.c - rules of placements: their type, who provides them, where they are, how long they last. */
#include "returns/ssda903/check/episode.h"

static bool is_adoptive(const struct episodes_row *e)
{
	return ONE_OF(e->place, "A3", "A4", "A5", "A6");
}

static bool is_fostering(const struct episodes_row *e)
{
	return ONE_OF(e->place, "U1", "U2", "U3", "U4", "U5", "U6");
}

/* ---- what a placement has, and has not */

static bool has_no_provider(const struct episodes_row *e)
{
	return is_temporary(e) || ONE_OF(e->place, "Z11", "Z12", "Z13", "Z14");
}

static bool wrong_213_2023(const struct episode_at *at)
{
	return is_temporary(at->e) && at->e->place_provider != 0;
}

static bool wrong_213(const struct episode_at *at)
{
	return has_no_provider(at->e) && at->e->place_provider != 0;
}

static bool wrong_526_2023(const struct episode_at *at)
{
	return !is_temporary(at->e) && at->e->place != K("Z1") && at->e->place_provider == 0;
}

static bool wrong_526(const struct episode_at *at)
{
	return !has_no_provider(at->e) && at->e->place_provider == 0;
}

static bool wrong_214(const struct episode_at *at)
{
	return is_short_break(at->e) && (at->e->pl_post.n > 0 || at->e->urn != 0);
}

static bool wrong_398(const struct episode_at *at)
{
	return is_short_break(at->e) && (at->e->home_post.n > 0 || at->e->pl_post.n > 0);
}

/* XXXXXXX says that there is none. */
static bool has_urn(const struct episodes_row *e)
{
	return e->urn != 0 && e->urn != K("XXXXXXX");
}

static bool is_without_urn(const struct episodes_row *e)
{
	return is_temporary(e) || ONE_OF(e->place, "P1", "P3", "R1", "R2", "R5");
}

static bool wrong_222_2023(const struct episode_at *at)
{
	return has_urn(at->e) && (is_without_urn(at->e) || ONE_OF(at->e->place, "H5", "P2", "Z1"));
}

static bool wrong_222_2024(const struct episode_at *at)
{
	return has_urn(at->e) && (is_without_urn(at->e) || ONE_OF(at->e->place, "P2", "Z1"));
}

static bool wrong_222_2025(const struct episode_at *at)
{
	return has_urn(at->e) && (is_without_urn(at->e) || at->e->place == K("Z1"));
}

static bool wrong_222(const struct episode_at *at)
{
	return has_urn(at->e) &&
		(is_without_urn(at->e) || ONE_OF(at->e->place, "Z11", "Z12", "Z13", "Z14"));
}

static bool wrong_392c(const struct episode_at *at)
{
	const struct stay *stay = stay_of(at->child, at->e);
	return (at->e->home_post.n > 0 && !stay->home_found) || (at->e->pl_post.n > 0 && !stay->place_found);
}

/* ---- who provides it */

static bool wrong_527(const struct episode_at *at)
{
	return at->e->place_provider == K("PR1") && ONE_OF(at->e->place, "P1", "R2", "R5");
}

static bool wrong_528(const struct episode_at *at)
{
	return at->e->place_provider == K("PR2") && ONE_OF(at->e->place, "P1", "R2", "R5");
}

static bool wrong_529(const struct episode_at *at)
{
	return at->e->place_provider == K("PR3") &&
		(is_adoptive(at->e) || is_fostering(at->e) || ONE_OF(at->e->place, "P1", "K1", "K2"));
}

static bool wrong_530(const struct episode_at *at)
{
	return at->e->place_provider == K("PR4") && at->e->place == K("P1");
}

static bool wrong_531(const struct episode_at *at)
{
	return at->e->place_provider == K("PR5") && at->e->place == K("P1");
}

static bool wrong_550(const struct episode_at *at)
{
	return at->e->place_provider == K("PR0") && at->e->place != K("P1");
}

/* ---- placed for adoption */

static bool wrong_217(const struct episode_at *at)
{
	return ONE_OF(at->e->place, "A3", "A5") && is_day(at->e->decom) &&
		at->e->decom >= day_of(2015, 4, 1) && !ONE_OF(at->e->rne, "S", "T", "U");
}

/* A3 and A5 are with the child's current foster carer: so there was one. */
static bool wrong_336(const struct episode_at *at)
{
	return at->before != NULL && ONE_OF(at->e->place, "A3", "A5") && !is_adoptive(at->before) &&
		!is_fostering(at->before);
}

static bool wrong_408(const struct episode_at *at)
{
	return ONE_OF(at->e->place, "A5", "A6") && at->e->ls != K("E1");
}

/* ---- for whom */

static bool wrong_217t(const struct episode_at *at)
{
	return at->e->place == K("P2") && (!is_day(at->e->dec) || at->e->dec > day_of(2023, 10, 28));
}

static bool is_placed_under(const struct episode_at *at, code place, int years)
{
	return at->e->place == place && is_under(at->child->born, years, at->e->decom);
}

static bool wrong_370_2023(const struct episode_at *at)
{
	return is_placed_under(at, K("P2"), 15);
}

static bool wrong_370(const struct episode_at *at)
{
	return is_placed_under(at, K("P2"), 16);
}

static bool wrong_371_2023(const struct episode_at *at)
{
	return is_placed_under(at, K("H5"), 14);
}

static bool wrong_371_2024(const struct episode_at *at)
{
	return is_placed_under(at, K("H5"), 16);
}

static bool wrong_371(const struct episode_at *at)
{
	return is_placed_under(at, K("K3"), 16);
}

static bool wrong_372(const struct episode_at *at)
{
	return is_placed_under(at, K("R5"), 10);
}

static bool wrong_373(const struct episode_at *at)
{
	return is_placed_under(at, K("S1"), 4);
}

static bool wrong_374(const struct episode_at *at)
{
	return is_placed_under(at, K("P3"), 14);
}

static bool wrong_378(const struct episode_at *at)
{
	return at->e->place == K("P1") && at->e->ls == K("V2");
}

static bool wrong_382(const struct episode_at *at)
{
	return is_short_break(at->e) && is_temporary(at->e);
}

static bool wrong_384(const struct episode_at *at)
{
	return is_short_break(at->e) && ONE_OF(at->e->place, "U1", "U4");
}

#define PROVIDER_RULE(code_, message_) EPISODE_RULE(code_, 2023, 0, BIT(EPISODES), "PLACE PLACE_PROVIDER", message_)
#define AGE_RULE(function_, code_, first_, last_, message_)                                        \
	EPISODE_RULE_BY(function_, code_, first_, last_, BIT(EPISODES) | BIT(HEADER), "DECOM PLACE", message_)
#define NO_PROVIDER "The type of placement has no provider, and one is recorded"
#define NO_URN "The type of placement has no number at Ofsted (URN), and one is recorded"

static const struct check_rule rules[] = {
	EPISODE_RULE_BY(wrong_213_2023, 213, 2023, 2025, BIT(EPISODES), "PLACE_PROVIDER", NO_PROVIDER),
	EPISODE_RULE(213, 2026, 0, BIT(EPISODES), "PLACE_PROVIDER", NO_PROVIDER),
	EPISODE_RULE(214, 2023, 0, BIT(EPISODES), "PL_POST URN", "A short break (V3, V4) has a postcode or a URN of its placement"),
	EPISODE_RULE(217, 2023, 0, BIT(EPISODES), "PLACE DECOM RNE",
		"Placed for adoption with the current foster carer (A3, A5) for another reason than S, T or U"),
	EPISODE_RULE(217t, 2024, 2024, BIT(EPISODES), "PLACE DECOM", "Independent living (P2) goes on after 28 October 2023"),
	EPISODE_RULE_BY(wrong_222_2023, 222, 2023, 2023, BIT(EPISODES), "URN", NO_URN),
	EPISODE_RULE_BY(wrong_222_2024, 222, 2024, 2024, BIT(EPISODES), "URN", NO_URN),
	EPISODE_RULE_BY(wrong_222_2025, 222, 2025, 2025, BIT(EPISODES), "URN", NO_URN),
	EPISODE_RULE(222, 2026, 0, BIT(EPISODES), "URN", NO_URN),
	EPISODE_RULE(336, 2023, 0, BIT(EPISODES), "PLACE",
		"Placed for adoption with the current foster carer (A3, A5), and the placement before was no fostering"),
	AGE_RULE(wrong_370_2023, 370, 2023, 2023, "A child under 15 is in independent living"),
	AGE_RULE(wrong_370, 370, 2024, 2024, "A child under 16 is in independent living"),
	AGE_RULE(wrong_371_2023, 371, 2023, 2023, "A child under 14 is in semi-independent living (H5)"),
	AGE_RULE(wrong_371_2024, 371, 2024, 2024, "A child under 16 is in semi-independent living (H5)"),
	AGE_RULE(wrong_371, 371, 2025, 0, "A child under 16 is in supported accommodation"),
	AGE_RULE(wrong_372, 372, 2023, 0, "A child under 10 is in youth custody or prison"),
	AGE_RULE(wrong_373, 373, 2023, 0, "A child under 4 is placed in a school"),
	AGE_RULE(wrong_374, 374, 2023, 0, "A child under 14 is in residential employment"),
	EPISODE_RULE(378, 2023, 0, BIT(EPISODES), "PLACE LS", "Placed with parents (P1), and looked after by agreement (V2)"),
	EPISODE_RULE(382, 2023, 0, BIT(EPISODES), "LS PLACE", "A short break (V3, V4) is in a temporary placement"),
	EPISODE_RULE(384, 2023, 0, BIT(EPISODES), "PLACE LS", "A short break (V3, V4) is in a long-term foster placement"),
	EPISODE_RULE(392c, 2023, 0, BIT(EPISODES), "HOME_POST PL_POST", "A postcode, of the home or of the placement, is none that there is",
		.needs = NEEDS_POSTCODES),
	EPISODE_RULE(398, 2023, 0, BIT(EPISODES), "LS HOME_POST PL_POST", "A short break (V3, V4) has postcodes, of which a distance is made"),
	EPISODE_RULE(408, 2023, 0, BIT(EPISODES), "PLACE LS", "Placed for adoption under a placement order (A5, A6), and the legal status is not E1"),
	EPISODE_RULE_BY(wrong_526_2023, 526, 2023, 2025, BIT(EPISODES), "PLACE PLACE_PROVIDER", "The provider of the placement is missing"),
	EPISODE_RULE(526, 2026, 0, BIT(EPISODES), "PLACE PLACE_PROVIDER", "The provider of the placement is missing"),
	PROVIDER_RULE(527, "The council’s own provision (PR1) is none of P1, R2 and R5"),
	PROVIDER_RULE(528, "Another council’s provision (PR2) is none of P1, R2 and R5"),
	PROVIDER_RULE(529, "Another public provision (PR3) is none of P1, A3 to A6, K1, K2 and U1 to U6"),
	PROVIDER_RULE(530, "Private provision (PR4) is no placement with parents (P1)"),
	PROVIDER_RULE(531, "Voluntary provision (PR5) is no placement with parents (P1)"),
	PROVIDER_RULE(550, "Parents are the provider (PR0) of no placement but P1"),
};

const struct rule_list rules_of_episodes_place = { rules, sizeof rules / sizeof *rules };
