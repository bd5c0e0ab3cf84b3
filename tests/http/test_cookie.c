#include "http/cookie.h"

#include "check.h"

TEST(one_of_several_cookies_is_found)
{
	str value;
	check_true(cookie_find(S("a=1; duly=abc_DEF-9; b=2"), S("duly"), &value));
	check_str(value, "abc_DEF-9");
	check_true(cookie_find(S("duly=x"), S("duly"), &value));
	check_str(value, "x");
}

TEST(a_name_is_the_whole_name)
{
	str value;
	check_false(cookie_find(S("xduly=1; dulyx=2; Duly=3"), S("duly"), &value));
	check_false(cookie_find(S(""), S("duly"), &value));
	check_false(cookie_find(S("duly"), S("duly"), &value));
	check_false(cookie_find((str){ 0 }, S("duly"), &value));
}

TEST(a_cookie_planted_beside_ours_makes_neither_count)
{
	str value;
	check_false(cookie_find(S("duly=evil; duly=good"), S("duly"), &value));
}

TEST(a_value_that_we_never_set_is_no_value)
{
	str value;
	check_false(cookie_find(S("duly="), S("duly"), &value));
	check_false(cookie_find(S("duly=\"quoted\""), S("duly"), &value));
	check_false(cookie_find(S("duly=a b"), S("duly"), &value));
	check_false(cookie_find(S("duly=a=b"), S("duly"), &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(one_of_several_cookies_is_found),
		CLAIM(a_name_is_the_whole_name),
		CLAIM(a_cookie_planted_beside_ours_makes_neither_count),
		CLAIM(a_value_that_we_never_set_is_no_value),
	};
	return cmocka_run_group_tests_name("http cookie", tests, NULL, NULL);
}
