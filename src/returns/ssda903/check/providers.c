/* providers.c - rules of the provider's number (URN): when it is needed, and what Ofsted's list says. */
#include "returns/ssda903/check/stays.h"

/* Seven X say that the number is not known yet. */
static bool has_urn(const struct episodes_row *episode)
{
	return episode->urn != 0 && episode->urn != K("XXXXXXX");
}

static bool is_outside_england(const struct stay *stay)
{
	return ONE_OF(stay->authority, "CON", "NIR", "SCO", "WAL", "NUK");
}

enum exempt { EXEMPT_2023 = 1, EXEMPT_2025, EXEMPT_2026 };

/* Kinds of placement that Ofsted does not inspect. */
static bool is_exempt(code place, enum exempt from)
{
	if (ONE_OF(place, "P1", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4"))
		return true;
	if (from == EXEMPT_2026)
		return ONE_OF(place, "Z11", "Z12", "Z13", "Z14");
	return place == K("Z1") || (from == EXEMPT_2023 && ONE_OF(place, "H5", "P2"));
}

static void find_without_urn(struct check *check, const struct child_rows *child, enum exempt from)
{
	EVERY(e, child, episodes) {
		bool now = !is_said(e->dec) || (is_day(e->dec) && e->dec >= check_start(check));
		if (now && e->urn == 0 && !is_exempt(e->place, from) && !is_outside_england(stay_of(child, e)))
			FIND(check, EPISODES, e);
	}
}

static void rule_218(struct check *check, const struct child_rows *child)
{
	find_without_urn(check, child, EXEMPT_2023);
}

static void rule_218_of_2025(struct check *check, const struct child_rows *child)
{
	find_without_urn(check, child, EXEMPT_2025);
}

static void rule_218_of_2026(struct check *check, const struct child_rows *child)
{
	find_without_urn(check, child, EXEMPT_2026);
}

/* Supported accommodation has been registered since 28 October 2023. */
static void rule_230(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (e->place == K("H5") && !is_before(e->dec, day_of(2023, 10, 29)) && !has_urn(e) &&
			!is_outside_england(stay_of(child, e)))
			FIND(check, EPISODES, e);
	}
}

/* "K1,K2", "PR4/PR5": is the code among them? */
static bool is_among(str list, code wanted)
{
	size_t from = 0;
	for (size_t i = 0; i <= list.n; i++) {
		if (i < list.n && list.p[i] != ',' && list.p[i] != '/' && list.p[i] != ';')
			continue;
		if (wanted != 0 && code_of(str_trim((str){ list.p + from, i - from })) == wanted)
			return true;
		from = i + 1;
	}
	return false;
}

static void rule_219(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		const struct provider *provider = stay_of(child, e)->provider;
		if (has_urn(e) && (provider == NULL || !is_among(provider->codes, e->place)))
			FIND(check, EPISODES, e);
	}
}

static void find_elsewhere(struct check *check, const struct child_rows *child, code also)
{
	EVERY(e, child, episodes) {
		const struct provider *provider = stay_of(child, e)->provider;
		bool asked = e->place != 0 && (ONE_OF(e->place, "K1", "K2", "R3", "S1") || e->place == also);
		if (asked && has_urn(e) && e->pl_post.n > 0 && !is_short_break(e) &&
			(provider == NULL || !is_one_postcode(e->pl_post, provider->postcode)))
			FIND(check, EPISODES, e);
	}
}

static void rule_221(struct check *check, const struct child_rows *child)
{
	find_elsewhere(check, child, 0);
}

static void rule_221_of_2024(struct check *check, const struct child_rows *child)
{
	find_elsewhere(check, child, K("H5"));
}

static void rule_221_of_2025(struct check *check, const struct child_rows *child)
{
	find_elsewhere(check, child, K("K3"));
}

