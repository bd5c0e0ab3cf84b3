#include "identity/oidc_token.h"

#include "identity/oidc_json.h"

#include <sodium.h>

const str oidc_algorithm_words[OIDC_ALGORITHMS] = { [OIDC_RS256] = S_INIT("RS256"),
	[OIDC_PS256] = S_INIT("PS256"), [OIDC_ES256] = S_INIT("ES256") };

bool oidc_algorithm_find(str word, enum oidc_algorithm *out)
{
	for (enum oidc_algorithm i = 0; i < OIDC_ALGORITHMS; i++) {
		if (str_equal(oidc_algorithm_words[i], word)) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool oidc_base64_read(struct arena *arena, str text, str *bytes)
{
	unsigned char *out = arena_take(arena, text.n / 4 * 3 + 4, 1);
	size_t n = 0;
	if (text.n == 0 || arena_full(arena) ||
		sodium_base642bin(out, text.n / 4 * 3 + 3, text.p, text.n, NULL, &n, NULL,
			sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	*bytes = (str){ (const char *)out, n };
	return true;
}

str oidc_base64_write(struct arena *arena, str bytes)
{
	size_t room = sodium_base64_encoded_len(
		bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *out = arena_take(arena, room, 1);
	sodium_bin2base64(out, room, (const unsigned char *)bytes.p, bytes.n,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_of(out);
}

static bool head_check(struct arena *arena, json_t *head, enum oidc_algorithm algorithm,
	struct oidc_token *out, struct err *err)
{
	/* Keys of their own choosing, and what must be understood and is not. */
	static const char *const never[] = { "jku", "x5u", "jwk", "x5c", "crit", "zip", "b64" };
	str alg, typ;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		if (json_object_get(head, never[i]) != NULL)
			return err_set(err, ERR_INPUT, "the token's head has \"%s\"", never[i]);
	}
	if (!oidc_json_str(arena, head, "alg", 16, &alg) ||
		!str_equal(alg, oidc_algorithm_words[algorithm]))
		return err_set(err, ERR_INPUT, "the token is not signed with %.*s",
			STR_ARGS(oidc_algorithm_words[algorithm]));
	if (json_object_get(head, "typ") != NULL &&
		(!oidc_json_str(arena, head, "typ", 16, &typ) ||
			!str_equal_nocase(typ, S("JWT"))))
		return err_set(err, ERR_INPUT, "the token is of another type");
	if (!oidc_json_str(arena, head, "kid", OIDC_KID_MAX, &out->kid))
		return err_set(err, ERR_INPUT, "the token does not name its key");
	out->algorithm = algorithm;
	return true;
}

bool oidc_token_read(struct arena *arena, str text, enum oidc_algorithm algorithm,
	struct oidc_token *out, struct err *err)
{
	str rest = text, part[3], head_bytes;
	size_t n = 0;
	*out = (struct oidc_token){ 0 };
	if (text.n == 0 || text.n > OIDC_TOKEN_MAX)
		return err_set(err, ERR_INPUT, "the token has no length that a token has");
	while (n < 3 && str_split(&rest, '.', &part[n]))
		n++;
	if (n != 3 || rest.p != NULL)
		return err_set(err, ERR_INPUT, "the token has not three parts");
	if (!oidc_base64_read(arena, part[0], &head_bytes) ||
		!oidc_base64_read(arena, part[1], &out->payload) ||
		!oidc_base64_read(arena, part[2], &out->signature))
		return err_set(err, ERR_INPUT, "the token is not base64url");
	json_t *head = oidc_json_open(head_bytes);
	bool good = head != NULL ? head_check(arena, head, algorithm, out, err)
				 : err_set(err, ERR_INPUT, "the token's head is not JSON");
	json_decref(head);
	out->signed_part = (str){ text.p, part[0].n + 1 + part[1].n };
	return good;
}
