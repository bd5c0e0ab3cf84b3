#include "identity/token.h"

#include "check.h"

static const struct token one = { { 1, 2, 3, 250 } };

TEST(a_token_is_read_back_as_it_was_written)
{
	struct token_text text = token_write(&one);
	struct token back;
	check_int(strlen(text.text), TOKEN_TEXT);
	check_true(token_read(str_of(text.text), &back));
	check_true(token_equal(&one, &back));
}

TEST(what_is_no_token_is_not_read)
{
	struct token back;
	struct token_text text = token_write(&one);
	check_false(token_read(S(""), &back));
	check_false(token_read(str_upto(str_of(text.text), TOKEN_TEXT - 1), &back));
	text.text[5] = '+';
	check_false(token_read(str_of(text.text), &back));
}

TEST(what_is_kept_and_what_forms_carry_tell_nothing_of_the_token)
{
	struct token kept = token_hash(&one), form = token_form(&one);
	check_false(token_equal(&kept, &one));
	check_false(token_equal(&form, &one));
	check_false(token_equal(&kept, &form));
	struct token again = token_hash(&one);
	check_true(token_equal(&kept, &again));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_token_is_read_back_as_it_was_written),
		CLAIM(what_is_no_token_is_not_read),
		CLAIM(what_is_kept_and_what_forms_carry_tell_nothing_of_the_token),
	};
	return cmocka_run_group_tests_name("identity token", tests, NULL, NULL);
}
