/* passkey.h - passkeys (WebAuthn level 2, W3C): what a browser brings of one, read and verified.
 *
 * Pure: the challenge comes from the caller, who sees to it that it is used once. Signatures and keys
 * are libfido2's. No maker of authenticators is asked for: an attestation is "none", or the passkey's
 * own ("packed", self). The person must have been verified, by finger, face or PIN: so a passkey is
 * two factors by itself (NIST SP 800-63B, 5.1.9), and one touch of a forgotten key is nothing.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/instant.h"
#include "store/passkey.h"

enum {
	PASSKEY_CLIENT_MOST = 4096,  /* bytes of clientDataJSON */
	PASSKEY_OBJECT_MOST = 16384, /* of an attestation object, and of authenticator data */
	PASSKEY_HANDLE_MOST = 1023,  /* of a credential's id (CTAP 2.1, 6.1) */
	PASSKEY_SIGNATURE_MOST = 1024,
};
/* ES256, EdDSA (Ed25519) and RS256: numbers of the COSE registry, the best first. */
enum { PASSKEY_ES256 = -7, PASSKEY_EDDSA = -8, PASSKEY_RS256 = -257 };

/* How long a challenge may be answered. */
#define PASSKEY_WAIT (5 * INSTANT_MINUTE)

/* What the browser says it did, of clientDataJSON. */
struct passkey_client {
	str type;   /* "webauthn.create", "webauthn.get" */
	str origin; /* "https://duly.example.gov.uk" */
	unsigned char challenge[CHALLENGE];
	bool framed; /* asked for by a page inside another's */
};
/* ERR_INPUT: it is no such thing. */
MUST_USE bool passkey_client_read(
	struct arena *arena, str json, struct passkey_client *out, struct err *err);

/* What was asked for. */
struct passkey_asked {
	str name, origin; /* of our site: site.h */
	unsigned char challenge[CHALLENGE];
};

/* A new one, in the arena. ERR_INPUT: it cannot be read; ERR_DENIED: it is not what was asked for. */
struct passkey_new {
	str handle, public_key;
	int64_t algorithm, uses;
};
MUST_USE bool passkey_register(struct arena *arena, const struct passkey_asked *asked, str client,
	str object, struct passkey_new *out, struct err *err);

/* What a known one signed. *uses is its own count, to be held against the last (WebAuthn 2, 6.1.1). */
struct passkey_shown {
	str client, authenticator, signature;
};
MUST_USE bool passkey_verify(struct arena *arena, const struct passkey_asked *asked,
	const struct passkey_row *key, const struct passkey_shown *shown, int64_t *uses,
	struct err *err);

/* base64url without padding, as browsers write bytes into a form. False for anything else, or when
 * it is longer than `most`. */
MUST_USE bool passkey_bytes(struct arena *arena, str text, size_t most, str *out);
str passkey_text(struct arena *arena, str bytes);
