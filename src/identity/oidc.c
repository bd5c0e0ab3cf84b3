#include "identity/oidc.h"

#include "base/buf.h"
#include "base/sha256.h"
#include "identity/oidc_json.h"

#include <sodium.h>

enum { PORT_DIGITS = 5, TOKEN_ANSWER_MAX = OIDC_TOKEN_MAX };

/* ---- addresses */

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '-';
}

/* Only what every reader of addresses reads alike. */
static bool is_plain(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c <= ' ' || c > '~' || c == '\\' || c == '@' || c == '#' || c == '"' ||
			c == '<' || c == '>' || c == '^' || c == '`' || c == '{' || c == '}' ||
			c == '|')
			return false;
	}
	return s.n <= OIDC_URL_MAX;
}

bool oidc_is_local(str origin)
{
	static const str local[] = { S_INIT("http://localhost"), S_INIT("http://127.0.0.1"),
		S_INIT("http://[::1]"), S_INIT("https://localhost"), S_INIT("https://127.0.0.1"),
		S_INIT("https://[::1]") };
	for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
		if (str_starts(origin, local[i]) &&
			(origin.n == local[i].n || origin.p[local[i].n] == ':'))
			return true;
	}
	return false;
}

bool oidc_origin(str address, str *origin)
{
	bool tls = str_starts(address, S("https://"));
	if (!is_plain(address) || (!tls && !str_starts(address, S("http://"))))
		return false;
	size_t scheme = tls ? 8 : 7, at = scheme;
	if (str_starts(str_from(address, at), S("[::1]")))
		at += 5;
	else
		while (at < address.n && is_host_char(address.p[at]))
			at++;
	if (at == scheme || address.p[scheme] == '.' || address.p[scheme] == '-')
		return false;
	if (at < address.n && address.p[at] == ':') {
		size_t digits = 0;
		for (at++; at < address.n && address.p[at] >= '0' && address.p[at] <= '9'; at++)
			digits++;
		if (digits == 0 || digits > PORT_DIGITS)
			return false;
	}
	if (at < address.n && address.p[at] != '/' && address.p[at] != '?')
		return false;
	*origin = str_upto(address, at);
	return tls || oidc_is_local(*origin);
}

bool oidc_issuer_allowed(str issuer, struct err *err)
{
	str origin;
	if (!oidc_origin(issuer, &origin))
		return err_set(err, ERR_INPUT,
			"Enter the issuer as an address that begins with https://");
	/* OpenID Connect Discovery 1.0, 3: no query, no fragment. */
	return str_find(issuer, '?') == issuer.n ||
	       err_set(err, ERR_INPUT, "The issuer must have no question mark in it");
}

static void put_url(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
		if (plain)
			buf_char(b, c);
		else
			buf_format(b, "%%%02X", (unsigned)(unsigned char)c);
	}
}

static void put_field(struct buf *b, const char *name, str value)
{
	if (b->n > 0 && b->p[b->n - 1] != '?')
		buf_char(b, '&');
	buf_str(b, str_of(name));
	buf_char(b, '=');
	put_url(b, value);
}

static str taken(struct arena *arena, struct buf *b)
{
	str out = arena_str(arena, buf_view(b));
	buf_close(b);
	return out;
}

str oidc_discovery_url(struct arena *arena, str issuer)
{
	return arena_format(arena, "%.*s%s.well-known/openid-configuration", STR_ARGS(issuer),
		str_ends(issuer, S("/")) ? "" : "/");
}

str oidc_return_url(struct arena *arena, const struct oidc_config *config)
{
	return arena_format(arena, "%.*s/sign-in/council/back", STR_ARGS(config->address));
}

/* ---- what the issuer says of itself */

static bool endpoint(struct arena *arena, const json_t *object, const char *name, str origin,
	str *out, struct err *err)
{
	str of;
	if (!oidc_json_str(arena, object, name, OIDC_URL_MAX, out))
		return err_set(err, ERR_INPUT, "the issuer does not say its %s", name);
	return (oidc_origin(*out, &of) && str_equal_nocase(of, origin)) ||
	       err_set(err, ERR_DENIED, "the issuer's %s is at another address", name);
}

