/* http.h - one request in, one answer out: what Duly knows of HTTP, without a socket.
 *
 * A handler is a function of a request and its own surroundings: `answer = handle(self, request)`.
 * It never waits: what takes long, or must be on the disk before the answer leaves, is said as
 * `later`. Only mhd.c knows the library that reads the network.
 *
 * All text is borrowed for as long as the request lives.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST };

struct http_header {
	str name, value;
};

struct http_request {
	enum http_method method;
	str path;  /* decoded once, begins with a slash, valid UTF-8, without control characters */
	str query; /* as sent, without its question mark */
	const struct http_header *header;
	size_t headers;
	str body;
	str peer;            /* the address of the other end: "192.0.2.7" */
	bool secure;         /* the browser's connection is encrypted, here or at the edge */
	struct arena *arena; /* this request's; gone when the answer has been sent */
	struct buf *out;     /* this request's, empty: a page is written here */
};

/* The value of a header, whatever its case; empty when it is not there. */
str http_request_header(const struct http_request *request, str name);

enum http_caching {
	HTTP_NO_STORE,  /* about children: kept nowhere */
	HTTP_IMMUTABLE, /* the name changes when the bytes do */
};

struct http_response;

/* Who waits for a `later`: a suspended connection, or a test. */
struct http_wait {
	void (*done)(struct http_wait *wait);
};
/* What it waited for has happened. Any thread, exactly once; the wait is gone then. */
void http_wait_done(struct http_wait *wait);

/* What must happen before there is an answer. Embed it in a struct from the request's arena. */
struct http_later {
	/* Called once, must not block; arranges that http_wait_done(wait) is called, by any thread.
	 */
	void (*start)(struct http_later *later, struct http_wait *wait);
	/* Called after that, on a server's thread: the answer, or another `later`. */
	void (*finish)(struct http_later *later, const struct http_request *request,
		struct http_response *out);
};

enum { HTTP_RESPONSE_HEADERS = 8 };

struct http_response {
	int status;
	str type; /* media type with its character set; empty: no body */
	enum http_caching caching;
	struct http_header header[HTTP_RESPONSE_HEADERS];
	size_t headers;
	str body;                 /* constant, in the request's arena, or in its `out` */
	struct http_later *later; /* not NULL: the rest counts for nothing yet */
	bool close;               /* the connection ends with this answer */
};

/* Value and name must be free of control characters: http_response_clean() says. */
void http_response_header(struct http_response *response, str name, str value);
bool http_response_clean(str value);

/* The headers that every answer carries, the library's own errors included (OWASP ASVS 5.0, 3.4):
 * content policy, no sniffing, no referrer, no other origins, no device features, and for how long
 * to keep it. */
enum { HTTP_STANDING_HEADERS = 9 };
size_t http_standing_headers(
	enum http_caching caching, bool secure, struct http_header out[HTTP_STANDING_HEADERS]);

/* "Not Found" for 404. */
const char *http_status_words(int status);
