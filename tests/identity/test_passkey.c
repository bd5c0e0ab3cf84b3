#include "identity/passkey.h"

#include "authenticator.h"
#include "base/arena.h"

static struct arena *arena;
static struct authenticator made[3];
static const struct passkey_asked asked = { .name = S_INIT("duly.example.gov.uk"),
	.origin = S_INIT("https://duly.example.gov.uk"),
	.challenge = { 9, 8, 7, 6, 5, 250 } };
static const struct bend straight;

static int start(void **state)
{
	(void)state;
	arena = arena_open(1 << 22);
	authenticator_make(&made[0], PASSKEY_ES256);
	authenticator_make(&made[1], PASSKEY_EDDSA);
	authenticator_make(&made[2], PASSKEY_RS256);
	return 0;
}

static int end(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++)
		gnutls_privkey_deinit(made[i].key);
	arena_close(arena);
	return 0;
}

static bool registers(struct authenticator *a, const struct bend *bend, struct passkey_new *out,
	struct err *err)
{
	struct buf client = { 0 }, object = { 0 };
	authenticator_register(arena, a, &asked, bend, &client, &object);
	bool done = passkey_register(arena, &asked, buf_view(&client), buf_view(&object), out, err);
	buf_close(&client);
	buf_close(&object);
	return done;
}

static struct passkey_row row_of(struct authenticator *a)
{
	struct passkey_new new;
	struct err err;
	check_true(registers(a, &straight, &new, &err));
	return (struct passkey_row){ .handle = new.handle, .public_key = new.public_key,
		.algorithm = new.algorithm, .uses = new.uses, .site = asked.name };
}

static bool shows(struct authenticator *a, const struct passkey_row *row, const struct bend *bend,
	int64_t *uses)
{
	struct passkey_shown shown;
	struct err err;
	authenticator_show(arena, a, &asked, bend, &shown);
	return passkey_verify(arena, &asked, row, &shown, uses, &err);
}

TEST(keys_of_three_kinds_are_added_with_no_attestation_or_their_own)
{
	static const struct bend bends[] = { { 0 }, { .self = true }, { .extension = true },
		{ .self = true, .extension = true }, { .flags_on = BE | BS }, { .handle = 1023 },
		{ .more = "" }, { .more = ",\"crossOrigin\":false,\"other\":{\"a\":[1]}" } };
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < sizeof bends / sizeof *bends; k++) {
			struct passkey_new new;
			struct err err = { 0 };
			if (!registers(&made[i], &bends[k], &new, &err))
				print_error("key %zu, bend %zu: %s\n", i, k, err.text);
			check_true(err.code == ERR_NONE);
			check_int(new.algorithm, made[i].algorithm);
			check_int(new.handle.n, bends[k].handle == 0 ? 32 : bends[k].handle);
			assert_memory_equal(new.handle.p, made[i].handle, 32);
			check_true(new.public_key.n >= 32);
		}
	}
}

