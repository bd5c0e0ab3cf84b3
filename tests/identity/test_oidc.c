#include "base/sha256.h"
#include "identity/oidc.h"
#include "identity/oidc_key.h"

#include "check.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>

#define NOW INT64_C(1795165200000) /* 20 November 2026, 09:00 UTC */
#define ISSUER "https://login.example/tenant-1/v2.0"

static struct arena *arena;

static const struct oidc_config config = { .issuer = S_INIT(ISSUER),
	.client = S_INIT("duly"),
	.secret = S_INIT("a:secret & more"),
	.address = S_INIT("https://duly.council.example"),
	.mfa = S_INIT("mfa") };
static const struct oidc_way way = { .state = S_INIT("STATE"),
	.nonce = S_INIT("NONCE"),
	.verifier = S_INIT("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
	.began = NOW - INSTANT_MINUTE };

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(8 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

/* ---- keys of our own, and tokens signed with them */

enum { RSA_KEY, EC_KEY, KEYS };
static gnutls_privkey_t private_key[KEYS];
static str jwk[KEYS]; /* without the name */

static str number(const gnutls_datum_t *datum, size_t width)
{
	size_t n = datum->size;
	const unsigned char *p = datum->data;
	while (n > width && *p == 0)
		p++, n--;
	char *padded = arena_take(arena, width, 1);
	memcpy(padded + (width - n), p, n);
	return oidc_base64_write(arena, (str){ padded, width });
}

static void make_keys(void)
{
	gnutls_datum_t n, e, x, y;
	gnutls_ecc_curve_t curve;
	assert_int_equal(gnutls_privkey_init(&private_key[RSA_KEY]), 0);
	assert_int_equal(gnutls_privkey_generate(private_key[RSA_KEY], GNUTLS_PK_RSA, 2048, 0), 0);
	assert_int_equal(
		gnutls_privkey_export_rsa_raw(private_key[RSA_KEY], &n, &e, 0, 0, 0, 0, 0, 0), 0);
	jwk[RSA_KEY] = arena_format(arena, "\"kty\":\"RSA\",\"n\":\"%.*s\",\"e\":\"%.*s\"",
		STR_ARGS(number(&n, 256)), STR_ARGS(number(&e, 3)));
	gnutls_free(n.data);
	gnutls_free(e.data);
	assert_int_equal(gnutls_privkey_init(&private_key[EC_KEY]), 0);
	assert_int_equal(gnutls_privkey_generate(private_key[EC_KEY], GNUTLS_PK_ECDSA,
				 GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0), 0);
	assert_int_equal(
		gnutls_privkey_export_ecc_raw(private_key[EC_KEY], &curve, &x, &y, 0), 0);
	jwk[EC_KEY] = arena_format(arena,
		"\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%.*s\",\"y\":\"%.*s\"",
		STR_ARGS(number(&x, 32)), STR_ARGS(number(&y, 32)));
	gnutls_free(x.data);
	gnutls_free(y.data);
}

static int open_keys(void **state)
{
	open_arena(state);
	make_keys();
	return 0;
}

static int close_keys(void **state)
{
	for (size_t i = 0; i < KEYS; i++)
		gnutls_privkey_deinit(private_key[i]);
	return close_arena(state);
}

static str set_of(str key, const char *more)
{
	return arena_format(arena, "{\"keys\":[{%.*s,\"kid\":\"one\"%s}]}", STR_ARGS(key), more);
}

static str text_of(str head, str payload)
{
	return arena_format(arena, "%.*s.%.*s", STR_ARGS(oidc_base64_write(arena, head)),
		STR_ARGS(oidc_base64_write(arena, payload)));
}

static str signed_with(size_t key, gnutls_sign_algorithm_t how, str head, str payload)
{
	str text = text_of(head, payload);
	gnutls_datum_t data = { (unsigned char *)(uintptr_t)text.p, (unsigned)text.n }, made, r, s;
	assert_int_equal(gnutls_privkey_sign_data2(private_key[key], how, 0, &data, &made), 0);
	str signature;
	if (key == EC_KEY) {
		assert_int_equal(gnutls_decode_rs_value(&made, &r, &s), 0);
		str one = number(&r, 32), two = number(&s, 32), a, b;
		assert_true(oidc_base64_read(arena, one, &a) && oidc_base64_read(arena, two, &b));
		signature = oidc_base64_write(arena,
			arena_str(arena, (str){ memcpy(memcpy(arena_take(arena, 64, 1), a.p, 32) + 32,
							b.p, 32) - 32, 64 }));
		gnutls_free(r.data);
		gnutls_free(s.data);
	} else {
		signature = oidc_base64_write(arena, (str){ (char *)made.data, made.size });
	}
	gnutls_free(made.data);
	return arena_format(arena, "%.*s.%.*s", STR_ARGS(text), STR_ARGS(signature));
}

static str head_of(enum oidc_algorithm algorithm)
{
	return arena_format(arena, "{\"alg\":\"%.*s\",\"kid\":\"one\",\"typ\":\"JWT\"}",
		STR_ARGS(oidc_algorithm_words[algorithm]));
}

static const struct {
	size_t key;
	gnutls_sign_algorithm_t sign;
} ways[OIDC_ALGORITHMS] = { [OIDC_RS256] = { RSA_KEY, GNUTLS_SIGN_RSA_SHA256 },
	[OIDC_PS256] = { RSA_KEY, GNUTLS_SIGN_RSA_PSS_RSAE_SHA256 },
	[OIDC_ES256] = { EC_KEY, GNUTLS_SIGN_ECDSA_SHA256 } };

TEST(each_algorithm_is_taken_where_it_is_set_and_nowhere_else)
{
	for (enum oidc_algorithm is = 0; is < OIDC_ALGORITHMS; is++) {
		str token = signed_with(ways[is].key, ways[is].sign, head_of(is), S("{\"sub\":\"x\"}"));
		for (enum oidc_algorithm set = 0; set < OIDC_ALGORITHMS; set++) {
			struct oidc_token out;
			struct err err = { 0 };
			check_int(oidc_token_read(arena, token, set, &out, &err), is == set);
			if (is != set)
				continue;
			check_str(out.kid, "one");
			check_true(oidc_key_verify(arena, set_of(jwk[ways[is].key], ""), &out, &err));
			check_true(oidc_key_verify(arena,
				set_of(jwk[ways[is].key], ",\"use\":\"sig\""), &out, &err));
		}
	}
}

TEST(a_changed_byte_anywhere_is_noticed)
{
	for (enum oidc_algorithm is = 0; is < OIDC_ALGORITHMS; is++) {
		str token = signed_with(ways[is].key, ways[is].sign, head_of(is),
			S("{\"sub\":\"x\",\"name\":\"y\"}"));
		str keys = set_of(jwk[ways[is].key], "");
		for (size_t i = 0; i < token.n; i += 3) {
			struct oidc_token out;
			char *other = arena_take(arena, token.n, 1);
			memcpy(other, token.p, token.n);
			other[i] = other[i] == 'A' ? 'B' : 'A';
			check_false(oidc_token_read(arena, (str){ other, token.n }, is, &out, NULL) &&
				    oidc_key_verify(arena, keys, &out, NULL));
		}
	}
}

TEST(a_key_for_something_else_or_too_weak_is_not_used)
{
	str token = signed_with(RSA_KEY, GNUTLS_SIGN_RSA_SHA256, head_of(OIDC_RS256), S("{}"));
	struct oidc_token out;
	struct err err;
	check_true(oidc_token_read(arena, token, OIDC_RS256, &out, &err));
	static const char *const more[] = { ",\"use\":\"enc\"", ",\"alg\":\"PS256\"",
		",\"alg\":\"RS512\"", ",\"use\":7" };
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		check_false(oidc_key_verify(arena, set_of(jwk[RSA_KEY], more[i]), &out, &err));
		check_int(err.code, ERR_DENIED);
	}
	str weak = S("\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"AQAB\"");
	check_false(oidc_key_verify(arena, set_of(weak, ""), &out, &err));
	check_int(err.code, ERR_DENIED);
	check_false(oidc_key_verify(arena, set_of(jwk[EC_KEY], ""), &out, &err));
	str secret = S("\"kty\":\"oct\",\"k\":\"AQAB\"");
	check_false(oidc_key_verify(arena, set_of(secret, ""), &out, &err));
	static const char *const none[] = { "{}", "[]", "", "{\"keys\":{}}", "not json",
		"{\"keys\":[null,1,\"one\"]}" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		check_false(oidc_key_verify(arena, str_of(none[i]), &out, &err));
	check_false(oidc_key_verify(
		arena, S("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"two\"}]}"), &out, &err));
	check_int(err.code, ERR_MISSING);
}

/* ---- the head */

TEST(a_head_that_brings_its_own_keys_or_hides_its_name_is_refused)
{
	static const char *const heads[] = { "{\"alg\":\"none\",\"kid\":\"one\"}",
		"{\"alg\":\"HS256\",\"kid\":\"one\"}", "{\"alg\":\"rs256\",\"kid\":\"one\"}",
		"{\"kid\":\"one\"}", "{\"alg\":\"RS256\"}", "{\"alg\":\"RS256\",\"kid\":\"\"}",
		"{\"alg\":\"RS256\",\"kid\":1}", "{\"alg\":[\"RS256\"],\"kid\":\"one\"}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"jku\":\"https://x.example\"}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"x5u\":\"https://x.example\"}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"jwk\":{}}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"x5c\":[]}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":[]}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"b64\":false}",
		"{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"at+jwt\"}",
		"{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"one\"}",
		"{\"alg\":\"RS256\",\"kid\":\"a\\u0000b\"}", "[]", "", "null" };
	struct oidc_token out;
	struct err err;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		str token = arena_format(
			arena, "%.*s.QUJD", STR_ARGS(text_of(str_of(heads[i]), S("{}"))));
		check_false(oidc_token_read(arena, token, OIDC_RS256, &out, &err));
		check_int(err.code, ERR_INPUT);
	}
	str good = arena_format(arena, "%.*s.QUJD",
		STR_ARGS(text_of(S("{\"alg\":\"RS256\",\"kid\":\"../../etc/passwd\"}"), S("{}"))));
	check_true(oidc_token_read(arena, good, OIDC_RS256, &out, &err));
	check_str(out.kid, "../../etc/passwd");
	check_str(out.payload, "{}");
}

