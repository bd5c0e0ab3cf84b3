#include "returns/tracker/tracker.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Takes 1 to `most` digits off the front; how many, 0: none, or more than that. */
static size_t take_number(str *rest, size_t most, int *out)
{
	size_t n = 0;
	*out = 0;
	while (n < rest->n && is_digit(rest->p[n]) && n <= most)
		*out = *out * 10 + (rest->p[n++] - '0');
	if (n == 0 || n > most)
		return 0;
	*rest = str_from(*rest, n);
	return n;
}

static bool take_one_of(str *rest, const char *chars)
{
	if (rest->n == 0 || rest->p[0] == '\0' || str_find(str_of(chars), rest->p[0]) == str_of(chars).n)
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

static bool made(int year, size_t digits, int month, int dayofmonth, day *out)
{
	if (digits == 2)
		year += year < 70 ? 2000 : 1900;
	else if (digits != 4)
		return false;
	if (month < 1 || month > 12 || dayofmonth < 1 || !day_is_real(year, month, dayofmonth))
		return false;
	*out = day_of(year, month, dayofmonth);
	return true;
}

/* "November", "Nov", "Sept" */
static bool take_month(str *rest, int *month)
{
	size_t n = 0;
	while (n < rest->n && is_letter(rest->p[n]))
		n++;
	str word = str_upto(*rest, n);
	for (int m = 1; m <= 12 && n >= 3; m++) {
		str name = str_of(month_name(m));
		if (n <= name.n && str_equal_nocase(word, str_upto(name, n))) {
			*month = m;
			*rest = str_from(*rest, n);
			return true;
		}
	}
	return false;
}

static void pass_spaces(str *rest)
{
	while (take_one_of(rest, " -,./")) {
	}
}

/* At a digit: a date that begins there. */
static bool day_at(str text, day *out)
{
	int first, second, third;
	str rest = text;
	size_t digits = take_number(&rest, 4, &first), last;
	if (digits == 0 || digits == 3)
		return false;
	if (digits == 4)
		return take_one_of(&rest, "-/.") && take_number(&rest, 2, &second) > 0 &&
		       take_one_of(&rest, "-/.") && take_number(&rest, 2, &third) > 0 &&
		       made(first, 4, second, third, out);
	str after = rest;
	if (take_one_of(&after, "/.-") && take_number(&after, 2, &second) > 0 &&
		take_one_of(&after, "/.-") && (last = take_number(&after, 4, &third)) > 0)
		return made(third, last, second, first, out);
	str ordinal = str_upto(rest, 2);
	if (str_equal_nocase(ordinal, S("st")) || str_equal_nocase(ordinal, S("nd")) ||
		str_equal_nocase(ordinal, S("rd")) || str_equal_nocase(ordinal, S("th")))
		rest = str_from(rest, 2);
	pass_spaces(&rest);
	if (!take_month(&rest, &second))
		return false;
	pass_spaces(&rest);
	last = take_number(&rest, 4, &third);
	return last > 0 && made(third, last, second, first, out);
}

bool tracker_day(str text, day *out, size_t *at)
{
	for (size_t i = 0; i < text.n; i++) {
		if (!is_digit(text.p[i]) || (i > 0 && is_digit(text.p[i - 1])))
			continue;
		if (day_at(str_from(text, i), out)) {
			if (at != NULL)
				*at = i;
			return true;
		}
	}
	*out = DAY_UNKNOWN;
	return false;
}
