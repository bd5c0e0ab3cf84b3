#include "base/utf8.h"

#include <string.h>

static bool is_tail(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* Length of the valid sequence at the front (1 to 4) and its code point; 0 for none.
 * The narrower second bytes of E0, ED, F0 and F4 keep out overlong forms, surrogates and what
 * lies above U+10FFFF (Unicode, table 3-7). */
static size_t decode(const unsigned char *p, size_t n, uint32_t *code)
{
	unsigned char lead = p[0];
	if (lead < 0x80) {
		*code = lead;
		return 1;
	}
	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (n < length || p[1] < low || p[1] > high)
		return 0;
	*code = lead & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if (!is_tail(p[i]))
			return 0;
		*code = *code << 6 | (p[i] & 0x3Fu);
	}
	return length;
}

/* How many bytes at the front are ASCII, in whole steps of 32; the caller takes the rest singly. */
static size_t skip_ascii(const unsigned char *p, size_t n)
{
	size_t at = 0;
	for (; n - at >= 32; at += 32) {
		uint64_t word[4];
		memcpy(word, p + at, sizeof word);
		if (((word[0] | word[1] | word[2] | word[3]) & 0x8080808080808080u) != 0)
			break;
	}
	return at;
}

size_t utf8_check(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = 0;
	while (at < s.n) {
		uint32_t code;
		if (p[at] < 0x80)
			at += skip_ascii(p + at, s.n - at);
		while (at < s.n && p[at] < 0x80)
			at++;
		if (at == s.n)
			break;
		size_t length = decode(p + at, s.n - at, &code);
		if (length == 0)
			return at;
		at += length;
	}
	return s.n;
}

bool utf8_next(str *rest, uint32_t *code)
{
	if (rest->n == 0)
		return false;
	size_t length = decode((const unsigned char *)rest->p, rest->n, code);
	if (length == 0)
		*code = UTF8_REPLACEMENT;
	*rest = str_from(*rest, length == 0 ? 1 : length);
	return true;
}

size_t utf8_count(str s)
{
	size_t n = 0;
	uint32_t code;
	while (utf8_next(&s, &code))
		n++;
	return n;
}

str utf8_upto(str s, size_t n)
{
	if (n >= s.n)
		return s;
	/* Bytes that are not UTF-8 may go on as tails for ever: no sequence is longer than four. */
	for (size_t back = 0; back < 4 && back <= n; back++) {
		if (!is_tail((unsigned char)s.p[n - back]))
			return str_upto(s, n - back);
	}
	return str_upto(s, n);
}

void buf_utf8(struct buf *buf, uint32_t code)
{
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = UTF8_REPLACEMENT;
	char text[4];
	if (code < 0x80) {
		buf_char(buf, (char)code);
		return;
	}
	size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = length - 1; i > 0; i--, code >>= 6)
		text[i] = (char)(0x80 | (code & 0x3F));
	text[0] = (char)((0xF00u >> length & 0xFF) | code);
	buf_bytes(buf, text, length);
}

/* What each letter folds to, two characters a letter; blank where it stays itself. */
static const char latin[] = /* from U+00C0 */
	"a a a a a a aec e e e e i i i i " /* U+00C0 */
	"d n o o o o o   o u u u u y thss" /* U+00D0 */
	"a a a a a a aec e e e e i i i i " /* U+00E0 */
	"d n o o o o o   o u u u u y thy " /* U+00F0 */
	"a a a a a a c c c c c c c c d d " /* U+0100 */
	"d d e e e e e e e e e e g g g g " /* U+0110 */
	"g g g g h h h h i i i i i i i i " /* U+0120 */
	"i i ijijj j k k k l l l l l l l " /* U+0130 */
	"l l l n n n n n n n n n o o o o " /* U+0140 */
	"o o oeoer r r r r r s s s s s s " /* U+0150 */
	"s s t t t t t t u u u u u u u u " /* U+0160 */
	"u u u u w w y y y z z z z z z s " /* U+0170 */
	"b b b b     o c c d d d d   e e " /* U+0180 */
	"e f f g   hv  i k k l     n n o " /* U+0190 */
	"o o     p p           t t t t u " /* U+01A0 */
	"u   v y y z z                   " /* U+01B0 */
	"        dzdzdzljljljnjnjnja a i " /* U+01C0 */
	"i o o u u u u u u u u u u e a a " /* U+01D0 */
	"a a aeaeg g g g k k o o o o     " /* U+01E0 */
	"j dzdzdzg g hv  n n a a aeaeo o " /* U+01F0 */
	"a a a a e e e e i i i i o o o o " /* U+0200 */
	"r r r r u u u u s s t t     h h " /* U+0210 */
	"n d     z z a a e e o o o o o o " /* U+0220 */
	"o o y y l n t j     a c c l t s " /* U+0230 */
	"z     b u   e e j j     r r y y " /* U+0240 */;

