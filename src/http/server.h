/* server.h - listens, reads requests, and sends the answers of a handler.
 *
 * A few threads wait for the network; a handler runs on one of them and must not block. Slow
 * clients are closed: headers within 10 seconds of the connection, a body within 60 (and at 100 KB a
 * second, if that is longer), an answer taken at 16 KB a second or faster. Two handlers may run at once.
 */
#pragma once

#include "http/http.h"

struct http_server;

struct http_options {
	str listen;           /* an address: "127.0.0.1", "::1", "0.0.0.0" */
	int port;             /* 0: any free one */
	int threads;          /* 0: one a processor, at least two */
	str certificate, key; /* PEM; empty: not encrypted */
	bool behind_proxy;    /* believe X-Forwarded-For; the browser's side is encrypted */
	str host;             /* the one name that Host may have; empty: see gate.h */
	bool loopback;        /* only "localhost" and loopback addresses as Host */
	void (*handle)(void *self, const struct http_request *request, struct http_response *out);
	/* Most bytes that the body of this request may have, asked before any of it is read: its
	 * body is not there yet. Above GATE_BODY_MAX it is a form with files: few are read at once,
	 * and one that is too long is read to its end and forgotten, so that a browser shows why.
	 * NULL: GATE_BODY_MAX for every request. */
	size_t (*takes)(void *self, const struct http_request *request);
	/* The page for a request that is not let in (its path and headers are empty). */
	void (*refuse)(void *self, int status, const struct http_request *request,
		struct http_response *out);
	void *self;
};

/* Texts must live as long as the server. NULL, with why. Yours until http_stop. */
MUST_USE struct http_server *http_start(const struct http_options *options, struct err *err);
/* Takes no more connections, lets what is being answered finish (10 seconds at most), ends. */
void http_stop(struct http_server *server);
int http_port(const struct http_server *server);