static bool describe(struct arena *arena, const struct oidc_config *config, const json_t *object,
	struct oidc_endpoints *out, struct err *err)
{
	const char *methods = "token_endpoint_auth_methods_supported";
	str issuer, origin;
	if (!oidc_json_str(arena, object, "issuer", OIDC_URL_MAX, &issuer) ||
		!str_equal(issuer, config->issuer) || !oidc_origin(issuer, &origin))
		return err_set(err, ERR_DENIED, "the issuer describes another issuer");
	/* Entra ID does S256 and does not say so; who says so must say S256. */
	if (json_object_get(object, "code_challenge_methods_supported") != NULL &&
		!oidc_json_has(object, "code_challenge_methods_supported", S("S256")))
		return err_set(err, ERR_DENIED, "the issuer does not do PKCE with S256");
	out->names_issuer = json_is_true(json_object_get(
		object, "authorization_response_iss_parameter_supported"));
	out->secret_post = oidc_json_has(object, methods, S("client_secret_post")) &&
			   !oidc_json_has(object, methods, S("client_secret_basic"));
	return endpoint(arena, object, "authorization_endpoint", origin, &out->authorization,
		       err) &&
	       endpoint(arena, object, "token_endpoint", origin, &out->token, err) &&
	       endpoint(arena, object, "jwks_uri", origin, &out->keys, err);
}

bool oidc_discovery_read(struct arena *arena, const struct oidc_config *config, str body,
	struct oidc_endpoints *out, struct err *err)
{
	*out = (struct oidc_endpoints){ 0 };
	json_t *object = oidc_json_open(body);
	bool good = object != NULL ? describe(arena, config, object, out, err)
				   : err_set(err, ERR_INPUT, "the issuer's description is not JSON");
	json_decref(object);
	return good;
}

/* ---- the two requests */

/* Entra ID says nothing of how somebody signed in (its version 2 has no `amr`), but asks for what an
 * authentication context wants, "c1" to "c99", and then says so in `acrs`. */
static bool is_context(const struct oidc_config *config)
{
	int64_t number;
	return config->by_object && config->mfa.n >= 2 && config->mfa.p[0] == 'c' &&
	       config->mfa.p[1] >= '1' && config->mfa.p[1] <= '9' &&
	       str_int(str_from(config->mfa, 1), &number) && number <= 99;
}

str oidc_authorization_url(struct arena *arena, const struct oidc_config *config,
	const struct oidc_endpoints *endpoints, const struct oidc_way *way)
{
	unsigned char hash[SHA256];
	struct buf b = { 0 };
	sha256(way->verifier, hash);
	buf_str(&b, endpoints->authorization);
	if (str_find(endpoints->authorization, '?') == endpoints->authorization.n)
		buf_char(&b, '?');
	put_field(&b, "response_type", S("code"));
	put_field(&b, "response_mode", S("query"));
	put_field(&b, "client_id", config->client);
	put_field(&b, "redirect_uri", oidc_return_url(arena, config));
	put_field(&b, "scope", S("openid profile"));
	put_field(&b, "state", way->state);
	put_field(&b, "nonce", way->nonce);
	put_field(&b, "code_challenge",
		oidc_base64_write(arena, (str){ (const char *)hash, sizeof hash }));
	put_field(&b, "code_challenge_method", S("S256"));
	if (is_context(config))
		put_field(&b, "claims",
			arena_format(arena,
				"{\"id_token\":{\"acrs\":{\"essential\":true,\"value\":\"%.*s\"}}}",
				STR_ARGS(config->mfa)));
	if (way->afresh) {
		put_field(&b, "prompt", S("login"));
		put_field(&b, "max_age", S("0"));
	}
	return taken(arena, &b);
}

str oidc_exchange_form(struct arena *arena, const struct oidc_config *config,
	const struct oidc_endpoints *endpoints, const struct oidc_way *way, str code)
{
	struct buf b = { 0 };
	put_field(&b, "grant_type", S("authorization_code"));
	put_field(&b, "code", code);
	put_field(&b, "redirect_uri", oidc_return_url(arena, config));
	put_field(&b, "code_verifier", way->verifier);
	if (endpoints->secret_post) {
		put_field(&b, "client_id", config->client);
		put_field(&b, "client_secret", config->secret);
	}
	return taken(arena, &b);
}

