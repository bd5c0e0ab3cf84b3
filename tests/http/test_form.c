#include "http/form.h"

#include "base/buf.h"

#include "check.h"

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static bool reads(const char *raw, struct form *out)
{
	struct err err;
	return form_read(arena, str_of(raw), out, &err);
}

TEST(fields_come_decoded_in_the_order_sent)
{
	struct form form;
	check_true(reads("name=Amara+O%27Brien&note=a%26b%3Dc&empty=&bare", &form));
	check_int(form.n, 4);
	check_str(form_value(&form, S("name")), "Amara O'Brien");
	check_str(form_value(&form, S("note")), "a&b=c");
	check_str(form_value(&form, S("empty")), "");
	check_true(form_has(&form, S("bare")));
	check_false(form_has(&form, S("absent")));
}

TEST(an_empty_body_is_a_form_without_fields)
{
	struct form form;
	check_true(reads("", &form));
	check_int(form.n, 0);
	check_true(reads("&&", &form));
	check_int(form.n, 0);
}

TEST(a_field_given_twice_has_no_single_value)
{
	struct form form;
	check_true(reads("a=1&a=2&b=3", &form));
	check_str(form_value(&form, S("a")), "");
	size_t at = 0;
	str value;
	check_true(form_next(&form, S("a"), &at, &value));
	check_str(value, "1");
	check_true(form_next(&form, S("a"), &at, &value));
	check_str(value, "2");
	check_false(form_next(&form, S("a"), &at, &value));
}

TEST(browser_line_ends_become_one_character)
{
	struct form form;
	check_true(reads("t=one%0D%0Atwo%0Athree%09four", &form));
	check_str(form_value(&form, S("t")), "one\ntwo\nthree\tfour");
}

TEST(what_is_not_encoded_text_is_refused)
{
	static const char *const bad[] = { "a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=%c0%80",
		"a=%ed%a0%80", "a=%1b", "%00=a", "a=b%0Dc", "a=%7f" };
	struct form form;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_false(reads(bad[i], &form));
}

TEST(the_last_hex_pair_may_end_the_text)
{
	struct form form;
	check_true(reads("a=%41", &form));
	check_str(form_value(&form, S("a")), "A");
}

TEST(too_many_fields_and_too_long_names_are_refused)
{
	struct buf raw = { 0 };
	for (int i = 0; i < FORM_FIELDS_MAX; i++)
		buf_format(&raw, "%sf%d=1", i == 0 ? "" : "&", i);
	struct form form;
	struct err err;
	check_true(form_read(arena, buf_view(&raw), &form, &err));
	check_int(form.n, FORM_FIELDS_MAX);
	buf_lit(&raw, "&more=1");
	check_false(form_read(arena, buf_view(&raw), &form, &err));
	check_int(err.code, ERR_FULL);
	buf_clear(&raw);
	for (int i = 0; i <= FORM_NAME_MAX; i++)
		buf_char(&raw, 'n');
	check_false(form_read(arena, buf_view(&raw), &form, &err));
	buf_close(&raw);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(fields_come_decoded_in_the_order_sent),
		CLAIM(an_empty_body_is_a_form_without_fields),
		CLAIM(a_field_given_twice_has_no_single_value),
		CLAIM(browser_line_ends_become_one_character),
		CLAIM(what_is_not_encoded_text_is_refused),
		CLAIM(the_last_hex_pair_may_end_the_text),
		CLAIM(too_many_fields_and_too_long_names_are_refused),
	};
	return cmocka_run_group_tests_name("http form", tests, open_arena, close_arena);
}
