/* web.h - the whole server without a socket: `answer = handle(web, request)`.
 *
 * What is outside comes in web_options: the store, the thread that writes to it, the clock, random
 * bytes. So the same code runs behind the network, in tests and in fuzzers.
 */
#pragma once

#include "http/pool.h"
#include "http/server.h"
#include "store/store.h"
#include "store/writer.h"

struct web;
struct importer;

struct web_options {
	struct store *store; /* readers are opened from it, one a thread */
	struct writer *writer;
	struct pool *pool; /* for passwords */
	struct pool *work; /* for files and whatever else is slow; NULL: the same */
	struct pool *far;  /* for asking other servers, which may be slow; NULL: as work */
	struct importer *importer; /* NULL: nothing is imported by browser */
	const struct store_env *env;
	size_t readers; /* most handlers that run at once */
	bool secure;    /* cookies for encrypted connections only */
	bool loopback;  /* only this machine reaches it */
	str address;    /* that people reach it under (site.h); empty: not told */
	bool demonstration, frozen;
	str authority; /* code of the authority that is served */
	str council;   /* its name, for the header */
};

/* NULL, with why. Texts must live as long. Yours until web_close. */
MUST_USE struct web *web_open(const struct web_options *options, struct err *err);
void web_close(struct web *web);

/* For http_options: `self` is the web. */
void web_handle(void *self, const struct http_request *request, struct http_response *out);
size_t web_takes(void *self, const struct http_request *request);
void web_refuse(
	void *self, int status, const struct http_request *request, struct http_response *out);
