/* random.h - the same random numbers again: xorshift64*, seeded from DULY_SEED or a fixed number,
 * and the seed printed, so that a failure can be run once more. */
#pragma once

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct random {
	uint64_t state;
};

static inline struct random random_open(const char *what)
{
	const char *given = getenv("DULY_SEED");
	uint64_t seed = given == NULL ? 20261121 : strtoull(given, NULL, 10);
	printf("# %s: DULY_SEED=%" PRIu64 "\n", what, seed);
	return (struct random){ seed * 2654435769u + 1 };
}

static inline uint64_t random_next(struct random *random)
{
	uint64_t x = random->state;
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	random->state = x;
	return x * 2685821657736338717u;
}

/* 0 to below - 1 */
static inline size_t random_below(struct random *random, size_t below)
{
	return (size_t)(random_next(random) >> 11) % below;
}
