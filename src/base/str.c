#include "base/str.h"

#include <string.h>

str str_of(const char *text)
{
	return (str){ text, text == NULL ? 0 : strlen(text) };
}

int str_compare(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);
	if (order != 0)
		return order;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_equal(str_from(s, s.n - suffix.n), suffix);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_trim(str s)
{
	while (s.n > 0 && is_blank(s.p[0]))
		s = str_from(s, 1);
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

str str_from(str s, size_t at)
{
	if (at > s.n)
		at = s.n;
	return (str){ s.p == NULL ? NULL : s.p + at, s.n - at };
}

size_t str_find(str s, char byte)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, byte, s.n);
	return at == NULL ? s.n : (size_t)(at - s.p);
}

bool str_split(str *rest, char separator, str *piece)
{
	if (rest->p == NULL)
		return false;
	size_t at = str_find(*rest, separator);
	*piece = str_upto(*rest, at);
	*rest = at < rest->n ? str_from(*rest, at + 1) : (str){ NULL, 0 };
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

bool str_int(str s, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_from(s, 1);
	if (s.n == 0)
		return false;
	int64_t value = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int64_t digit = s.p[i] - '0';
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_sub_overflow(value, digit, &value))
			return false;
	}
	/* Counted downwards, because the smallest number has no positive twin. */
	if (!minus && __builtin_mul_overflow(value, -1, &value))
		return false;
	*out = value;
	return true;
}

uint64_t str_hash(str s)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
	return hash;
}