static const char latin_additional[] = /* from U+1E00 */
	"a a b b b b b b c c d d d d d d " /* U+1E00 */
	"d d d d e e e e e e e e e e f f " /* U+1E10 */
	"g g h h h h h h h h h h i i i i " /* U+1E20 */
	"k k k k k k l l l l l l l l m m " /* U+1E30 */
	"m m m m n n n n n n n n o o o o " /* U+1E40 */
	"o o o o p p p p r r r r r r r r " /* U+1E50 */
	"s s s s s s s s s s t t t t t t " /* U+1E60 */
	"t t u u u u u u u u u u v v v v " /* U+1E70 */
	"w w w w w w w w w w x x x x y y " /* U+1E80 */
	"z z z z z z h t w y   s     ss  " /* U+1E90 */
	"a a a a a a a a a a a a a a a a " /* U+1EA0 */
	"a a a a a a a a e e e e e e e e " /* U+1EB0 */
	"e e e e e e e e i i i i o o o o " /* U+1EC0 */
	"o o o o o o o o o o o o o o o o " /* U+1ED0 */
	"o o o o u u u u u u u u u u u u " /* U+1EE0 */
	"u u y y y y y y y y             " /* U+1EF0 */;

/* People type any of these between the parts of a name, or none. */
static bool is_silent(uint32_t code)
{
	switch (code) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case '\'':
	case '-':
	case '.':
	case ',':
	case '`':
	case 0xA0:   /* no-break space */
	case 0xAD:   /* soft hyphen */
	case 0xB4:   /* acute accent, standing alone */
	case 0x2BC:  /* modifier letter apostrophe */
	case 0x2018: /* single quotation marks */
	case 0x2019:
		return true;
	default:
		return (code >= 0x300 && code <= 0x36F) || /* accents written apart */
			(code >= 0x2000 && code <= 0x2015); /* spaces, joiners, hyphens, dashes */
	}
}

/* Capitals of Greek and Cyrillic, which no table of Latin covers. */
static uint32_t small_letter(uint32_t code)
{
	if ((code >= 0x391 && code <= 0x3A9 && code != 0x3A2) || (code >= 0x410 && code <= 0x42F))
		return code + 0x20;
	if (code >= 0x400 && code <= 0x40F)
		return code + 0x50;
	return code;
}

void buf_utf8_fold(struct buf *buf, str name)
{
	uint32_t code;
	while (utf8_next(&name, &code)) {
		const char *to = NULL;
		if (code >= 'A' && code <= 'Z')
			code += 'a' - 'A';
		else if (code >= 0xC0 && code < 0xC0 + sizeof latin / 2)
			to = latin + (code - 0xC0) * 2;
		else if (code >= 0x1E00 && code < 0x1E00 + sizeof latin_additional / 2)
			to = latin_additional + (code - 0x1E00) * 2;
		if (is_silent(code))
			continue;
		if (to == NULL || to[0] == ' ')
			buf_utf8(buf, small_letter(code));
		else
			buf_bytes(buf, to, to[1] == ' ' ? 1 : 2);
	}
}
