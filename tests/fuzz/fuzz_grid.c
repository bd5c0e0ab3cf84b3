/* What a worker may say of a spreadsheet: refused, or texts that are valid and written again the
 * same; and files of text, which are refused in words or travel whole. The first byte chooses. */
#include "base/grid.h"
#include "base/utf8.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str input = { (const char *)bytes, n };
	bool message = fuzz_choice(&input) & 1;
	struct arena *arena = arena_open(1 << 26);
	struct grids *grids = arena_new(arena, struct grids), *again = arena_new(arena, struct grids);
	struct err err = { 0 };
	struct buf out = { 0 };
	bool read = message ? grids_get(arena, input, grids, &err)
			    : grids_from_text(arena, input, grids, &err);
	must(read || err.text[0] != '\0');
	if (read) {
		grids_put(&out, grids);
		must(!message || str_equal(buf_view(&out), input));
		must(grids_get(arena, buf_view(&out), again, &err));
		must(again->n == grids->n);
		for (size_t i = 0; i < grids->n; i++) {
			must(again->item[i].n == grids->item[i].n);
			for (size_t j = 0; j < grids->item[i].n && j < 50; j++) {
				for (size_t k = 0; k < grids->item[i].row[j].n; k++) {
					str cell = grid_cell(&grids->item[i], j, k);
					must(utf8_check(cell) == cell.n);
					must(str_equal(cell, grid_cell(&again->item[i], j, k)));
				}
			}
		}
	}
	buf_close(&out);
	arena_close(arena);
	return 0;
}
