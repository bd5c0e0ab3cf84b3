#include "html/form_day.h"

static bool is_space(str s)
{
	return str_trim(s).n == 0;
}

/* A whole number of at most `digits` digits; -1 for anything else. */
static int number(str s, size_t digits)
{
	int n = 0;
	if (s.n == 0 || s.n > digits)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		n = n * 10 + (s.p[i] - '0');
	}
	return n;
}

/* "3", "03", "mar", "March"; 0 for none. */
static int month_of(str s)
{
	int n = number(s, 2);
	if (n >= 1 && n <= 12)
		return n;
	for (int month = 1; month <= 12 && s.n >= 3; month++) {
		str name = str_of(month_name(month));
		if (s.n <= name.n && str_equal_nocase(str_upto(name, s.n), s) &&
			(s.n == 3 || s.n == name.n))
			return month;
	}
	return str_equal_nocase(s, S("sept")) ? 9 : 0;
}

static struct form_wrong missing(struct arena *arena, str label, bool no_day, bool no_month, bool no_year)
{
	static const str names[8] = { [1] = S_INIT("a day"), [2] = S_INIT("a month"),
		[3] = S_INIT("a day and a month"), [4] = S_INIT("a year"),
		[5] = S_INIT("a day and a year"), [6] = S_INIT("a month and a year") };
	unsigned part = (no_day ? PART_DAY : 0u) | (no_month ? PART_MONTH : 0u) |
		(no_year ? PART_YEAR : 0u);
	return (struct form_wrong){ arena_format(arena, "%.*s must include %.*s", STR_ARGS(label),
					    STR_ARGS(names[part & 7])),
		part };
}

static struct form_wrong wrong(struct arena *arena, str label, const char *what, unsigned part)
{
	return (struct form_wrong){ arena_format(arena, "%.*s %s", STR_ARGS(label), what), part };
}

struct form_wrong form_day_read(
	struct arena *arena, str label, const struct form_boxes *boxes, day *out)
{
	str d = str_trim(boxes->day), m = str_trim(boxes->month), y = str_trim(boxes->year);
	*out = DAY_UNKNOWN;
	if (d.n == 0 && m.n == 0 && y.n == 0)
		return (struct form_wrong){ 0 };
	if (d.n == 0 || m.n == 0 || y.n == 0)
		return missing(arena, label, d.n == 0, m.n == 0, y.n == 0);
	int month = month_of(m), dayofmonth = number(d, 2), year = number(y, 4);
	unsigned part = (dayofmonth < 1 || dayofmonth > 31 ? PART_DAY : 0u) |
		(month == 0 ? PART_MONTH : 0u) | (year < 0 ? PART_YEAR : 0u);
	if (year >= 0 && y.n != 4)
		return wrong(arena, label, "must have a year of 4 numbers, like 2026", PART_YEAR | part);
	if (part != 0)
		return wrong(arena, label, "must be a real date", part);
	if (year < 1900 || year > 2299)
		return wrong(arena, label, "must have a year from 1900 to 2299", PART_YEAR);
	int length = day_month_length(year, month);
	if (dayofmonth > length)
		return (struct form_wrong){ arena_format(arena,
						    "%.*s must be a real date: %s %d has %d days",
						    STR_ARGS(label), month_name(month), year, length),
			PART_DAY };
	*out = day_of(year, month, dayofmonth);
	return (struct form_wrong){ 0 };
}

/* ---- the time */