TEST(what_has_not_three_parts_of_base64url_is_no_token)
{
	str good = text_of(S("{\"alg\":\"RS256\",\"kid\":\"one\"}"), S("{}"));
	static const char *const tails[] = { "", ".", ".QUJD.", ".QUJD.QUJD", ".QUJD==", ".QU+D",
		".QU D", ".QUJ", ".Q", ".\n" };
	struct oidc_token out;
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		str token = arena_format(arena, "%.*s%s", STR_ARGS(good), tails[i]);
		/* "QUJ" is two bytes, and two bits that must be none. */
		check_false(oidc_token_read(arena, token, OIDC_RS256, &out, NULL) &&
			    out.signature.n != 2);
	}
	char *large = arena_take(arena, OIDC_TOKEN_MAX + 1, 1);
	memset(large, 'A', OIDC_TOKEN_MAX + 1);
	check_false(oidc_token_read(arena, (str){ large, OIDC_TOKEN_MAX + 1 }, OIDC_RS256, &out, NULL));
}

/* ---- claims: one is changed at a time */

static str claims_with(const char *name, const char *value)
{
	static const char *const honest[][2] = { { "iss", "\"" ISSUER "\"" }, { "sub", "\"s-1\"" },
		{ "aud", "\"duly\"" }, { "exp", "1795165500" }, { "iat", "1795165190" },
		{ "nonce", "\"NONCE\"" } };
	str out = S("{\"extra\":[1,{\"a\":2}]");
	bool there = false;
	for (size_t i = 0; i < sizeof honest / sizeof *honest; i++) {
		bool is = strcmp(honest[i][0], name) == 0;
		there = there || is;
		const char *said = is ? value : honest[i][1];
		if (said != NULL)
			out = arena_format(
				arena, "%.*s,\"%s\":%s", STR_ARGS(out), honest[i][0], said);
	}
	if (!there && value != NULL)
		out = arena_format(arena, "%.*s,\"%s\":%s", STR_ARGS(out), name, value);
	return arena_format(arena, "%.*s}", STR_ARGS(out));
}

