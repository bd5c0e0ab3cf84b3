/* episodes.c - rules of an episode's own codes and dates. */
#include "returns/ssda903/check/episode.h"

static bool wrong_148(const struct episode_at *at)
{
	return is_open(at->e) != (at->e->rec == 0);
}

/* Not one of the six, or one where the placement has none. */
static bool is_provider_wrong(const struct episodes_row *e, bool has_none)
{
	return e->place_provider != 0 &&
		(has_none || !ONE_OF(e->place_provider, "PR0", "PR1", "PR2", "PR3", "PR4", "PR5"));
}

static bool wrong_178_2023(const struct episode_at *at)
{
	return is_provider_wrong(at->e, is_temporary(at->e) || at->e->place == K("Z1"));
}

/* T4 is not in the published list since 2025-26; rule 213 has it. */
static bool wrong_178(const struct episode_at *at)
{
	return is_provider_wrong(
		at->e, ONE_OF(at->e->place, "T0", "T1", "T2", "T3", "Z11", "Z12", "Z13", "Z14"));
}

/* When the Children Act 1989 came into force. */
static bool wrong_353(const struct episode_at *at)
{
	return is_before(at->e->decom, day_of(1991, 10, 14));
}

static bool wrong_354(const struct episode_at *at)
{
	return is_after(at->e->decom, check_end(at->check));
}

static bool wrong_355(const struct episode_at *at)
{
	return is_day(at->e->decom) && at->e->decom == at->e->dec;
}

static bool wrong_356(const struct episode_at *at)
{
	return is_before(at->e->dec, at->e->decom);
}

static bool wrong_385(const struct episode_at *at)
{
	return is_after(at->e->dec, check_end(at->check));
}

static bool wrong_INT03(const struct episode_at *at)
{
	return at->child->header_n == 0;
}

#define PLACES "A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 "
#define PLACE_RULE(first_, last_, more)                                                            \
	CODE_RULE("146", first_, last_, EPISODES, episodes, place, true, PLACES more, "PLACE",     \
		"Type of placement is not a code of the list")

static const struct check_rule rules[] = {
	DAY_RULE("141", 2023, 0, EPISODES, episodes, decom, false, "DECOM", "First day of an episode is missing, or no date"),
	CODE_RULE("143", 2023, 0, EPISODES, episodes, rne, true, "S P L T U B", "RNE", "Reason for a new episode is not a code of the list"),
	CODE_RULE("144", 2023, 0, EPISODES, episodes, ls, true, "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3", "LS",
		"Legal status is not a code of the list"),
	CODE_RULE("145", 2023, 0, EPISODES, episodes, cin, true, "N1 N2 N3 N4 N5 N6 N7 N8", "CIN", "Category of need is not a code of the list"),
	PLACE_RULE(2023, 2024, "H5 P2 Z1"),
	PLACE_RULE(2025, 2025, "H5 P2 Z1 K3"),
	PLACE_RULE(2026, 0, "K3 Z11 Z12 Z13 Z14"),
	DAY_RULE("147", 2023, 0, EPISODES, episodes, dec, true, "DEC", "Last day of an episode is no date"),
	EPISODE_RULE(148, 2023, 0, BIT(EPISODES), "DEC REC", "An episode has a last day and no reason for its end, or a reason and no day"),
	CODE_RULE("149", 2023, 0, EPISODES, episodes, rec, true,
		"E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17 X1", "REC",
		"Reason for the end of an episode is not a code of the list"),
	EPISODE_RULE_BY(wrong_178_2023, 178, 2023, 2025, BIT(EPISODES), "PLACE_PROVIDER",
		"Provider of the placement is not a code of the list, or the type of placement has none"),
	EPISODE_RULE(178, 2026, 0, BIT(EPISODES), "PLACE_PROVIDER",
		"Provider of the placement is not a code of the list, or the type of placement has none"),
	EPISODE_RULE(353, 2023, 0, BIT(EPISODES), "DECOM", "An episode begins before the Children Act 1989 did, on 14 October 1991"),
	EPISODE_RULE(354, 2023, 0, BIT(EPISODES), "DECOM", "An episode begins after the 31 March that closes the year"),
	EPISODE_RULE(355, 2023, 0, BIT(EPISODES), "DECOM DEC", "An episode ends on the day on which it begins"),
	EPISODE_RULE(356, 2023, 0, BIT(EPISODES), "DECOM DEC", "An episode ends before it begins"),
	EPISODE_RULE(385, 2023, 0, BIT(EPISODES), "DEC", "An episode ends after the 31 March that closes the year"),
	CODE_RULE("1009", 2023, 0, EPISODES, episodes, reason_place_change, true,
		"CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER", "REASON_PLACE_CHANGE",
		"Reason for a change of placement is not a code of the list"),
	EPISODE_RULE(INT03, 2023, 0, BIT(EPISODES) | BIT(HEADER), "CHILD", "A child has an episode and no row in Header"),
};

const struct rule_list rules_of_episodes = { rules, sizeof rules / sizeof *rules };
