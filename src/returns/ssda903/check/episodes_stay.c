/* episodes_stay.c - rules of temporary placements: how long, how often, and never first or last. */
#include "returns/ssda903/check/episode.h"

/* One that has not ended is not counted: how long it will be is not known. */
static bool is_longer(const struct episode_at *at, code place, int days)
{
	return at->e->place == place && is_day(at->e->decom) && is_day(at->e->dec) &&
		at->e->dec - at->e->decom > days;
}

static bool wrong_375(const struct episode_at *at)
{
	return is_longer(at, K("T1"), 42);
}

static bool wrong_376(const struct episode_at *at)
{
	return is_longer(at, K("T3"), 21);
}

static bool wrong_379(const struct episode_at *at)
{
	return is_longer(at, K("T4"), 7);
}

static void rule_377(struct check *check, const struct child_rows *child)
{
	size_t n = 0;
	EVERY(e, child, episodes)
		n += e->place == K("T3");
	if (n <= 2 || child->number.n == 0)
		return;
	EVERY(e, child, episodes) {
		if (e->place == K("T3"))
			FIND(check, EPISODES, e);
	}
}

static bool wrong_380(const struct episode_at *at)
{
	return is_temporary(at->e) && !ONE_OF(at->e->rne, "P", "B");
}

static bool wrong_381(const struct episode_at *at)
{
	return is_temporary(at->e) && at->e->rec != 0 && at->e->rec != K("X1");
}

static const struct check_rule rules[] = {
	EPISODE_RULE(375, 2023, 0, BIT(EPISODES), "DECOM DEC PLACE", "A stay in hospital (T1) as a temporary placement lasts longer than six weeks"),
	EPISODE_RULE(376, 2023, 0, BIT(EPISODES), "DECOM DEC PLACE", "A placement while the carer is on holiday (T3) lasts longer than three weeks"),
	CHILD_RULE(377, 2023, 0, BIT(EPISODES), "PLACE", "More than two placements in the year while the carer is on holiday (T3)"),
	EPISODE_RULE(379, 2023, 0, BIT(EPISODES), "DECOM DEC PLACE", "A temporary placement without a reason (T4) lasts longer than seven days"),
	EPISODE_RULE(380, 2023, 0, BIT(EPISODES), "PLACE RNE", "A temporary placement does not follow on another: its reason is not P or B"),
	EPISODE_RULE(381, 2023, 0, BIT(EPISODES), "PLACE REC", "Care ends with a temporary placement"),
};

const struct rule_list rules_of_episodes_stay = { rules, sizeof rules / sizeof *rules };
