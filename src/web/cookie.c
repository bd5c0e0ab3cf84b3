#include "web/cookie.h"

#include "http/cookie.h"
#include "web/frame.h"

str cookie_name(bool secure)
{
	return secure ? S("__Host-duly") : S("duly");
}

static const struct {
	str name, site;
	int seconds; /* 0: until the browser is closed */
} others[COOKIE_OTHERS] = {
	[COOKIE_STEP] = { S_INIT("step"), S_INIT("Strict"), 0 },
	[COOKIE_DEVICE] = { S_INIT("device"), S_INIT("Strict"), 365 * 24 * 3600 },
	[COOKIE_COUNCIL] = { S_INIT("council"), S_INIT("Lax"), 600 },
};

static str other_name(const struct page *page, enum cookie_other cookie)
{
	str first = cookie_name(page->web->options.secure);
	return arena_format(page->arena, "%.*s-%.*s", STR_ARGS(first), STR_ARGS(others[cookie].name));
}

static void set(struct page *page, str name, str value, str site, int seconds)
{
	bool secure = page->web->options.secure;
	str lasts = seconds == 0 ? S("") : arena_format(page->arena, "; Max-Age=%d", seconds < 0 ? 0 : seconds);
	http_response_header(&page->response, S("Set-Cookie"),
		arena_format(page->arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=%.*s%.*s%s",
			STR_ARGS(name), STR_ARGS(value), STR_ARGS(site), STR_ARGS(lasts),
			secure ? "; Secure" : ""));
}

void cookie_set(struct page *page, bool secure, const struct token *token)
{
	struct token_text text = token_write(token);
	set(page, cookie_name(secure), str_of(text.text), S("Strict"), 0);
}

void cookie_clear(struct page *page, bool secure)
{
	set(page, cookie_name(secure), S(""), S("Strict"), -1);
	/* Not "cookies": the one that knows this browser again stays, or a stranger who guesses
	 * at a name could lock its person out as soon as they have signed out. */
	http_response_header(&page->response, S("Clear-Site-Data"), S("\"cache\", \"storage\""));
}

bool cookie_read(const struct page *page, enum cookie_other cookie, str *value)
{
	return cookie_find(http_request_header(page->request, S("cookie")),
		other_name(page, cookie), value);
}

void cookie_put(struct page *page, enum cookie_other cookie, str value)
{
	set(page, other_name(page, cookie), value, others[cookie].site, others[cookie].seconds);
}

void cookie_drop(struct page *page, enum cookie_other cookie)
{
	set(page, other_name(page, cookie), S(""), others[cookie].site, -1);
}
