/* rules.c - all rules of the return, in the order of their codes' subjects. */
#include "returns/ssda903/check/rule.h"

#include "base/err.h"

#define LIST(name) extern const struct rule_list rules_of_##name;
LIST(header) LIST(reviews)
LIST(episodes) LIST(episodes_child) LIST(episodes_end) LIST(episodes_legal) LIST(episodes_order)
LIST(episodes_place) LIST(episodes_stay) LIST(episodes_years)
LIST(header_years)
LIST(integrity)
LIST(ad1) LIST(oc2) LIST(sdq)
LIST(placed) LIST(missing) LIST(permanence) LIST(workers) LIST(dolo)
LIST(places) LIST(providers)
LIST(uasc) LIST(oc3) LIST(oc3_years)
#undef LIST

static const struct rule_list *const lists[] = {
	&rules_of_header, &rules_of_reviews,
	&rules_of_episodes, &rules_of_episodes_child, &rules_of_episodes_end, &rules_of_episodes_legal,
	&rules_of_episodes_order, &rules_of_episodes_place, &rules_of_episodes_stay, &rules_of_episodes_years,
	&rules_of_header_years,
	&rules_of_integrity,
	&rules_of_ad1, &rules_of_oc2, &rules_of_sdq,
	&rules_of_placed, &rules_of_missing, &rules_of_permanence, &rules_of_workers, &rules_of_dolo,
	&rules_of_places, &rules_of_providers,
	&rules_of_uasc, &rules_of_oc3, &rules_of_oc3_years,
};
enum { LISTS = sizeof lists / sizeof *lists };

size_t check_rules_n(void)
{
	size_t n = 0;
	for (size_t i = 0; i < LISTS; i++)
		n += lists[i]->n;
	return n;
}

const struct check_rule *check_rule(size_t i)
{
	for (size_t k = 0; k < LISTS; k++) {
		if (i < lists[k]->n)
			return &lists[k]->item[i];
		i -= lists[k]->n;
	}
	must(!"a rule that there is");
	return NULL;
}
