#include "http/gate.h"

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

#define HOST                                                                                       \
	{                                                                                          \
		S_INIT("Host"), S_INIT("localhost:8080")                                           \
	}
#define HEADERS(...)                                                                               \
	(const struct http_header[]){ __VA_ARGS__ },                                               \
		sizeof((const struct http_header[]){ __VA_ARGS__ }) / sizeof(struct http_header)

static const str local[] = { S_INIT("localhost"), S_INIT("[::1]") };
static const struct gate_hosts only_local = { local, 2 }, any = { NULL, 0 };

static struct gate_pass pass;

static int checked(const char *method, const char *target, const char *version,
	const struct http_header *header, size_t n)
{
	const struct gate_head head = { str_of(method), str_of(target), str_of(version), header,
		n };
	return gate_check(arena, &head, &only_local, &pass);
}

static int got(const char *target)
{
	return checked("GET", target, "HTTP/1.1", HEADERS(HOST));
}

TEST(a_plain_request_passes_with_its_path_decoded_once)
{
	check_int(got("/children/12?sort=due&x=%41"), 0);
	check_str(pass.path, "/children/12");
	check_str(pass.query, "sort=due&x=%41");
	check_int(got("/a%2541"), 0);
	check_str(pass.path, "/a%41");
	check_int(got("/caf%C3%A9"), 0);
	check_str(pass.path, "/caf\xc3\xa9");
	check_int(checked("HEAD", "/", "HTTP/1.1", HEADERS(HOST)), 0);
	check_int(pass.method, HTTP_HEAD);
}