TEST(a_key_that_is_not_what_was_asked_for_is_not_added)
{
	static const struct {
		const char *what;
		struct bend bend;
	} wrong[] = {
		{ "another ceremony", { .type = "webauthn.get" } },
		{ "no ceremony", { .type = "" } },
		{ "another challenge", { .challenge = 1 } },
		{ "another site", { .origin = "https://evil.example" } },
		{ "a site below ours", { .origin = "https://a.duly.example.gov.uk" } },
		{ "another port", { .origin = "https://duly.example.gov.uk:8443" } },
		{ "not encrypted", { .origin = "http://duly.example.gov.uk" } },
		{ "a slash more", { .origin = "https://duly.example.gov.uk/" } },
		{ "ours in front", { .origin = "https://duly.example.gov.uk.evil.example" } },
		{ "a page inside another's", { .more = ",\"crossOrigin\":true" } },
		{ "a word for no", { .more = ",\"crossOrigin\":\"false\"" } },
		{ "another page around it", { .more = ",\"topOrigin\":\"https://evil.example\"" } },
		{ "origin twice", { .more = ",\"origin\":\"https://evil.example\"" } },
		{ "no JSON", { .json = "challenge" } },
		{ "a list", { .json = "[]" } },
		{ "nothing in it", { .json = "{}" } },
		{ "another name's hash", { .site = "evil.example" } },
		{ "nobody there", { .flags_off = UP } },
		{ "nobody verified", { .flags_off = UV } },
		{ "a key that is not said", { .flags_off = AT } },
		{ "extensions that are not there", { .flags_on = ED } },
		{ "extensions that are not said", { .extension = true, .flags_off = ED } },
		{ "backed up, and never", { .flags_on = BS } },
		{ "an algorithm nobody asked for", { .key_algorithm = -35 } },
		{ "no algorithm at all", { .key_algorithm = -1 } },
		{ "another algorithm than its key's", { .key_algorithm = PASSKEY_RS256 } },
		{ "a point beside the curve", { .key_point = true } },
		{ "no handle", { .handle = SIZE_MAX } },
		{ "a handle too long", { .handle = 1024 } },
		{ "a maker's format", { .format = "fido-u2f" } },
		{ "another maker's", { .format = "tpm" } },
		{ "a format of no name", { .format = "" } },
		{ "packed without a signature", { .format = "packed" } },
		{ "none with something", { .self = true, .format = "none" } },
		{ "its own signature, bent", { .self = true, .signature = true } },
		{ "of another algorithm", { .self = true, .self_algorithm = -37 } },
		{ "of another key's algorithm", { .self = true, .self_algorithm = PASSKEY_RS256 } },
		{ "with a certificate", { .self = true, .self_certificate = true } },
		{ "a statement that is a list", { .statement = "\x80", .statement_n = 1 } },
		{ "a statement without an end", { .statement = "\xbf\xff", .statement_n = 2 } },
		{ "something after the object", { .tail = "x" } },
		{ "something after the data", { .data_tail = "x" } },
		{ "the format twice", { .twice = true } },
		{ "no given length", { .endless = true } },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct passkey_new new;
		struct err err = { 0 };
		if (registers(&made[0], &wrong[i].bend, &new, &err))
			fail_msg("it was added: %s", wrong[i].what);
		check_true(err.code == ERR_INPUT || err.code == ERR_DENIED);
	}
}

TEST(what_is_cut_short_anywhere_is_not_added)
{
	static const struct bend both[] = { { 0 }, { .self = true, .extension = true } };
	for (size_t k = 0; k < 2; k++) {
		struct buf client = { 0 }, object = { 0 };
		struct passkey_new new;
		struct err err;
		authenticator_register(arena, &made[k], &asked, &both[k], &client, &object);
		for (size_t n = 0; n < object.n; n++)
			check_false(passkey_register(arena, &asked, buf_view(&client),
				str_upto(buf_view(&object), n), &new, &err));
		for (size_t n = 0; n < client.n; n++)
			check_false(passkey_register(arena, &asked, str_upto(buf_view(&client), n),
				buf_view(&object), &new, &err));
		check_true(passkey_register(
			arena, &asked, buf_view(&client), buf_view(&object), &new, &err));
		buf_close(&client);
		buf_close(&object);
		arena_reset(arena);
	}
}

TEST(a_signature_of_each_kind_of_key_holds_and_brings_its_count)
{
	for (size_t i = 0; i < 3; i++) {
		struct passkey_row row = row_of(&made[i]);
		int64_t uses = 0;
		made[i].uses = 41;
		check_true(shows(&made[i], &row, &straight, &uses));
		check_int(uses, 42);
		made[i].uses = UINT32_MAX - 1;
		check_true(shows(&made[i], &row, &straight, &uses));
		check_int(uses, UINT32_MAX);
		made[i].uses = 0;
	}
}

TEST(a_signature_of_anything_else_does_not_hold)
{
	static const struct {
		const char *what;
		struct bend bend;
	} wrong[] = {
		{ "another ceremony", { .type = "webauthn.create" } },
		{ "another challenge", { .challenge = 1 } },
		{ "another site", { .origin = "https://evil.example" } },
		{ "another port", { .origin = "https://duly.example.gov.uk:8443" } },
		{ "not encrypted", { .origin = "http://duly.example.gov.uk" } },
		{ "a page inside another's", { .more = ",\"crossOrigin\":true" } },
		{ "another name's hash", { .site = "evil.example" } },
		{ "nobody there", { .flags_off = UP } },
		{ "nobody verified", { .flags_off = UV } },
		{ "a new key", { .flags_on = AT } },
		{ "extensions that are not there", { .flags_on = ED } },
		{ "backed up, and never", { .flags_on = BS } },
		{ "a bit of the signature", { .signature = true } },
		{ "something after the data", { .data_tail = "x" } },
		{ "no JSON", { .json = "{" } },
	};
	for (size_t k = 0; k < 3; k++) {
		struct passkey_row row = row_of(&made[k]);
		int64_t uses;
		for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
			if (shows(&made[k], &row, &wrong[i].bend, &uses))
				fail_msg("key %zu: it was taken: %s", k, wrong[i].what);
		}
	}
}

