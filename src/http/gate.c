#include "http/gate.h"

#include "base/utf8.h"
#include "http/percent.h"

#include <string.h>

/* RFC 9110, 5.6.2 */
static bool is_token(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		bool digit = c >= '0' && c <= '9';
		if (!letter && !digit && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
			return false;
	}
	return s.n > 0;
}

/* RFC 9110, 5.5: visible characters, spaces and tabs; bytes above 0x7f are obsolete text. */
static bool is_value(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static bool method_find(str text, enum http_method *out)
{
	if (str_equal(text, S("GET")))
		*out = HTTP_GET;
	else if (str_equal(text, S("HEAD")))
		*out = HTTP_HEAD;
	else if (str_equal(text, S("POST")))
		*out = HTTP_POST;
	else
		return false;
	return true;
}

/* Digits only, as RFC 9110, 8.6 has it: no sign, no list, nothing that overflows. */
static bool length_read(str s, size_t *out)
{
	size_t n = 0;
	if (s.n == 0 || s.n > 18)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (size_t)(s.p[i] - '0');
	}
	*out = n;
	return true;
}

static bool port_ok(str s)
{
	size_t n = 0;
	return s.n <= 5 && length_read(s, &n) && n > 0 && n < 65536;
}

static bool host_ok(str host, const struct gate_hosts *hosts)
{
	str name = host;
	size_t bracket = str_find(host, ']');
	size_t colon = str_find(str_from(host, bracket < host.n ? bracket : 0), ':') +
		       (bracket < host.n ? bracket : 0);
	if (colon < host.n) {
		name = str_upto(host, colon);
		if (!port_ok(str_from(host, colon + 1)))
			return false;
	}
	if (name.n == 0 || name.n > 253)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		bool digit = c >= '0' && c <= '9';
		if (!letter && !digit && strchr(".-[]:", c) == NULL)
			return false;
	}
	for (size_t i = 0; i < hosts->n; i++) {
		if (str_equal_nocase(name, hosts->name[i]))
			return true;
	}
	return hosts->n == 0;
}

bool gate_path(struct arena *arena, str raw, str *out)
{
	if (raw.n == 0 || raw.p[0] != '/')
		return false;
	str path;
	if (!percent_decode(arena, raw, false, &path))
		return false;
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];
		if (c < 0x20 || c == 0x7f || c == '\\')
			return false;
	}
	/* A slash that was hidden would make another path of it. */
	size_t seen = 0, sent = 0;
	for (size_t i = 0; i < path.n; i++)
		seen += path.p[i] == '/';
	for (size_t i = 0; i < raw.n; i++)
		sent += raw.p[i] == '/';
	*out = path;
	return seen == sent && utf8_check(path) == path.n;
}

static int target_check(struct arena *arena, str target, struct gate_pass *out)
{
	if (target.n > GATE_TARGET_MAX)
		return 414;
	for (size_t i = 0; i < target.n; i++) {
		unsigned char c = (unsigned char)target.p[i];
		if (c < 0x21 || c > 0x7e || c == '\\' || c == '#')
			return 400;
	}
	size_t question = str_find(target, '?');
	out->query = str_from(target, question + 1);
	return gate_path(arena, str_upto(target, question), &out->path) ? 0 : 400;
}

struct counted {
	size_t hosts, lengths, bytes;
	str host, length;
};

static int headers_count(const struct gate_head *head, struct counted *out)
{
	if (head->headers > GATE_HEADERS_MAX)
		return 431;
	for (size_t i = 0; i < head->headers; i++) {
		const struct http_header *header = &head->header[i];
		out->bytes += header->name.n + header->value.n + 4;
		if (!is_token(header->name) || !is_value(header->value))
			return 400;
		if (str_equal_nocase(header->name, S("transfer-encoding")))
			return 400;
		if (str_equal_nocase(header->name, S("host"))) {
			out->hosts++;
			out->host = header->value;
		} else if (str_equal_nocase(header->name, S("content-length"))) {
			out->lengths++;
			out->length = header->value;
		}
	}
	return out->bytes > GATE_HEADER_BYTES_MAX ? 431 : 0;
}

int gate_check(struct arena *arena, const struct gate_head *head, const struct gate_hosts *hosts,
	struct gate_pass *out)
{
	*out = (struct gate_pass){ 0 };
	if (!str_equal(head->version, S("HTTP/1.1")))
		return 505;
	if (!is_token(head->method))
		return 400;
	struct counted counted = { 0 };
	int refused = headers_count(head, &counted);
	if (refused == 0)
		refused = target_check(arena, head->target, out);
	if (refused != 0)
		return refused;
	if (counted.hosts != 1 || !host_ok(counted.host, hosts) || counted.lengths > 1)
		return 400;
	if (!method_find(head->method, &out->method))
		return 405;
	if (counted.lengths == 1 && !length_read(counted.length, &out->length))
		return 400;
	if (out->method != HTTP_POST)
		return out->length > 0 ? 400 : 0;
	if (counted.lengths == 0)
		return 411;
	return out->length > GATE_MOST ? 413 : 0;
}
