/* episodes_order.c - rules of episodes one after the other: each ends as the next begins, and says why. */
#include "returns/ssda903/check/episode.h"

/* All but the last have ended. */
static bool wrong_142(const struct episode_at *at)
{
	return at->after != NULL && is_day(at->e->decom) && (!is_day(at->e->dec) || at->e->rec == 0);
}

static bool wrong_225(const struct episode_at *at)
{
	const struct episodes_row *next = at->after;
	return next != NULL && at->e->rec == K("X1") && at->e->reason_place_change == 0 &&
		ONE_OF(next->rne, "P", "B", "T", "U") && !is_temporary(at->e) && !is_temporary(next);
}

static bool wrong_226(const struct episode_at *at)
{
	return is_temporary(at->e) && (at->e->reason_place_change != 0 ||
		(at->before != NULL && at->before->reason_place_change != 0));
}

static bool wrong_233(const struct episode_at *at)
{
	return is_open(at->e) && at->e->reason_place_change != 0;
}

/* The reason stands where the old placement ends; the child's age is that of the day when the new one
 * begins. Of a change that nothing dates, the latest that it can be. */
static bool wrong_234(const struct episode_at *at)
{
	day on = at->after != NULL ? at->after->decom : last_day(at->check, at->e);
	return at->e->reason_place_change == K("CUSTOD") && is_under(at->child->born, 10, on);
}

static bool wrong_357(const struct episode_at *at)
{
	return at->first && is_day(at->e->decom) && at->e->decom >= check_start(at->check) &&
		at->e->rne != K("S");
}

/* After a temporary placement the child comes back to the one before it. */
static bool is_elsewhere(const struct episode_at *at, bool by_postcode)
{
	if (at->i < 2 || at->before == NULL || !is_temporary(at->before))
		return false;
	const struct episodes_row *usual = at[-2].e;
	return at->e->rne != K("P") || at->e->place != usual->place ||
		(by_postcode && !str_equal_nocase(at->e->pl_post, usual->pl_post));
}

/* X1 and only X1 says that another episode follows on the same day. */
static bool wrong_388(const struct episode_at *at)
{
	const struct episodes_row *e = at->e;
	if (!is_day(e->dec) || e->rec == 0 || at->child->number.n == 0)
		return false;
	bool follows = at->after != NULL && is_day(at->after->decom);
	return follows ? (e->rec == K("X1")) != (e->dec == at->after->decom) : e->rec == K("X1");
}

static bool wrong_431(const struct episode_at *at)
{
	return at->before != NULL && at->e->rne == K("S") && is_day(at->e->decom) &&
		is_day(at->before->dec) && at->e->decom <= at->before->dec;
}

/* A reason that is none of the list says nothing of the child: rule 149. */
static bool is_end_of_care(code rec)
{
	return ONE_OF(rec, "E2", "E3", "E4A", "E4B", "E5", "E6", "E7", "E8", "E9", "E11") ||
		ONE_OF(rec, "E12", "E13", "E14", "E15", "E16", "E17", "E41", "E45", "E46", "E47", "E48");
}

static bool wrong_432(const struct episode_at *at)
{
	return at->before != NULL && is_end_of_care(at->before->rec) && at->e->rne != K("S");
}

static bool wrong_433(const struct episode_at *at)
{
	return at->before != NULL && ONE_OF(at->e->rne, "P", "L", "T", "U", "B") &&
		(!is_day(at->e->decom) || at->e->decom != at->before->dec);
}

static bool is_status_kept(const struct episode_at *at)
{
	return at->e->ls == at->before->ls;
}

/* A legal status that is blank before and after may have changed. */
static bool wrong_434(const struct episode_at *at)
{
	return at->before != NULL && at->e->rne == K("L") &&
		((at->e->ls != 0 && is_status_kept(at)) || !is_same_placement(at->e, at->before));
}

static bool wrong_435(const struct episode_at *at)
{
	return at->before != NULL && ONE_OF(at->e->rne, "P", "T") &&
		(!is_status_kept(at) || is_same_placement(at->e, at->before));
}

static bool wrong_436(const struct episode_at *at)
{
	return at->before != NULL && ONE_OF(at->e->rne, "U", "B") &&
		(is_status_kept(at) || is_same_placement(at->e, at->before));
}

