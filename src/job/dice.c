#include "job/dice.h"

#include "base/err.h"

static uint64_t mixed(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t stream)
{
	return (struct dice){ mixed(mixed(seed + UINT64_C(0x9e3779b97f4a7c15)) ^
				    (stream * UINT64_C(0xd1342543de82ef95) + 1)) };
}

uint64_t dice_next(struct dice *dice)
{
	dice->state += UINT64_C(0x9e3779b97f4a7c15);
	return mixed(dice->state);
}

int dice_in(struct dice *dice, int least, int most)
{
	must(least <= most);
	uint64_t span = (uint64_t)((int64_t)most - least + 1);
	return least + (int)((dice_next(dice) >> 32) * span >> 32);
}

bool dice_chance(struct dice *dice, int in_1000)
{
	return dice_in(dice, 0, 999) < in_1000;
}

int dice_wait(struct dice *dice, int mean)
{
	/* Quantiles of the exponential distribution in sixteenths, thousandths of the mean. */
	static const int quantile[] = { 0, 65, 134, 208, 288, 375, 470, 575, 693, 827, 981, 1163,
		1386, 1674, 2079, 2773, 4500 };
	int i = dice_in(dice, 0, 15);
	return (int)((int64_t)mean * dice_in(dice, quantile[i], quantile[i + 1]) / 1000);
}

const char *dice_code(struct dice *dice, const struct weighted *table, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += table[i].weight;
	int left = dice_in(dice, 1, sum);
	size_t i = 0;
	while ((left -= table[i].weight) > 0)
		i++;
	return table[i].code;
}

int dice_range(struct dice *dice, const struct weighted_range *table, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += table[i].weight;
	int left = dice_in(dice, 1, sum);
	size_t i = 0;
	while ((left -= table[i].weight) > 0)
		i++;
	return dice_in(dice, table[i].least, table[i].most);
}