TEST(a_signature_holds_for_its_own_key_and_its_own_words_only)
{
	struct passkey_row mine = row_of(&made[0]), row = mine;
	struct authenticator other;
	struct passkey_shown shown, bent;
	struct err err;
	int64_t uses;
	authenticator_make(&other, PASSKEY_ES256);
	struct passkey_row others = row_of(&other);
	authenticator_show(arena, &made[0], &asked, &straight, &shown);
	check_true(passkey_verify(arena, &asked, &mine, &shown, &uses, &err));
	/* Of somebody else, or of another kind of key. */
	check_false(passkey_verify(arena, &asked, &others, &shown, &uses, &err));
	for (size_t k = 1; k < 3; k++) {
		row = row_of(&made[k]);
		check_false(passkey_verify(arena, &asked, &row, &shown, &uses, &err));
		row = mine;
		row.algorithm = made[k].algorithm;
		check_false(passkey_verify(arena, &asked, &row, &shown, &uses, &err));
	}
	row = mine;
	row.algorithm = 0;
	check_false(passkey_verify(arena, &asked, &row, &shown, &uses, &err));
	row = mine;
	row.site = S("old.example.gov.uk");
	check_false(passkey_verify(arena, &asked, &row, &shown, &uses, &err));
	row = mine;
	row.public_key = str_upto(mine.public_key, mine.public_key.n - 1);
	check_false(passkey_verify(arena, &asked, &row, &shown, &uses, &err));
	/* A count that was raised by who copied it, a challenge of another time, less of each. */
	char data[64];
	memcpy(data, shown.authenticator.p, shown.authenticator.n);
	data[36]++;
	bent = shown;
	bent.authenticator = (str){ data, shown.authenticator.n };
	check_false(passkey_verify(arena, &asked, &mine, &bent, &uses, &err));
	struct passkey_asked later = asked;
	later.challenge[31]++;
	check_false(passkey_verify(arena, &later, &mine, &shown, &uses, &err));
	str *const part[] = { &bent.client, &bent.authenticator, &bent.signature };
	for (size_t i = 0; i < 3; i++) {
		bent = shown;
		for (size_t n = part[i]->n; n-- > 0;) {
			part[i]->n = n;
			check_false(passkey_verify(arena, &asked, &mine, &bent, &uses, &err));
		}
	}
	gnutls_privkey_deinit(other.key);
}

TEST(bytes_come_as_base64url_without_padding_and_no_longer_than_they_may)
{
	static const char *const wrong[] = { "", "YQ==", "Y", "Y+8", "Y/8", " YWI", "YWI\n", "YQ\xc3" };
	str out;
	check_true(passkey_bytes(arena, S("YWI"), 2, &out));
	check_str(out, "ab");
	check_false(passkey_bytes(arena, S("YWI"), 1, &out));
	check_true(passkey_bytes(arena, S("-_8"), 2, &out));
	check_str(passkey_text(arena, out), "-_8");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		check_false(passkey_bytes(arena, str_of(wrong[i]), 100, &out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(keys_of_three_kinds_are_added_with_no_attestation_or_their_own),
		CLAIM(a_key_that_is_not_what_was_asked_for_is_not_added),
		CLAIM(what_is_cut_short_anywhere_is_not_added),
		CLAIM(a_signature_of_each_kind_of_key_holds_and_brings_its_count),
		CLAIM(a_signature_of_anything_else_does_not_hold),
		CLAIM(a_signature_holds_for_its_own_key_and_its_own_words_only),
		CLAIM(bytes_come_as_base64url_without_padding_and_no_longer_than_they_may),
	};
	return cmocka_run_group_tests_name("identity passkey", tests, start, end);
}
