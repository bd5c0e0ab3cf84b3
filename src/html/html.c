#include "html/html.h"

#include "base/err.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* All but the five with a meaning in HTML, NUL, and the bytes of sequences that have to be checked
 * can be copied as they are. */
static bool is_special(unsigned char c)
{
	return c >= 0x80 || c == 0 || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

#ifdef __SSE2__
/* A bit for each of the 16 bytes that is special. & and ' differ in one bit, so do < and >. */
static inline unsigned special_mask(__m128i v)
{
	__m128i one = _mm_or_si128(v, _mm_set1_epi8(1)), two = _mm_or_si128(v, _mm_set1_epi8(2));
	__m128i hit = _mm_cmpeq_epi8(one, _mm_set1_epi8('\''));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(two, _mm_set1_epi8('>')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_setzero_si128()));
	/* movemask reads the top bit, so v itself reports the bytes above 0x7F. */
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, v));
}

/* Copies n bytes, or as many as come before the first special one, and says how many. `to` has room
 * for n. Pieces overlap instead of ending in a loop. */
static size_t copy_plain(char *to, const char *p, size_t n)
{
	size_t done = 0;
	if (n >= 16) {
		for (;;) {
			__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + done));
			unsigned mask = special_mask(v);
			_mm_storeu_si128((__m128i *)(void *)(to + done), v);
			if (mask != 0)
				return done + (size_t)__builtin_ctz(mask);
			done += 16;
			if (done == n)
				return n;
			if (done + 16 > n)
				done = n - 16; /* these were looked at already, and were plain */
		}
	}
	if (n >= 8) {
		int64_t first, last;
		memcpy(&first, p, 8);
		memcpy(&last, p + n - 8, 8);
		if (special_mask(_mm_set_epi64x(last, first)) == 0) {
			memcpy(to, &first, 8);
			memcpy(to + n - 8, &last, 8);
			return n;
		}
	}
	if (n >= 4 && n < 8) {
		int32_t first, last;
		memcpy(&first, p, 4);
		memcpy(&last, p + n - 4, 4);
		if (special_mask(_mm_set_epi32(last, first, last, first)) == 0) {
			memcpy(to, &first, 4);
			memcpy(to + n - 4, &last, 4);
			return n;
		}
	}
	while (done < n && !is_special((unsigned char)p[done])) {
		to[done] = p[done];
		done++;
	}
	return done;
}
#else
static size_t copy_plain(char *to, const char *p, size_t n)
{
	size_t done = 0;
	while (done < n && !is_special((unsigned char)p[done])) {
		to[done] = p[done];
		done++;
	}
	return done;
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

/* Writes what stands for the special byte at the start of s and says how much of s that was. */
static size_t put_special_at(struct buf *b, str s)
{
	size_t broken = 1, length = 0;
	if ((unsigned char)s.p[0] >= 0x80)
		length = sequence((const unsigned char *)s.p, s.n, &broken);
	if (length == 0) {
		put_special(b, s.p[0]);
		return broken;
	}
	html_literal(b, s.p, length);
	return length;
}

void text(struct buf *b, str s)
{
	while (s.n > 0) {
		char *to = html_room(b, s.n);
		if (to == NULL)
			return;
		size_t plain = copy_plain(to, s.p, s.n);
		b->n += plain;
		s.p += plain;
		s.n -= plain;
		if (s.n > 0) {
			size_t used = put_special_at(b, s);
			s.p += used;
			s.n -= used;
		}
	}
}

void html_attr(struct buf *b, const char *open, size_t n, str value)
{
	html_literal(b, open, n);
	text(b, value);
	H(b, "\"");
}

/* Two digits; the value is below 100. */
static char *put_two(char *to, unsigned value)
{
	static const char pairs[] = "00010203040506070809101112131415161718192021222324"
				    "25262728293031323334353637383940414243444546474849"
				    "50515253545556575859606162636465666768697071727374"
				    "75767778798081828384858687888990919293949596979899";
	memcpy(to, pairs + 2 * value, 2);
	return to + 2;
}

/* Digits of a number, no separators; `to` has room for 20. Returns where they end. */
static char *put_digits(char *to, uint64_t value)
{
	if (value >= 10000) {
		to = put_digits(to, value / 10000);
		to = put_two(to, (unsigned)(value % 10000) / 100);
		return put_two(to, (unsigned)(value % 100));
	}
	unsigned small = (unsigned)value, top = small;
	if (small >= 100)
		top = small / 100;
	if (top >= 10)
		to = put_two(to, top);
	else
		*to++ = (char)('0' + top);
	return small >= 100 ? put_two(to, small % 100) : to;
}

static char *put_year(char *to, int year)
{
	return put_two(put_two(to, (unsigned)year / 100), (unsigned)year % 100);
}

static char *put_piece(char *to, str piece)
{
	memcpy(to, piece.p, piece.n);
	return to + piece.n;
}

enum { DAY_ROOM = 64 }; /* more than <time datetime="2026-09-30">30 September 2026</time> needs */

static char *put_day_words(char *to, struct civil c)
{
	static const str months[] = { S_INIT(" January "), S_INIT(" February "), S_INIT(" March "),
		S_INIT(" April "), S_INIT(" May "), S_INIT(" June "), S_INIT(" July "),
		S_INIT(" August "), S_INIT(" September "), S_INIT(" October "),
		S_INIT(" November "), S_INIT(" December ") };
	to = put_digits(to, (uint64_t)c.day);
	to = put_piece(to, months[c.month - 1]);
	return put_year(to, c.year);
}

void text_day(struct buf *b, day d)
{
	char *to = d == DAY_UNKNOWN ? NULL : html_room(b, DAY_ROOM);
	if (to != NULL)
		b->n += (size_t)(put_day_words(to, day_civil(d)) - to);
}

void html_time(struct buf *b, day d)
{
	char *start = d == DAY_UNKNOWN ? NULL : html_room(b, DAY_ROOM);
	if (start == NULL)
		return;
	struct civil c = day_civil(d);
	char *to = put_piece(start, S("<time datetime=\""));
	to = put_year(to, c.year);
	*to++ = '-';
	to = put_two(to, (unsigned)c.month);
	*to++ = '-';
	to = put_two(to, (unsigned)c.day);
	to = put_piece(to, S("\">"));
	to = put_day_words(to, c);
	to = put_piece(to, S("</time>"));
	b->n += (size_t)(to - start);
}

void text_id(struct buf *b, int64_t value)
{
	char *start = html_room(b, 21), *to = start;
	if (start == NULL)
		return;
	if (value < 0)
		*to++ = '-';
	to = put_digits(to, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
	b->n += (size_t)(to - start);
}

void html_attr_int(struct buf *b, const char *open, size_t n, int64_t value)
{
	html_literal(b, open, n);
	text_id(b, value);
	H(b, "\"");
}

void text_int(struct buf *b, int64_t value)
{
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	if (rest < 1000) {
		text_id(b, value);
		return;
	}
	char digits[27];
	size_t at = sizeof digits, written = 0;
	for (; rest > 0; rest /= 10, written++) {
		if (written > 0 && written % 3 == 0)
			digits[--at] = ',';
		digits[--at] = (char)('0' + rest % 10);
	}
	if (value < 0)
		digits[--at] = '-';
	html_literal(b, digits + at, sizeof digits - at);
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
		char coded[3] = { '%', hex[c >> 4], hex[c & 15] };
		if (plain)
			html_literal(b, s.p + i, 1);
		else
			html_literal(b, coded, sizeof coded);
	}
}
