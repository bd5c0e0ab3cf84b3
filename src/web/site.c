#include "web/site.h"

#include "web/frame.h"

static bool is_name(str s)
{
	bool letter = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		letter = letter || (c >= 'a' && c <= 'z');
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
			return false;
	}
	return letter && s.n <= 253 && s.p[0] != '.' && s.p[0] != '-';
}

bool site_read(str address, str *name, struct err *err)
{
	bool plain = str_starts(address, S("http://"));
	str rest = str_from(address, plain ? 7 : 8);
	str host = str_upto(rest, str_find(rest, ':')), port = str_from(rest, host.n);
	int64_t number = 0;
	bool ported = port.n == 0 || (port.n <= 6 && port.p[1] != '0' &&
					     str_int(str_from(port, 1), &number) && number > 0 &&
					     number < 65536);
	/* A browser leaves the port out where it is the one that goes without saying. */
	if ((!plain && !str_starts(address, S("https://"))) || !is_name(host) || !ported ||
		number == (plain ? 80 : 443) || (plain && !str_equal(host, S("localhost"))))
		return err_set(err, ERR_INPUT,
			"an address is https:// and a name in small letters, as "
			"https://duly.example.gov.uk, not \"%.*s\"",
			STR_ARGS(address));
	*name = host;
	return true;
}

bool site_of(const struct page *page, struct site *out)
{
	const struct web_options *options = &page->web->options;
	struct err ignored;
	str host = http_request_header(page->request, S("host"));
	if (options->address.n > 0) {
		out->origin = options->address;
		return site_read(out->origin, &out->name, &ignored);
	}
	if (!options->loopback)
		return false;
	out->origin = arena_format(page->arena, "%s://%.*s", options->secure ? "https" : "http",
		STR_ARGS(host));
	return site_read(out->origin, &out->name, &ignored) && str_equal(out->name, S("localhost"));
}
