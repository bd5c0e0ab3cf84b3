/* oidc_issuer.h - the configured identity provider: what it said of itself and its keys are kept for
 * an hour, and asked for again when a token names a key that is not among them.
 *
 * Any thread; each call may wait for the network (oidc_ask.h).
 */
#pragma once

#include "identity/oidc.h"

struct oidc_issuer;

struct oidc_issuer *oidc_issuer_open(void);
void oidc_issuer_close(struct oidc_issuer *issuer);

/* Where to send the browser; in the arena. */
MUST_USE bool oidc_issuer_way(struct oidc_issuer *issuer, struct arena *arena,
	const struct oidc_config *config, const struct oidc_way *way, instant now, str *url,
	struct err *err);
/* What came back with the browser. `named` is the `iss` of the answer; empty: none came. */
MUST_USE bool oidc_issuer_identify(struct oidc_issuer *issuer, struct arena *arena,
	const struct oidc_config *config, const struct oidc_way *way, str code, str named,
	instant now, struct oidc_identity *out, struct err *err);
