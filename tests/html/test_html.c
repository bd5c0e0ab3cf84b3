#include "check.h"

#include "html/html.h"

static struct buf b;

static int start(void **state)
{
	(void)state;
	buf_clear(&b);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_close(&b);
	return 0;
}

/* The five escapes undone: what a browser would show. */
static void decode(struct buf *out, str s)
{
	static const struct {
		str coded;
		char plain;
	} codes[] = { { S_INIT("&amp;"), '&' }, { S_INIT("&lt;"), '<' }, { S_INIT("&gt;"), '>' },
		{ S_INIT("&quot;"), '"' }, { S_INIT("&#39;"), '\'' } };
	while (s.n > 0) {
		size_t i = 0, count = sizeof codes / sizeof codes[0];
		while (i < count && !str_starts(s, codes[i].coded))
			i++;
		buf_char(out, i < count ? codes[i].plain : s.p[0]);
		s = str_from(s, i < count ? codes[i].coded.n : 1);
	}
}

static uint64_t random_next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

TEST(the_five_characters_with_a_meaning_are_escaped)
{
	text(&b, S("Zoë <O'Neill> & \"co\""));
	check_str(buf_view(&b), "Zoë &lt;O&#39;Neill&gt; &amp; &quot;co&quot;");
}

TEST(an_attribute_cannot_be_left_from_inside)
{
	H(&b, "<a");
	attr(&b, "href", S("/x?a=1&b=\" onclick='x'"));
	attr_int(&b, "data-n", -7);
	attr_some(&b, "title", S(""));
	H(&b, ">");
	check_str(
		buf_view(&b), "<a href=\"/x?a=1&amp;b=&quot; onclick=&#39;x&#39;\" data-n=\"-7\">");
}

TEST(bytes_that_are_not_utf8_become_one_replacement_for_each_broken_part)
{
	static const struct {
		str in;
		const char *want;
	} cases[] = {
		{ S_INIT("a\xC0\xAF"
			 "b"),
			"a��b" },                       /* overlong slash */
		{ S_INIT("\xED\xA0\x80"), "���" },      /* surrogate */
		{ S_INIT("\xF4\x90\x80\x80"), "����" }, /* beyond U+10FFFF */
		{ S_INIT("\xE2\x82"), "�" },            /* cut off */
		{ S_INIT("\xF0\x9F\x92<"), "�&lt;" },   /* cut off before a bracket */
		{ S_INIT("caf\xE9"), "caf�" },          /* Latin-1 */
		{ S_INIT("a\0b"), "a�b" },
		{ S_INIT("\xF0\x9F\x99\x82 \xE2\x80\xA8 é"), "\xF0\x9F\x99\x82 \xE2\x80\xA8 é" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		buf_clear(&b);
		text(&b, cases[i].in);
		check_str(buf_view(&b), cases[i].want);
	}
}

TEST(no_bracket_or_quote_ever_leaks_and_decoding_gives_the_text_back)
{
	static const char *const pieces[] = { "<", ">", "&", "\"", "'", "a", "Amara O'Neill", "é",
		"€", "\xF0\x9F\x99\x82", "&lt;", "0123456789abcdef", " ", "</script>" };
	uint64_t seed = 88172645463325252u;
	struct buf in = { 0 }, out = { 0 };
	for (int round = 0; round < 2000; round++) {
		buf_clear(&in);
		buf_clear(&out);
		buf_clear(&b);
		for (uint64_t n = random_next(&seed) % 40; n > 0; n--)
			buf_str(&in, str_of(pieces[random_next(&seed) % 14]));
		text(&b, buf_view(&in));
		for (size_t i = 0; i < b.n; i++)
			check_true(strchr("<>\"'", b.p[i]) == NULL);
		decode(&out, buf_view(&b));
		check_true(str_equal(buf_view(&out), buf_view(&in)));
	}
	buf_close(&in);
	buf_close(&out);
}

TEST(random_bytes_come_out_as_valid_utf8_without_brackets)
{
	uint64_t seed = 2463534242u;
	struct buf again = { 0 };
	for (int round = 0; round < 2000; round++) {
		char noise[70];
		size_t n = (size_t)(random_next(&seed) % sizeof noise);
		for (size_t i = 0; i < n; i++)
			noise[i] = (char)random_next(&seed);
		buf_clear(&b);
		buf_clear(&again);
		text(&b, (str){ noise, n });
		check_true(memchr(b.p == NULL ? "" : b.p, '<', b.n) == NULL);
		/* What is valid passes through: a second look finds nothing to replace. */
		struct buf decoded = { 0 };
		decode(&decoded, buf_view(&b));
		text(&again, buf_view(&decoded));
		check_true(str_equal(buf_view(&again), buf_view(&b)));
		buf_close(&decoded);
	}
	buf_close(&again);
}

TEST(a_buffer_with_a_limit_takes_no_more_than_it)
{
	struct buf small = { .limit = 300 };
	for (int i = 0; i < 100; i++)
		H(&small, "0123456789");
	check_true(small.full);
	check_true(small.n <= 300);
	buf_close(&small);
}

TEST(numbers_are_grouped_for_reading_and_ids_are_not)
{
	text_int(&b, 0);
	H(&b, " ");
	text_int(&b, 999);
	H(&b, " ");
	text_int(&b, 1204);
	H(&b, " ");
	text_int(&b, -1234567);
	H(&b, " ");
	text_int(&b, INT64_MIN);
	H(&b, " ");
	text_id(&b, 1204);
	check_str(buf_view(&b), "0 999 1,204 -1,234,567 -9,223,372,036,854,775,808 1204");
}

TEST(an_unknown_day_writes_nothing)
{
	text_day(&b, DAY_UNKNOWN);
	check_int(b.n, 0);
	text_day(&b, day_of(2026, 12, 18));
	check_str(buf_view(&b), "18 December 2026");
}

TEST(a_query_value_keeps_to_the_unreserved_characters)
{
	html_url(&b, S("a b&c=é/\"<-._~9"));
	check_str(buf_view(&b), "a%20b%26c%3D%C3%A9%2F%22%3C-._~9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_five_characters_with_a_meaning_are_escaped, start),
		cmocka_unit_test_setup(an_attribute_cannot_be_left_from_inside, start),
		cmocka_unit_test_setup(
			bytes_that_are_not_utf8_become_one_replacement_for_each_broken_part, start),
		cmocka_unit_test_setup(
			no_bracket_or_quote_ever_leaks_and_decoding_gives_the_text_back, start),
		cmocka_unit_test_setup(random_bytes_come_out_as_valid_utf8_without_brackets, start),
		cmocka_unit_test_setup(a_buffer_with_a_limit_takes_no_more_than_it, start),
		cmocka_unit_test_setup(numbers_are_grouped_for_reading_and_ids_are_not, start),
		cmocka_unit_test_setup(an_unknown_day_writes_nothing, start),
		cmocka_unit_test_setup(a_query_value_keeps_to_the_unreserved_characters, start),
	};
	return cmocka_run_group_tests_name("html html", tests, NULL, end);
}
