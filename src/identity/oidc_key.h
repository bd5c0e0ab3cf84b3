/* oidc_key.h - is a token signed by a key that the configured issuer publishes? (RFC 7517, 7518)
 *
 * Pure. Keys come from that set alone, by the `kid` that the token names; RSA of 2,048 bits or more,
 * or the curve P-256. GnuTLS checks the signature.
 */
#pragma once

#include "identity/oidc_token.h"

enum { OIDC_KEYS_MAX = 100 };

/* ERR_MISSING: no key of that name is there (the set may be old). ERR_DENIED: the signature, or the
 * key, is not what it must be. ERR_INPUT: it is no set of keys. */
MUST_USE bool oidc_key_verify(
	struct arena *arena, str keys, const struct oidc_token *token, struct err *err);
