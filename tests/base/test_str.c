#include "base/intern.h"
#include "base/str.h"
#include "check.h"
#include "random.h"

#include <errno.h>

static const str nothing = { NULL, 0 };

TEST(texts_are_compared_by_bytes)
{
	check_true(str_equal(S("a"), S("a")));
	check_false(str_equal(S("a"), S("b")));
	check_false(str_equal(S("a"), S("ab")));
	check_true(str_equal(nothing, S("")));
	check_true(str_compare(S("a"), S("b")) < 0);
	check_true(str_compare(S("b"), S("a")) > 0);
	check_true(str_compare(S("a"), S("ab")) < 0);
	check_true(str_compare(S("ab"), S("a")) > 0);
	check_int(str_compare(S("ab"), S("ab")), 0);
	check_int(str_compare(nothing, S("")), 0);
	check_true(str_compare(S("\x7F"), S("\x80")) < 0);
	check_true(str_equal_nocase(S("LAchildID"), S("lachildid")));
	check_false(str_equal_nocase(S("a"), S("ab")));
	check_false(str_equal_nocase(S("ab"), S("ac")));
	check_false(str_equal_nocase(S("["), S("{")));
	check_false(str_equal_nocase(S("@"), S("`")));
}

TEST(parts_are_found_and_clamped)
{
	check_true(str_starts(S("abc"), S("ab")));
	check_false(str_starts(S("abc"), S("bc")));
	check_false(str_starts(S("a"), S("ab")));
	check_true(str_ends(S("abc"), S("bc")));
	check_false(str_ends(S("abc"), S("ab")));
	check_false(str_ends(S("c"), S("bc")));
	check_true(str_ends(nothing, nothing));
	check_str(str_from(S("abc"), 2), "c");
	check_str(str_from(S("abc"), 9), "");
	check_str(str_from(nothing, 2), "");
	check_str(str_upto(S("abc"), 2), "ab");
	check_str(str_upto(S("abc"), 9), "abc");
	check_int(str_find(S("abc"), 'c'), 2);
	check_int(str_find(S("abc"), 'x'), 3);
	check_int(str_find(nothing, 'x'), 0);
	check_str(str_of(NULL), "");
	check_str(str_of("abc"), "abc");
}

TEST(blanks_are_trimmed_at_either_side)
{
	check_str(str_trim(S(" \t\r\na b \t\r\n")), "a b");
	check_str(str_trim(S("ab")), "ab");
	check_str(str_trim(S(" \n ")), "");
	check_str(str_trim(nothing), "");
}

TEST(text_splits_into_pieces)
{
	str rest = S("a,,bc,"), piece;
	static const char *const want[] = { "a", "", "bc", "" };
	for (size_t i = 0; i < 4; i++) {
		check_true(str_split(&rest, ',', &piece));
		check_str(piece, want[i]);
	}
	check_false(str_split(&rest, ',', &piece));
	rest = S("");
	check_true(str_split(&rest, ',', &piece));
	check_str(piece, "");
	check_false(str_split(&rest, ',', &piece));
	rest = nothing;
	check_false(str_split(&rest, ',', &piece));
}

TEST(whole_numbers_are_read_to_their_limits)
{
	static const struct {
		const char *text;
		bool fits;
		int64_t value;
	} cases[] = { { "0", true, 0 }, { "-0", true, 0 }, { "+7", true, 7 }, { "0012", true, 12 },
		{ "-12", true, -12 }, { "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN }, { "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 }, { "99999999999999999999", false, 0 },
		{ "", false, 0 }, { "-", false, 0 }, { "+", false, 0 }, { " 1", false, 0 },
		{ "1 ", false, 0 }, { "1.0", false, 0 }, { "--1", false, 0 }, { "1e3", false, 0 },
		{ "/", false, 0 }, { ":", false, 0 } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value = 42;
		check_int(str_int(str_of(cases[i].text), &value), cases[i].fits);
		check_true(value == (cases[i].fits ? cases[i].value : 42));
	}
	check_false(str_int(nothing, &(int64_t){ 0 }));
}

TEST(whole_numbers_agree_with_the_c_library)
{
	struct random random = random_open("str_int against strtoll");
	for (int round = 0; round < 100000; round++) {
		char text[24];
		size_t n = 0;
		if (random_below(&random, 3) == 0)
			text[n++] = "+-"[random_below(&random, 2)];
		for (size_t i = 1 + random_below(&random, 20); i > 0; i--)
			text[n++] = (char)('0' + random_below(&random, 10));
		text[n] = '\0';
		errno = 0;
		long long want = strtoll(text, NULL, 10);
		int64_t value = 0;
		check_int(str_int(str_of(text), &value), errno == 0);
		check_true(errno != 0 || value == want);
	}
}

TEST(hashes_are_the_published_ones)
{
	check_true(str_hash(S("")) == 0xcbf29ce484222325u);
	check_true(str_hash(S("a")) == 0xaf63dc4c8601ec8cu);
	check_true(str_hash(S("foobar")) == 0x85944171f73967e8u);
}

TEST(each_different_text_has_one_number)
{
	enum { TEXTS = 5000 };
	static char texts[TEXTS][8];
	struct intern intern = { 0 };
	uint32_t number;
	check_false(intern_find(&intern, S("a"), &number));
	for (uint32_t round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < TEXTS; i++) {
			snprintf(texts[i], sizeof texts[i], "C%u", i);
			check_int(intern_number(&intern, str_of(texts[i])), i);
		}
	}
	check_int(intern.n, TEXTS);
	check_true(intern_find(&intern, S("C4321"), &number));
	check_int(number, 4321);
	check_str(intern.text[17], "C17");
	check_false(intern_find(&intern, S("C5000"), &number));
	intern_close(&intern);
	check_int(intern.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(texts_are_compared_by_bytes),
		CLAIM(parts_are_found_and_clamped),
		CLAIM(blanks_are_trimmed_at_either_side),
		CLAIM(text_splits_into_pieces),
		CLAIM(whole_numbers_are_read_to_their_limits),
		CLAIM(whole_numbers_agree_with_the_c_library),
		CLAIM(hashes_are_the_published_ones),
		CLAIM(each_different_text_has_one_number),
	};
	return cmocka_run_group_tests_name("base str", tests, NULL, NULL);
}
