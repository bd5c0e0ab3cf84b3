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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *law_arena __attribute__((used)); /* kept, or a leak is seen */
	static const struct law *law;
	if (law == NULL)
		law = law_open(law_arena = arena_open((size_t)64 << 20));
	struct arena *arena = arena_open((size_t)16 << 20);
	struct facts facts;
	struct coverage coverage;
	struct clocks clocks = { 0 };
	struct err err;
	str text = { (const char *)bytes, n };
	day today = day_of(2026, 11, 21);
	if (!coverage_read(str_upto(text, str_find(text, '\n')), &coverage, &err))
		coverage = coverage_all;
	if (facts_read(text, arena, today, pass_over, NULL, &facts, &err)) {
		for (size_t i = 0; i < facts.subjects; i++)
			clocks_compute(law, facts.event + facts.subject[i].first, facts.subject[i].n,
				&coverage, today, &clocks);
		for (size_t i = 0; i < clocks.n; i++)
			must(clock_state(&clocks.item[i], today) < CLOCK_STATES);
		facts_close(&facts);
	}
	clocks_close(&clocks);
	arena_close(arena);
	return 0;
}
