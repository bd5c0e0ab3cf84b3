#include "http/http.h"

str http_request_header(const struct http_request *request, str name)
{
	for (size_t i = 0; i < request->headers; i++) {
		if (str_equal_nocase(request->header[i].name, name))
			return request->header[i].value;
	}
	return (str){ 0 };
}

void http_wait_done(struct http_wait *wait)
{
	wait->done(wait);
}

bool http_response_clean(str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		if (c < 0x20 || c > 0x7e)
			return false;
	}
	return true;
}

void http_response_header(struct http_response *response, str name, str value)
{
	must(response->headers < HTTP_RESPONSE_HEADERS);
	must(http_response_clean(name) && http_response_clean(value));
	response->header[response->headers++] = (struct http_header){ name, value };
}

/* Nothing but our own files, no frames, no inline code; scripts may not turn text into markup. */
#define CONTENT_POLICY                                                                             \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                \
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "               \
	"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

#define DEVICE_POLICY                                                                              \
	"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "          \
	"microphone=(), midi=(), payment=(), usb=(), "                                             \
	"publickey-credentials-create=(self), publickey-credentials-get=(self)"

size_t http_standing_headers(
	enum http_caching caching, bool secure, struct http_header out[HTTP_STANDING_HEADERS])
{
	size_t n = 0;
	out[n++] = (struct http_header){ S("Content-Security-Policy"), S(CONTENT_POLICY) };
	out[n++] = (struct http_header){ S("X-Content-Type-Options"), S("nosniff") };
	out[n++] = (struct http_header){ S("X-Frame-Options"), S("DENY") };
	out[n++] = (struct http_header){ S("Referrer-Policy"), S("no-referrer") };
	out[n++] = (struct http_header){ S("Cross-Origin-Opener-Policy"), S("same-origin") };
	out[n++] = (struct http_header){ S("Cross-Origin-Resource-Policy"), S("same-origin") };
	out[n++] = (struct http_header){ S("Permissions-Policy"), S(DEVICE_POLICY) };
	out[n++] = (struct http_header){ S("Cache-Control"),
		caching == HTTP_IMMUTABLE ? S("public, max-age=31536000, immutable")
					  : S("no-store") };
	if (secure)
		out[n++] = (struct http_header){ S("Strict-Transport-Security"),
			S("max-age=63072000; includeSubDomains") };
	must(n <= HTTP_STANDING_HEADERS);
	return n;
}

const char *http_status_words(int status)
{
	static const struct {
		int status;
		const char *words;
	} row[] = {
		{ 200, "OK" },
		{ 303, "See Other" },
		{ 304, "Not Modified" },
		{ 400, "Bad Request" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 411, "Length Required" },
		{ 413, "Content Too Large" },
		{ 414, "URI Too Long" },
		{ 415, "Unsupported Media Type" },
		{ 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" },
		{ 500, "Internal Server Error" },
		{ 503, "Service Unavailable" },
		{ 505, "HTTP Version Not Supported" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		if (row[i].status == status)
			return row[i].words;
	}
	return "Error";
}
