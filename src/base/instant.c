#include "base/instant.h"
#include "base/utf8.h"

#include <stdio.h>

enum { HOUR = 60, DAY_MINUTES = 24 * 60 };

static day last_sunday(int year, int month)
{
	day end = day_of(year, month, day_month_length(year, month));
	return end - ((int)day_weekday(end) + 1) % 7;
}

static bool is_known(instant at)
{
	must(at == INSTANT_UNKNOWN || (at >= INSTANT_MIN && at <= INSTANT_MAX));
	return at != INSTANT_UNKNOWN;
}

/* The day in UTC; every known instant is on one, also those before 1970. */
static day utc_day(instant at)
{
	return (day)((at - INSTANT_MIN) / INSTANT_DAY) + DAY_MIN;
}

/* Only March and October need the rule; the last Sunday is computed for the one that it is. */
static bool is_summer(instant at)
{
	struct civil c = day_civil(utc_day(at));
	if (c.month != 3 && c.month != 10)
		return c.month > 3 && c.month < 10;
	bool changed = at >= last_sunday(c.year, c.month) * INSTANT_DAY + INSTANT_HOUR;
	return changed == (c.month == 3);
}

struct local instant_local(instant at)
{
	must(is_known(at));
	struct local local = { .offset = is_summer(at) ? HOUR : 0 };
	/* Both ends of the range are in winter: the hour never leads out of it. */
	instant shown = at + local.offset * INSTANT_MINUTE;
	local.on = utc_day(shown);
	local.minute = (int)((shown - local.on * INSTANT_DAY) / INSTANT_MINUTE);
	return local;
}

day instant_day(instant at)
{
	return is_known(at) ? instant_local(at).on : DAY_UNKNOWN;
}

/* The hour from 01:00 on the day of a change: shown never in spring, twice in autumn. */
static bool is_change_hour(day on, int minute, int month)
{
	if (minute / HOUR != 1 || day_weekday(on) != SUNDAY)
		return false;
	struct civil c = day_civil(on);
	return c.month == month && c.day + 7 > day_month_length(c.year, month);
}

/* "01:30 on 25 October 2026" */
static const char *moment(char text[40], day on, int minute)
{
	struct civil c = day_civil(on);
	snprintf(text, 40, "%02d:%02d on %d %s %d", minute / HOUR, minute % HOUR, c.day,
		month_name(c.month), c.year);
	return text;
}

bool instant_of_local(day on, int minute, int offset, instant *out, struct err *err)
{
	must(minute >= 0 && minute < DAY_MINUTES);
	must(offset == 0 || offset == HOUR || offset == -1);
	char text[40];
	if (is_change_hour(on, minute, 3))
		return err_set(err, ERR_INPUT,
			"there was no %s: the clocks went forward from 01:00 to 02:00, so write a "
			"time before or after that hour",
			moment(text, on, minute));
	instant winter = on * INSTANT_DAY + minute * INSTANT_MINUTE;
	int real = is_summer(winter) ? HOUR : 0;
	if (is_change_hour(on, minute, 10)) {
		if (offset == -1)
			return err_set(err, ERR_INPUT,
				"%s came twice: write +01:00 after the time for the first, before "
				"the clocks went back, or +00:00 for the second",
				moment(text, on, minute));
		real = offset;
	}
	if (offset != -1 && offset != real)
		return err_set(err, ERR_INPUT,
			"at %s London was at %s: write that or leave it out",
			moment(text, on, minute), real == 0 ? "+00:00" : "+01:00");
	*out = winter - real * INSTANT_MINUTE;
	return true;
}

/* Two decimal digits off the front, below a limit. */
static bool take_two(str *s, int below, int *out)
{
	if (s->n < 2 || s->p[0] < '0' || s->p[0] > '9' || s->p[1] < '0' || s->p[1] > '9')
		return false;
	*out = (s->p[0] - '0') * 10 + (s->p[1] - '0');
	*s = str_from(*s, 2);
	return *out < below;
}

static bool take(str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

struct time {
	int minute;      /* of the day */
	int millisecond; /* of the minute */
	bool zoned;
	int zone; /* minutes ahead of UTC */
};

static bool take_seconds(str *s, int *millisecond)
{
	int second;
	if (!take_two(s, 60, &second))
		return false;
	*millisecond = second * 1000;
	if (!take(s, '.'))
		return true;
	int worth = 100; /* of the next digit; finer ones are dropped */
	size_t n = 0;
	for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++) {
		*millisecond += (s->p[n] - '0') * worth;
		worth /= 10;
	}
	*s = str_from(*s, n);
	return n > 0;
}

