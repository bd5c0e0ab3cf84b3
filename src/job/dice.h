/* dice.h - chance that can be replayed: the same seed gives the same throws on every machine.
 *
 * splitmix64 (Steele, Lea, Flood 2014): for invented data only, never for a secret. Whole numbers
 * throughout, so that no machine's rounding changes a byte of what is made.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

struct dice dice_of(uint64_t seed, uint64_t stream); /* streams of one seed are independent */
uint64_t dice_next(struct dice *dice);
int dice_in(struct dice *dice, int least, int most); /* both may come */
bool dice_chance(struct dice *dice, int in_1000);
int dice_wait(struct dice *dice, int mean); /* exponential waiting time, cut at 4.5 means */

struct weighted {
	const char *code;
	int weight;
};
const char *dice_code(struct dice *dice, const struct weighted *table, size_t n);
#define DICE_CODE(dice, table) dice_code((dice), (table), sizeof(table) / sizeof *(table))

struct weighted_range {
	int least, most, weight;
};
int dice_range(struct dice *dice, const struct weighted_range *table, size_t n);
#define DICE_RANGE(dice, table) dice_range((dice), (table), sizeof(table) / sizeof *(table))
