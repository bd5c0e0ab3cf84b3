/* demo_names.h - names for people who do not exist.
 *
 * Forenames in use in England's communities, surnames in use or put together from parts; which
 * goes with which is thrown. Any likeness to a real person is chance.
 */
#pragma once

#include "job/dice.h"

enum { DEMO_NAME = 40 }; /* bytes of a forename or a surname, NUL included */

struct demo_name {
	char forename[DEMO_NAME], surname[DEMO_NAME];
};

/* A surname for a family of that ethnicity (a code of the 903), and a forename that goes with it.
 * `sex` is 'M' or 'F'. */
void demo_surname(struct dice *dice, const char *ethnicity, char surname[DEMO_NAME]);
void demo_forename(struct dice *dice, const char *ethnicity, char sex, char forename[DEMO_NAME]);
/* The n-th person of the staff of a seed: no two of the first 30,000 share a name. */
struct demo_name demo_staff_name(uint64_t seed, int n);
