#include "identity/passkey.h"

#include "identity/cbor.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

/* Authenticator data: the site's hash, flags, the count (WebAuthn 2, 6.1). */
enum { SITE = 32, FLAGS = 32, USES = 33, FIXED = 37, AAGUID = 16 };
enum { PRESENT = 1, VERIFIED = 4, MAY_BACK_UP = 8, BACKED_UP = 16, HAS_KEY = 64, HAS_MORE = 128 };

static const unsigned char *bytes_of(str s)
{
	return (const unsigned char *)s.p;
}

/* ---- base64url */

bool passkey_bytes(struct arena *arena, str text, size_t most, str *out)
{
	size_t n = 0;
	if (text.n == 0 || text.n > (most + 2) / 3 * 4)
		return false;
	unsigned char *into = arena_take(arena, text.n, 1);
	if (sodium_base642bin(into, text.n, text.p, text.n, NULL, &n, NULL,
		    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
		n == 0 || n > most)
		return false;
	*out = (str){ (const char *)into, n };
	return true;
}

str passkey_text(struct arena *arena, str bytes)
{
	size_t room = sodium_base64_ENCODED_LEN(
		bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *into = arena_take(arena, room, 1);
	sodium_bin2base64(into, room, bytes_of(bytes), bytes.n,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (str){ into, room - 1 };
}

/* ---- what the browser says */

static str text_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	return json_is_string(value) ? (str){ json_string_value(value), json_string_length(value) }
				     : (str){ 0 };
}

bool passkey_client_read(
	struct arena *arena, str json, struct passkey_client *out, struct err *err)
{
	if (json.n > PASSKEY_CLIENT_MOST)
		return err_set(err, ERR_INPUT, "the client data are too long");
	json_t *object = json_loadb(json.p == NULL ? "" : json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	str challenge = { 0 };
	const json_t *framed = json_object_get(object, "crossOrigin");
	*out = (struct passkey_client){ .type = arena_str(arena, text_at(object, "type")),
		.origin = arena_str(arena, text_at(object, "origin")),
		.framed = (framed != NULL && !json_is_false(framed)) ||
			  json_object_get(object, "topOrigin") != NULL };
	bool read = json_is_object(object) && out->type.n > 0 && out->origin.n > 0 &&
		    passkey_bytes(arena, text_at(object, "challenge"), CHALLENGE, &challenge) &&
		    challenge.n == CHALLENGE;
	if (read)
		memcpy(out->challenge, challenge.p, CHALLENGE);
	json_decref(object);
	return read || err_set(err, ERR_INPUT, "the client data are none");
}

static bool client_check(struct arena *arena, const struct passkey_asked *asked, str json, str type,
	struct err *err)
{
	struct passkey_client client;
	if (!passkey_client_read(arena, json, &client, err))
		return false;
	if (!str_equal(client.type, type))
		return err_set(err, ERR_DENIED, "it answers another question");
	if (sodium_memcmp(client.challenge, asked->challenge, CHALLENGE) != 0)
		return err_set(err, ERR_DENIED, "it answers another challenge");
	if (!str_equal(client.origin, asked->origin) || client.framed)
		return err_set(err, ERR_DENIED, "it was made for another page");
	return true;
}

/* ---- what the authenticator says */

static bool data_check(const struct passkey_asked *asked, str data, struct err *err)
{
	unsigned char site[crypto_hash_sha256_BYTES];
	if (data.n < FIXED)
		return err_set(err, ERR_INPUT, "the authenticator data are too short");
	unsigned flags = bytes_of(data)[FLAGS];
	crypto_hash_sha256(site, bytes_of(asked->name), asked->name.n);
	if (sodium_memcmp(site, data.p, SITE) != 0)
		return err_set(err, ERR_DENIED, "it is for another site");
	if ((flags & PRESENT) == 0 || (flags & VERIFIED) == 0)
		return err_set(err, ERR_DENIED, "the person was not verified");
	if ((flags & BACKED_UP) != 0 && (flags & MAY_BACK_UP) == 0)
		return err_set(err, ERR_INPUT, "it is backed up and may not be");
	return true;
}

/* Extensions, where the flag says so, and then the end: libfido2 does not ask for the end. */
static bool rest_check(str rest, unsigned flags, struct err *err)
{
	size_t pairs;
	str map = rest;
	if ((flags & HAS_MORE) != 0 && (!cbor_map(&map, &pairs) || !cbor_skip(&rest)))
		return err_set(err, ERR_INPUT, "the extensions cannot be read");
	return rest.n == 0 || err_set(err, ERR_INPUT, "something stands after the end");
}

/* Where the key lies, and that nothing else does. */
static bool new_check(str data, struct err *err)
{
	unsigned flags = bytes_of(data)[FLAGS];
	str rest = str_from(data, FIXED + AAGUID);
	size_t pairs;
	if ((flags & HAS_KEY) == 0 || rest.n < 2)
		return err_set(err, ERR_INPUT, "there is no key");
	size_t handle = (size_t)bytes_of(rest)[0] << 8 | bytes_of(rest)[1];
	rest = str_from(rest, 2);
	if (handle == 0 || handle > PASSKEY_HANDLE_MOST || handle > rest.n)
		return err_set(err, ERR_INPUT, "the passkey's handle is too long");
	rest = str_from(rest, handle);
	str map = rest;
	if (!cbor_map(&map, &pairs) || !cbor_skip(&rest))
		return err_set(err, ERR_INPUT, "the key cannot be read");
	return rest_check(rest, flags, err);
}

struct attestation {
	str format, statement, data;
};

/* Three things, each once, in any order, and nothing after them. */
static bool attestation_read(str object, struct attestation *out, struct err *err)
{
	size_t pairs;
	*out = (struct attestation){ 0 };
	bool read = object.n <= PASSKEY_OBJECT_MOST && cbor_map(&object, &pairs) && pairs == 3;
	for (size_t i = 0; read && i < 3; i++) {
		str key, map;
		if (!cbor_text(&object, &key))
			read = false;
		else if (str_equal(key, S("fmt")))
			read = out->format.n == 0 && cbor_text(&object, &out->format);
		else if (str_equal(key, S("attStmt")))
			read = out->statement.n == 0 && (map = object, cbor_map(&map, &pairs)) &&
			       cbor_item(&object, &out->statement);
		else
			read = str_equal(key, S("authData")) && out->data.n == 0 &&
			       cbor_bytes(&object, &out->data);
	}
	return (read && object.n == 0 && out->format.n > 0 && out->statement.n > 0 &&
		       out->data.n > 0) ||
	       err_set(err, ERR_INPUT, "the attestation object cannot be read");
}

/* Its own signature names the algorithm of its own key (WebAuthn 2, 8.2), and brings no certificate. */
static bool statement_is_own(str statement, int64_t algorithm)
{
	size_t pairs;
	int64_t said = 0;
	bool right = cbor_map(&statement, &pairs), named = false;
	for (size_t i = 0; right && i < pairs; i++) {
		str key;
		right = cbor_text(&statement, &key) && !str_equal(key, S("x5c"));
		if (right && str_equal(key, S("alg"))) {
			right = !named && cbor_int(&statement, &said);
			named = true;
		} else if (right) {
			right = cbor_skip(&statement);
		}
	}
	return right && named && said == algorithm;
}

/* ---- keys */

/* Does the key verify the assertion? Without one: is it a key at all (a point on its curve)? */
static bool key_holds(const struct passkey_row *key, const fido_assert_t *assertion)
{
	const unsigned char *p = bytes_of(key->public_key);
	size_t n = key->public_key.n;
	int algorithm = (int)key->algorithm;
	es256_pk_t *es = algorithm == PASSKEY_ES256 ? es256_pk_new() : NULL;
	eddsa_pk_t *ed = algorithm == PASSKEY_EDDSA ? eddsa_pk_new() : NULL;
	rs256_pk_t *rs = algorithm == PASSKEY_RS256 ? rs256_pk_new() : NULL;
	const void *any = es != NULL ? (void *)es : ed != NULL ? (void *)ed : (void *)rs;
	EVP_PKEY *made = NULL;
	if (es != NULL && es256_pk_from_ptr(es, p, n) == FIDO_OK)
		made = es256_pk_to_EVP_PKEY(es);
	else if (ed != NULL && eddsa_pk_from_ptr(ed, p, n) == FIDO_OK)
		made = eddsa_pk_to_EVP_PKEY(ed);
	else if (rs != NULL && rs256_pk_from_ptr(rs, p, n) == FIDO_OK)
		made = rs256_pk_to_EVP_PKEY(rs);
	bool holds = made != NULL && (assertion == NULL || fido_assert_verify(assertion, 0, algorithm,
								   any) == FIDO_OK);
	EVP_PKEY_free(made);
	es256_pk_free(&es);
	eddsa_pk_free(&ed);
	rs256_pk_free(&rs);
	return holds;
}

static fido_cred_t *cred_of(struct arena *arena, const struct passkey_asked *asked, str client,
	const struct attestation *from, int algorithm)
{
	fido_cred_t *cred = fido_cred_new();
	must(cred != NULL);
	if (fido_cred_set_type(cred, algorithm) == FIDO_OK &&
		fido_cred_set_clientdata(cred, bytes_of(client), client.n) == FIDO_OK &&
		fido_cred_set_rp(cred, arena_text(arena, asked->name), NULL) == FIDO_OK &&
		fido_cred_set_uv(cred, FIDO_OPT_TRUE) == FIDO_OK &&
		fido_cred_set_fmt(cred, arena_text(arena, from->format)) == FIDO_OK &&
		fido_cred_set_authdata_raw(cred, bytes_of(from->data), from->data.n) == FIDO_OK)
		return cred;
	fido_cred_free(&cred);
	return NULL;
}

/* Browsers ask for protection of their own accord, which the answer then tells of: libfido2 wants to
 * be told what was asked. */
static bool verify_self(fido_cred_t *cred, str statement)
{
	if (fido_cred_set_attstmt(cred, bytes_of(statement), statement.n) != FIDO_OK)
		return false;
	bool verified = fido_cred_verify_self(cred) == FIDO_OK;
	for (int protect = 1; !verified && protect <= 3; protect++)
		verified = fido_cred_set_prot(cred, protect) == FIDO_OK &&
			   fido_cred_verify_self(cred) == FIDO_OK;
	return verified;
}

static bool attested(fido_cred_t *cred, const struct attestation *from, struct err *err)
{
	bool none = str_equal(from->format, S("none")) && from->statement.n == 1;
	bool self = str_equal(from->format, S("packed")) &&
		    statement_is_own(from->statement, fido_cred_type(cred)) &&
		    verify_self(cred, from->statement);
	return none || self || err_set(err, ERR_DENIED, "its attestation does not hold");
}

bool passkey_register(struct arena *arena, const struct passkey_asked *asked, str client,
	str object, struct passkey_new *out, struct err *err)
{
	static const int algorithm[] = { PASSKEY_ES256, PASSKEY_EDDSA, PASSKEY_RS256 };
	struct attestation from;
	if (!client_check(arena, asked, client, S("webauthn.create"), err) ||
		!attestation_read(object, &from, err) || !data_check(asked, from.data, err) ||
		!new_check(from.data, err))
		return false;
	fido_cred_t *cred = NULL;
	for (size_t i = 0; cred == NULL && i < sizeof algorithm / sizeof *algorithm; i++)
		cred = cred_of(arena, asked, client, &from, algorithm[i]);
	if (cred == NULL)
		return err_set(err, ERR_DENIED, "its key is of no kind that was asked for");
	str handle = { (const char *)fido_cred_id_ptr(cred), fido_cred_id_len(cred) };
	str key = { (const char *)fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred) };
	*out = (struct passkey_new){ .handle = arena_str(arena, handle),
		.public_key = arena_str(arena, key),
		.algorithm = fido_cred_type(cred),
		.uses = fido_cred_sigcount(cred) };
	const struct passkey_row row = { .public_key = out->public_key, .algorithm = out->algorithm };
	bool done = attested(cred, &from, err) &&
		    (key_holds(&row, NULL) || err_set(err, ERR_INPUT, "its key is none"));
	fido_cred_free(&cred);
	return done;
}

/* ---- a signature */

bool passkey_verify(struct arena *arena, const struct passkey_asked *asked,
	const struct passkey_row *key, const struct passkey_shown *shown, int64_t *uses,
	struct err *err)
{
	str data = shown->authenticator;
	if (!client_check(arena, asked, shown->client, S("webauthn.get"), err) ||
		!data_check(asked, data, err))
		return false;
	unsigned flags = bytes_of(data)[FLAGS];
	if ((flags & HAS_KEY) != 0)
		return err_set(err, ERR_INPUT, "a signature brings no new key");
	if (!rest_check(str_from(data, FIXED), flags, err))
		return false;
	if (!str_equal(key->site, asked->name))
		return err_set(err, ERR_DENIED, "this passkey is for another site");
	fido_assert_t *assertion = fido_assert_new();
	must(assertion != NULL);
	bool verified = shown->signature.n > 0 && shown->signature.n <= PASSKEY_SIGNATURE_MOST &&
			fido_assert_set_count(assertion, 1) == FIDO_OK &&
			fido_assert_set_clientdata(
				assertion, bytes_of(shown->client), shown->client.n) == FIDO_OK &&
			fido_assert_set_rp(assertion, arena_text(arena, asked->name)) == FIDO_OK &&
			fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
			fido_assert_set_uv(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
			fido_assert_set_authdata_raw(assertion, 0, bytes_of(data), data.n) == FIDO_OK &&
			fido_assert_set_sig(assertion, 0, bytes_of(shown->signature),
				shown->signature.n) == FIDO_OK &&
			key_holds(key, assertion);
	*uses = fido_assert_sigcount(assertion, 0);
	fido_assert_free(&assertion);
	return verified || err_set(err, ERR_DENIED, "the signature does not hold");
}
