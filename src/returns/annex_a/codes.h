/* codes.h - private to annex_a/: the code lists of its columns, as Ofsted's workbook shows them. */
#pragma once

#include "returns/annex_a/lists.h"

extern const struct annex_codes annex_codes_gender, annex_codes_ethnicity, annex_codes_source,
	annex_codes_yes_no, annex_codes_yes_no_unknown, annex_codes_need, annex_codes_closure,
	annex_codes_status, annex_codes_category, annex_codes_legal, annex_codes_permanence,
	annex_codes_end, annex_codes_placement, annex_codes_provider, annex_codes_location,
	annex_codes_eligibility, annex_codes_in_touch, annex_codes_accommodation,
	annex_codes_suitable, annex_codes_activity, annex_codes_adoption_stop, annex_codes_left;
