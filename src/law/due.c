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
	if (*on == DAY_UNKNOWN && n < 0)
		return err_set(err, ERR_INPUT,
			"the calendar of working days begins on 1 January %d: nothing is counted "
			"from before it",
			day_civil(calendar_first(calendar)).year);
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

static day month_end(day from)
{
	struct civil civil = day_civil(from);
	return day_of(civil.year, civil.month, day_month_length(civil.year, civil.month));
}

/* School terms as they mostly are, until a council's own dates are loaded: September to December,
 * January to March, April to July. What lies in August belongs to the term to come. */
static day term_end(day from)
{
	struct civil civil = day_civil(from);
	int month = civil.month <= 3 ? 3 : civil.month <= 7 ? 7 : 12;
	return day_of(civil.year, month, day_month_length(civil.year, month));
}

static day count_days(day from, const struct limit *limit)
{
	int n = limit->before ? -limit->n : limit->n;
	if (limit->unit == UNIT_MONTH_END) {
		from = day_add_months(from, n);
		return from == DAY_UNKNOWN ? from : month_end(from);
	}
	if (limit->unit == UNIT_TERM_END)
		return term_end(from);
	if (limit->unit == UNIT_MONTHS || limit->unit == UNIT_YEARS)
		from = day_add_months(from, limit->unit == UNIT_YEARS ? n * 12 : n);
	else
		from = day_add(from, limit->unit == UNIT_WEEKS ? n * 7 : n);
	/* Where the day itself is the first, the last is a day earlier. */
	return limit->with_day ? day_add(from, -1) : from;
}

static bool count_limit(const struct law *law, const struct limit *limit, struct when from,
	struct due *out, struct err *err)
{
	if (limit->unit == UNIT_HOURS)
		return count_hours(from, limit->n, out, err);
	if (limit->unit == UNIT_WORKING_DAYS)
		return count_working_days(
			law->calendar, from.on, limit->before ? -limit->n : limit->n, &out->on, err);
	out->on = count_days(from.on, limit);
	if (out->on == DAY_UNKNOWN)
		return err_set(err, ERR_INPUT, limit->before ?
			"the due date lies before the year 1900" :
			"the due date lies after the year 2299");
	return true;
}

/* Half of the time to another rule's limit, down to a working day. */
static bool count_half(const struct law *law, const struct rule *rule, bool local, struct when from,
	struct due *out, struct err *err)
{
	struct due whole;
	if (local ? !due_count(law, rule->halfway, from, &whole, err)
		  : !due_count_law(law, rule->halfway, from, &whole, err))
		return false;
	out->figure = whole.figure;
	day half = from.on + (whole.on - from.on) / 2;
	out->on = calendar_on_or_before(law->calendar, half);
	if (out->on == DAY_UNKNOWN)
		return err_set(err, ERR_INPUT, "the calendar of working days does not reach there");
	return true;
}

void due_given(const struct law *law, day on, struct due *out)
{
	*out = (struct due){ .on = on, .at = INSTANT_UNKNOWN,
		.last_working_day = calendar_on_or_before(law->calendar, on),
		.provisional = on > calendar_horizon(law->calendar) };
}

static bool is_known_day(struct when from, struct due *out, struct err *err)
{
	*out = (struct due){
		.on = DAY_UNKNOWN, .at = INSTANT_UNKNOWN, .last_working_day = DAY_UNKNOWN
	};
	if (from.on == DAY_UNKNOWN)
		return err_set(err, ERR_INPUT, "the day to count from is not known");
	return true;
}

static void finish(const struct law *law, struct due *out)
{
	out->last_working_day = calendar_on_or_before(law->calendar, out->on);
	out->provisional = out->on > calendar_horizon(law->calendar);
}

static bool count_by(const struct law *law, const struct rule *rule, const struct limit *limit,
	bool local, struct when from, struct due *out, struct err *err)
{
	if (!is_known_day(from, out, err))
		return false;
	if (limit->unit == UNIT_GIVEN)
		return err_set(err, ERR_INPUT,
			"this day is not counted: it is the one that the trigger gives as \"%.*s\"",
			STR_ARGS(rule->given));
	if (limit->unit == UNIT_HALFWAY ? !count_half(law, rule, local, from, out, err)
					: !count_limit(law, limit, from, out, err))
		return false;
	if (rule->next_working && calendar_on_or_before(law->calendar, out->on) < out->on)
		out->on = calendar_add_working(law->calendar, out->on, 1);
	if (out->on == DAY_UNKNOWN)
		return err_set(err, ERR_INPUT, "the calendar of working days does not reach there");
	finish(law, out);
	return true;
}

bool due_count_as(const struct law *law, const struct rule *rule, const struct limit *limit,
	struct when from, struct due *out, struct err *err)
{
	return count_by(law, rule, limit, false, from, out, err);
}

bool due_count_law(const struct law *law, const struct rule *rule, struct when from, struct due *out,
	struct err *err)
{
	return count_by(law, rule, &rule->limit, false, from, out, err);
}

const struct figure *figure_on(const struct rule *rule, day on)
{
	for (size_t i = 0; i < rule->figures; i++) {
		const struct figure *figure = &rule->figure[i];
		if (day_is_within(on, figure->from, figure->to))
			return figure;
	}
	return NULL;
}

bool due_is_after(const struct due *a, const struct due *b)
{
	if (a->at != INSTANT_UNKNOWN && b->at != INSTANT_UNKNOWN)
		return a->at > b->at;
	return a->on > b->on;
}

/* A figure was shown to be stricter when it was set. Holidays proclaimed since may have moved that, so
 * what is no departure is held to the law's date each time. */
static bool count_figure(const struct law *law, const struct rule *rule,
	const struct figure *figure, struct when from, struct due *out, struct err *err)
{
	struct due national;
	if (!count_by(law, rule, &figure->limit, false, from, out, err))
		return false;
	if (!figure->later && due_count_law(law, rule, from, &national, NULL) &&
		due_is_after(out, &national))
		*out = national;
	out->figure = figure;
	return true;
}

bool due_count(const struct law *law, const struct rule *rule, struct when from, struct due *out,
	struct err *err)
{
	const struct figure *figure = figure_on(rule, from.on);
	if (figure != NULL)
		return count_figure(law, rule, figure, from, out, err);
	return count_by(law, rule, &rule->limit, true, from, out, err);
}

bool due_count_earlier(const struct law *law, const struct rule *rule, struct when from,
	struct due *out, struct err *err)
{
	if (!is_known_day(from, out, err) || !count_limit(law, &rule->earlier, from, out, err))
		return false;
	finish(law, out);
	return true;
}

day limit_add(const struct limit *limit, day from)
{
	return count_days(from, limit);
}

void due_skipped(const struct law *law, const struct limit *limit, day from, day due,
	void (*visit)(void *to, day d, str why), void *to)
{
	if (limit->unit != UNIT_WORKING_DAYS)
		return;
	day first = from < due ? from : due, last = from < due ? due : from;
	for (day d = first + 1; d < last; d++) {
		str why = calendar_why_not(law->calendar, d);
		if (why.n > 0)
			visit(to, d, why);
	}
}
