/* Whatever stands in a file of facts, it is read or refused, and the clocks of what was read come
 * out whole. */
#include "clock/clock.h"
#include "clock/facts.h"
#include "fuzz.h"

static void pass_over(void *to, const struct fact_reject *reject)
{
	(void)to;
	must(reject->line > 0 && reject->reason.n > 0);
}

struct fuzzed {
	const struct law *law;
	const struct coverage *coverage;
	day today;
	struct clocks clocks;
};

static void compute(void *to, const struct fact_subject *subject)
{
	struct fuzzed *fuzzed = to;
	fuzzed->clocks.n = 0;
	clocks_compute(fuzzed->law, subject->event, subject->n, fuzzed->coverage, fuzzed->today,
		&fuzzed->clocks);
	for (size_t i = 0; i < fuzzed->clocks.n; i++) {
		must(clock_state(&fuzzed->clocks.item[i], fuzzed->today) < CLOCK_STATES);
		(void)fact_thread(subject, fuzzed->clocks.item[i].thread);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *law_arena __attribute__((used)); /* kept, or a leak is seen */
	static const struct law *law;
	if (law == NULL)
		law = law_open(law_arena = arena_open((size_t)64 << 20));
	struct arena *arena = arena_open((size_t)16 << 20);
	struct coverage coverage;
	struct err err;
	str text = { (const char *)bytes, n };
	day today = day_of(2026, 11, 21);
	if (!coverage_read(str_upto(text, str_find(text, '\n')), &coverage, &err))
		coverage = coverage_all;
	size_t rejected;
	struct fuzzed fuzzed = { .law = law, .coverage = &coverage, .today = today };
	if (!facts_each(text, arena, today, &(struct facts_told){ compute, pass_over, &fuzzed }, &rejected,
		    &err))
		must(err.text[0] != '\0');
	clocks_close(&fuzzed.clocks);
	arena_close(arena);
	return 0;
}