static bool taken(const char *name, const char *value)
{
	struct oidc_identity identity;
	return oidc_claims_check(
		arena, &config, &way, claims_with(name, value), NOW, &identity, NULL);
}

TEST(claims_are_believed_only_when_each_is_right)
{
	static const struct {
		const char *name, *value;
		bool taken;
	} rows[] = { { "", NULL, true }, { "iss", NULL, false }, { "iss", "\"" ISSUER "/\"", false },
		{ "iss", "\"HTTPS://login.example/tenant-1/v2.0\"", false }, { "iss", "7", false },
		{ "iss", "[\"" ISSUER "\"]", false }, { "aud", NULL, false }, { "aud", "\"dulY\"", false },
		{ "aud", "[\"duly\"]", true }, { "aud", "[\"duly\",\"other\"]", false },
		{ "aud", "[\"duly\",\"duly\"]", false }, { "aud", "[]", false }, { "aud", "[[\"duly\"]]", false },
		{ "azp", "\"duly\"", true }, { "azp", "\"other\"", false }, { "azp", "null", false },
		{ "nonce", NULL, false }, { "nonce", "\"nonce\"", false }, { "nonce", "\"NONCEX\"", false },
		{ "nonce", "\"\"", false }, { "exp", NULL, false }, { "exp", "1795165199", true },
		{ "exp", "1795165140", false }, { "exp", "\"1795165500\"", false },
		{ "exp", "1795165500.5", false }, { "exp", "9223372036854775807", false },
		{ "exp", "-1", false }, { "iat", NULL, false }, { "iat", "1795165260", true },
		{ "iat", "1795165261", false }, { "iat", "1795165080", true },
		{ "iat", "1795165079", false }, { "nbf", "1795165260", true },
		{ "nbf", "1795165261", false }, { "nbf", "\"now\"", false }, { "sub", NULL, false },
		{ "sub", "\"\"", false }, { "sub", "12", false }, { "sub", "\"a\\nb\"", false },
		{ "email", "\"somebody@council.example\"", true } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (taken(rows[i].name, rows[i].value) != rows[i].taken)
			fail_msg("%s: %s", rows[i].name, rows[i].value == NULL ? "-" : rows[i].value);
	}
	struct oidc_identity identity;
	str claims = claims_with("sub", "\"s-2\"");
	check_true(oidc_claims_check(arena, &config, &way, claims, NOW, &identity, NULL));
	check_str(identity.subject, "s-2");
	check_str(identity.label, "s-2");
	check_false(identity.mfa);
	str long_sub = arena_format(arena, "\"%0256d\"", 7);
	check_false(taken("sub", arena_text(arena, long_sub)));
}

