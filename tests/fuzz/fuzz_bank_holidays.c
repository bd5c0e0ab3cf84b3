/* Bank holidays as JSON: refused with a line, or rows that put over the calendar in force make one. */
#include "fuzz.h"
#include "law/bank_holidays.h"
#include "law/calendar.h"

static void try_join(struct arena *arena, str rows)
{
	struct bank_join join, again;
	struct calendar *calendar;
	struct err err = { 0 };
	must(calendar_load(arena, rows, &calendar, &err));
	if (!bank_holidays_join(
		    arena, calendar_embedded_csv(), rows, day_of(2026, 11, 22), &join, &err)) {
		must(err.code == ERR_INPUT && err.text[0] != '\0');
		return;
	}
	must(join.first >= 2012 && join.first <= join.last);
	must(join.warnings <= join.changes);
	must(bank_holidays_join(arena, join.rows, rows, day_of(2026, 11, 22), &again, &err));
	must(again.same && again.changes == 0 && str_equal(again.rows, join.rows));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(32 << 20);
	struct buf rows = { 0 };
	struct err err = { 0 };
	if (bank_holidays_read(arena, (str){ (const char *)bytes, n }, &rows, &err))
		try_join(arena, arena_str(arena, buf_view(&rows)));
	else
		must(err.code == ERR_INPUT && err.text[0] != '\0');
	buf_close(&rows);
	arena_close(arena);
	return 0;
}
