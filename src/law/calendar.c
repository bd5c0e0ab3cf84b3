#include "law/calendar.h"
#include "law/holiday.h"

#include <string.h>

extern const unsigned char law_holidays_csv[];
extern const size_t law_holidays_csv_size;

enum { LAST_YEAR = 2199, TITLES = 4096 };

struct calendar {
	day first, last, horizon;
	str version;
	uint16_t *title_of; /* by day since first: index into title; 0 where no holiday */
	str *title;
	size_t titles;
	int32_t *before; /* by day since first, and one more: working days before it */
	day *working;    /* every working day, in order */
	int32_t workings;
};

str calendar_embedded_csv(void)
{
	return (str){ (const char *)law_holidays_csv, law_holidays_csv_size };
}

struct loading {
	struct arena *arena;
	struct calendar *calendar;
	day latest; /* of the rows so far */
	int year;   /* of the row before */
	size_t line;
	struct err *err;
};

static uint16_t add_title(struct calendar *calendar, str title)
{
	for (size_t i = 1; i < calendar->titles; i++) {
		if (str_equal(calendar->title[i], title))
			return (uint16_t)i;
	}
	must(calendar->titles < TITLES);
	calendar->title[calendar->titles] = title;
	return (uint16_t)calendar->titles++;
}

static void put(struct loading *l, day on, str title, bool substitute)
{
	struct calendar *calendar = l->calendar;
	str whole = title;
	if (substitute)
		whole = arena_format(l->arena, "%.*s (substitute day)", (int)title.n, title.p);
	calendar->title_of[on - calendar->first] = add_title(calendar, whole);
}

static bool wrong(struct loading *l, const char *what, str row)
{
	return err_set(l->err, ERR_INPUT, "holidays line %zu: %s: \"%.*s\"", l->line, what,
		STR_ARGS(str_upto(row, 60)));
}

static void begin(struct loading *l, day first)
{
	struct calendar *calendar = l->calendar;
	calendar->first = first;
	calendar->horizon = DAY_UNKNOWN;
	calendar->last = day_of(LAST_YEAR, 12, 31);
	size_t days = (size_t)(calendar->last - first) + 1;
	calendar->title_of = arena_take(l->arena, days, sizeof *calendar->title_of);
	calendar->title = arena_take(l->arena, TITLES, sizeof *calendar->title);
	calendar->titles = 1;
	calendar->before = arena_take(l->arena, days + 1, sizeof *calendar->before);
	calendar->working = arena_take(l->arena, days, sizeof *calendar->working);
}

static bool add_row(struct loading *l, str row)
{
	str rest = row, date, title, note;
	str_split(&rest, ',', &date); /* a row is not empty */
	if (!str_split(&rest, ',', &title) || !str_split(&rest, ',', &note) || rest.p != NULL || title.n == 0)
		return wrong(l, "write date,title,note", row);
	day on;
	if (!day_read(date, &on, l->err))
		return wrong(l, "the date is not one", row);
	int year = day_civil(on).year;
	if (year > LAST_YEAR || day_weekday(on) >= SATURDAY)
		return wrong(l, "a bank holiday is a weekday, not later than 2199", row);
	if (l->year == 0)
		begin(l, day_of(year, 1, 1));
	else if (on <= l->latest)
		return wrong(l, "dates must rise", row);
	else if (year > l->year + 1)
		return wrong(l, "a year is left out before this", row);
	if (l->calendar->titles > TITLES - 2 * HOLIDAYS_A_YEAR - 1)
		return wrong(l, "too many different names", row);
	l->latest = on;
	l->year = year;
	put(l, on, arena_str(l->arena, title), str_starts(note, S("Substitute day")));
	if (!str_ends(note, S("Not proclaimed")))
		l->calendar->horizon = day_of(year, 12, 31);
	return true;
}

