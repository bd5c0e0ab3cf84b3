/* authenticator.h - a passkey made of software, for tests: keys and signatures by GnuTLS, CBOR written by
 * hand, so that what verifies it (libfido2) has nothing in common with it. What it writes can be bent. */
#pragma once

#include "../check.h"

#include "base/buf.h"
#include "identity/passkey.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

struct authenticator {
	gnutls_privkey_t key;
	int algorithm;
	unsigned char handle[32];
	uint32_t uses;
};

/* What is not as it should be; all zero: nothing. */
struct bend {
	const char *type, *origin, *site, *json; /* in place of the right one; json: of all of it */
	const char *more;                        /* of the JSON: `,"crossOrigin":true` */
	unsigned char challenge;                 /* added to its first byte */
	int flags_off, flags_on;
	const char *format;
	const char *statement; /* CBOR, of `statement_n` bytes */
	size_t statement_n;
	bool self;              /* the passkey's own attestation */
	int self_algorithm;     /* as it says there; 0: its own */
	bool self_certificate;  /* and a certificate beside it */
	bool signature;         /* one bit of it is another */
	int key_algorithm;      /* as the key says; 0: its own */
	bool key_point;         /* not on the curve */
	size_t handle;          /* its length; 0: 32 */
	bool extension;         /* credProtect, with its flag */
	const char *tail, *data_tail; /* after the end */
	bool twice;             /* fmt stands there twice, authData not at all */
	bool endless;           /* the object's map has no given length */
};
enum { UP = 1, UV = 4, BE = 8, BS = 16, AT = 64, ED = 128 };

static inline void authenticator_make(struct authenticator *made, int algorithm)
{
	gnutls_pk_algorithm_t kind = algorithm == PASSKEY_ES256   ? GNUTLS_PK_ECDSA
				     : algorithm == PASSKEY_EDDSA ? GNUTLS_PK_EDDSA_ED25519
								  : GNUTLS_PK_RSA;
	unsigned bits = algorithm == PASSKEY_ES256
				? GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1)
			: algorithm == PASSKEY_EDDSA ? GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED25519)
						     : 2048;
	*made = (struct authenticator){ .algorithm = algorithm };
	check_int(gnutls_privkey_init(&made->key), 0);
	check_int(gnutls_privkey_generate(made->key, kind, bits, 0), 0);
	check_int(gnutls_rnd(GNUTLS_RND_NONCE, made->handle, sizeof made->handle), 0);
}

/* ---- CBOR */

static inline void cbor_put(struct buf *b, int kind, uint64_t value)
{
	if (value < 24) {
		buf_char(b, (char)(kind << 5 | (int)value));
	} else if (value < 256) {
		buf_char(b, (char)(kind << 5 | 24));
		buf_char(b, (char)value);
	} else {
		buf_char(b, (char)(kind << 5 | 25));
		buf_char(b, (char)(value >> 8));
		buf_char(b, (char)value);
	}
}

static inline void cbor_put_int(struct buf *b, int value)
{
	cbor_put(b, value < 0, (uint64_t)(value < 0 ? -1 - value : value));
}

static inline void cbor_put_text(struct buf *b, const char *text)
{
	cbor_put(b, 3, strlen(text));
	buf_str(b, str_of(text));
}

static inline void cbor_put_bytes(struct buf *b, const void *bytes, size_t n)
{
	cbor_put(b, 2, n);
	buf_bytes(b, bytes, n);
}

/* A number as so many bytes: GnuTLS may give one less, or a zero more. */
static inline void cbor_put_number(struct buf *b, const gnutls_datum_t *number, size_t n)
{
	unsigned char padded[512] = { 0 };
	size_t skip = number->size > n ? number->size - n : 0, have = number->size - skip;
	memcpy(padded + (n - have), number->data + skip, have);
	cbor_put_bytes(b, padded, n);
}

