/* The census: refused, or children of whom each record passes its own check. */
#include "fuzz.h"
#include "fuzz_staging.h"
#include "returns/cin/cin.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 26);
	struct staging staging;
	struct err err = { 0 };
	staging_open(&staging, arena);
	struct source source = { S("census.xml"), { (const char *)bytes, n } };
	bool good = cin_stage(&source, day_of(2026, 11, 21), &staging, &err);
	fuzz_staging(&staging, good, &err);
	staging_close(&staging);
	arena_close(arena);
	return 0;
}