TEST(a_second_factor_counts_only_by_the_word_that_is_set)
{
	static const struct {
		const char *name, *value, *set;
		bool mfa;
	} rows[] = { { "amr", "[\"pwd\",\"mfa\"]", "mfa", true }, { "amr", "\"mfa\"", "mfa", true },
		{ "amr", "[\"pwd\"]", "mfa", false }, { "amr", "[\"MFA\"]", "mfa", false },
		{ "amr", "[\"mfa\"]", "", false }, { "acrs", "[\"c1\",\"c2\"]", "c2", true },
		{ "acrs", "[\"c12\"]", "c1", false }, { "acr", "\"urn:two\"", "urn:two", true },
		{ "acr", "\"urn:one\"", "urn:two", false }, { "amr", "{\"mfa\":1}", "mfa", false } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct oidc_identity identity;
		struct oidc_config other = config;
		other.mfa = str_of(rows[i].set);
		check_true(oidc_claims_check(arena, &other, &way,
			claims_with(rows[i].name, rows[i].value), NOW, &identity, NULL));
		check_int(identity.mfa, rows[i].mfa);
	}
}

TEST(in_entra_somebody_is_their_object_in_the_tenant_that_is_set)
{
	struct oidc_config entra = config;
	struct oidc_identity identity;
	entra.by_object = true;
	str both = S(",\"oid\":\"object-9\",\"tid\":\"tenant-1\"}");
	str plain = claims_with("", NULL), with = arena_format(arena, "%.*s%.*s", (int)plain.n - 1,
						    plain.p, STR_ARGS(both));
	check_true(oidc_claims_check(arena, &entra, &way, with, NOW, &identity, NULL));
	check_str(identity.subject, "object-9");
	check_false(oidc_claims_check(arena, &entra, &way, plain, NOW, &identity, NULL));
	check_false(oidc_claims_check(
		arena, &entra, &way, claims_with("oid", "\"object-9\""), NOW, &identity, NULL));
	str other = arena_format(arena, "%.*s,\"oid\":\"object-9\",\"tid\":\"tenant\"}",
		(int)plain.n - 1, plain.p);
	check_false(oidc_claims_check(arena, &entra, &way, other, NOW, &identity, NULL));
}

