/* episodes_child.c - rules of the child's row in Header beside the episodes: birth, mothers, pupil number. */
#include "returns/ssda903/check/episode.h"

/* In the week before 31 March a new child's number may not be known yet; who was in care before has one. */
static void rule_210(struct check *check, const struct child_rows *child)
{
	size_t i = child->episodes_n;
	while (i > 0 && !is_day(child->by_day[i - 1]->decom))
		i--;
	if (i == 0 || child->number.n == 0)
		return;
	const struct episodes_row *e = child->by_day[i - 1];
	if (is_day(e->dec) && e->dec <= check_end(check))
		return;
	for (; i > 1 && child->by_day[i - 2]->rec == K("X1") && child->by_day[i - 2]->dec == e->decom; i--)
		e = child->by_day[i - 2];
	EVERY(row, child, header) {
		if (!str_equal_nocase(row->upn, S("UN4")) || e->decom >= check_end(check) - 7)
			continue;
		FIND(check, HEADER, row);
		FIND(check, EPISODES, e);
	}
}

static void rule_302(struct check *check, const struct child_rows *child)
{
	if (child->episodes_n == 0 || child->number.n == 0)
		return;
	const struct episodes_row *first = child->by_day[0];
	EVERY(row, child, header) {
		if (is_after(row->dob, first->decom)) {
			FIND(check, HEADER, row);
			FIND(check, EPISODES, first);
		}
	}
}

static bool wrong_352(const struct episode_at *at)
{
	return at->e->rne == K("S") && is_day(at->e->decom) && is_aged(at->child->born, 18, at->e->decom);
}

static bool is_in_care(const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (!is_short_break(e))
			return child->number.n > 0;
	}
	return false;
}

/* Whether she is a mother is not said. */
static bool is_unsaid(const struct check *check, const struct header_row *row)
{
	return is_female(check, row->sex) && row->mother == 0;
}

static void rule_393(struct check *check, const struct child_rows *child)
{
	bool in_care = is_in_care(child);
	EVERY(row, child, header) {
		if (in_care && is_unsaid(check, row))
			FIND(check, HEADER, row);
	}
}

static void rule_442(struct check *check, const struct child_rows *child)
{
	bool in_care = is_in_care(child);
	EVERY(row, child, header) {
		if (in_care && row->upn.n == 0)
			FIND(check, HEADER, row);
	}
}

static void rule_607(struct check *check, const struct child_rows *child)
{
	bool unsaid = false, left = false;
	EVERY(row, child, header)
		unsaid |= is_unsaid(check, row) && child->number.n > 0;
	EVERY(e, child, episodes) {
		if (!unsaid || !is_leaving(e) || is_short_break(e) ||
			!is_within(e->dec, check_start(check), check_end(check)))
			continue;
		FIND(check, EPISODES, e);
		left = true;
	}
	EVERY(row, child, header) {
		if (left && is_unsaid(check, row))
			FIND(check, HEADER, row);
	}
}

/* The episode that ended last; NULL: none has. */
static const struct episodes_row *ended_last(const struct child_rows *child)
{
	const struct episodes_row *last = NULL;
	EVERY(e, child, episodes) {
		if (is_day(e->dec) && (last == NULL || e->dec > last->dec))
			last = e;
	}
	return child->number.n > 0 ? last : NULL;
}

/* While she is looked after, births up to 31 March are of this return. */
static void rule_625(struct check *check, const struct child_rows *child)
{
	const struct episodes_row *ended = ended_last(child);
	day left = ended != NULL ? child->by_day[child->episodes_n - 1]->dec : DAY_UNKNOWN;
	EVERY(row, child, header) {
		if (!is_after(row->mc_dob, check_end(check)) && !is_after(row->mc_dob, left))
			continue;
		FIND(check, HEADER, row);
		if (ended != NULL)
			FIND(check, EPISODES, ended);
	}
}

#define MOTHER_RULES(first_, last_)                                                                \
	CHILD_RULE(393, first_, last_, BIT(EPISODES) | BIT(HEADER), "MOTHER",                      \
		"Whether a girl who is looked after is a mother is not said"),                     \
	CHILD_RULE(607, first_, last_, BIT(EPISODES) | BIT(HEADER), "DEC REC MOTHER LS SEX",       \
		"A girl left care within the year, and whether she is a mother is not said")

static const struct check_rule rules[] = {
	CHILD_RULE(210, 2023, 0, BIT(EPISODES) | BIT(HEADER), "UPN DECOM",
		"UN4 is for who came into care in the last week of March, and the child did before"),
	CHILD_RULE(302, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DECOM DOB", "The first episode begins before the birth"),
	EPISODE_RULE(352, 2023, 0, BIT(EPISODES) | BIT(HEADER), "DECOM RNE", "Care begins (S) at 18 or over"),
	MOTHER_RULES(2023, 2024),
	MOTHER_RULES(2025, 0),
	CHILD_RULE(442, 2023, 0, BIT(EPISODES) | BIT(HEADER), "UPN",
		"A child who is looked after has no unique pupil number: where there is none, say why with UN1 to UN5"),
	CHILD_RULE(625, 2023, 0, BIT(EPISODES) | BIT(HEADER), "MC_DOB DEC",
		"The mother’s child was born after she left care, or after the 31 March that closes the year"),
};

const struct rule_list rules_of_episodes_child = { rules, sizeof rules / sizeof *rules };
