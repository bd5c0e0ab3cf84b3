#include "identity/oidc_key.h"

#include "identity/oidc_json.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>

enum { RSA_BITS_LEAST = 2048, RSA_BITS_MOST = 8192, NUMBER_MAX = 2048, P256 = 32 };

static const struct {
	const char *type;
	gnutls_sign_algorithm_t sign;
} how[OIDC_ALGORITHMS] = {
	[OIDC_RS256] = { "RSA", GNUTLS_SIGN_RSA_SHA256 },
	[OIDC_PS256] = { "RSA", GNUTLS_SIGN_RSA_PSS_RSAE_SHA256 },
	[OIDC_ES256] = { "EC", GNUTLS_SIGN_ECDSA_SHA256 },
};

static gnutls_datum_t datum(str bytes)
{
	return (gnutls_datum_t){ (unsigned char *)(uintptr_t)bytes.p, (unsigned)bytes.n };
}

static bool number(struct arena *arena, const json_t *key, const char *name, str *bytes)
{
	str text;
	return oidc_json_str(arena, key, name, NUMBER_MAX, &text) &&
	       oidc_base64_read(arena, text, bytes);
}

static bool import_rsa(struct arena *arena, const json_t *key, gnutls_pubkey_t into)
{
	str n, e;
	unsigned bits = 0;
	if (!number(arena, key, "n", &n) || !number(arena, key, "e", &e))
		return false;
	gnutls_datum_t modulus = datum(n), exponent = datum(e);
	return gnutls_pubkey_import_rsa_raw(into, &modulus, &exponent) == 0 &&
	       gnutls_pubkey_get_pk_algorithm(into, &bits) == GNUTLS_PK_RSA &&
	       bits >= RSA_BITS_LEAST && bits <= RSA_BITS_MOST;
}

static bool import_ec(struct arena *arena, const json_t *key, gnutls_pubkey_t into)
{
	str curve, x, y;
	if (!oidc_json_str(arena, key, "crv", 16, &curve) || !str_equal(curve, S("P-256")) ||
		!number(arena, key, "x", &x) || !number(arena, key, "y", &y) || x.n != P256 ||
		y.n != P256)
		return false;
	gnutls_datum_t at_x = datum(x), at_y = datum(y);
	return gnutls_pubkey_import_ecc_raw(into, GNUTLS_ECC_CURVE_SECP256R1, &at_x, &at_y) == 0;
}

/* A JWS carries the two numbers of ECDSA as they are; GnuTLS wants them in DER. */
static bool verify_ec(gnutls_pubkey_t key, gnutls_datum_t text, str signature)
{
	gnutls_datum_t der = { 0 };
	if (signature.n != (size_t)P256 * 2)
		return false;
	gnutls_datum_t r = datum(str_upto(signature, P256)), s = datum(str_from(signature, P256));
	if (gnutls_encode_rs_value(&der, &r, &s) != 0)
		return false;
	bool good = gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_ECDSA_SHA256, 0, &text, &der) == 0;
	gnutls_free(der.data);
	return good;
}

static bool verify(struct arena *arena, const json_t *key, const struct oidc_token *token)
{
	gnutls_pubkey_t into;
	gnutls_datum_t text = datum(token->signed_part), signature = datum(token->signature);
	bool ec = token->algorithm == OIDC_ES256;
	must(gnutls_pubkey_init(&into) == 0);
	bool good = ec ? import_ec(arena, key, into) : import_rsa(arena, key, into);
	good = good &&
	       (ec ? verify_ec(into, text, token->signature)
		   : gnutls_pubkey_verify_data2(
			     into, how[token->algorithm].sign, 0, &text, &signature) == 0);
	gnutls_pubkey_deinit(into);
	return good;
}

/* What the key itself says it is for (RFC 7517, 4.2 and 4.4). */
static bool is_for(struct arena *arena, const json_t *key, const struct oidc_token *token)
{
	str type;
	if (!oidc_json_str(arena, key, "kty", 8, &type) ||
		!str_equal(type, str_of(how[token->algorithm].type)))
		return false;
	if (json_object_get(key, "use") != NULL && !oidc_json_has(key, "use", S("sig")))
		return false;
	return json_object_get(key, "alg") == NULL ||
	       oidc_json_has(key, "alg", oidc_algorithm_words[token->algorithm]);
}

static bool find(struct arena *arena, const json_t *keys, const struct oidc_token *token,
	const json_t **found, struct err *err)
{
	*found = NULL;
	if (!json_is_array(keys) || json_array_size(keys) > OIDC_KEYS_MAX)
		return err_set(err, ERR_INPUT, "the issuer's keys are not a list of keys");
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const json_t *key = json_array_get(keys, i);
		str kid;
		if (!oidc_json_str(arena, key, "kid", OIDC_KID_MAX, &kid) ||
			!str_equal(kid, token->kid))
			continue;
		if (*found != NULL)
			return err_set(err, ERR_DENIED, "two keys of the issuer have one name");
		*found = key;
	}
	return *found != NULL ||
	       err_set(err, ERR_MISSING, "the issuer has no key of the name in the token");
}

bool oidc_key_verify(
	struct arena *arena, str keys, const struct oidc_token *token, struct err *err)
{
	const json_t *key;
	json_t *set = oidc_json_open(keys);
	bool good = find(arena, json_object_get(set, "keys"), token, &key, err);
	if (good && !is_for(arena, key, token))
		good = err_set(err, ERR_DENIED, "the issuer's key is for something else");
	if (good && !verify(arena, key, token))
		good = err_set(err, ERR_DENIED, "the token's signature is wrong");
	json_decref(set);
	return good;
}
