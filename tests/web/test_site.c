#include "web/site.h"

#include "base/arena.h"
#include "check.h"
#include "web/frame.h"

TEST(an_address_is_https_and_a_name_in_small_letters)
{
	str name;
	struct err err;
	check_true(site_read(S("https://duly.example.gov.uk"), &name, &err));
	check_str(name, "duly.example.gov.uk");
	check_true(site_read(S("https://duly.example.gov.uk:8443"), &name, &err));
	check_str(name, "duly.example.gov.uk");
	check_true(site_read(S("http://localhost:8080"), &name, &err));
	check_str(name, "localhost");
}

TEST(what_a_browser_would_not_say_is_no_address)
{
	static const str wrong[] = { S_INIT(""), S_INIT("duly.example.gov.uk"), S_INIT("https://"),
		S_INIT("http://duly.example.gov.uk"), S_INIT("https://Duly.example.gov.uk"),
		S_INIT("https://duly.example.gov.uk/"), S_INIT("https://192.0.2.7"),
		S_INIT("https://127.0.0.1:8080"), S_INIT("https://duly.example.gov.uk:443"),
		S_INIT("http://localhost:80"), S_INIT("https://duly.example.gov.uk:"),
		S_INIT("https://duly.example.gov.uk:0"), S_INIT("https://duly.example.gov.uk:70000"),
		S_INIT("https://duly.example.gov.uk:08443"), S_INIT("https://a@duly.example.gov.uk"),
		S_INIT("https://.example.gov.uk"), S_INIT("https://[::1]"),
		S_INIT("https://duly.example.gov.uk?x") };
	str name;
	struct err err;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		check_false(site_read(wrong[i], &name, &err));
}

/* What page of that server stands for, asked with that Host. */
static bool asked(struct web_options options, str host, struct site *site)
{
	static struct arena *arena;
	if (arena == NULL)
		arena = arena_open(1 << 16);
	struct web web = { .options = options };
	const struct http_header header = { S("host"), host };
	const struct http_request request = { .header = &header, .headers = 1 };
	const struct page page = { .web = &web, .request = &request, .arena = arena };
	return site_of(&page, site);
}

TEST(the_configured_address_is_said_whatever_the_request_says)
{
	struct site site;
	check_true(asked((struct web_options){ .secure = true,
				 .address = S("https://duly.example.gov.uk") },
		S("evil.example"), &site));
	check_str(site.origin, "https://duly.example.gov.uk");
	check_str(site.name, "duly.example.gov.uk");
}

TEST(without_one_only_localhost_has_an_address)
{
	struct site site;
	const struct web_options here = { .loopback = true };
	check_false(asked((struct web_options){ .secure = true }, S("duly.example.gov.uk"), &site));
	check_false(asked((struct web_options){ .secure = true }, S("localhost"), &site));
	check_false(asked(here, S("127.0.0.1:8080"), &site));
	check_true(asked(here, S("localhost:8080"), &site));
	check_str(site.origin, "http://localhost:8080");
	check_str(site.name, "localhost");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(an_address_is_https_and_a_name_in_small_letters),
		CLAIM(what_a_browser_would_not_say_is_no_address),
		CLAIM(the_configured_address_is_said_whatever_the_request_says),
		CLAIM(without_one_only_localhost_has_an_address),
	};
	return cmocka_run_group_tests_name("web site", tests, NULL, NULL);
}
