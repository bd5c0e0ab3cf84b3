/* oidc_token.h - reads what an identity provider signed: the head and the shape of a JSON Web Token
 * (RFC 7515, 7519), before anything in it is believed.
 *
 * Pure: bytes in, a struct out. What the head says of keys elsewhere (jku, x5u, jwk, x5c) is never
 * followed: a token that has one is refused, as is one with `crit`, and any algorithm but the one
 * that this council has set (RFC 8725, 3.1).
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum oidc_algorithm { OIDC_RS256, OIDC_PS256, OIDC_ES256, OIDC_ALGORITHMS };
extern const str oidc_algorithm_words[OIDC_ALGORITHMS]; /* "RS256" */
MUST_USE bool oidc_algorithm_find(str word, enum oidc_algorithm *out);

enum { OIDC_TOKEN_MAX = 16 << 10, OIDC_KID_MAX = 200 };

struct oidc_token {
	enum oidc_algorithm algorithm;
	str kid;         /* which key, as the head names it: compared, and nothing else */
	str signed_part; /* what the signature is of; in the text that was read */
	str signature;   /* bytes, in the arena as the rest */
	str payload;     /* JSON: not to be believed before oidc_key_verify() */
};

/* ERR_INPUT, with what is wrong with it. */
MUST_USE bool oidc_token_read(struct arena *arena, str text, enum oidc_algorithm algorithm,
	struct oidc_token *out, struct err *err);

/* Bytes of base64url without padding, strictly (RFC 4648, 5); false for anything else. */
MUST_USE bool oidc_base64_read(struct arena *arena, str text, str *bytes);
str oidc_base64_write(struct arena *arena, str bytes);
