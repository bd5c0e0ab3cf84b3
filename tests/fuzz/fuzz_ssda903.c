/* The files of the SSDA903, several in one input: each begins with a line "@name". Refused, or
 * children of whom each record passes its own check. */
#include "fuzz.h"
#include "fuzz_files.h"
#include "fuzz_staging.h"
#include "returns/ssda903/ssda903.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct fuzz_file given[8];
	struct source source[8];
	size_t files = fuzz_files((str){ (const char *)bytes, n }, given, 8);
	for (size_t i = 0; i < files; i++)
		source[i] = (struct source){ given[i].name, given[i].bytes };
	struct arena *arena = arena_open(1 << 26);
	struct staging staging;
	struct err err = { 0 };
	staging_open(&staging, arena);
	bool good = ssda903_stage(source, files, day_of(2026, 11, 21), &staging, &err);
	fuzz_staging(&staging, good, &err);
	staging_close(&staging);
	arena_close(arena);
	return 0;
}
