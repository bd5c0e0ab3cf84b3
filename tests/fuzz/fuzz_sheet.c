/* Spreadsheets, as the worker reads them: refused in words, or rows that can travel. */
#include "document/sheet.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 27);
	struct grids *grids = arena_new(arena, struct grids), *again = arena_new(arena, struct grids);
	struct err err = { 0 };
	struct buf out = { 0 };
	if (sheet_read(arena, (str){ (const char *)bytes, n }, grids, &err)) {
		grids_put(&out, grids);
		must(grids_get(arena, buf_view(&out), again, &err));
	} else {
		must(err.text[0] != '\0');
	}
	buf_close(&out);
	arena_close(arena);
	return 0;
}
