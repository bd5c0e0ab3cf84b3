#include "web/cookie.h"

str cookie_name(bool secure)
{
	return secure ? S("__Host-duly") : S("duly");
}

void cookie_set(struct page *page, bool secure, const struct token *token)
{
	str name = cookie_name(secure);
	struct token_text text = token_write(token);
	http_response_header(&page->response, S("Set-Cookie"),
		arena_format(page->arena, "%.*s=%s; Path=/; HttpOnly; SameSite=Strict%s",
			STR_ARGS(name), text.text, secure ? "; Secure" : ""));
}

void cookie_clear(struct page *page, bool secure)
{
	str name = cookie_name(secure);
	http_response_header(&page->response, S("Set-Cookie"),
		arena_format(page->arena, "%.*s=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0%s",
			STR_ARGS(name), secure ? "; Secure" : ""));
	http_response_header(
		&page->response, S("Clear-Site-Data"), S("\"cache\", \"cookies\", \"storage\""));
}
