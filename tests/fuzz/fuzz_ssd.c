/* The tables of the Standard Safeguarding Dataset, several in one input (fuzz_tables.h). Refused, or children of whom each
 * record passes its own check. */
#include "fuzz.h"
#include "fuzz_tables.h"
#include "returns/ssd/ssd.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 26);
	struct fuzz_tables tables;
	struct staging staging;
	struct err err = { 0 };
	fuzz_tables(arena, (str){ (const char *)bytes, n }, &tables);
	staging_open(&staging, arena);
	bool good = ssd_stage(tables.item, tables.n, &tables.mapping, day_of(2026, 11, 21),
		DAY_UNKNOWN, &staging, &err);
	fuzz_tables_hold(&staging, good, &err);
	staging_close(&staging);
	mapping_close(&tables.mapping);
	arena_close(arena);
	return 0;
}
