/* CSV: refused, or rows that are written and read back the same. The first byte chooses the
 * separator and the limits. */
#include "base/csv.h"
#include "fuzz.h"

static void write_all(str text, struct arena *arena, struct csv_options options, struct buf *file,
	size_t *rows)
{
	struct csv csv = csv_open(text, arena, options);
	struct csv_out out = { .buf = file };
	struct csv_row row;
	struct err err = { 0 };
	size_t line = 0;
	for (*rows = 0; csv_next(&csv, &row); ++*rows) {
		must(row.n > 0 && row.line > line);
		line = row.line;
		struct csv_column wanted[] = { { "a", true, 0 }, { "b", true, 0 } };
		if (!csv_columns(&row, wanted, 2, NULL, &err))
			must(err.text[0] != '\0');
		for (size_t i = 0; i < row.n; i++)
			csv_put(&out, row.field[i]);
		csv_put_end(&out);
	}
	if (!csv_end(&csv, &err))
		must(err.code != ERR_NONE && err.text[0] != '\0');
	must(!csv_next(&csv, &row));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { (const char *)bytes, n };
	uint8_t choice = fuzz_choice(&text);
	struct csv_options options = { .separator = ",;\t?"[choice % 4] };
	if (choice & 4)
		options = (struct csv_options){ .fields_max = 3, .field_max = 5 };
	struct arena *arena = arena_open(1 << 24);
	struct buf once = { 0 }, twice = { 0 };
	size_t rows, again;
	write_all(text, arena, options, &once, &rows);
	write_all(buf_view(&once), arena, (struct csv_options){ .field_max = SIZE_MAX }, &twice,
		&again);
	must(rows == again && str_equal(buf_view(&once), buf_view(&twice)));
	buf_close(&once);
	buf_close(&twice);
	arena_close(arena);
	return 0;
}
