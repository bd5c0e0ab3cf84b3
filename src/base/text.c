#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

/* Windows-1252 from 0x80 to 0x9F; 0 where it has no character. Above, it is Latin-1. */
static const uint16_t windows_1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
	0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C,
	0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

/* A sized piece of the arena to write UTF-8 into: the limit is known before. */
static struct buf arena_buf(struct arena *arena, size_t room)
{
	return (struct buf){ .p = arena_take(arena, room, 1), .room = room, .limit = room };
}

/* "line 3, byte 17": people look for it in an editor. */
static bool refuse_byte(str bytes, size_t at, const char *what, struct err *err)
{
	size_t line = 1, start = 0;
	for (size_t i = 0; i < at; i++) {
		if (bytes.p[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	return err_set(err, ERR_INPUT, "line %zu, byte %zu (%02X): %s", line, at - start + 1,
		(unsigned char)bytes.p[at], what);
}

static bool from_windows_1252(str bytes, struct arena *arena, str *text, struct err *err)
{
	struct buf buf = arena_buf(arena, bytes.n * 3);
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char byte = (unsigned char)bytes.p[i];
		uint32_t code = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
		if (code == 0)
			return refuse_byte(bytes, i,
				"no character of UTF-8 nor of Windows-1252; save the file as UTF-8",
				err);
		buf_utf8(&buf, code);
	}
	*text = buf_view(&buf);
	return true;
}

static uint32_t utf16_unit(str bytes, size_t at, bool big_endian)
{
	unsigned char first = (unsigned char)bytes.p[at], second = (unsigned char)bytes.p[at + 1];
	return big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

static bool from_utf16(str bytes, bool big_endian, struct arena *arena, str *text, struct err *err)
{
	if (bytes.n % 2 != 0)
		return err_set(err, ERR_INPUT, "the file ends in half a character of UTF-16");
	struct buf buf = arena_buf(arena, bytes.n / 2 * 3);
	for (size_t i = 2; i < bytes.n; i += 2) {
		uint32_t code = utf16_unit(bytes, i, big_endian);
		if (code >= 0xD800 && code <= 0xDBFF && bytes.n - i >= 4) {
			uint32_t low = utf16_unit(bytes, i + 2, big_endian);
			if (low >= 0xDC00 && low <= 0xDFFF) {
				code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		if (code >= 0xD800 && code <= 0xDFFF)
			return err_set(err, ERR_INPUT, "byte %zu is half a pair of UTF-16", i + 1);
		buf_utf8(&buf, code);
	}
	*text = buf_view(&buf);
	return true;
}

bool text_decode(
	str bytes, struct arena *arena, str *text, enum text_encoding *encoding, struct err *err)
{
	str body = bytes;
	if (str_starts(bytes, S("\xFF\xFE"))) {
		*encoding = TEXT_UTF16_LE;
		if (!from_utf16(bytes, false, arena, &body, err))
			return false;
	} else if (str_starts(bytes, S("\xFE\xFF"))) {
		*encoding = TEXT_UTF16_BE;
		if (!from_utf16(bytes, true, arena, &body, err))
			return false;
	} else if (str_starts(bytes, S("\xEF\xBB\xBF"))) {
		*encoding = TEXT_UTF8_MARKED;
		body = str_from(bytes, 3);
		size_t at = utf8_check(body);
		if (at < body.n)
			return refuse_byte(body, at, "not UTF-8, which the file says that it is", err);
	} else {
		*encoding = TEXT_UTF8;
	}
	/* Before anything is guessed: a spreadsheet or a PDF would pass for Windows-1252. */
	size_t nul = str_find(body, '\0');
	if (nul < body.n)
		return refuse_byte(body, nul, "this is not a text file", err);
	if (*encoding == TEXT_UTF8 && utf8_check(body) < body.n) {
		*encoding = TEXT_WINDOWS_1252;
		if (!from_windows_1252(bytes, arena, &body, err))
			return false;
	}
	*text = body;
	return true;
}

const char *text_encoding_name(enum text_encoding encoding)
{
	static const char *const names[] = { "UTF-8", "UTF-8 with byte-order mark",
		"UTF-16, little-endian", "UTF-16, big-endian", "Windows-1252" };
	return names[encoding];
}