static void rule_224(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		const struct provider *provider = stay_of(child, e)->provider;
		if (has_urn(e) && (provider == NULL || !is_among(provider->provider, e->place_provider)))
			FIND(check, EPISODES, e);
	}
}

static void rule_227(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		const struct provider *provider = stay_of(child, e)->provider;
		if (has_urn(e) && provider != NULL && is_day(provider->closed) && is_day(e->decom) &&
			e->decom >= provider->closed)
			FIND(check, EPISODES, e);
	}
}

/* An episode without an end goes on to the end of the year. */
static void rule_228(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		const struct provider *provider = stay_of(child, e)->provider;
		if (has_urn(e) && provider != NULL &&
			is_after(is_day(e->dec) ? e->dec : check_end(check), provider->closed))
			FIND(check, EPISODES, e);
	}
}

static void rule_229(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		bool own = stay_of(child, e)->provider_authority == check_authority(check);
		if (has_urn(e) && (e->place_provider == K("PR1") ? !own : e->place_provider == K("PR2") && own))
			FIND(check, EPISODES, e);
	}
}

static void rule_1008(struct check *check, const struct child_rows *child)
{
	EVERY(e, child, episodes) {
		if (has_urn(e) && stay_of(child, e)->provider == NULL)
			FIND(check, EPISODES, e);
	}
}

#define POSTCODES .needs = NEEDS_POSTCODES
#define OFSTED .needs = NEEDS_PROVIDERS

static const struct check_rule rules[] = {
	CHILD_RULE(218, 2023, 2024, BIT(EPISODES), "URN PLACE", "A placement of this kind in England needs the provider's number", POSTCODES),
	CHILD_RULE_BY(rule_218_of_2025, 218, 2025, 2025, BIT(EPISODES), "URN PLACE",
		"A placement of this kind in England needs the provider's number", POSTCODES),
	CHILD_RULE_BY(rule_218_of_2026, 218, 2026, 0, BIT(EPISODES), "URN PLACE",
		"A placement of this kind in England needs the provider's number", POSTCODES),
	CHILD_RULE(219, 2023, 0, BIT(EPISODES), "URN PLACE", "The provider of that number does not run placements of this kind", OFSTED),
	CHILD_RULE(221, 2023, 2023, BIT(EPISODES), "PL_POST URN", "The provider of that number is at another postcode", OFSTED),
	CHILD_RULE_BY(rule_221_of_2024, 221, 2024, 2024, BIT(EPISODES), "PL_POST URN",
		"The provider of that number is at another postcode", OFSTED),
	CHILD_RULE_BY(rule_221_of_2025, 221, 2025, 0, BIT(EPISODES), "PL_POST URN",
		"The provider of that number is at another postcode", OFSTED),
	CHILD_RULE(224, 2023, 0, BIT(EPISODES), "PLACE_PROVIDER URN", "The provider of that number is of another kind (PR1 to PR5)", OFSTED),
	CHILD_RULE(227, 2023, 0, BIT(EPISODES), "URN DECOM", "The provider of that number had closed when the placement began", OFSTED),
	CHILD_RULE(228, 2023, 0, BIT(EPISODES), "URN DEC", "The provider of that number closed before the placement ended", OFSTED),
	CHILD_RULE(229, 2023, 0, BIT(EPISODES), "URN PLACE_PROVIDER",
		"Own provision is run elsewhere, or another authority's in this one: by where the provider of that number is",
		.needs = NEEDS_PROVIDERS | NEEDS_AUTHORITY | NEEDS_POSTCODES),
	CHILD_RULE(230, 2024, 2024, BIT(EPISODES), "PLACE DEC URN",
		"Supported accommodation in England needs the provider's number since 28 October 2023", POSTCODES),
	CHILD_RULE(1008, 2023, 0, BIT(EPISODES), "URN", "The number is of no provider on Ofsted's list", OFSTED),
};

const struct rule_list rules_of_providers = { rules, sizeof rules / sizeof *rules };
