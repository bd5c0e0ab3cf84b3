#include "identity/seal.h"

#include "check.h"

#include <sodium.h>

static struct token token = { "0123456789abcdef0123456789abcde" };
static const unsigned char nonce[SEAL_NONCE] = "once";

static str opened(const struct token *with, const char *use, str sealed, struct buf *out)
{
	buf_clear(out);
	return seal_open(with, use, sealed, out) ? buf_view(out) : S("refused");
}

TEST(what_is_sealed_opens_with_the_same_session_and_use_alone)
{
	struct buf sealed = { 0 }, out = { 0 };
	seal_close(&token, "duly tracker", nonce, S("a name"), &sealed);
	check_str(opened(&token, "duly tracker", buf_view(&sealed), &out), "a name");
	struct token other = token;
	other.bytes[31] ^= 1;
	check_str(opened(&other, "duly tracker", buf_view(&sealed), &out), "refused");
	check_str(opened(&token, "duly other", buf_view(&sealed), &out), "refused");
	buf_close(&sealed);
	buf_close(&out);
}

TEST(what_was_changed_or_cut_does_not_open)
{
	struct buf sealed = { 0 }, out = { 0 };
	seal_close(&token, "duly tracker", nonce, S("a name"), &sealed);
	for (size_t i = 0; i < sealed.n; i++) {
		sealed.p[i] = (char)(sealed.p[i] ^ 1);
		check_str(opened(&token, "duly tracker", buf_view(&sealed), &out), "refused");
		sealed.p[i] = (char)(sealed.p[i] ^ 1);
		check_str(opened(&token, "duly tracker", str_upto(buf_view(&sealed), i), &out), "refused");
	}
	buf_close(&sealed);
	buf_close(&out);
}

TEST(nothing_of_it_can_be_read_in_what_is_sealed)
{
	struct buf sealed = { 0 }, out = { 0 };
	seal_close(&token, "duly tracker", nonce, S("Amara Otter"), &sealed);
	assert_null(memmem(sealed.p, sealed.n, "Amara", 5));
	seal_close(&token, "duly tracker", nonce, S(""), &out);
	struct buf empty = { 0 };
	check_true(seal_open(&token, "duly tracker", buf_view(&out), &empty));
	check_int(empty.n, 0);
	buf_close(&sealed);
	buf_close(&out);
	buf_close(&empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_is_sealed_opens_with_the_same_session_and_use_alone),
		CLAIM(what_was_changed_or_cut_does_not_open),
		CLAIM(nothing_of_it_can_be_read_in_what_is_sealed),
	};
	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("identity seal", tests, NULL, NULL);
}
