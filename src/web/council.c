/* council.c - off to the council's own sign-in: the settings, the way, the pages in between. */
#include "web/council.h"

#include "identity/attempt.h"
#include "store/setting.h"
#include "web/cookie.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"
#include "web/sign_in.h"
#include "web/site.h"

const str council_keys[COUNCIL_SETTINGS] = {
	[COUNCIL_ISSUER] = S_INIT("council-issuer"),
	[COUNCIL_CLIENT] = S_INIT("council-client"),
	[COUNCIL_SECRET] = S_INIT("council-secret"),
	[COUNCIL_BUTTON] = S_INIT("council-button"),
	[COUNCIL_IDENTITY] = S_INIT("council-identity"),
	[COUNCIL_ALGORITHM] = S_INIT("council-algorithm"),
	[COUNCIL_MFA] = S_INIT("council-mfa"),
	[COUNCIL_PROXY] = S_INIT("council-proxy"),
	[COUNCIL_ONLY] = S_INIT("council-only"),
};
static const str secret_use = S_INIT("council-secret");

str council_seal(const struct store *store, struct arena *arena, str secret)
{
	return oidc_base64_write(arena, store_seal(store, arena, secret_use, secret));
}

bool council_read(struct page *page, struct council *out, struct err *err)
{
	str sealed;
	struct site site;
	*out = (struct council){ 0 };
	str *value = out->value;
	if (!store_settings(page->store, page->arena, council_keys, COUNCIL_SETTINGS, value, err))
		return false;
	struct oidc_config *config = &out->config;
	*config = (struct oidc_config){ .issuer = value[COUNCIL_ISSUER],
		.client = value[COUNCIL_CLIENT],
		.proxy = value[COUNCIL_PROXY],
		.mfa = value[COUNCIL_MFA],
		.by_object = str_equal(value[COUNCIL_IDENTITY], S("oid")) };
	if (!oidc_algorithm_find(value[COUNCIL_ALGORITHM], &config->algorithm))
		config->algorithm = OIDC_RS256;
	out->button = value[COUNCIL_BUTTON].n > 0 ? value[COUNCIL_BUTTON]
						  : S("Sign in with your council account");
	out->only = str_equal(value[COUNCIL_ONLY], S("yes"));
	if (site_of(page, &site))
		config->address = site.origin;
	out->set = config->issuer.n > 0 && config->client.n > 0 && config->address.n > 0 &&
		   value[COUNCIL_SECRET].n > 0;
	if (!out->set)
		return true;
	return (oidc_base64_read(page->arena, value[COUNCIL_SECRET], &sealed) &&
		       store_unseal(page->store, page->arena, secret_use, sealed, &config->secret)) ||
	       err_set(err, ERR_BROKEN, "the sealed secret of the council's sign-in does not open");
}

/* ---- a way, and the browser that is on it */

bool council_token(struct page *page, struct token *token)
{
	str value;
	return cookie_read(page, COOKIE_COUNCIL, &value) && token_read(value, token);
}

void council_cookie(struct page *page, const struct token *token)
{
	struct token_text text = token_write(token);
	cookie_put(page, COOKIE_COUNCIL, arena_str(page->arena, str_of(text.text)));
}

/* Made from the browser's token with the store's key: neither who reads the database nor who has the
 * cookie can make them. */
static str derive(struct page *page, const struct token *token, const char *use)
{
	unsigned char mark[MARK];
	store_mark(page->store, use, (str){ (const char *)token->bytes, sizeof token->bytes }, mark);
	return oidc_base64_write(page->arena, (str){ (const char *)mark, sizeof mark });
}

void council_way_of(struct page *page, const struct token *token, struct oidc_way *way)
{
	*way = (struct oidc_way){ .state = derive(page, token, "duly council state"),
		.nonce = derive(page, token, "duly council nonce"),
		.verifier = derive(page, token, "duly council verifier") };
}

bool council_keep(struct page *page, struct store *store, const struct council_way *way,
	struct token *token, struct err *err)
{
	const struct store_env *env = page->web->options.env;
	env->random(env->self, token->bytes, sizeof token->bytes);
	struct token kept = token_hash(token);
	return store_council_way_begin(store, kept.bytes, way, page->now - COUNCIL_WAY, err);
}

