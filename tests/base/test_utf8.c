#include "base/utf8.h"
#include "check.h"
#include "random.h"

#include <iconv.h>

TEST(valid_text_is_valid_to_its_end)
{
	static const char *const valid[] = { "", "plain", "Si\xC3\xA2n Llŷr", "Łódź", "\xEF\xBF\xBD",
		"\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80", "\xC2\x80", "\xE0\xA0\x80",
		"\xF0\x90\x80\x80", "more than thirty-two bytes of ASCII, then \xC3\xA9 and on again" };
	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
		check_int(utf8_check(str_of(valid[i])), strlen(valid[i]));
	check_int(utf8_check((str){ NULL, 0 }), 0);
}

TEST(what_the_standard_forbids_is_found_where_it_stands)
{
	static const char *const wrong[] = { "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(",
		"\xE0\x9F\xBF", "\xE2\x82", "\xE2\x82(", "\xED\xA0\x80", "\xED\xBF\xBF",
		"\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF0\x9F(\x80", "\xF0\x9F\x98(",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char text[80] = "thirty-two bytes and some more, \xC3\xA9";
		size_t at = strlen(text);
		memcpy(text + at, wrong[i], strlen(wrong[i]) + 1);
		check_int(utf8_check(str_of(text)), at);
		check_int(utf8_check(str_of(wrong[i])), 0);
	}
}

TEST(a_wrong_byte_is_found_wherever_it_hides)
{
	char text[300];
	for (size_t n = 1; n < sizeof text; n += 37) {
		for (size_t at = 0; at < n; at++) {
			memset(text, 'x', n);
			text[at] = '\xE9';
			check_int(utf8_check((str){ text, n }), at);
		}
	}
}

TEST(every_code_point_is_written_and_read_back)
{
	struct buf buf = { 0 };
	for (uint32_t want = 0; want <= 0x10FFFF; want++) {
		buf_clear(&buf);
		buf_utf8(&buf, want);
		str rest = buf_view(&buf);
		uint32_t code = 1;
		check_int(utf8_check(rest), rest.n);
		check_true(utf8_next(&rest, &code));
		check_int(code, want >= 0xD800 && want <= 0xDFFF ? UTF8_REPLACEMENT : want);
		check_int(rest.n, 0);
	}
	buf_clear(&buf);
	buf_utf8(&buf, 0x110000);
	check_str(buf_view(&buf), "\xEF\xBF\xBD");
	buf_close(&buf);
}

TEST(bytes_that_are_no_text_read_as_replacements)
{
	str rest = S("a\xFF\xC3\xA9\xE2\x82");
	uint32_t code;
	check_int(utf8_count(rest), 5);
	uint32_t want[] = { 'a', UTF8_REPLACEMENT, 0xE9, UTF8_REPLACEMENT, UTF8_REPLACEMENT };
	for (size_t i = 0; i < 5; i++) {
		check_true(utf8_next(&rest, &code));
		check_int(code, want[i]);
	}
	check_false(utf8_next(&rest, &code));
}

TEST(text_is_cut_between_characters)
{
	str s = S("a\xC3\xA9\xF0\x9F\x98\x80z");
	static const size_t want[] = { 0, 1, 1, 3, 3, 3, 3, 7, 8, 8 };
	for (size_t n = 0; n < sizeof want / sizeof *want; n++)
		check_int(utf8_upto(s, n).n, want[n]);
	check_int(utf8_upto(S("\x80\x80\x80\x80\x80\x80"), 5).n, 5);
	check_int(utf8_upto(S("\x80\x80\x80"), 1).n, 1);
}

static bool iconv_accepts(iconv_t converter, str s)
{
	char out[256];
	char *in = (char *)(uintptr_t)s.p, *to = out;
	size_t left = s.n, room = sizeof out;
	iconv(converter, NULL, NULL, NULL, NULL);
	return iconv(converter, &in, &left, &to, &room) != (size_t)-1 && left == 0;
}

TEST(validity_agrees_with_iconv_on_random_bytes)
{
	static const unsigned char lively[] = { 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1,
		0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF };
	struct random random = random_open("utf8 against iconv");
	iconv_t converter = iconv_open("UTF-32LE", "UTF-8");
	check_true(converter != (iconv_t)-1);
	size_t valid = 0;
	for (int round = 0; round < 300000; round++) {
		char bytes[8];
		size_t n = 1 + random_below(&random, sizeof bytes - 1);
		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)lively[random_below(&random, sizeof lively)];
		str s = { bytes, n };
		bool ours = utf8_check(s) == n;
		check_int(ours, iconv_accepts(converter, s));
		check_true(iconv_accepts(converter, str_upto(s, utf8_check(s))));
		valid += ours;
	}
	check_true(valid > 1000);
	iconv_close(converter);
}

static void check_fold(const char *name, const char *want)
{
	struct buf buf = { 0 };
	buf_utf8_fold(&buf, str_of(name));
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

TEST(names_fold_to_what_people_type)
{
	check_fold("", "");
	check_fold("O'Brien-Smith", "obriensmith");
	check_fold("O\xE2\x80\x99" "BRIEN \xE2\x80\x93 SMITH", "obriensmith");
	check_fold("Siân Llŷr Gwŵyn", "sianllyrgwwyn");
	check_fold("Łukasz Żółć Świętek", "lukaszzolcswietek");
	check_fold("Großmann GROẞ", "grossmanngross");
	check_fold("Æthelred Ørsted Œuf", "aethelredorstedoeuf");
	check_fold("Þór Đorđe Ħaż", "thordordehaz");
	check_fold("Nguyễn Thị", "nguyenthi");
	check_fold("e\xCC\x81mile", "emile");
	check_fold("St. John, Jr", "stjohnjr");
	check_fold("ΑΛΕΞΗΣ Ёлка ЖУКОВ", "αλεξησёлкажуков");
	check_fold("ΩϏ ЀЏАЯ", "ωϏѐџая");
	check_fold("Ḁỹ x\xCD\xAFy\xE2\x80\x95z", "ayxyz");
	check_fold("李小龙 2", "李小龙2");
	check_fold("a×b÷c", "a×b÷c");
	check_fold("\xFF", "\xEF\xBF\xBD");
}

TEST(folding_twice_changes_nothing)
{
	struct buf text = { 0 }, once = { 0 }, twice = { 0 };
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		buf_clear(&text);
		buf_clear(&once);
		buf_clear(&twice);
		buf_utf8(&text, code);
		buf_utf8_fold(&once, buf_view(&text));
		buf_utf8_fold(&twice, buf_view(&once));
		check_true(str_equal(buf_view(&once), buf_view(&twice)));
	}
	buf_close(&text);
	buf_close(&once);
	buf_close(&twice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(valid_text_is_valid_to_its_end),
		CLAIM(what_the_standard_forbids_is_found_where_it_stands),
		CLAIM(a_wrong_byte_is_found_wherever_it_hides),
		CLAIM(every_code_point_is_written_and_read_back),
		CLAIM(bytes_that_are_no_text_read_as_replacements),
		CLAIM(text_is_cut_between_characters),
		CLAIM(validity_agrees_with_iconv_on_random_bytes),
		CLAIM(names_fold_to_what_people_type),
		CLAIM(folding_twice_changes_nothing),
	};
	return cmocka_run_group_tests_name("base utf8", tests, NULL, NULL);
}
