/* days.c - how many working-day sums a second one core does: a day and a number in, a day out.
 *
 * usage: perf-days. Two million pairs (2014 to 2027, 1 to 45 working days), over and over for about a
 * second; prints one JSON object. The sum of the answers is printed so that bench_clocks.py can hold it
 * against numpy's, and so that none of the work can be left out.
 */
#include "base/mem.h"
#include "law/due.h"

#include <stdio.h>
#include <time.h>

enum { PAIRS = 2000000, DAYS = 5000, MOST = 45 };

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(void)
{
	struct arena *arena = arena_open((size_t)256 << 20);
	const struct calendar *calendar = law_open(arena)->calendar;
	day first = day_of(2014, 1, 1), *from = mem_alloc(PAIRS, sizeof *from);
	int *n = mem_alloc(PAIRS, sizeof *n);
	for (uint64_t i = 0, random = 1; i < PAIRS; i++) {
		random = random * 6364136223846793005 + 1442695040888963407;
		from[i] = first + (day)((random >> 33) % DAYS);
		n[i] = 1 + (int)((random >> 40 & INT32_MAX) % MOST);
	}
	int64_t sum = 0;
	size_t rounds = 0;
	double began = seconds(), spent;
	do {
		sum = 0;
		for (size_t i = 0; i < PAIRS; i++)
			sum += calendar_add_working(calendar, from[i], n[i]);
		rounds++;
		spent = seconds() - began;
	} while (spent < 1);
	printf("{\"sums_a_second\": %.0f, \"sum\": %lld}\n", (double)rounds * PAIRS / spent, (long long)sum);
	mem_free(from);
	mem_free(n);
	arena_close(arena);
	return 0;
}
