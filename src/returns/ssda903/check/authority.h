/* authority.h - the authority for children of a place, by the codes of the Office for National Statistics.
 *
 * Postcode files name the district; in a two-tier area the county answers for children. Codes change when
 * councils are merged or redrawn: files and people are a year or ten behind. All are brought to those of
 * 2025, so that one council is one code. Sources: ONS Register of Geographic Codes; the structural changes
 * orders of Buckinghamshire (2020), Northamptonshire (2021), Cumbria, North Yorkshire and Somerset (2023).
 */
#pragma once

#include "base/str.h"

/* "E07000198" (Staffordshire Moorlands) is "E10000028" (Staffordshire); "E08000016" is "E08000038"
 * (Barnsley, redrawn). Any other text is answered as it is. */
str authority_for_children(str code);
