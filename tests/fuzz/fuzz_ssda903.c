/* The files of the SSDA903, several in one input: each begins with a line "@name". Refused, or
 * children of whom each record passes its own check. */
#include "fuzz.h"
#include "fuzz_staging.h"
#include "returns/ssda903/ssda903.h"

static size_t split(str text, struct source *source, size_t room)
{
	size_t n = 0;
	while (text.n > 0 && n < room) {
		size_t line = str_find(text, '\n');
		str name = str_upto(text, line), rest = str_from(text, line + 1);
		size_t end = 0;
		while (end < rest.n && !(rest.p[end] == '@' && (end == 0 || rest.p[end - 1] == '\n')))
			end++;
		source[n++] = (struct source){ str_from(name, 1), str_upto(rest, end) };
		text = str_from(rest, end);
	}
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct source source[8];
	size_t files = split((str){ (const char *)bytes, n }, source, 8);
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