static inline void authenticator_key(
	const struct authenticator *a, const struct bend *bend, struct buf *b)
{
	gnutls_datum_t x = { 0 }, y = { 0 };
	gnutls_ecc_curve_t curve;
	int said = bend->key_algorithm == 0 ? a->algorithm : bend->key_algorithm;
	if (a->algorithm == PASSKEY_RS256) {
		check_int(gnutls_privkey_export_rsa_raw2(
				  a->key, &x, &y, NULL, NULL, NULL, NULL, NULL, NULL, 0), 0);
		cbor_put(b, 5, 4);
		cbor_put_int(b, 1), cbor_put_int(b, 3);
		cbor_put_int(b, 3), cbor_put_int(b, said);
		cbor_put_int(b, -1), cbor_put_number(b, &x, 256);
		cbor_put_int(b, -2), cbor_put_number(b, &y, 3);
	} else {
		bool two = a->algorithm == PASSKEY_ES256;
		check_int(gnutls_privkey_export_ecc_raw2(a->key, &curve, &x, &y, NULL, 0), 0);
		if (bend->key_point)
			x.data[x.size - 1] ^= 1;
		cbor_put(b, 5, two ? 5 : 4);
		cbor_put_int(b, 1), cbor_put_int(b, two ? 2 : 1);
		cbor_put_int(b, 3), cbor_put_int(b, said);
		cbor_put_int(b, -1), cbor_put_int(b, two ? 1 : 6);
		cbor_put_int(b, -2), cbor_put_number(b, &x, 32);
		if (two)
			cbor_put_int(b, -3), cbor_put_number(b, &y, 32);
	}
	gnutls_free(x.data);
	gnutls_free(y.data);
}

/* ---- what it writes */

static inline void authenticator_client(struct arena *arena, const struct passkey_asked *asked,
	const char *type, const struct bend *bend, struct buf *out)
{
	unsigned char challenge[CHALLENGE];
	memcpy(challenge, asked->challenge, CHALLENGE);
	challenge[0] = (unsigned char)(challenge[0] + bend->challenge);
	if (bend->json != NULL) {
		buf_str(out, str_of(bend->json));
		return;
	}
	str origin = bend->origin == NULL ? asked->origin : str_of(bend->origin);
	str text = passkey_text(arena, (str){ (char *)challenge, CHALLENGE });
	buf_format(out, "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"%.*s\"%s}",
		bend->type == NULL ? type : bend->type, STR_ARGS(text), STR_ARGS(origin),
		bend->more == NULL ? ",\"crossOrigin\":false" : bend->more);
}

static inline void authenticator_data(struct authenticator *a, const struct passkey_asked *asked,
	bool new, const struct bend *bend, struct buf *out)
{
	unsigned char hash[32], aaguid[16] = { 0 }, handle[2048] = { 0 };
	str site = bend->site == NULL ? asked->name : str_of(bend->site);
	gnutls_hash_fast(GNUTLS_DIG_SHA256, site.p, site.n, hash);
	buf_bytes(out, hash, sizeof hash);
	int flags = UP | UV | (new ? AT : 0) | (bend->extension ? ED : 0);
	buf_char(out, (char)((flags & ~bend->flags_off) | bend->flags_on));
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(out, (char)(a->uses >> shift));
	if (new) {
		size_t n = bend->handle == 0 ? sizeof a->handle : bend->handle;
		n = bend->handle == SIZE_MAX ? 0 : n;
		memcpy(handle, a->handle, sizeof a->handle);
		buf_bytes(out, aaguid, sizeof aaguid);
		buf_char(out, (char)(n >> 8));
		buf_char(out, (char)n);
		buf_bytes(out, handle, n);
		authenticator_key(a, bend, out);
	}
	if (bend->extension) {
		cbor_put(out, 5, 1);
		cbor_put_text(out, "credProtect");
		cbor_put_int(out, 2);
	}
	if (bend->data_tail != NULL)
		buf_str(out, str_of(bend->data_tail));
}

