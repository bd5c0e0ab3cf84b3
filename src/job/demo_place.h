/* demo_place.h - where a child of the demonstration lives; private to job/demo*.c. */
#pragma once

#include "job/demo_make.h"

/* The way to adoption of a child with a placement order: decided, matched, and the day placed
 * (DAY_UNKNOWN: not placed). Takes the order back where the period is too short for it. */
day demo_make_adoption(struct demo_maker *maker, struct dice *dice, struct demo_care *care);
void demo_make_placements(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day placed);
bool demo_placement_fits(const struct demo_child *child, const struct demo_placement *placement);
void demo_make_missing(
	struct demo_maker *maker, struct dice *dice, struct demo_child *child, day until);
/* "ZZ99 1AB": a pseudo postcode, one of 4,000. Homes have odd numbers, placements even ones. */
void demo_postcode(int n, char out[12]);
