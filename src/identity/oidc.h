/* oidc.h - signing in with the council's own account (OpenID Connect Core 1.0, code flow with PKCE,
 * RFC 7636): the address to send a browser to, and whether what comes back is to be believed.
 *
 * Pure: no network, no clock. oidc_issuer.h asks the issuer. Who somebody is is what the issuer names
 * them by (iss and sub; for Entra ID the tenant and the object id), never an e-mail address: those
 * are given again to others.
 */
#pragma once

#include "base/instant.h"
#include "identity/oidc_token.h"

enum { OIDC_NAME_MAX = 255, OIDC_URL_MAX = 500, OIDC_CODE_MAX = 4096 };
#define OIDC_SKEW INSTANT_MINUTE /* by which the issuer's clock may differ */

/* What an administrator set. */
struct oidc_config {
	str issuer; /* "https://login.microsoftonline.com/TENANT/v2.0": exactly as tokens say it */
	str client, secret;
	str address; /* this Duly's own, as browsers know it: "https://duly.council.example" */
	str proxy;   /* that the council's network asks for; empty: none, whatever the environment says */
	str mfa;     /* the word of a second factor in `amr`, `acr` or `acrs`; empty: none counts */
	enum oidc_algorithm algorithm;
	bool by_object; /* Entra ID: known by its object id (`oid`) in its tenant (`tid`), not by `sub` */
};

/* One sign-in on its way: made from what only that browser holds. All base64url. */
struct oidc_way {
	str state, nonce, verifier;
	instant began;
	bool afresh; /* it must be asked anew who they are (prompt=login), and the token must say when */
};

struct oidc_endpoints {
	str authorization, token, keys; /* in the arena */
	bool names_issuer; /* answers carry `iss` (RFC 9207) */
	bool secret_post;  /* the secret goes in the form, because it says no other way */
};

struct oidc_identity {
	str subject; /* `sub`, or `oid` */
	str label;   /* what people know the account by: shown, and nothing is decided by it */
	bool mfa;
};

/* The scheme, host and port of an address, when it is one that may be asked: https, or http on this
 * machine itself for tests; no user name, no fragment, nothing but plain ASCII. */
MUST_USE bool oidc_origin(str address, str *origin);
bool oidc_is_local(str origin); /* on this machine */
/* May it be set? ERR_INPUT, with what is wrong. */
MUST_USE bool oidc_issuer_allowed(str issuer, struct err *err);

str oidc_discovery_url(struct arena *arena, str issuer);
str oidc_return_url(struct arena *arena, const struct oidc_config *config);
/* Reads the issuer's own description. ERR_DENIED when it names another issuer, or an endpoint that is
 * not at the issuer's own origin, or refuses S256. */
MUST_USE bool oidc_discovery_read(struct arena *arena, const struct oidc_config *config, str body,
	struct oidc_endpoints *out, struct err *err);
str oidc_authorization_url(struct arena *arena, const struct oidc_config *config,
	const struct oidc_endpoints *endpoints, const struct oidc_way *way);
/* The body of the request that turns a code into tokens, and its Authorization header; empty when
 * the secret is in the body. */
str oidc_exchange_form(struct arena *arena, const struct oidc_config *config,
	const struct oidc_endpoints *endpoints, const struct oidc_way *way, str code);
str oidc_exchange_authorization(struct arena *arena, const struct oidc_config *config,
	const struct oidc_endpoints *endpoints);
/* Are they the same text? In constant time. */
bool oidc_same(str a, str b);
/* The ID token of the answer; in the arena. */
MUST_USE bool oidc_exchange_read(struct arena *arena, str body, str *token, struct err *err);
/* Who it is, of the payload of a token whose signature is right. ERR_DENIED, with the reason. */
MUST_USE bool oidc_claims_check(struct arena *arena, const struct oidc_config *config,
	const struct oidc_way *way, str payload, instant now, struct oidc_identity *out,
	struct err *err);
