/* A batch of questions: refused, or every row comes back with a due date or an error, not both. */
#include "base/csv.h"
#include "fuzz.h"
#include "law/answer.h"

static bool collect(void *to, struct buf *rows, struct err *err)
{
	(void)err;
	buf_str(to, buf_view(rows));
	buf_clear(rows);
	return true;
}

static void check_rows(str text, struct arena *arena, const struct answer_count *count)
{
	struct csv csv = csv_open(text, arena, (struct csv_options){ .fields_max = SIZE_MAX / 64,
						       .field_max = SIZE_MAX });
	struct csv_row row;
	size_t rows = 0, columns = 0, failed = 0;
	while (csv_next(&csv, &row)) {
		if (columns == 0) {
			columns = row.n;
			continue;
		}
		must(row.n == columns);
		must((row.field[columns - 2].n == 0) != (row.field[columns - 1].n == 0));
		failed += row.field[columns - 1].n > 0;
		rows++;
	}
	must(csv_end(&csv, NULL) && rows == count->rows && failed == count->failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *kept; /* one law for all inputs */
	static const struct law *law;
	if (kept == NULL) {
		kept = arena_open(8 << 20);
		law = law_open(kept);
	}
	struct arena *arena = arena_open(32 << 20);
	struct buf rows = { 0 };
	struct answer_count count;
	struct err err = { 0 };
	struct answer_sink sink = { collect, &rows };
	if (answer_batch(law, (str){ (const char *)bytes, n }, arena, sink, &count, &err))
		check_rows(buf_view(&rows), arena, &count);
	else
		must(err.text[0] != '\0');
	buf_close(&rows);
	arena_close(arena);
	return 0;
}
