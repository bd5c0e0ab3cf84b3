#include "identity/oidc_issuer.h"

#include "base/mem.h"
#include "identity/oidc_ask.h"
#include "identity/oidc_key.h"

#include <pthread.h>
#include <stdio.h>

#define KEPT INSTANT_HOUR
#define AGAIN INSTANT_MINUTE /* keys are not asked for again sooner, whatever tokens say */

/* What one address said, and when. */
struct heard {
	struct buf url, body;
	instant at;
};

struct oidc_issuer {
	pthread_mutex_t lock;
	struct heard description, keys;
};

struct oidc_issuer *oidc_issuer_open(void)
{
	struct oidc_issuer *issuer = mem_alloc(1, sizeof *issuer);
	pthread_mutex_init(&issuer->lock, NULL);
	return issuer;
}

static void forget(struct heard *heard)
{
	buf_close(&heard->url);
	buf_close(&heard->body);
}

void oidc_issuer_close(struct oidc_issuer *issuer)
{
	if (issuer == NULL)
		return;
	forget(&issuer->description);
	forget(&issuer->keys);
	pthread_mutex_destroy(&issuer->lock);
	mem_free(issuer);
}

static bool recall(struct oidc_issuer *issuer, struct arena *arena, const struct heard *heard,
	str url, instant since, str *body)
{
	pthread_mutex_lock(&issuer->lock);
	bool known = str_equal(buf_view(&heard->url), url) && heard->at >= since;
	if (known)
		*body = arena_str(arena, buf_view(&heard->body));
	pthread_mutex_unlock(&issuer->lock);
	return known;
}

/* What cannot be used is not kept for an hour. */
static bool unheard(struct oidc_issuer *issuer, struct heard *heard)
{
	pthread_mutex_lock(&issuer->lock);
	buf_clear(&heard->url);
	pthread_mutex_unlock(&issuer->lock);
	return false;
}

/* From memory when it was heard after `since`; else over the network, which others need not wait for. */
static bool hear(struct oidc_issuer *issuer, struct arena *arena, struct heard *heard,
	const struct oidc_config *config, str url, instant since, instant now, str *body,
	struct err *err)
{
	if (recall(issuer, arena, heard, url, since, body))
		return true;
	const struct oidc_ask ask = { .url = url, .proxy = config->proxy };
	struct buf said = { 0 };
	bool done = oidc_ask_send(&ask, &said, err);
	if (done) {
		*body = arena_str(arena, buf_view(&said));
		pthread_mutex_lock(&issuer->lock);
		buf_clear(&heard->url);
		buf_clear(&heard->body);
		buf_str(&heard->url, url);
		buf_str(&heard->body, *body);
		heard->at = now;
		pthread_mutex_unlock(&issuer->lock);
	}
	buf_close(&said);
	return done;
}

static bool describe(struct oidc_issuer *issuer, struct arena *arena,
	const struct oidc_config *config, instant now, struct oidc_endpoints *out, struct err *err)
{
	str body, url = oidc_discovery_url(arena, config->issuer);
	if (!hear(issuer, arena, &issuer->description, config, url, now - KEPT, now, &body, err))
		return false;
	return oidc_discovery_read(arena, config, body, out, err) ||
	       unheard(issuer, &issuer->description);
}

/* For whoever looks after the server; nothing of a person is in it. */
static bool refused(const struct err *why, struct err *err)
{
	fprintf(stderr, "duly: the council's sign-in: %s\n", why->text);
	return err_set(err, why->code, "%s", why->text);
}

bool oidc_issuer_way(struct oidc_issuer *issuer, struct arena *arena,
	const struct oidc_config *config, const struct oidc_way *way, instant now, str *url,
	struct err *err)
{
	struct oidc_endpoints endpoints;
	struct err why = { 0 };
	if (!describe(issuer, arena, config, now, &endpoints, &why))
		return refused(&why, err);
	*url = oidc_authorization_url(arena, config, &endpoints, way);
	return true;
}

static bool signed_by(struct oidc_issuer *issuer, struct arena *arena,
	const struct oidc_config *config, str url, const struct oidc_token *token, instant now,
	struct err *err)
{
	str keys;
	struct err why = { 0 };
	if (!hear(issuer, arena, &issuer->keys, config, url, now - KEPT, now, &keys, err))
		return false;
	if (oidc_key_verify(arena, keys, token, &why))
		return true;
	if (why.code != ERR_MISSING) {
		(void)unheard(issuer, &issuer->keys);
		return err_set(err, why.code, "%s", why.text);
	}
	return hear(issuer, arena, &issuer->keys, config, url, now - AGAIN, now, &keys, err) &&
	       oidc_key_verify(arena, keys, token, err);
}

static bool exchange(struct arena *arena, const struct oidc_config *config,
	const struct oidc_endpoints *endpoints, const struct oidc_way *way, str code,
	struct oidc_token *token, struct err *err)
{
	const struct oidc_ask ask = { .url = endpoints->token,
		.form = oidc_exchange_form(arena, config, endpoints, way, code),
		.authorization = oidc_exchange_authorization(arena, config, endpoints),
		.proxy = config->proxy };
	struct buf said = { 0 };
	str text;
	bool done = oidc_ask_send(&ask, &said, err) &&
		    oidc_exchange_read(arena, buf_view(&said), &text, err) &&
		    oidc_token_read(arena, text, config->algorithm, token, err);
	buf_close(&said);
	return done;
}

/* The answer must be of the issuer that was asked (RFC 9207): else a code for one is taken to
 * another. */
static bool answered_by(const struct oidc_config *config, const struct oidc_endpoints *endpoints,
	str named, struct err *err)
{
	if (named.n == 0 ? !endpoints->names_issuer : str_equal(named, config->issuer))
		return true;
	return err_set(err, ERR_DENIED, "the answer is another issuer's");
}

bool oidc_issuer_identify(struct oidc_issuer *issuer, struct arena *arena,
	const struct oidc_config *config, const struct oidc_way *way, str code, str named,
	instant now, struct oidc_identity *out, struct err *err)
{
	struct oidc_endpoints endpoints;
	struct oidc_token token;
	struct err why = { 0 };
	return (describe(issuer, arena, config, now, &endpoints, &why) &&
		       answered_by(config, &endpoints, named, &why) &&
		       exchange(arena, config, &endpoints, way, code, &token, &why) &&
		       signed_by(issuer, arena, config, endpoints.keys, &token, now, &why) &&
		       oidc_claims_check(arena, config, way, token.payload, now, out, &why)) ||
	       refused(&why, err);
}