/* Takes the number at the front, of at most two digits; -1 when there is none. */
static int take_number(str *s)
{
	size_t n = 0;
	while (n < s->n && n < 2 && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	int taken = number(str_upto(*s, n), 2);
	*s = str_from(*s, n);
	return taken;
}

int form_minute(str s)
{
	s = str_trim(s);
	int hour = take_number(&s), minute = 0;
	bool exact = false;
	if (hour < 0)
		return -1;
	if (s.n > 0 && (s.p[0] == ':' || s.p[0] == '.' || (s.p[0] >= '0' && s.p[0] <= '9'))) {
		if (s.p[0] == ':' || s.p[0] == '.')
			s = str_from(s, 1);
		if (s.n < 2 || s.p[1] < '0' || s.p[1] > '9')
			return -1;
		minute = take_number(&s);
		exact = true;
	}
	s = str_trim(s);
	bool am = str_equal_nocase(s, S("am")) || str_equal_nocase(s, S("a.m."));
	bool pm = str_equal_nocase(s, S("pm")) || str_equal_nocase(s, S("p.m."));
	if ((s.n > 0 && !am && !pm) || (!exact && !am && !pm) || minute < 0 || minute > 59)
		return -1;
	if (am || pm) {
		if (hour < 1 || hour > 12)
			return -1;
		hour = hour % 12 + (pm ? 12 : 0);
	}
	return hour > 23 ? -1 : hour * 60 + minute;
}

static bool shows_twice(day on, int minute)
{
	struct err err;
	instant at;
	return !instant_of_local(on, minute, -1, &at, &err) &&
		instant_of_local(on, minute, 60, &at, &err) &&
		instant_of_local(on, minute, 0, &at, &err);
}

bool form_is_doubled(const struct form_boxes *boxes)
{
	struct arena *arena = arena_open(1 << 12);
	day on;
	struct form_wrong no = form_day_read(arena, S("It"), boxes, &on);
	int minute = form_minute(boxes->time);
	bool doubled = no.message.n == 0 && on != DAY_UNKNOWN && minute >= 0 && shows_twice(on, minute);
	arena_close(arena);
	return doubled;
}

struct form_wrong form_when_read(
	struct arena *arena, str label, const struct form_boxes *boxes, struct when *out)
{
	*out = (struct when){ DAY_UNKNOWN, INSTANT_UNKNOWN };
	struct form_wrong found = form_day_read(arena, label, boxes, &out->on);
	if (found.message.n > 0 || is_space(boxes->time))
		return found;
	int minute = form_minute(boxes->time);
	if (minute < 0)
		return wrong(arena, label, "must have a time like 2:30pm or 14:30", PART_TIME);
	if (out->on == DAY_UNKNOWN)
		return wrong(arena, label, "must have a date with its time",
			PART_DAY | PART_MONTH | PART_YEAR);
	bool first = str_equal(boxes->which, S("first")), second = str_equal(boxes->which, S("second"));
	bool twice = shows_twice(out->on, minute);
	struct err err;
	if (twice && !first && !second)
		return (struct form_wrong){ arena_format(arena,
						    "Select which of the two it was: the clocks "
						    "showed that time twice on that day"),
			PART_WHICH };
	if (instant_of_local(out->on, minute, !twice ? -1 : first ? 60 : 0, &out->at, &err))
		return (struct form_wrong){ 0 };
	return wrong(arena, label,
		"must have a time that was: the clocks went forward over that one", PART_TIME);
}

struct form_boxes form_boxes_of(struct arena *arena, struct when when)
{
	struct form_boxes boxes = { 0 };
	if (when.on == DAY_UNKNOWN)
		return boxes;
	struct civil civil = day_civil(when.on);
	boxes.day = arena_format(arena, "%d", civil.day);
	boxes.month = arena_format(arena, "%d", civil.month);
	boxes.year = arena_format(arena, "%d", civil.year);
	if (when.at == INSTANT_UNKNOWN)
		return boxes;
	struct local local = instant_local(when.at);
	int hour = local.minute / 60;
	boxes.time = arena_format(arena, "%d:%02d%s", hour % 12 == 0 ? 12 : hour % 12,
		local.minute % 60, hour < 12 ? "am" : "pm");
	if (shows_twice(when.on, local.minute))
		boxes.which = local.offset == 60 ? S("first") : S("second");
	return boxes;
}