static inline void authenticator_sign(
	struct authenticator *a, str data, str client, const struct bend *bend, struct buf *out)
{
	gnutls_sign_algorithm_t with = a->algorithm == PASSKEY_ES256   ? GNUTLS_SIGN_ECDSA_SHA256
				       : a->algorithm == PASSKEY_EDDSA ? GNUTLS_SIGN_EDDSA_ED25519
								       : GNUTLS_SIGN_RSA_SHA256;
	struct buf all = { 0 };
	unsigned char hash[32];
	gnutls_datum_t made = { 0 };
	gnutls_hash_fast(GNUTLS_DIG_SHA256, client.p, client.n, hash);
	buf_str(&all, data);
	buf_bytes(&all, hash, sizeof hash);
	gnutls_datum_t over = { (unsigned char *)all.p, (unsigned)all.n };
	check_int(gnutls_privkey_sign_data2(a->key, with, 0, &over, &made), 0);
	if (bend->signature)
		made.data[made.size / 2] ^= 4;
	buf_bytes(out, made.data, made.size);
	gnutls_free(made.data);
	buf_close(&all);
}

static inline void authenticator_statement(
	struct authenticator *a, str data, str client, const struct bend *bend, struct buf *out)
{
	struct buf signature = { 0 };
	if (bend->statement != NULL) {
		buf_bytes(out, bend->statement, bend->statement_n);
		return;
	}
	if (!bend->self) {
		cbor_put(out, 5, 0);
		return;
	}
	authenticator_sign(a, data, client, bend, &signature);
	cbor_put(out, 5, bend->self_certificate ? 3 : 2);
	cbor_put_text(out, "alg");
	cbor_put_int(out, bend->self_algorithm == 0 ? a->algorithm : bend->self_algorithm);
	cbor_put_text(out, "sig");
	cbor_put_bytes(out, signature.p, signature.n);
	if (bend->self_certificate) {
		cbor_put_text(out, "x5c");
		cbor_put(out, 4, 1);
		cbor_put_bytes(out, "certificate", 11);
	}
	buf_close(&signature);
}

/* A new passkey: client data and attestation object. */
static inline void authenticator_register(struct arena *arena, struct authenticator *a,
	const struct passkey_asked *asked, const struct bend *bend, struct buf *client,
	struct buf *object)
{
	struct buf data = { 0 };
	authenticator_client(arena, asked, "webauthn.create", bend, client);
	authenticator_data(a, asked, true, bend, &data);
	if (bend->endless)
		buf_char(object, (char)0xbf);
	else
		cbor_put(object, 5, 3);
	cbor_put_text(object, "fmt");
	cbor_put_text(object, bend->format != NULL ? bend->format : bend->self ? "packed" : "none");
	cbor_put_text(object, "attStmt");
	authenticator_statement(a, buf_view(&data), buf_view(client), bend, object);
	cbor_put_text(object, bend->twice ? "fmt" : "authData");
	if (bend->twice)
		cbor_put_text(object, "none");
	else
		cbor_put_bytes(object, data.p, data.n);
	if (bend->endless)
		buf_char(object, (char)0xff);
	if (bend->tail != NULL)
		buf_str(object, str_of(bend->tail));
	buf_close(&data);
}

/* A signature of a known one. */
static inline void authenticator_show(struct arena *arena, struct authenticator *a,
	const struct passkey_asked *asked, const struct bend *bend, struct passkey_shown *out)
{
	struct buf client = { 0 }, data = { 0 }, signature = { 0 };
	a->uses++;
	authenticator_client(arena, asked, "webauthn.get", bend, &client);
	authenticator_data(a, asked, false, bend, &data);
	authenticator_sign(a, buf_view(&data), buf_view(&client), bend, &signature);
	*out = (struct passkey_shown){ arena_str(arena, buf_view(&client)),
		arena_str(arena, buf_view(&data)), arena_str(arena, buf_view(&signature)) };
	buf_close(&client);
	buf_close(&data);
	buf_close(&signature);
}
