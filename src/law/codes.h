/* codes.h - the national code lists of the two statutory returns: code as printed, and its meaning.
 *
 * Facts of the SSDA903 collection and the CIN census, which councils' files carry. A retired code
 * is no longer in the standard but stands in earlier years' files.
 */
#pragma once

#include "base/str.h"

struct code {
	str code;
	str meaning;
	bool retired;
};

struct code_list {
	str name; /* "legal status" : reads after "is not a code for" */
	const struct code *code;
	size_t n;
};

const struct code *code_find(const struct code_list *list, str code); /* NULL when there is none */
str code_meaning(const struct code_list *list, str code);             /* empty when there is none */

extern const struct code_list codes_sex, codes_ethnicity, codes_participation, codes_new_episode,
	codes_legal_status, codes_placement, codes_provider, codes_end_reason,
	codes_placement_change, codes_missing, codes_category_of_abuse, codes_need,
	codes_referral_source, codes_closure, codes_conference, codes_visit, codes_meeting,
	codes_care_step, codes_view_method, codes_contact_method, codes_remand, codes_disability,
	codes_upn_unknown;
/* Of the SSDA903 return alone: codes_903.c. */
extern const struct code_list codes_sdq_reason, codes_in_touch, codes_leaver_activity,
	codes_leaver_home, codes_plan_reversed, codes_adopters_sex, codes_adopters_status,
	codes_earlier_permanence, codes_worker_change;