/* RFC 6749, 2.3.1: each is encoded as in a form before the two are joined. */
str oidc_exchange_authorization(
	struct arena *arena, const struct oidc_config *config, const struct oidc_endpoints *endpoints)
{
	struct buf b = { 0 };
	if (endpoints->secret_post)
		return (str){ 0 };
	put_url(&b, config->client);
	buf_char(&b, ':');
	put_url(&b, config->secret);
	size_t room = sodium_base64_encoded_len(b.n, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_take(arena, room, 1);
	sodium_bin2base64(
		text, room, (const unsigned char *)b.p, b.n, sodium_base64_VARIANT_ORIGINAL);
	buf_close(&b);
	return arena_format(arena, "Authorization: Basic %s", text);
}

bool oidc_exchange_read(struct arena *arena, str body, str *token, struct err *err)
{
	json_t *object = oidc_json_open(body);
	bool good = oidc_json_str(arena, object, "id_token", TOKEN_ANSWER_MAX, token) ||
		    err_set(err, ERR_INPUT, "the issuer's answer has no ID token");
	json_decref(object);
	return good;
}

/* ---- what the token says */

bool oidc_same(str a, str b)
{
	return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

static bool wrong(struct err *err, const char *what)
{
	return err_set(err, ERR_DENIED, "the token's %s is not right", what);
}

/* For this Duly, and for nobody else besides (OpenID Connect Core, 3.1.3.7, 3 to 5). */
static bool audience_is(struct arena *arena, const struct oidc_config *config, const json_t *claims)
{
	const json_t *aud = json_object_get(claims, "aud");
	str azp;
	if (json_is_array(aud) && json_array_size(aud) != 1)
		return false;
	if (!oidc_json_has(claims, "aud", config->client))
		return false;
	return json_object_get(claims, "azp") == NULL ||
	       (oidc_json_str(arena, claims, "azp", OIDC_NAME_MAX, &azp) &&
		       str_equal(azp, config->client));
}

static bool times_hold(const struct oidc_way *way, const json_t *claims, instant now, struct err *err)
{
	int64_t exp, iat, nbf, auth;
	if (!oidc_json_time(claims, "exp", &exp) || exp <= now - OIDC_SKEW)
		return wrong(err, "end (exp)");
	if (!oidc_json_time(claims, "iat", &iat) || iat > now + OIDC_SKEW ||
		iat < way->began - OIDC_SKEW)
		return wrong(err, "time of issue (iat)");
	if (json_object_get(claims, "nbf") != NULL &&
		(!oidc_json_time(claims, "nbf", &nbf) || nbf > now + OIDC_SKEW))
		return wrong(err, "beginning (nbf)");
	if (way->afresh && (!oidc_json_time(claims, "auth_time", &auth) ||
				   auth < way->began - OIDC_SKEW || auth > now + OIDC_SKEW))
		return wrong(err, "time of signing in (auth_time)");
	return true;
}

/* The tenant is in the issuer's address: a token of another one cannot pass for this one's. */
static bool tenant_is(struct arena *arena, const struct oidc_config *config, const json_t *claims)
{
	str tenant, rest = config->issuer, piece;
	if (!oidc_json_str(arena, claims, "tid", OIDC_NAME_MAX, &tenant))
		return false;
	while (str_split(&rest, '/', &piece)) {
		if (str_equal_nocase(piece, tenant))
			return true;
	}
	return false;
}

static bool named(struct arena *arena, const struct oidc_config *config, const json_t *claims,
	struct oidc_identity *out, struct err *err)
{
	str sub;
	if (!oidc_json_str(arena, claims, "sub", OIDC_NAME_MAX, &sub))
		return wrong(err, "subject (sub)");
	out->subject = sub;
	if (config->by_object && (!oidc_json_str(arena, claims, "oid", OIDC_NAME_MAX, &out->subject) ||
					 !tenant_is(arena, config, claims)))
		return wrong(err, "object id or tenant (oid, tid)");
	if (!oidc_json_str(arena, claims, "preferred_username", OIDC_NAME_MAX, &out->label) &&
		!oidc_json_str(arena, claims, "name", OIDC_NAME_MAX, &out->label))
		out->label = out->subject;
	return true;
}

static bool believed(struct arena *arena, const struct oidc_config *config,
	const struct oidc_way *way, const json_t *claims, instant now, struct oidc_identity *out,
	struct err *err)
{
	str issuer, nonce;
	if (!oidc_json_str(arena, claims, "iss", OIDC_URL_MAX, &issuer) ||
		!str_equal(issuer, config->issuer))
		return wrong(err, "issuer (iss)");
	if (!audience_is(arena, config, claims))
		return wrong(err, "audience (aud, azp)");
	if (!oidc_json_str(arena, claims, "nonce", OIDC_NAME_MAX, &nonce) ||
		!oidc_same(nonce, way->nonce))
		return wrong(err, "nonce");
	out->mfa = config->mfa.n > 0 && (oidc_json_has(claims, "amr", config->mfa) ||
						oidc_json_has(claims, "acr", config->mfa) ||
						oidc_json_has(claims, "acrs", config->mfa));
	return times_hold(way, claims, now, err) && named(arena, config, claims, out, err);
}

bool oidc_claims_check(struct arena *arena, const struct oidc_config *config,
	const struct oidc_way *way, str payload, instant now, struct oidc_identity *out,
	struct err *err)
{
	*out = (struct oidc_identity){ 0 };
	json_t *claims = oidc_json_open(payload);
	bool good = claims != NULL ? believed(arena, config, way, claims, now, out, err)
				   : err_set(err, ERR_DENIED, "the token's claims are not JSON");
	json_decref(claims);
	return good;
}
