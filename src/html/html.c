#include "html/html.h"

#include "base/err.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* How many bytes at p, at most n and at most 16, can be copied as they are: all but the five with a
 * meaning in HTML, NUL, and the bytes of sequences that have to be checked. */
#ifdef __SSE2__
static size_t plain_run(const char *p, size_t n)
{
	char tail[16] = { 0 };
	if (n < sizeof tail) {
		memcpy(tail, p, n);
		p = tail;
	}
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i hit = _mm_cmpeq_epi8(v, _mm_set1_epi8('&'));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_setzero_si128()));
	/* movemask reads the top bit, so v itself reports the bytes above 0x7F. */
	unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, v));
	size_t run = mask == 0 ? 16 : (size_t)__builtin_ctz(mask);
	return run < n ? run : n;
}
#else
static bool is_special(unsigned char c)
{
	return c >= 0x80 || c == 0 || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

static size_t plain_run(const char *p, size_t n)
{
	size_t run = 0;
	while (run < n && run < 16 && !is_special((unsigned char)p[run]))
		run++;
	return run;
}
#endif

/* Length of the valid UTF-8 sequence at p, or 0 and the length of the broken part in *broken.
 * The first byte is above 0x7F. Overlong forms, surrogates and what lies beyond U+10FFFF are
 * broken (RFC 3629, 4). */
static size_t sequence(const unsigned char *p, size_t n, size_t *broken)
{
	unsigned char first = p[0], low = 0x80, high = 0xBF;
	size_t length;
	*broken = 1;
	if (first >= 0xC2 && first <= 0xDF) {
		length = 2;
	} else if (first >= 0xE0 && first <= 0xEF) {
		length = 3;
		low = first == 0xE0 ? 0xA0 : low;
		high = first == 0xED ? 0x9F : high;
	} else if (first >= 0xF0 && first <= 0xF4) {
		length = 4;
		low = first == 0xF0 ? 0x90 : low;
		high = first == 0xF4 ? 0x8F : high;
	} else {
		return 0;
	}
	for (size_t i = 1; i < length; i++) {
		if (i >= n || p[i] < low || p[i] > high) {
			*broken = i;
			return 0;
		}
		low = 0x80;
		high = 0xBF;
	}
	return length;
}

static void put_special(struct buf *b, char c)
{
	switch (c) {
	case '&':
		H(b, "&amp;");
		break;
	case '<':
		H(b, "&lt;");
		break;
	case '>':
		H(b, "&gt;");
		break;
	case '"':
		H(b, "&quot;");
		break;
	case '\'':
		H(b, "&#39;");
		break;
	default:
		H(b, "\xEF\xBF\xBD");
		break;
	}
}

void text(struct buf *b, str s)
{
	size_t from = 0, at = 0; /* s[from..at) is checked and waits to be copied */
	while (at < s.n) {
		size_t run = plain_run(s.p + at, s.n - at);
		at += run;
		if (run == 16 || at == s.n)
			continue;
		size_t broken = 1, length = 0;
		if ((unsigned char)s.p[at] >= 0x80)
			length = sequence((const unsigned char *)s.p + at, s.n - at, &broken);
		if (length > 0) {
			at += length;
			continue;
		}
		html_literal(b, s.p + from, at - from);
		put_special(b, s.p[at]);
		at += broken;
		from = at;
	}
	if (at > from)
		html_literal(b, s.p + from, at - from);
}

void html_attr(struct buf *b, const char *open, size_t n, str value)
{
	html_literal(b, open, n);
	text(b, value);
	H(b, "\"");
}

void html_attr_int(struct buf *b, const char *open, size_t n, int64_t value)
{
	html_literal(b, open, n);
	buf_int(b, value);
	H(b, "\"");
}

void text_day(struct buf *b, day d)
{
	if (d != DAY_UNKNOWN)
		buf_day_words(b, d);
}

void text_id(struct buf *b, int64_t value)
{
	buf_int(b, value);
}

void text_int(struct buf *b, int64_t value)
{
	char digits[27];
	size_t at = sizeof digits, written = 0;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do {
		if (written > 0 && written % 3 == 0)
			digits[--at] = ',';
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
		written++;
	} while (rest > 0);
	if (value < 0)
		H(b, "-");
	buf_bytes(b, digits + at, sizeof digits - at);
}

void html_put(struct buf *b, struct markup m)
{
	if (m.s.n > 0)
		html_literal(b, m.s.p, m.s.n);
}

struct markup html_markup(const struct buf *b)
{
	return (struct markup){ buf_view(b) };
}

struct markup html_markup_from(const struct buf *b, size_t at)
{
	must(at <= b->n);
	return (struct markup){ { b->p + at, b->n - at } };
}

void html_url(struct buf *b, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
		if (plain) {
			buf_char(b, (char)c);
		} else {
			char coded[3] = { '%', hex[c >> 4], hex[c & 15] };
			buf_bytes(b, coded, sizeof coded);
		}
	}
}
