#include "check.h"

#include "base/sha256.h"

static void check_hash(str bytes, const char *want)
{
	struct buf buf = { 0 };
	buf_sha256(&buf, bytes);
	check_str(buf_view(&buf), want);
	buf_close(&buf);
}

/* The examples of FIPS 180-4, and of no bytes at all. */
TEST(hashes_are_those_of_the_standard)
{
	check_hash(S("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check_hash(S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	check_hash((str){ 0 }, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
	const struct CMUnitTest tests[] = { CLAIM(hashes_are_those_of_the_standard) };
	return cmocka_run_group_tests_name("base sha256", tests, NULL, NULL);
}
