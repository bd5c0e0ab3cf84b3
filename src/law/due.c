#include "law/due.h"

const struct law *law_open(struct arena *arena)
{
	struct law *law = arena_new(arena, struct law);
	struct calendar *calendar = NULL;
	struct err err;
	/* The embedded texts are ours: a fault in them is a bug, told with its line. */
	if (!calendar_load(arena, calendar_embedded_csv(), &calendar, &err) ||
		!rules_load(arena, rules_embedded_yaml(), &law->rules, &err))
		must_fail(err.text, __FILE__, __LINE__);
	law->calendar = calendar;
	return law;
}

static bool count_working_days(
	const struct calendar *calendar, day from, int n, day *on, struct err *err)
{
	if (from < calendar_first(calendar))
		return err_set(err, ERR_INPUT,
			"the calendar of working days begins on 1 January %d: nothing is counted "
			"from before it",
			day_civil(calendar_first(calendar)).year);
	*on = calendar_add_working(calendar, from, n);
	if (*on == DAY_UNKNOWN)
		return err_set(err, ERR_INPUT, "the calendar of working days ends with %d",
			day_civil(calendar_last(calendar)).year);
	return true;
}

static bool count_hours(struct when from, int n, struct due *out, struct err *err)
{
	if (from.at == INSTANT_UNKNOWN)
		return err_set(err, ERR_INPUT,
			"this limit is in hours: give the time too, as 2026-03-27T14:30");
	out->at = from.at + n * INSTANT_HOUR;
	if (out->at > INSTANT_MAX)
		return err_set(err, ERR_INPUT, "the due date lies after the year 2299");
	out->on = instant_day(out->at);
	return true;
}

static day count_days(day from, const struct rule *rule)
{
	if (rule->unit == UNIT_MONTHS)
		return day_add_months(from, rule->offset);
	return day_add(from, rule->unit == UNIT_WEEKS ? rule->offset * 7 : rule->offset);
}

bool due_count(const struct law *law, const struct rule *rule, struct when from, struct due *out,
	struct err *err)
{
	*out = (struct due){
		.on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN, .last_working_day = DAY_UNKNOWN
	};
	if (from.on == DAY_UNKNOWN)
		return err_set(err, ERR_INPUT, "the day to count from is not known");
	if (rule->unit == UNIT_HOURS) {
		if (!count_hours(from, rule->offset, out, err))
			return false;
	} else if (rule->unit == UNIT_WORKING_DAYS) {
		if (!count_working_days(law->calendar, from.on, rule->offset, &out->on, err))
			return false;
	} else {
		out->on = count_days(from.on, rule);
		if (out->on == DAY_UNKNOWN)
			return err_set(err, ERR_INPUT, "the due date lies after the year 2299");
	}
	out->last_working_day = calendar_on_or_before(law->calendar, out->on);
	out->provisional = out->on > calendar_horizon(law->calendar);
	return true;
}

void due_skipped(const struct law *law, const struct rule *rule, day from, day due,
	void (*visit)(void *to, day d, str why), void *to)
{
	if (rule->unit != UNIT_WORKING_DAYS)
		return;
	for (day d = from + 1; d < due; d++) {
		str why = calendar_why_not(law->calendar, d);
		if (why.n > 0)
			visit(to, d, why);
	}
}