static bool read_rows(struct loading *l, str csv)
{
	str rest = csv, row;
	for (l->line = 1; str_split(&rest, '\n', &row); l->line++) {
		row = str_trim(row);
		if (l->line == 1) {
			if (!str_equal(row, S("date,title,note")))
				return wrong(l, "the first line must be date,title,note", row);
		} else if (row.n > 0 && !add_row(l, row)) {
			return false;
		}
	}
	if (l->year == 0 || l->calendar->horizon == DAY_UNKNOWN)
		return err_set(l->err, ERR_INPUT, "holidays: not one proclaimed day");
	return true;
}

static void compute_years(struct loading *l)
{
	for (int year = l->year + 1; year <= LAST_YEAR; year++) {
		struct holiday computed[HOLIDAYS_A_YEAR];
		holidays_compute(year, computed);
		for (size_t i = 0; i < HOLIDAYS_A_YEAR; i++)
			put(l, computed[i].on, computed[i].title, computed[i].substitute);
	}
}

static void count_working(struct calendar *calendar)
{
	int32_t n = 0;
	for (day d = calendar->first; d <= calendar->last; d++) {
		calendar->before[d - calendar->first] = n;
		if (day_weekday(d) < SATURDAY && calendar->title_of[d - calendar->first] == 0)
			calendar->working[n++] = d;
	}
	calendar->before[calendar->last + 1 - calendar->first] = n;
	calendar->workings = n;
}

bool calendar_load(struct arena *arena, str holidays_csv, struct calendar **out, struct err *err)
{
	struct calendar *calendar = arena_new(arena, struct calendar);
	struct loading l = { .arena = arena, .calendar = calendar, .err = err };
	if (!read_rows(&l, holidays_csv))
		return false;
	compute_years(&l);
	count_working(calendar);
	calendar->version = arena_format(arena, "england-and-wales-%d-%08x",
		day_civil(calendar->horizon).year, (unsigned)(str_hash(holidays_csv) >> 32));
	*out = calendar;
	return true;
}

day calendar_first(const struct calendar *calendar)
{
	return calendar->first;
}

day calendar_last(const struct calendar *calendar)
{
	return calendar->last;
}

day calendar_horizon(const struct calendar *calendar)
{
	return calendar->horizon;
}

str calendar_version(const struct calendar *calendar)
{
	return calendar->version;
}

static bool inside(const struct calendar *calendar, day d)
{
	return d >= calendar->first && d <= calendar->last;
}

bool calendar_is_working(const struct calendar *calendar, day d)
{
	must(inside(calendar, d));
	const int32_t *before = &calendar->before[d - calendar->first];
	return before[1] > before[0];
}

str calendar_why_not(const struct calendar *calendar, day d)
{
	must(inside(calendar, d));
	size_t title = calendar->title_of[d - calendar->first];
	if (title != 0)
		return calendar->title[title];
	enum weekday weekday = day_weekday(d);
	if (weekday < SATURDAY)
		return S("");
	str own = holiday_of_date(d);
	return own.n > 0 ? own : str_of(weekday_name(weekday));
}

day calendar_add_working(const struct calendar *calendar, day d, int n)
{
	if (!inside(calendar, d))
		return DAY_UNKNOWN;
	if (n == 0)
		return d;
	int64_t at = n > 0 ? (int64_t)calendar->before[d + 1 - calendar->first] + n - 1
			   : (int64_t)calendar->before[d - calendar->first] + n;
	return at >= 0 && at < calendar->workings ? calendar->working[at] : DAY_UNKNOWN;
}

day calendar_on_or_before(const struct calendar *calendar, day d)
{
	if (!inside(calendar, d))
		return DAY_UNKNOWN;
	int32_t n = calendar->before[d + 1 - calendar->first];
	return n > 0 ? calendar->working[n - 1] : DAY_UNKNOWN;
}

int calendar_working_between(const struct calendar *calendar, day from, day to)
{
	must(inside(calendar, from) && inside(calendar, to));
	return calendar->before[to + 1 - calendar->first] -
	       calendar->before[from + 1 - calendar->first];
}
