/* Holidays: refused with a line, or a calendar in which counting there and back agrees. */
#include "fuzz.h"
#include "law/calendar.h"

static void try_calendar(const struct calendar *calendar)
{
	day first = calendar_first(calendar), last = calendar_last(calendar);
	must(first <= calendar_horizon(calendar) && calendar_horizon(calendar) <= last);
	day step = (last - first) / 97 + 1;
	for (day d = first; d <= last; d += step) {
		must(calendar_is_working(calendar, d) == (calendar_why_not(calendar, d).n == 0));
		day on = calendar_add_working(calendar, d, 20);
		if (on == DAY_UNKNOWN)
			continue;
		must(on > d && calendar_is_working(calendar, on));
		must(calendar_working_between(calendar, d, on) == 20);
		must(calendar_on_or_before(calendar, on) == on);
		must(calendar_add_working(calendar, on, -20) <= d ||
			!calendar_is_working(calendar, d));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(32 << 20);
	struct calendar *calendar;
	struct err err = { 0 };
	if (calendar_load(arena, (str){ (const char *)bytes, n }, &calendar, &err))
		try_calendar(calendar);
	else
		must(err.code == ERR_INPUT && err.text[0] != '\0');
	arena_close(arena);
	return 0;
}
