/* html.h - how text becomes HTML, and the only ways it may.
 *
 * Everything writes at the end of a `struct buf`. H() takes a literal or does not compile; text()
 * and attr() escape; `struct markup` is the one type that says "this is HTML already", and only
 * html_markup() makes it, from a buffer that these functions wrote. So no word of a case file can
 * reach a page unescaped (OWASP ASVS 5.0, 1.2.1).
 *
 * Escaped are & < > " and ', so the same function serves text and quoted attributes. NUL and bytes
 * that are not UTF-8 (RFC 3629) become U+FFFD, once for each maximal part of a broken sequence
 * (Unicode 15, table 3-8), as a browser does.
 */
#pragma once

#include "base/buf.h"
#include "base/day.h"

#include <string.h>

/* Trusted HTML, borrowed from the buffer it was written to. Empty when s.n is 0. */
struct markup {
	str s;
};

/* HTML as it stands; a literal only. */
#define H(b, literal) html_literal((b), "" literal, sizeof(literal) - 1)
/* ` name="value"`, the value escaped; the name is a literal. */
#define attr(b, name, value) html_attr((b), " " name "=\"", sizeof(" " name "=\"") - 1, (value))
/* The same with a whole number. */
#define attr_int(b, name, value)                                                                   \
	html_attr_int((b), " " name "=\"", sizeof(" " name "=\"") - 1, (value))
/* ` name="value"` when there is a value, nothing when it is empty. */
#define attr_some(b, name, value)                                                                  \
	do {                                                                                       \
		str attr_value_ = (value);                                                         \
		if (attr_value_.n > 0)                                                             \
			attr((b), name, attr_value_);                                              \
	} while (0)

void text(struct buf *b, str s);     /* escaped */
void text_day(struct buf *b, day d); /* "18 December 2026"; nothing if unknown */
/* The same inside <time datetime="2026-12-18">. */
void html_time(struct buf *b, day d);
void text_int(struct buf *b, int64_t value);    /* "1,204" */
void text_id(struct buf *b, int64_t value);     /* "1204": no commas */
void html_put(struct buf *b, struct markup m);  /* as it stands */
struct markup html_markup(const struct buf *b); /* what these functions wrote into *b */
struct markup html_markup_from(const struct buf *b, size_t at); /* the same, from byte `at` on */
/* Part of an address's query: all but letters, digits and -._~ as %XX (RFC 3986, 2.3), so that
 * what comes out needs no further escaping inside an attribute. */
void html_url(struct buf *b, str s);

/* What the macros above call; not for direct use. */
void html_attr(struct buf *b, const char *open, size_t n, str value);
void html_attr_int(struct buf *b, const char *open, size_t n, int64_t value);

/* Room for n bytes at the end of *b, or NULL when it would pass its limit; add what was written to
 * b->n. The check in line, because a page asks a thousand times. */
static inline char *html_room(struct buf *b, size_t n)
{
	size_t need = b->n + n;
	if (__builtin_expect(need <= b->room && !b->full && (b->limit == 0 || need <= b->limit), 1))
		return b->p + b->n;
	return buf_reserve(b, n);
}

static inline void html_literal(struct buf *b, const char *p, size_t n)
{
	char *at = n > 0 ? html_room(b, n) : NULL;
	if (at != NULL) {
		memcpy(at, p, n);
		b->n += n;
	}
}
