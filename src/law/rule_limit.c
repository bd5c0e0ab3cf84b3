/* How long: the words in which a limit is written and said. */
#include "law/rule.h"

static const str month_end = S_INIT("the end of the month");
static const str next_month_end = S_INIT("the end of the next month");
static const str term_end = S_INIT("the end of the school term");
static const str halfway = S_INIT("halfway");
static const str given = S_INIT("the day given");
static const str same_day = S_INIT("the same day");
static const str with_day = S_INIT(" beginning with the day");
static const str before = S_INIT(" before");

static bool read_unit(str text, int64_t n, enum unit *out)
{
	for (int i = UNIT_WORKING_DAYS; i <= UNIT_YEARS; i++) {
		str unit = unit_text((enum unit)i);
		*out = (enum unit)i;
		if (str_equal(text, unit) || (n == 1 && str_equal(text, str_upto(unit, unit.n - 1))))
			return true;
	}
	return false;
}

/* "halfway to cla-review-second": what is named behind the words; empty when they are not those. */
static str behind(str text, str words, str link)
{
	if (!str_starts(text, words) || !str_starts(str_from(text, words.n), link))
		return S("");
	return str_from(text, words.n + link.n);
}

static bool read_number(str text, struct limit *out)
{
	if (str_ends(text, before)) {
		out->before = true;
		text = str_upto(text, text.n - before.n);
	} else if (str_ends(text, with_day)) {
		out->with_day = true;
		text = str_upto(text, text.n - with_day.n);
	}
	size_t space = str_find(text, ' ');
	int64_t n = 0;
	if (!str_int(str_upto(text, space), &n) || n < 1 || n > 9999 ||
		!read_unit(str_from(text, space + 1), n, &out->unit))
		return false;
	out->n = (int)n;
	/* Hours and months are not counted back, and only whole days have a first. */
	if (out->before)
		return out->unit <= UNIT_WEEKS;
	return !out->with_day || (out->unit != UNIT_HOURS && out->unit != UNIT_WORKING_DAYS);
}

bool limit_read(str text, struct limit *out, str *of)
{
	*out = (struct limit){ .unit = UNIT_DAYS };
	*of = S("");
	if (str_equal(text, same_day))
		return true;
	if (str_equal(text, S("before it"))) {
		out->before = true;
		return true;
	}
	if (str_equal(text, term_end)) {
		out->unit = UNIT_TERM_END;
		return true;
	}
	if (str_equal(text, month_end) || str_equal(text, next_month_end)) {
		out->unit = UNIT_MONTH_END;
		out->n = str_equal(text, next_month_end);
		return true;
	}
	*of = behind(text, halfway, S(" to "));
	out->unit = UNIT_HALFWAY;
	if (of->n > 0)
		return true;
	*of = behind(text, given, S(" as "));
	out->unit = UNIT_GIVEN;
	return of->n > 0 || read_number(text, out);
}

void buf_limit(struct buf *buf, const struct limit *limit)
{
	if (limit->unit == UNIT_MONTH_END) {
		buf_str(buf, limit->n == 0 ? month_end : next_month_end);
	} else if (limit->unit == UNIT_TERM_END) {
		buf_str(buf, term_end);
	} else if (limit->unit == UNIT_HALFWAY || limit->unit == UNIT_GIVEN) {
		buf_str(buf, limit->unit == UNIT_HALFWAY ? halfway : given);
	} else if (limit->n == 0) {
		buf_str(buf, limit->before ? S("before it") : same_day);
	} else {
		str unit = unit_text(limit->unit);
		buf_int(buf, limit->n);
		buf_char(buf, ' ');
		buf_str(buf, limit->n == 1 ? str_upto(unit, unit.n - 1) : unit);
		buf_str(buf, limit->before ? before : limit->with_day ? with_day : S(""));
	}
}
