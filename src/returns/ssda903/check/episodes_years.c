/* episodes_years.c - rules of this year's episodes against last year's. */
#include "returns/ssda903/check/episode.h"

/* ---- the episode that was open when last year closed: the one that began last */

static const struct episodes_row *last_open(const struct child_rows *child)
{
	for (size_t i = child->episodes_last_n; i > 0; i--) {
		const struct episodes_row *e = child->by_day_last[i - 1];
		if (is_day(e->decom))
			return is_day(e->dec) ? NULL : e;
	}
	return NULL;
}

/* This year's first episode should be that one again; NULL when there is nothing to compare. */
static const struct episodes_row *open_of_first(const struct episode_at *at)
{
	return at->first && is_day(at->e->decom) ? last_open(at->child) : NULL;
}

static bool wrong_502(const struct episode_at *at)
{
	if (!at->first || !is_day(at->e->decom))
		return false;
	EVERY_LAST(last, at->child, episodes) {
		if (is_open(last) && last->decom != at->e->decom)
			return true;
	}
	return false;
}

#define IS_ANOTHER(code_, field)                                                                   \
	static bool wrong_##code_(const struct episode_at *at)                                     \
	{                                                                                          \
		const struct episodes_row *open = open_of_first(at);                               \
		return open != NULL && open->field != at->e->field;                                \
	}
IS_ANOTHER(503A, rne)
IS_ANOTHER(503B, ls)
IS_ANOTHER(503C, cin)
IS_ANOTHER(503D, place)
IS_ANOTHER(503E, place_provider)
IS_ANOTHER(503F, urn)

/* Semi-independent living became supported accommodation. */
static bool wrong_503D_2024(const struct episode_at *at)
{
	const struct episodes_row *open = open_of_first(at);
	return wrong_503D(at) && !(open->place == K("H5") && at->e->place == K("K3"));
}

/* Z1 was divided. */
static bool wrong_503D_2026(const struct episode_at *at)
{
	const struct episodes_row *open = open_of_first(at);
	return wrong_503D(at) &&
		!(open->place == K("Z1") && ONE_OF(at->e->place, "Z11", "Z12", "Z13", "Z14"));
}

/* ---- an episode from before this year was in last year's */

static bool is_from_before(const struct episode_at *at)
{
	return is_before(at->e->decom, check_start(at->check));
}

static bool wrong_562(const struct episode_at *at)
{
	if (!at->first || !is_from_before(at))
		return false;
	day latest = DAY_UNKNOWN;
	EVERY_LAST(last, at->child, episodes)
		latest = is_day(last->decom) && last->decom > latest ? last->decom : latest;
	return latest != at->e->decom;
}

static bool wrong_NoE(const struct episode_at *at)
{
	return at->child->number.n > 0 && is_from_before(at) && at->child->episodes_last_n == 0;
}

/* ---- adopted before: in an episode of either year that began earlier */

static day first_adoption(const struct episodes_row *row, size_t n)
{
	day first = DAY_UNKNOWN;
	for (size_t i = 0; i < n; i++) {
		if (is_adoption(&row[i]) && is_day(row[i].decom) && (first == DAY_UNKNOWN || row[i].decom < first))
			first = row[i].decom;
	}
	return first;
}

/* Of this year's that begin on the day of the first, all behind it. */
static void rule_199(struct check *check, const struct child_rows *child)
{
	day here = first_adoption(child->episodes, child->episodes_n);
	day before = first_adoption(child->episodes_last, child->episodes_last_n);
	bool seen = false;
	for (size_t i = 0; child->number.n > 0 && i < child->episodes_n; i++) {
		const struct episodes_row *e = child->by_day[i];
		if (is_after(e->decom, before) || is_after(e->decom, here) || (seen && e->decom == here))
			FIND(check, EPISODES, e);
		seen |= is_adoption(e);
	}
}

/* A mother stays one. */
static void rule_207(struct check *check, const struct child_rows *child)
{
	bool was = false;
	EVERY_LAST(last, child, header)
		was |= last->mother == K("1");
	if (!was || child->episodes_n == 0 || child->number.n == 0)
		return;
	EVERY(row, child, header) {
		if (row->mother != K("1"))
			FIND(check, HEADER, row);
	}
}

#define YEARS_RULE_BY(function_, code_, first_, last_, fields_, message_)                          \
	EPISODE_RULE_BY(function_, code_, first_, last_, BIT(EPISODES), fields_, message_, .tables_last = BIT(EPISODES))
#define YEARS_RULE(code_, fields_, message_) YEARS_RULE_BY(wrong_##code_, code_, 2023, 0, fields_, message_)
#define PLACE_DIFFERS "The type of placement is not that of the episode that was open when last year closed"

static const struct check_rule rules[] = {
	CHILD_RULE(199, 2023, 0, BIT(EPISODES), "CHILD", "The child was adopted from care in an earlier episode, of this year or the last"),
	CHILD_RULE(207, 2023, 0, BIT(EPISODES) | BIT(HEADER), "MOTHER", "The child was a mother last year, and is not this year",
		.tables_last = BIT(HEADER)),
	YEARS_RULE(502, "DECOM", "The first episode does not begin on the day on which last year’s open episode did"),
	YEARS_RULE(503A, "RNE", "The reason for the episode is not that of the episode that was open when last year closed"),
	YEARS_RULE(503B, "LS", "The legal status is not that of the episode that was open when last year closed"),
	YEARS_RULE(503C, "CIN", "The category of need is not that of the episode that was open when last year closed"),
	YEARS_RULE_BY(wrong_503D, 503D, 2023, 2023, "PLACE", PLACE_DIFFERS),
	YEARS_RULE_BY(wrong_503D_2024, 503D, 2024, 2025, "PLACE", PLACE_DIFFERS),
	YEARS_RULE_BY(wrong_503D_2026, 503D, 2026, 2026, "PLACE", PLACE_DIFFERS),
	YEARS_RULE_BY(wrong_503D, 503D, 2027, 0, "PLACE", PLACE_DIFFERS),
	YEARS_RULE(503E, "PLACE_PROVIDER", "The provider is not that of the episode that was open when last year closed"),
	YEARS_RULE(503F, "URN", "The URN is not that of the episode that was open when last year closed"),
	YEARS_RULE(562, "DECOM", "The first episode began before this year, and is not the last of last year’s"),
	YEARS_RULE(NoE, "DECOM", "An episode began before this year, and last year’s file has none of the child"),
};

const struct rule_list rules_of_episodes_years = { rules, sizeof rules / sizeof *rules };