static bool wrong_437(const struct episode_at *at)
{
	return at->after != NULL && is_day(at->e->decom) && ONE_OF(at->e->rec, "E2", "E15");
}

static bool wrong_501(const struct episode_at *at)
{
	return at->before != NULL && is_before(at->e->decom, at->before->dec);
}

static bool wrong_504(const struct episode_at *at)
{
	return at->before != NULL && at->before->rec == K("X1") && is_day(at->e->decom) &&
		at->before->dec == at->e->decom && at->e->cin != at->before->cin;
}

static bool wrong_383_2023(const struct episode_at *at)
{
	return is_elsewhere(at, false);
}

static bool wrong_383(const struct episode_at *at)
{
	return is_elsewhere(at, true);
}

static const struct check_rule rules[] = {
	EPISODE_RULE(142, 2023, 0, BIT(EPISODES), "DEC REC", "Another episode has begun, and this one has not ended"),
	EPISODE_RULE(225, 2023, 0, BIT(EPISODES), "REASON_PLACE_CHANGE", "The child moves to another placement, and the reason is missing"),
	EPISODE_RULE(226, 2023, 0, BIT(EPISODES), "REASON_PLACE_CHANGE PLACE",
		"A temporary placement has a reason for a change of placement, on its own row or on the one before"),
	EPISODE_RULE(233, 2026, 0, BIT(EPISODES), "DEC REASON_PLACE_CHANGE", "The placement has not ended, and has a reason for its change"),
	EPISODE_RULE(234, 2026, 0, BIT(EPISODES) | BIT(HEADER), "REASON_PLACE_CHANGE DOB",
		"The placement changes to custody, and the child is under 10", .with_header = true),
	EPISODE_RULE(357, 2023, 0, BIT(EPISODES), "RNE",
		"The child’s first episode begins within the year, and not for the reason that care begins (S): an earlier one is left out, or the reason is another"),
	EPISODE_RULE_BY(wrong_383_2023, 383, 2023, 2025, BIT(EPISODES), "PLACE RNE",
		"After a temporary placement the child is not back in the placement before it, with P as the reason"),
	EPISODE_RULE(383, 2026, 0, BIT(EPISODES), "PLACE RNE PL_POST",
		"After a temporary placement the child is not back in the placement before it, at its postcode, with P as the reason"),
	EPISODE_RULE(388, 2023, 0, BIT(EPISODES), "REC",
		"X1 says that another episode follows on the same day, and none does; or one does, and the reason is another"),
	EPISODE_RULE(431, 2023, 0, BIT(EPISODES), "RNE DECOM", "Care begins (S) on or before the day on which the episode before ends"),
	EPISODE_RULE(432, 2023, 0, BIT(EPISODES), "RNE", "Care ended with the episode before, and this one does not say that it begins again (S)"),
	EPISODE_RULE(433, 2023, 0, BIT(EPISODES), "RNE DECOM",
		"The reason says that care goes on, and the episode does not begin on the day on which the one before ends"),
	EPISODE_RULE(434, 2023, 0, BIT(EPISODES), "RNE LS PLACE PL_POST URN PLACE_PROVIDER",
		"The reason (L) says that only the legal status changes; it is the same as before, or the placement is another"),
	EPISODE_RULE(435, 2023, 0, BIT(EPISODES), "RNE LS PLACE PL_POST URN PLACE_PROVIDER",
		"The reason (P, T) says that only the placement changes; it is the same as before, or the legal status is another"),
	EPISODE_RULE(436, 2023, 0, BIT(EPISODES), "RNE LS PLACE PL_POST URN PLACE_PROVIDER",
		"The reason (B, U) says that both legal status and placement change; one is the same as before"),
	EPISODE_RULE(437, 2023, 0, BIT(EPISODES), "REC", "The child died (E2) or was found to be 18 or over (E15), and another episode follows"),
	EPISODE_RULE(501, 2023, 0, BIT(EPISODES), "DECOM DEC", "An episode begins before the one before it ends"),
	EPISODE_RULE(504, 2023, 0, BIT(EPISODES), "CIN", "The category of need is not that of the episode before, and care went on"),
};

const struct rule_list rules_of_episodes_order = { rules, sizeof rules / sizeof *rules };
