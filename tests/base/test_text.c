#include "base/text.h"
#include "base/utf8.h"
#include "check.h"
#include "random.h"

#include <iconv.h>

static void check_decoded(str bytes, enum text_encoding encoding, const char *want)
{
	struct arena *arena = arena_open(1 << 16);
	struct err err;
	str text;
	enum text_encoding found;
	if (!text_decode(bytes, arena, &text, &found, &err))
		fail_msg("%s", err.text);
	check_int(found, encoding);
	check_str(text, want);
	arena_close(arena);
}

static void check_refused(str bytes, const char *words)
{
	struct arena *arena = arena_open(1 << 16);
	struct err err = { 0 };
	str text;
	enum text_encoding found;
	check_false(text_decode(bytes, arena, &text, &found, &err));
	check_int(err.code, ERR_INPUT);
	check_str(str_of(err.text), words);
	arena_close(arena);
}

TEST(utf8_is_kept_as_it_is_and_its_mark_dropped)
{
	check_decoded(S(""), TEXT_UTF8, "");
	check_decoded(S("plain"), TEXT_UTF8, "plain");
	check_decoded(S("Zo\xC3\xAB"), TEXT_UTF8, "Zoë");
	check_decoded(S("\xEF\xBB\xBFZo\xC3\xAB"), TEXT_UTF8_MARKED, "Zoë");
	check_decoded(S("\xEF\xBB\xBF"), TEXT_UTF8_MARKED, "");
}

TEST(other_bytes_are_windows_1252)
{
	check_decoded(S("Zo\xEB"), TEXT_WINDOWS_1252, "Zoë");
	check_decoded(S("\x80 \x93quoted\x94 O\x92" "Brien \xFF"), TEXT_WINDOWS_1252,
		"€ “quoted” O’Brien ÿ");
	check_refused(S("Zo\xEB\n\n \x81"), "line 3, byte 2 (81): no character of UTF-8 nor of "
					   "Windows-1252; save the file as UTF-8");
}

TEST(utf16_is_known_by_its_mark)
{
	check_decoded(S("\xFF\xFEZ\0o\0\xEB\0"), TEXT_UTF16_LE, "Zoë");
	check_decoded(S("\xFE\xFF\0Z\0o\0\xEB"), TEXT_UTF16_BE, "Zoë");
	check_decoded(S("\xFE\xFF\xD8\x3D\xDE\x00"), TEXT_UTF16_BE, "\xF0\x9F\x98\x80");
	check_decoded(S("\xFF\xFE\x3D\xD8\x00\xDE"), TEXT_UTF16_LE, "\xF0\x9F\x98\x80");
	check_decoded(S("\xFF\xFE"), TEXT_UTF16_LE, "");
	check_refused(S("\xFF\xFEZ"), "the file ends in half a character of UTF-16");
	check_refused(S("\xFE\xFF\xDE\x00\0a"), "byte 3 is half a pair of UTF-16");
	check_refused(S("\xFE\xFF\xD8\x3D\0a"), "byte 3 is half a pair of UTF-16");
	check_refused(S("\xFE\xFF\0a\xD8\x3D"), "byte 5 is half a pair of UTF-16");
	check_refused(S("\xFE\xFF\xD8\x3D\xE0\x00"), "byte 3 is half a pair of UTF-16");
}

TEST(what_is_not_text_is_refused)
{
	check_refused(S("PK\x03\x04\0\0"), "line 1, byte 5 (00): this is not a text file");
	check_refused(S("a\0\xEB"), "line 1, byte 2 (00): this is not a text file");
	check_refused(S("\xFF\xFE" "a\0\0\0"), "line 1, byte 2 (00): this is not a text file");
	check_refused(S("\xEF\xBB\xBFZo\xEB"), "line 1, byte 3 (EB): not UTF-8, which the file says that it is");
}

TEST(every_encoding_has_a_name)
{
	check_str(str_of(text_encoding_name(TEXT_UTF8)), "UTF-8");
	check_str(str_of(text_encoding_name(TEXT_WINDOWS_1252)), "Windows-1252");
}

/* Everything that iconv can write in an encoding comes back as it was. */
static void check_against_iconv(const char *encoding, str mark, uint32_t below)
{
	struct random random = random_open(encoding);
	iconv_t converter = iconv_open(encoding, "UTF-8");
	check_true(converter != (iconv_t)-1);
	struct arena *arena = arena_open(1 << 20);
	struct buf text = { 0 };
	for (int round = 0; round < 20000; round++) {
		buf_clear(&text);
		for (size_t i = random_below(&random, 20) + 1; i > 0; i--)
			buf_utf8(&text, 1 + (uint32_t)random_below(&random, below - 1));
		char bytes[256], *in = text.p, *to = bytes + mark.n;
		size_t left = text.n, room = sizeof bytes - mark.n;
		memcpy(bytes, mark.n > 0 ? mark.p : "", mark.n);
		if (iconv(converter, &in, &left, &to, &room) == (size_t)-1)
			continue;
		str back, written = { bytes, (size_t)(to - bytes) };
		if (mark.n == 0 && (bytes[0] == '\xFE' || bytes[0] == '\xFF'))
			continue; /* might be a mark */
		enum text_encoding found;
		struct err err;
		arena_reset(arena);
		if (!text_decode(written, arena, &back, &found, &err))
			fail_msg("%s", err.text);
		if (found != TEXT_UTF8) /* a few runs of Windows-1252 are valid UTF-8 */
			check_true(str_equal(back, buf_view(&text)));
	}
	buf_close(&text);
	arena_close(arena);
	iconv_close(converter);
}

TEST(decoding_undoes_what_iconv_encodes)
{
	check_against_iconv("UTF-16LE", S("\xFF\xFE"), 0x110000);
	check_against_iconv("UTF-16BE", S("\xFE\xFF"), 0x110000);
	check_against_iconv("WINDOWS-1252", S(""), 0x100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(utf8_is_kept_as_it_is_and_its_mark_dropped),
		CLAIM(other_bytes_are_windows_1252),
		CLAIM(utf16_is_known_by_its_mark),
		CLAIM(what_is_not_text_is_refused),
		CLAIM(every_encoding_has_a_name),
		CLAIM(decoding_undoes_what_iconv_encodes),
	};
	return cmocka_run_group_tests_name("base text", tests, NULL, NULL);
}
