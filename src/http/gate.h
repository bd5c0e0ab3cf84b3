/* gate.h - which requests are let in: the strict reading of RFC 9110 and 9112 that the library
 * below lacks.
 *
 * Two programs that read one request differently let a second one hide inside it. So whatever could
 * be read in two ways is refused, and the connection closed: any Transfer-Encoding, a second Host
 * or Content-Length, a header name with a space, a path that decodes to a slash or NUL. Pure.
 */
#pragma once

#include "http/http.h"

enum {
	GATE_TARGET_MAX = 2048, /* bytes of path and query, as sent */
	GATE_HEADERS_MAX = 64,
	GATE_HEADER_BYTES_MAX = 16384,
	GATE_BODY_MAX = 262144,    /* of a form */
	GATE_FILES_MAX = 20 << 20, /* of a form that brings files, where the server takes them */
	GATE_MOST = 100 << 20,     /* of anything: what is longer is refused unread */
};

/* A request's first lines, as they came. */
struct gate_head {
	str method, target, version;
	const struct http_header *header;
	size_t headers;
};

struct gate_pass {
	enum http_method method;
	str path;      /* decoded, in the arena */
	str query;     /* as sent */
	size_t length; /* of the body to come */
};

/* The names that Host may have. A list of none lets every well-formed name in. */
struct gate_hosts {
	const str *name; /* without a port: "localhost", "[::1]" */
	size_t n;
};

/* 0, and *out filled; or the status to refuse with: 400, 405, 411, 413, 414, 431 or 505. */
MUST_USE int gate_check(struct arena *arena, const struct gate_head *head,
	const struct gate_hosts *hosts, struct gate_pass *out);
/* The path of a target, decoded exactly once; false when it must not be let in. */
MUST_USE bool gate_path(struct arena *arena, str raw, str *out);
