/* episodes_end.c - rules of how care ends: with whom, and at what age. */
#include "returns/ssda903/check/episode.h"

static bool wrong_386(const struct episode_at *at)
{
	return is_adoption(at->e) && is_day(at->e->dec) && is_aged(at->child->born, 18, at->e->dec);
}

static bool wrong_387(const struct episode_at *at)
{
	return ONE_OF(at->e->rec, "E5", "E6") && is_under(at->child->born, 14, at->e->dec);
}

static bool wrong_389(const struct episode_at *at)
{
	return at->e->rec == K("E7") && is_under(at->child->born, 16, at->e->dec);
}

static bool wrong_390(const struct episode_at *at)
{
	return is_adoption(at->e) && !ONE_OF(at->e->place, "A3", "A4", "A5", "A6");
}

/* The day of the birthday is the first of being 18: Family Law Reform Act 1969, s.9. */
static bool wrong_407(const struct episode_at *at)
{
	return ONE_OF(at->e->rec, "E45", "E46", "E47", "E48") && is_day(at->e->dec) &&
		is_aged(at->child->born, 18, at->e->dec);
}

static bool wrong_460(const struct episode_at *at)
{
	return at->e->rec == K("E17") && is_under(at->child->born, 18, at->e->dec);
}

static bool wrong_516(const struct episode_at *at)
{
	return ONE_OF(at->e->rec, "E45", "E46") && !ONE_OF(at->e->place, "U1", "U2", "U3", "U4", "U5", "U6");
}

static const struct check_rule rules[] = {
	EPISODE_RULE(386, 2023, 0, BIT(EPISODES) | BIT(HEADER), "REC", "Adopted (E11, E12) at 18 or over"),
	EPISODE_RULE(387, 2023, 0, BIT(EPISODES) | BIT(HEADER), "REC", "Left care for independent living (E5, E6) under 14"),
	EPISODE_RULE(389, 2023, 0, BIT(EPISODES) | BIT(HEADER), "REC", "Left care for adult social care (E7) under 16"),
	EPISODE_RULE(390, 2023, 0, BIT(EPISODES), "PLACE REC", "Adopted (E11, E12), and not placed for adoption (A3 to A6)"),
	EPISODE_RULE(407, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DEC DOB REC", "Special guardianship (E45 to E48) at 18 or over", .with_header = true),
	EPISODE_RULE(460, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DEC REC", "Stayed on with the carers at 18 (E17), and is under 18"),
	EPISODE_RULE(516, 2023, 0, BIT(EPISODES), "REC PLACE",
		"Special guardianship to the former foster carer (E45, E46), and the placement is no fostering (U1 to U6)"),
};

const struct rule_list rules_of_episodes_end = { rules, sizeof rules / sizeof *rules };
