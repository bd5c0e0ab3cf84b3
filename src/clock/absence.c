#include "clock/absence.h"

static bool is_away(const struct absence *absence, day d)
{
	return d != DAY_UNKNOWN && d >= absence->first && d <= absence->last;
}

static enum absence_fate fate_of(
	const struct absence *absence, day due, day booked, const struct absence_advice *advice)
{
	/* Booked for a day outside the absence: somebody chose it, and it will do. */
	bool elsewhere = booked != DAY_UNKNOWN && !is_away(absence, booked) && booked <= due;
	if (is_away(absence, due) && !elsewhere)
		return ABSENCE_DUE;
	if (is_away(absence, booked))
		return ABSENCE_BOOKED;
	if (due > absence->last && booked == DAY_UNKNOWN && advice->left <= ABSENCE_SOON)
		return ABSENCE_SOON_AFTER;
	return ABSENCE_NOTHING;
}

struct absence_advice absence_advise(const struct calendar *calendar, const struct absence *absence,
	day today, day due, day booked)
{
	struct absence_advice advice = { .before = DAY_UNKNOWN, .after = DAY_UNKNOWN };
	if (due == DAY_UNKNOWN || due > calendar_last(calendar))
		return advice;
	day before = calendar_on_or_before(calendar, absence->first - 1);
	day after = calendar_add_working(calendar, absence->last, 1);
	if (before != DAY_UNKNOWN && before > today)
		advice.before = before <= due ? before : calendar_on_or_before(calendar, due);
	if (after != DAY_UNKNOWN && after <= due) {
		advice.after = after;
		advice.left = calendar_working_between(calendar, absence->last, due);
	}
	advice.fate = fate_of(absence, due, booked, &advice);
	return advice;
}