TEST(a_path_that_could_be_read_in_two_ways_is_refused)
{
	static const char *const bad[] = { "", "children", "http://localhost/", "*", "/a%00b",
		"/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/a%", "/a%4", "/a%zz", "/a%0a", "/a%7f",
		"/a b", "/a\x01", "/caf\xc3\xa9", "/%c0%af", "/%ed%a0%80", "/a#b", "/?a\x7f" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_int(got(bad[i]), 400);
}

TEST(a_target_too_long_is_refused)
{
	char target[GATE_TARGET_MAX + 2];
	memset(target, 'a', sizeof target);
	target[0] = '/';
	target[GATE_TARGET_MAX + 1] = '\0';
	check_int(got(target), 414);
	target[GATE_TARGET_MAX] = '\0';
	check_int(got(target), 0);
}

TEST(only_three_methods_and_one_version_exist)
{
	static const char *const methods[] = { "TRACE", "CONNECT", "PUT", "DELETE", "OPTIONS",
		"PATCH", "get", "GETX" };
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		check_int(checked(methods[i], "/", "HTTP/1.1", HEADERS(HOST)), 405);
	check_int(checked("G(T", "/", "HTTP/1.1", HEADERS(HOST)), 400);
	static const char *const versions[] = { "HTTP/1.0", "HTTP/0.9", "HTTP/1.9", "HTTP/2.0",
		"http/1.1", "" };
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		check_int(checked("GET", "/", versions[i], HEADERS(HOST)), 505);
}

TEST(there_is_exactly_one_host_and_it_is_ours)
{
	check_int(checked("GET", "/", "HTTP/1.1", NULL, 0), 400);
	check_int(checked("GET", "/", "HTTP/1.1", HEADERS(HOST, HOST)), 400);
	static const char *const bad[] = { "", "evil.example", "localhost.evil.example",
		"localhost:", "localhost:0", "localhost:99999", "localhost:80x", "localhost, evil",
		"a@localhost", "[::1", ":80" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const struct http_header host = { S("host"), str_of(bad[i]) };
		check_int(checked("GET", "/", "HTTP/1.1", &host, 1), 400);
	}
	static const char *const good[] = { "localhost", "LOCALHOST:1", "[::1]", "[::1]:8080" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		const struct http_header host = { S("host"), str_of(good[i]) };
		check_int(checked("GET", "/", "HTTP/1.1", &host, 1), 0);
	}
}

TEST(without_a_list_any_well_formed_host_is_let_in)
{
	const struct http_header host = { S("Host"), S("duly.council.example:443") };
	const struct gate_head head = { S("GET"), S("/"), S("HTTP/1.1"), &host, 1 };
	check_int(gate_check(arena, &head, &any, &pass), 0);
}

TEST(a_post_says_its_length_once_in_digits)
{
	check_int(checked("POST", "/", "HTTP/1.1", HEADERS(HOST)), 411);
	check_int(checked("POST", "/", "HTTP/1.1",
			  HEADERS(HOST, { S_INIT("Content-Length"), S_INIT("12") })),
		0);
	check_int(pass.length, 12);
	static const char *const bad[] = { "", "+4", "-1", "4, 4", "4 ", "0x4",
		"18446744073709551616", "99999999999999999999" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const struct http_header header[] = { HOST,
			{ S("Content-Length"), str_of(bad[i]) } };
		check_int(checked("POST", "/", "HTTP/1.1", header, 2), 400);
	}
	check_int(checked("POST", "/", "HTTP/1.1",
			  HEADERS(HOST, { S_INIT("Content-Length"), S_INIT("4") },
				  { S_INIT("content-length"), S_INIT("4") })),
		400);
	check_int(checked("POST", "/", "HTTP/1.1",
			  HEADERS(HOST, { S_INIT("Content-Length"), S_INIT("104857601") })),
		413);
	check_int(checked("GET", "/", "HTTP/1.1",
			  HEADERS(HOST, { S_INIT("Content-Length"), S_INIT("4") })),
		400);
	check_int(checked("GET", "/", "HTTP/1.1",
			  HEADERS(HOST, { S_INIT("Content-Length"), S_INIT("0") })),
		0);
}

TEST(no_transfer_encoding_whatever_it_says)
{
	static const char *const value[] = { "chunked", "identity", "xchunked", "" };
	for (size_t i = 0; i < sizeof value / sizeof *value; i++) {
		const struct http_header header[] = { HOST, { S("Content-Length"), S("4") },
			{ S("transfer-encoding"), str_of(value[i]) } };
		check_int(checked("POST", "/", "HTTP/1.1", header, 3), 400);
	}
}

TEST(header_names_are_tokens_and_values_have_no_control_characters)
{
	static const struct http_header bad[] = { { S_INIT("X y"), S_INIT("1") },
		{ S_INIT("Content-Length "), S_INIT("4") }, { S_INIT(""), S_INIT("1") },
		{ S_INIT("X"), S_INIT("a\rb") }, { S_INIT("X"), S_INIT("a\nb") },
		{ S_INIT("X"), S_INIT("a\0b") }, { S_INIT("X"), S_INIT("\x7f") } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const struct http_header header[] = { HOST, bad[i] };
		check_int(checked("GET", "/", "HTTP/1.1", header, 2), 400);
	}
	check_int(checked("GET", "/", "HTTP/1.1",
			  HEADERS(HOST, { S_INIT("X"), S_INIT("tab\tand caf\xe9") })),
		0);
}

TEST(too_many_or_too_large_headers_are_refused)
{
	struct http_header header[GATE_HEADERS_MAX + 1];
	for (size_t i = 0; i <= GATE_HEADERS_MAX; i++)
		header[i] = (struct http_header){ S("X"), S("1") };
	header[0] = (struct http_header){ S("Host"), S("localhost") };
	check_int(checked("GET", "/", "HTTP/1.1", header, GATE_HEADERS_MAX), 0);
	check_int(checked("GET", "/", "HTTP/1.1", header, GATE_HEADERS_MAX + 1), 431);
	static char large[GATE_HEADER_BYTES_MAX];
	memset(large, 'a', sizeof large);
	header[1].value = (str){ large, sizeof large };
	check_int(checked("GET", "/", "HTTP/1.1", header, 2), 431);
}

TEST(every_answer_carries_the_policy_and_says_how_long_to_keep_it)
{
	struct http_header out[HTTP_STANDING_HEADERS];
	size_t plain = http_standing_headers(HTTP_NO_STORE, false, out);
	check_int(http_standing_headers(HTTP_NO_STORE, true, out), plain + 1);
	bool stored = true, policy = false;
	for (size_t i = 0; i < plain; i++) {
		check_true(http_response_clean(out[i].value));
		if (str_equal(out[i].name, S("Cache-Control")))
			stored = !str_equal(out[i].value, S("no-store"));
		policy = policy || str_starts(out[i].value, S("default-src 'none'"));
	}
	check_false(stored);
	check_true(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_plain_request_passes_with_its_path_decoded_once),
		CLAIM(a_path_that_could_be_read_in_two_ways_is_refused),
		CLAIM(a_target_too_long_is_refused),
		CLAIM(only_three_methods_and_one_version_exist),
		CLAIM(there_is_exactly_one_host_and_it_is_ours),
		CLAIM(without_a_list_any_well_formed_host_is_let_in),
		CLAIM(a_post_says_its_length_once_in_digits),
		CLAIM(no_transfer_encoding_whatever_it_says),
		CLAIM(header_names_are_tokens_and_values_have_no_control_characters),
		CLAIM(too_many_or_too_large_headers_are_refused),
		CLAIM(every_answer_carries_the_policy_and_says_how_long_to_keep_it),
	};
	return cmocka_run_group_tests_name("http gate", tests, open_arena, close_arena);
}
