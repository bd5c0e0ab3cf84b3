/* stays.h - what is derived of each episode: where the placement is, how far from home, who runs it. */
#pragma once

#include "returns/ssda903/check/rule.h"

/* The authority for children at that place, or the country (as struct stay); 0: unknown. */
code place_authority(const struct place_of *place);

/* "B1  1BJ" and "b11bj": spaces and case aside. */
bool is_one_postcode(str a, str b);

/* One for each row of Episodes, in the arena. */
const struct stay *stays_find(struct arena *arena, const struct year_rows *year, const struct check_asked *asked);