TEST(asked_anew_the_token_must_say_that_it_was_just_now)
{
	struct oidc_way anew = way;
	struct oidc_identity identity;
	anew.afresh = true;
	static const struct {
		const char *value;
		bool taken;
	} rows[] = { { NULL, false }, { "1795165150", true }, { "1795161600", false },
		{ "1795168800", false } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_int(oidc_claims_check(arena, &config, &anew,
				  claims_with("auth_time", rows[i].value), NOW, &identity, NULL),
			rows[i].taken);
}

/* ---- addresses */

TEST(an_address_is_asked_only_when_everybody_reads_it_alike)
{
	static const struct {
		const char *address, *origin; /* NULL: not asked */
	} rows[] = { { "https://idp.example/a?b=c", "https://idp.example" },
		{ "https://idp.example:8443", "https://idp.example:8443" },
		{ "http://localhost:9/x", "http://localhost:9" }, { "http://[::1]:9/x", "http://[::1]:9" },
		{ "http://127.0.0.1", "http://127.0.0.1" }, { "http://idp.example", NULL },
		{ "http://localhost.evil.example", NULL }, { "http://127.0.0.1.evil.example", NULL },
		{ "https://user@idp.example", NULL }, { "https://idp.example#x", NULL },
		{ "https://idp.example\\@evil.example", NULL }, { "https://", NULL }, { "https:///x", NULL },
		{ "https://idp.example:", NULL }, { "https://idp.example:123456", NULL },
		{ "https://idp.example:8o", NULL }, { "https://idp example", NULL },
		{ "https://idp.example\n", NULL }, { "ftp://idp.example", NULL }, { "file:///etc/passwd", NULL },
		{ "//idp.example", NULL }, { "HTTPS://idp.example", NULL }, { "https://-x", NULL },
		{ "https://\xc3\xa4.example", NULL }, { "", NULL } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str origin = { 0 };
		bool is = oidc_origin(str_of(rows[i].address), &origin);
		if (is != (rows[i].origin != NULL))
			fail_msg("%s", rows[i].address);
		if (is)
			check_str(origin, rows[i].origin);
	}
}

static str description(const char *name, const char *value)
{
	static const char *const honest[][2] = { { "issuer", "\"" ISSUER "\"" },
		{ "authorization_endpoint", "\"https://login.example/a\"" },
		{ "token_endpoint", "\"https://login.example/t\"" },
		{ "jwks_uri", "\"https://login.example/k\"" } };
	str out = S("{\"x\":1");
	for (size_t i = 0; i < 4; i++) {
		if (strcmp(honest[i][0], name) != 0)
			out = arena_format(arena, "%.*s,\"%s\":%s", STR_ARGS(out), honest[i][0],
				honest[i][1]);
	}
	if (value != NULL)
		out = arena_format(arena, "%.*s,\"%s\":%s", STR_ARGS(out), name, value);
	return arena_format(arena, "%.*s}", STR_ARGS(out));
}

TEST(an_issuer_describes_itself_and_leads_nowhere_else)
{
	static const struct {
		const char *name, *value;
		bool taken;
	} rows[] = { { "", NULL, true }, { "issuer", "\"https://login.example\"", false },
		{ "issuer", NULL, false }, { "token_endpoint", "\"https://evil.example/t\"", false },
		{ "token_endpoint", "\"http://login.example/t\"", false },
		{ "token_endpoint", "\"https://login.example:444/t\"", false },
		{ "jwks_uri", "\"https://login.example.evil.example/k\"", false },
		{ "jwks_uri", "\"https://login.example@evil.example/k\"", false },
		{ "authorization_endpoint", "\"https://evil.example/a\"", false },
		{ "authorization_endpoint", NULL, false },
		{ "code_challenge_methods_supported", "[\"plain\"]", false },
		{ "code_challenge_methods_supported", "[]", false },
		{ "code_challenge_methods_supported", "[\"plain\",\"S256\"]", true } };
	struct oidc_endpoints out;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (oidc_discovery_read(arena, &config, description(rows[i].name, rows[i].value), &out,
			    NULL) != rows[i].taken)
			fail_msg("%s %s", rows[i].name, rows[i].value == NULL ? "-" : rows[i].value);
	}
	check_false(oidc_discovery_read(arena, &config, S("[]"), &out, NULL));
	check_str(oidc_discovery_url(arena, S(ISSUER)), ISSUER "/.well-known/openid-configuration");
	check_str(oidc_discovery_url(arena, S("https://a.example/")),
		"https://a.example/.well-known/openid-configuration");
}

