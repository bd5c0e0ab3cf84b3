/* str.h - a borrowed piece of text: where it starts and how long it is.
 *
 * A `str` owns nothing and is never freed: it lives as long as what it points into (an arena, a
 * buffer, a literal). It need not end in NUL, except where a function says so. Bytes are compared
 * as bytes; what is UTF-8 and what is not is the business of utf8.h.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
	const char *p;
	size_t n;
} str;

/* A literal as a str; anything but a literal does not compile. */
#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })
/* The same, where a constant initialiser is needed. */
#define S_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* For printf: "%.*s", STR_ARGS(s) */
#define STR_ARGS(s) (int)(s).n, (s).n > 0 ? (s).p : ""

str str_of(const char *text); /* a C string, or NULL for the empty str */
static inline bool str_equal(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
int str_compare(str a, str b); /* by bytes; a prefix sorts first: <0, 0, >0 */
str str_trim(str s); /* without spaces, tabs and line ends at either side */
static inline bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
bool str_ends(str s, str suffix);
str str_from(str s, size_t at); /* the rest, from `at` (clamped) */
/* The first n bytes (clamped). */
static inline str str_upto(str s, size_t n)
{
	return (str){ s.p, n < s.n ? n : s.n };
}
/* Index of the first `byte`, or s.n when there is none. */
size_t str_find(str s, char byte);
/* Takes the text before the next `separator` off the front of *rest (and the separator with it);
 * false once *rest is spent. An empty *rest that has not been read yields one empty piece when
 * its p is not NULL; after the last piece p becomes NULL. */
bool str_split(str *rest, char separator, str *piece);
/* The same bytes with A-Z made a-z: only for codes and keywords, never for names of people. */
bool str_equal_nocase(str a, str b);
/* A whole decimal number, sign allowed, no spaces; false when it is not one or does not fit. */
bool str_int(str s, int64_t *out);
/* FNV-1a: for tables in memory, never for keys from outside. */
uint64_t str_hash(str s);
