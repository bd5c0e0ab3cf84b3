#include "base/day.h"
#include "base/utf8.h"

static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
	"Saturday", "Sunday" };

static const char *const months[] = { "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December" };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int day_month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	must(month >= 1 && month <= 12);
	return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

bool day_is_real(int year, int month, int dayofmonth)
{
	return year >= 1900 && year <= 2299 && month >= 1 && month <= 12 && dayofmonth >= 1 &&
		dayofmonth <= day_month_length(year, month);
}

/* The year is counted from March, so that the leap day comes last; 146,097 days make 400 years. */
static day number(int year, int month, int dayofmonth)
{
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400;
	int of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayofmonth - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

day day_of(int year, int month, int dayofmonth)
{
	must(day_is_real(year, month, dayofmonth));
	return number(year, month, dayofmonth);
}

/* The way back, with multiplications for most divisions: Neri and Schneider, "Euclidean affine
 * functions and their application to calendar algorithms" (2022). Every list shows dates by the
 * thousand. Again the year begins in March. */
static inline struct civil civil(day d)
{
	must(d >= DAY_MIN && d <= DAY_MAX);
	uint32_t n = 4 * (uint32_t)(d + 719468) + 3;
	uint32_t century = n / 146097;
	uint64_t product = (uint64_t)2939745 * (n % 146097 | 3);
	uint32_t year = 100 * century + (uint32_t)(product >> 32);
	uint32_t of_year = (uint32_t)product / 2939745 / 4;
	uint32_t m = 2141 * of_year + 197913;
	bool next = of_year >= 306; /* January and February belong to the year after */
	return (struct civil){ .year = (int)(year + next),
		.month = (int)(m >> 16) - (next ? 12 : 0),
		.day = (int)((m & 0xFFFF) / 2141) + 1 };
}

struct civil day_civil(day d)
{
	return civil(d);
}

enum weekday day_weekday(day d)
{
	/* 1970-01-01 was a Thursday; DAY_MIN is far above -70,000. */
	return (enum weekday)((d + 70003) % 7);
}

day day_add(day d, int n)
{
	int64_t to = (int64_t)d + n;
	return d == DAY_UNKNOWN || to < DAY_MIN || to > DAY_MAX ? DAY_UNKNOWN : (day)to;
}

day day_add_months(day d, int n)
{
	if (d == DAY_UNKNOWN || n < -6000 || n > 6000)
		return DAY_UNKNOWN;
	struct civil c = day_civil(d);
	int month = c.year * 12 + c.month - 1 + n;
	int year = month / 12;
	month = month % 12 + 1;
	if (year < 1900 || year > 2299)
		return DAY_UNKNOWN;
	int length = day_month_length(year, month);
	return day_of(year, month, c.day < length ? c.day : length);
}

/* Two decimal digits and nothing else. */
static bool pair(const char *p, int *out)
{
	unsigned tens = (unsigned)p[0] - '0', ones = (unsigned)p[1] - '0';
	*out = (int)(tens * 10 + ones);
	return tens <= 9 && ones <= 9;
}

static bool refuse(str s, const char *example, struct err *err)
{
	return err_set(err, ERR_INPUT, "\"%.*s\" is not a date: write it like %s",
		STR_ARGS(utf8_upto(s, 40)), example);
}

/* Event files have millions of dates: digits are read in pairs, without a loop. */
static bool read(str s, const char *year, const char *month, const char *dayofmonth,
	const char *example, day *out, struct err *err)
{
	int century, y, m, d;
	if (!pair(year, &century) || !pair(year + 2, &y) || !pair(month, &m) ||
		!pair(dayofmonth, &d))
		return refuse(s, example, err);
	y += century * 100;
	if (!day_is_real(y, m, d))
		return err_set(err, ERR_INPUT, "there is no day %.*s", STR_ARGS(s));
	*out = number(y, m, d);
	return true;
}

bool day_read(str s, day *out, struct err *err)
{
	static const char example[] = "2026-12-18";
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return refuse(s, example, err);
	return read(s, s.p, s.p + 5, s.p + 8, example, out, err);
}

bool day_read_slashed(str s, day *out, struct err *err)
{
	static const char example[] = "18/12/2026";
	if (s.n != 10 || s.p[2] != '/' || s.p[5] != '/')
		return refuse(s, example, err);
	return read(s, s.p + 6, s.p + 3, s.p, example, out, err);
}

/* Files have many millions of dates. */
static void two(char *at, int value)
{
	static const char pairs[] = "00010203040506070809101112131415161718192021222324"
				    "25262728293031323334353637383940414243444546474849"
				    "50515253545556575859606162636465666768697071727374"
				    "75767778798081828384858687888990919293949596979899";
	memcpy(at, pairs + 2 * value, 2);
}

void day_put(char text[10], day d)
{
	struct civil c = civil(d);
	two(text, c.year / 100);
	two(text + 2, c.year % 100);
	text[4] = text[7] = '-';
	two(text + 5, c.month);
	two(text + 8, c.day);
}

void buf_day(struct buf *buf, day d)
{
	char *text = d == DAY_UNKNOWN ? NULL : buf_reserve(buf, 10);
	if (text == NULL)
		return;
	day_put(text, d);
	buf->n += 10;
}

void buf_day_slashed(struct buf *buf, day d)
{
	if (d == DAY_UNKNOWN)
		return;
	struct civil c = day_civil(d);
	char text[10] = "00/00/0000";
	two(text, c.day);
	two(text + 3, c.month);
	two(text + 6, c.year / 100);
	two(text + 8, c.year % 100);
	buf_bytes(buf, text, sizeof text);
}

void buf_day_words(struct buf *buf, day d)
{
	if (d == DAY_UNKNOWN)
		return;
	struct civil c = day_civil(d);
	buf_int(buf, c.day);
	buf_char(buf, ' ');
	buf_str(buf, str_of(month_name(c.month)));
	buf_char(buf, ' ');
	buf_int(buf, c.year);
}

const char *weekday_name(enum weekday w)
{
	return weekdays[w];
}

const char *month_name(int month)
{
	must(month >= 1 && month <= 12);
	return months[month - 1];
}
