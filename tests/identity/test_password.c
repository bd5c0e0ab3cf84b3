#include "identity/guessable.h"
#include "identity/password.h"

#include "check.h"

#include <sodium.h>

static const struct password_for okafor = { .login = S_INIT("j.okafor"),
	.name = S_INIT("Joy Okafor"), .council = S_INIT("Wexcombe Council") };

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

/* Reliability bar F5: sixty. `two`: whoever chooses it has a second factor. */
static const struct {
	const char *password;
	bool allowed, two;
} choice[] = {
	{ "", false, false }, { "short", false, false }, { "elevenchars", false, false },
	{ "twelve chars", true, false }, { "tin otter", false, false }, { "tin otter", true, true },
	{ "ottr gbl", true, true }, { "gable!o", false, true }, { "qzj4wvk", false, true },
	{ "qzj4wvkx", true, true }, { "qzj4wvkx2m", false, false }, { "qzj4wvkx2mh", false, false },
	{ "qzj4wvkx2mhb", true, false }, { "lantern otter gable", true, false },
	{ "   lantern otter   ", true, false }, { "LANTERN OTTER GABLE", true, false },
	{ "lanternottergable", true, false }, { "correct dozen lantern", true, false },
	{ "my sister keeps seven geese in the garden behind the old brewery", true, false },
	{ "Password1234", false, false }, { "Password123456789!", false, false },
	{ "p4ssw0rdp4ssw0rd", false, false }, { "passwordpassword", false, false },
	{ "letmein123456789", false, false }, { "LetMeInPlease!!!", false, false },
	{ "welcome2council", false, false }, { "Welcome-to-work-1", false, false },
	{ "qwertyuiop12345", false, false }, { "qwerty!asdf!zxcv", false, false },
	{ "iloveyou iloveyou", false, false }, { "correct horse battery staple", false, false },
	{ "aaaaaaaaaaaaaaaa", false, false }, { "123456789012", false, false },
	{ "987654321098765", false, false }, { "abababababab", false, false },
	{ "000000000000", false, false }, { "20260101-20261231", false, false },
	{ "................", false, false }, { "summer2026summer", false, false },
	{ "November-2026!!!", false, false }, { "administrator99", false, false },
	{ "administration", false, false }, { "noitartsinimda", false, false },
	{ "unbelievable", false, false }, { "unbel1evable", false, false },
	{ "Unbelievable1", false, false }, { "safeguarding2026", false, false },
	{ "Childprotection1", false, false }, { "SafeguardingChildren!", false, false },
	{ "looked after children", false, false }, { "reviewing-officer-7", false, false },
	{ "dulydulyduly", false, false }, { "wexcombe-council-1", false, false },
	{ "WexcombeCouncil2026", false, false }, { "joy-okafor-2026", false, false },
	{ "j.okafor-is-here", false, false }, { "J.OKAFOR-is-here", false, false },
	{ "\xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9x", true, false },
	{ "\xf0\x9f\xa6\xa2 seven swans \xf0\x9f\xa6\xa2", true, false },
	{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", false, false },
};

TEST(sixty_passwords_are_judged_as_the_rules_say)
{
	struct err err;
	int wrong = 0;
	check_int(sizeof choice / sizeof *choice, 60);
	check_true(guessable_ready()); /* cracklib-runtime: the dictionary */
	for (size_t i = 0; i < sizeof choice / sizeof *choice; i++) {
		struct password_for who = okafor;
		who.second_factor = choice[i].two;
		if (password_allowed(&who, str_of(choice[i].password), &err) != choice[i].allowed) {
			print_error("%s\n", choice[i].password);
			wrong++;
		}
	}
	check_int(wrong, 0);
}

TEST(up_to_128_characters_are_taken_whatever_they_are_made_of)
{
	struct err err;
	char longest[PASSWORD_MOST + 1];
	for (size_t i = 0; i < sizeof longest; i++)
		longest[i] = (char)('a' + (i * 7) % 26);
	check_true(password_allowed(&okafor, (str){ longest, 64 }, &err));
	check_true(password_allowed(&okafor, (str){ longest, PASSWORD_MOST }, &err));
	check_false(password_allowed(&okafor, (str){ longest, PASSWORD_MOST + 1 }, &err));
	/* Counted in characters, not in bytes. */
	char swans[(PASSWORD_MOST + 1) * 4];
	for (size_t i = 0; i < sizeof swans; i++)
		swans[i] = "\xf0\x9f\xa6\xa2\xf0\x9f\x90\xa7\xf0\x9f\xa6\x89"[i % 12];
	check_true(password_allowed(&okafor, (str){ swans, (size_t)PASSWORD_MOST * 4 }, &err));
	check_false(password_allowed(&okafor, (str){ swans, sizeof swans }, &err));
	char hash[PASSWORD_HASH];
	password_hash((str){ swans, (size_t)PASSWORD_MOST * 4 }, hash);
	check_true(password_verify(str_of(hash), (str){ swans, (size_t)PASSWORD_MOST * 4 }));
	check_false(password_verify(str_of(hash), (str){ swans, (size_t)PASSWORD_MOST * 4 - 4 }));
	check_false(password_verify(str_of(hash), (str){ swans, sizeof swans }));
}

TEST(however_a_keyboard_composed_it_it_is_the_same_password)
{
	char hash[PASSWORD_HASH];
	password_hash(S("caf\xc3\xa9 lantern otter"), hash); /* one letter */
	check_true(password_verify(str_of(hash), S("cafe\xcc\x81 lantern otter"))); /* e, and an accent */
	check_true(password_verify(str_of(hash), S("caf\xc3\xa9\xc2\xa0lantern otter"))); /* no-break space */
	check_false(password_verify(str_of(hash), S("cafe lantern otter")));
	check_false(password_verify(str_of(hash), S("Caf\xc3\xa9 lantern otter")));
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
	check_true(password_allowed(&okafor, str_of(a), &err));
	check_true(strcmp(a, b) != 0);
	check_true(a[4] == '-' && a[19] == '-');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_password_is_kept_as_argon2id_of_three_passes_and_64_mib),
		CLAIM(nobody_has_no_password_at_all),
		CLAIM(a_hash_made_with_less_work_is_outdated),
		CLAIM(sixty_passwords_are_judged_as_the_rules_say),
		CLAIM(up_to_128_characters_are_taken_whatever_they_are_made_of),
		CLAIM(however_a_keyboard_composed_it_it_is_the_same_password),
		CLAIM(a_made_password_is_allowed_and_differs_with_every_bytes),
	};
	return cmocka_run_group_tests_name("identity password", tests, start, NULL);
}