/* ---- pages in between */

void council_hop(struct page *page, str title, str to)
{
	struct buf *b = page->out;
	page_open(page, title);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n"
	     "<h1 class=\"govuk-heading-l\">");
	text(b, title);
	H(b, "</h1>\n<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", to);
	H(b, ">Continue</a></p>\n</div></div>\n");
	page_close(page);
	http_response_header(&page->response, S("Refresh"),
		arena_format(page->arena, "0; url=%.*s", STR_ARGS(to)));
}

void council_refuse(struct page *page, int status, str words)
{
	struct buf *b = page->out;
	page->status = status;
	page_open(page, S("You were not signed in"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n"
	     "<h1 class=\"govuk-heading-l\">You were not signed in</h1>\n<p class=\"govuk-body\">");
	text(b, words);
	H(b, "</p>\n<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/sign-in\">Start "
	     "again</a>. If it happens again, tell whoever looks after Duly in your "
	     "council.</p>\n</div></div>\n");
	page_close(page);
}

void council_mark(const struct store *store, str typed, unsigned char mark[static MARK])
{
	char plain[64];
	size_t n = 0;
	for (size_t i = 0; i < typed.n && n < sizeof plain; i++) {
		char c = typed.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if (c != ' ' && c != '-')
			plain[n++] = c;
	}
	store_mark(store, "duly council invitation", (str){ plain, n }, mark);
}

/* ---- off */

struct going {
	struct council council;
	struct council_way row;
	struct oidc_way way;
	struct token token;
	str url;
	bool reached, over;
	struct err why;
};

static bool go_write(struct page *page, struct store *store, struct err *err)
{
	const struct going *going = page->own;
	struct token kept = token_hash(&going->token);
	return store_council_way_begin(
		store, kept.bytes, &going->row, page->now - COUNCIL_WAY, err);
}

static void go_written(struct page *page, const struct err *failed)
{
	const struct going *going = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
		return;
	}
	page_redirect(page, going->url); /* the one redirect to elsewhere: the issuer's own origin */
	council_cookie(page, &going->token);
}

static void go_work(struct page *page)
{
	struct going *going = page->own;
	going->reached = oidc_issuer_way(page->web->issuer, page->arena, &going->council.config,
		&going->way, page->now, &going->url, &going->why);
}

static void go_worked(struct page *page, const struct err *failed)
{
	const struct going *going = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!going->reached) {
		council_refuse(page, 503,
			S("Your council’s sign-in does not answer as it should. You can sign in with "
			  "your password, if you have one."));
	} else {
		page_write(page, go_write, go_written);
	}
}

static bool count_write(struct page *page, struct store *store, struct err *err)
{
	struct going *going = page->own;
	return attempt_way(store, page->request->peer, page->now, &going->over, err);
}

static void counted(struct page *page, const struct err *failed)
{
	const struct going *going = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else if (going->over)
		page_problem(page, 429);
	else
		page_ask(page, go_work, go_worked);
}

void council_go(struct page *page, str purpose, str next)
{
	struct going *going = arena_new(page->arena, struct going);
	const struct store_env *env = page->web->options.env;
	struct err err;
	page->own = going;
	if (!council_read(page, &going->council, &err)) {
		page_failed(page, &err);
		return;
	}
	if (!going->council.set) {
		page_problem(page, 404);
		return;
	}
	env->random(env->self, going->token.bytes, sizeof going->token.bytes);
	council_way_of(page, &going->token, &going->way);
	going->way.began = page->now;
	going->way.afresh = str_equal(purpose, S("confirm"));
	going->row = (struct council_way){ .issuer = going->council.config.issuer,
		.purpose = purpose,
		.person = page->signed_in ? page->actor.user : 0,
		.next = next,
		.at = page->now };
	/* Each beginning asks the issuer and keeps a row: so many from one address, and no more. */
	if (page->signed_in)
		page_ask(page, go_work, go_worked);
	else
		page_write(page, count_write, counted);
}

void council_go_show(struct page *page)
{
	str next = let_in_next(page, form_value(&page->query, S("next")));
	if (page->signed_in)
		page_redirect(page, next.n > 0 ? next : S("/"));
	else
		council_go(page, S("sign-in"), next);
}
