#include "identity/password.h"

#include "check.h"

#include <sodium.h>

static int start(void **state)
{
	(void)state;
	return sodium_init() < 0;
}

TEST(a_password_is_kept_as_argon2id_of_three_passes_and_64_mib)
{
	char hash[PASSWORD_HASH];
	password_hash(S("correct dozen lantern"), hash);
	check_true(str_starts(str_of(hash), S("$argon2id$v=19$m=65536,t=3,p=1$")));
	check_true(password_verify(str_of(hash), S("correct dozen lantern")));
	check_false(password_verify(str_of(hash), S("correct dozen lanterm")));
	check_false(password_verify(str_of(hash), S("")));
	check_false(password_outdated(str_of(hash)));
}

TEST(nobody_has_no_password_at_all)
{
	check_false(password_verify((str){ 0 }, S("anything at all")));
	check_false(password_verify(S(""), S("")));
	check_false(password_verify(S("not a hash"), S("not a hash")));
}

TEST(a_hash_made_with_less_work_is_outdated)
{
	char weak[crypto_pwhash_STRBYTES];
	assert_int_equal(crypto_pwhash_str_alg(weak, "a weak password", 15, 1, 8 << 20,
				 crypto_pwhash_ALG_ARGON2ID13),
		0);
	check_true(password_verify(str_of(weak), S("a weak password")));
	check_true(password_outdated(str_of(weak)));
}

TEST(short_common_and_own_names_are_refused_as_passwords)
{
	static const struct {
		const char *password;
		bool allowed;
	} row[] = {
		{ "", false },
		{ "short", false },
		{ "elevenchars", false },
		{ "twelve chars", true },
		{ "lantern otter gable", true },
		{ "Password1234", false },
		{ "Password123456789!", false },
		{ "safeguarding2026", false },
		{ "Childprotection1", false },
		{ "aaaaaaaaaaaaaaaa", false },
		{ "123456789012", false },
		{ "qwertyuiop12345", false },
		{ "j.okafor-is-here", false },
		{ "J.OKAFOR-is-here", false },
		{ "\xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9x", true },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", false },
	};
	struct err err;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		bool allowed = password_allowed(S("j.okafor"), str_of(row[i].password), &err);
		if (allowed != row[i].allowed)
			print_error("%s\n", row[i].password);
		check_int(allowed, row[i].allowed);
	}
	char longest[PASSWORD_MOST + 1];
	for (size_t i = 0; i < sizeof longest; i++)
		longest[i] = (char)('a' + (i * 7) % 26);
	check_true(password_allowed(S("x"), (str){ longest, PASSWORD_MOST }, &err));
	check_false(password_allowed(S("x"), (str){ longest, PASSWORD_MOST + 1 }, &err));
}

TEST(a_made_password_is_allowed_and_differs_with_every_bytes)
{
	unsigned char random[PASSWORD_RANDOM];
	char a[PASSWORD_MADE + 1], b[PASSWORD_MADE + 1];
	struct err err;
	randombytes_buf(random, sizeof random);
	password_make(random, a);
	randombytes_buf(random, sizeof random);
	password_make(random, b);
	check_int(strlen(a), PASSWORD_MADE);
	check_true(password_allowed(S("r.ahmed"), str_of(a), &err));
	check_true(strcmp(a, b) != 0);
	check_true(a[4] == '-' && a[19] == '-');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_password_is_kept_as_argon2id_of_three_passes_and_64_mib),
		CLAIM(nobody_has_no_password_at_all),
		CLAIM(a_hash_made_with_less_work_is_outdated),
		CLAIM(short_common_and_own_names_are_refused_as_passwords),
		CLAIM(a_made_password_is_allowed_and_differs_with_every_bytes),
	};
	return cmocka_run_group_tests_name("identity password", tests, start, NULL);
}
