/* What an identity provider sends: an ID token on the first line, then keys, or a description of the
 * issuer. Refused, or what was read holds to the limits that its readers count on. */
#include "fuzz.h"
#include "identity/oidc.h"
#include "identity/oidc_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct oidc_config config = { .issuer = S_INIT("https://idp.example"),
		.client = S_INIT("duly"),
		.mfa = S_INIT("mfa") };
	static const struct oidc_way way = { .nonce = S_INIT("N"), .began = 0 };
	str rest = { (const char *)bytes, n }, text, origin, id_token;
	if (n == 0 || !str_split(&rest, '\n', &text))
		return 0;
	struct arena *arena = arena_open(1 << 24);
	struct oidc_token token;
	struct oidc_identity identity;
	struct oidc_endpoints endpoints;
	struct err err = { 0 };
	for (enum oidc_algorithm i = 0; i < OIDC_ALGORITHMS; i++) {
		if (!oidc_token_read(arena, text, i, &token, &err)) {
			must(err.text[0] != '\0');
			continue;
		}
		must(token.kid.n > 0 && token.kid.n <= OIDC_KID_MAX && token.payload.n > 0);
		must(token.signed_part.p == text.p && token.signed_part.n < text.n);
		(void)!oidc_key_verify(arena, rest, &token, &err);
		for (int by_object = 0; by_object < 2; by_object++) {
			struct oidc_config with = config;
			with.by_object = by_object == 1;
			if (oidc_claims_check(arena, &with, &way, token.payload, 0, &identity, &err))
				must(identity.subject.n > 0 && identity.subject.n <= OIDC_NAME_MAX &&
					identity.label.n > 0);
		}
	}
	if (oidc_discovery_read(arena, &config, rest, &endpoints, &err)) {
		must(oidc_origin(endpoints.token, &origin) && str_equal_nocase(origin, config.issuer));
		must(oidc_origin(endpoints.keys, &origin) && str_equal_nocase(origin, config.issuer));
	}
	if (oidc_exchange_read(arena, rest, &id_token, &err))
		must(id_token.n > 0 && id_token.n <= OIDC_TOKEN_MAX);
	if (oidc_origin(text, &origin))
		must(origin.n <= text.n && (str_starts(origin, S("https://")) || oidc_is_local(origin)));
	arena_close(arena);
	return 0;
}