static bool take_zone(str *s, struct time *time)
{
	time->zoned = true;
	if (take(s, 'Z') || take(s, 'z'))
		return true;
	bool minus = take(s, '-');
	int hour, minute;
	if (!minus && !take(s, '+'))
		return false;
	if (!take_two(s, 24, &hour))
		return false;
	take(s, ':');
	if (!take_two(s, 60, &minute))
		return false;
	time->zone = (hour * HOUR + minute) * (minus ? -1 : 1);
	return true;
}

/* What stands after the date: "T14:30", ... */
static bool read_time(str s, struct time *time)
{
	int hour, minute;
	*time = (struct time){ 0 };
	if (!take(&s, 'T') && !take(&s, 't') && !take(&s, ' '))
		return false;
	if (!take_two(&s, 24, &hour) || !take(&s, ':') || !take_two(&s, 60, &minute))
		return false;
	time->minute = hour * HOUR + minute;
	if (take(&s, ':') && !take_seconds(&s, &time->millisecond))
		return false;
	return s.n == 0 || (take_zone(&s, time) && s.n == 0);
}

static bool read_instant(str s, struct when *out, struct err *err)
{
	struct time time;
	if (!read_time(str_from(s, 10), &time))
		return err_set(err, ERR_INPUT,
			"\"%.*s\" is not a date and time: write it like 2026-12-18T14:30",
			STR_ARGS(utf8_upto(s, 40)));
	if (!day_read(str_upto(s, 10), &out->on, err))
		return false;
	if (!time.zoned) {
		if (!instant_of_local(out->on, time.minute, -1, &out->at, err))
			return false;
		out->at += time.millisecond;
		return true;
	}
	out->at = out->on * INSTANT_DAY + (time.minute - time.zone) * INSTANT_MINUTE +
		time.millisecond;
	if (out->at < INSTANT_MIN || out->at > INSTANT_MAX)
		return err_set(err, ERR_INPUT, "%.*s is not between the years 1900 and 2299",
			STR_ARGS(s));
	out->on = instant_day(out->at);
	return true;
}

bool instant_read(str s, instant *out, struct err *err)
{
	struct when when;
	if (!read_instant(s, &when, err))
		return false;
	*out = when.at;
	return true;
}

bool when_read(str s, struct when *out, struct err *err)
{
	struct when when = { .at = INSTANT_UNKNOWN };
	if (s.n <= 10 ? !day_read(s, &when.on, err) : !read_instant(s, &when, err))
		return false;
	*out = when;
	return true;
}

static void put_two(struct buf *buf, char mark, int value)
{
	const char text[] = { mark, (char)('0' + value / 10), (char)('0' + value % 10) };
	buf_bytes(buf, text, sizeof text);
}

void buf_instant_local(struct buf *buf, instant at)
{
	if (!is_known(at))
		return;
	struct local local = instant_local(at);
	buf_day(buf, local.on);
	put_two(buf, 'T', local.minute / HOUR);
	put_two(buf, ':', local.minute % HOUR);
	if (is_change_hour(local.on, local.minute, 10))
		buf_str(buf, local.offset == 0 ? S("+00:00") : S("+01:00"));
}

void buf_instant_utc(struct buf *buf, instant at)
{
	if (!is_known(at))
		return;
	day on = utc_day(at);
	int second = (int)((at - on * INSTANT_DAY) / 1000);
	buf_day(buf, on);
	put_two(buf, 'T', second / 3600);
	put_two(buf, ':', second / 60 % 60);
	put_two(buf, ':', second % 60);
	buf_char(buf, 'Z');
}

void buf_minute_words(struct buf *buf, int at)
{
	int hour = at / HOUR, minute = at % HOUR;
	if (minute == 0 && hour % 12 == 0) {
		buf_str(buf, hour == 0 ? S("midnight") : S("midday"));
		return;
	}
	buf_int(buf, hour % 12 == 0 ? 12 : hour % 12);
	if (minute != 0)
		buf_format(buf, ":%02d", minute);
	buf_str(buf, hour < 12 ? S("am") : S("pm"));
}

void buf_instant_words(struct buf *buf, instant at)
{
	if (!is_known(at))
		return;
	struct local local = instant_local(at);
	buf_day_words(buf, local.on);
	buf_lit(buf, ", ");
	buf_minute_words(buf, local.minute);
	if (is_change_hour(local.on, local.minute, 10))
		buf_str(buf, local.offset == 0 ? S(" (Greenwich Mean Time)") :
						 S(" (British Summer Time)"));
}
