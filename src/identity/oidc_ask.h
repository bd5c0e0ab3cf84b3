/* oidc_ask.h - asks the identity provider one thing over the network, and believes little of it.
 *
 * One request to one address; TLS 1.2 or later with the certificate checked; no redirect is followed,
 * no proxy used that was not set, no cookie kept; at most 1 MiB of answer within 5 seconds. It waits:
 * for a thread that may, never for an event loop.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum { OIDC_ANSWER_MAX = 1 << 20, OIDC_WAIT_MS = 5000, OIDC_CONNECT_MS = 3000 };

struct oidc_ask {
	str url;           /* oidc_origin() has let it pass */
	str form;          /* posted; empty: it is a GET */
	str authorization; /* a whole header; empty: none */
	str proxy;         /* empty: none */
};

/* The body of a 200 is at the end of *out. ERR_IO: not reached, or it took too long; ERR_FULL: it said
 * too much; ERR_DENIED: it said something else than 200. */
MUST_USE bool oidc_ask_send(const struct oidc_ask *ask, struct buf *out, struct err *err);