TEST(the_browser_is_sent_with_state_nonce_and_a_challenge)
{
	struct oidc_endpoints endpoints;
	check_true(oidc_discovery_read(arena, &config, description("", NULL), &endpoints, NULL));
	/* The challenge of RFC 7636, appendix B. */
	check_str(oidc_authorization_url(arena, &config, &endpoints, &way),
		"https://login.example/a?response_type=code&response_mode=query&client_id=duly&"
		"redirect_uri=https%3A%2F%2Fduly.council.example%2Fsign-in%2Fcouncil%2Fback&"
		"scope=openid%20profile&state=STATE&nonce=NONCE&"
		"code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"
		"code_challenge_method=S256");
	check_str(oidc_exchange_form(arena, &config, &endpoints, &way, S("a&b")),
		"grant_type=authorization_code&code=a%26b&"
		"redirect_uri=https%3A%2F%2Fduly.council.example%2Fsign-in%2Fcouncil%2Fback&"
		"code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
	check_str(oidc_exchange_authorization(arena, &config, &endpoints),
		"Authorization: Basic ZHVseTphJTNBc2VjcmV0JTIwJTI2JTIwbW9yZQ==");
	/* Entra ID is asked for the context that stands for a second factor; others are not. */
	struct oidc_config entra = config;
	str asked = S("&claims=%7B%22id_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C"
		      "%22value%22%3A%22c1%22%7D%7D%7D");
	entra.mfa = S("c1");
	check_false(str_ends(oidc_authorization_url(arena, &entra, &endpoints, &way), asked));
	entra.by_object = true;
	check_true(str_ends(oidc_authorization_url(arena, &entra, &endpoints, &way), asked));
	entra.mfa = S("c1\"");
	check_true(str_ends(oidc_authorization_url(arena, &entra, &endpoints, &way), S("=S256")));
	endpoints.secret_post = true;
	check_int(oidc_exchange_authorization(arena, &config, &endpoints).n, 0);
	str form = oidc_exchange_form(arena, &config, &endpoints, &way, S("c"));
	check_true(str_ends(form, S("&client_id=duly&client_secret=a%3Asecret%20%26%20more")));
}

int main(void)
{
	const struct CMUnitTest keys[] = {
		CLAIM(each_algorithm_is_taken_where_it_is_set_and_nowhere_else),
		CLAIM(a_changed_byte_anywhere_is_noticed),
		CLAIM(a_key_for_something_else_or_too_weak_is_not_used),
		CLAIM(a_head_that_brings_its_own_keys_or_hides_its_name_is_refused),
		CLAIM(what_has_not_three_parts_of_base64url_is_no_token),
		CLAIM(claims_are_believed_only_when_each_is_right),
		CLAIM(a_second_factor_counts_only_by_the_word_that_is_set),
		CLAIM(in_entra_somebody_is_their_object_in_the_tenant_that_is_set),
		CLAIM(asked_anew_the_token_must_say_that_it_was_just_now),
		CLAIM(an_address_is_asked_only_when_everybody_reads_it_alike),
		CLAIM(an_issuer_describes_itself_and_leads_nowhere_else),
		CLAIM(the_browser_is_sent_with_state_nonce_and_a_challenge),
	};
	return cmocka_run_group_tests(keys, open_keys, close_keys);
}
