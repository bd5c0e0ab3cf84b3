/* clocks.c - how many clocks a second one core makes of an event file.
 *
 * usage: perf-clocks FACTS AS-OF [ROUNDS [POLICY]]. ROUNDS 0: for about three seconds. Reads the file once, computes every subject's clocks over
 * and over for about three seconds, or so many times (for callgrind, whose count then is the same on
 * any machine), and prints numbers for script/bench: one JSON object.
 */
#include "base/mem.h"
#include "base/text.h"
#include "clock/clock.h"
#include "facts_all.h"
#include "law/local.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool read_all(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	char block[1 << 16];
	size_t n;
	if (file == NULL)
		return false;
	while ((n = fread(block, 1, sizeof block, file)) > 0)
		buf_bytes(out, block, n);
	fclose(file);
	return true;
}

static void ignore(void *to, const struct fact_reject *reject)
{
	(void)to;
	(void)reject;
}

static size_t compute(const struct law *law, const struct facts *facts, day today,
	struct clocks *clocks, size_t *open)
{
	size_t made = 0;
	for (size_t i = 0; i < facts->subject.n; i++) {
		const struct facts_of *subject = &facts->subject.item[i];
		clocks->n = 0;
		clocks_compute(law, facts->event.item + subject->first, subject->n, &coverage_all, today,
			clocks);
		for (size_t c = 0; c < clocks->n; c++)
			*open += clock_is_open(clock_state(&clocks->item[c], today));
		made += clocks->n;
	}
	return made;
}

/* The law with a council's policy laid over it. */
static const struct law *with_policy(struct arena *arena, const struct law *law, const char *path)
{
	struct buf text = { 0 };
	struct local_policy *policy = NULL;
	struct err err = { 0 };
	if (!read_all(path, &text) || !local_read(arena, law, buf_view(&text), &policy, &err)) {
		fprintf(stderr, "%s: %s\n", path, err.text);
		exit(2);
	}
	buf_close(&text);
	return policy->law;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct buf bytes = { 0 };
	struct facts facts = { 0 };
	struct clocks clocks = { 0 };
	day today;
	if (argc < 3 || argc > 5 || !day_read(str_of(argv[2]), &today, &err) || !read_all(argv[1], &bytes)) {
		fprintf(stderr, "usage: perf-clocks FACTS AS-OF [ROUNDS [POLICY]]\n");
		return 2;
	}
	size_t wanted = argc >= 4 ? strtoul(argv[3], NULL, 10) : 0;
	struct arena *arena = arena_open(SIZE_MAX / 4);
	const struct law *law = law_open(arena);
	if (argc == 5)
		law = with_policy(arena, law, argv[4]);
	double began = seconds(CLOCK_PROCESS_CPUTIME_ID);
	if (!facts_read(buf_view(&bytes), arena, today, ignore, NULL, &facts, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	double read = seconds(CLOCK_PROCESS_CPUTIME_ID) - began;
	size_t made = 0, open = 0, rounds = 0, once;
	began = seconds(CLOCK_PROCESS_CPUTIME_ID);
	do {
		once = compute(law, &facts, today, &clocks, &open);
		made += once;
		rounds++;
	} while (wanted > 0 ? rounds < wanted : seconds(CLOCK_PROCESS_CPUTIME_ID) - began < 3);
	double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - began;
	printf("{\"subjects\": %zu, \"events\": %zu, \"rejected\": %zu, \"clocks\": %zu, "
	       "\"open\": %zu, \"read_seconds\": %.4f, \"compute_seconds\": %.4f, "
	       "\"clocks_a_second\": %.0f, \"clocks_a_second_with_reading\": %.0f}\n",
		facts.subject.n, facts.event.n, facts.rejected, once, open / rounds, read,
		spent / (double)rounds, (double)made / spent,
		(double)once / (read + spent / (double)rounds));
	clocks_close(&clocks);
	facts_close(&facts);
	buf_close(&bytes);
	arena_close(arena);
	return 0;
}
