/* council.h - signing in with the council's own account: what its pages share.
 *
 * A way begins at one of ours (council_go), leads over the council's sign-in, and comes back to
 * council_back.c in the same browser, known by a cookie of its own. The cookie of the session does not
 * come with a page from another site: so what came back is kept under a new token, and a page of ours
 * leads on (council_hop).
 */
#pragma once

#include "identity/oidc_issuer.h"
#include "identity/token.h"
#include "store/council.h"
#include "web/page.h"

#define COUNCIL_WAY (10 * INSTANT_MINUTE)
#define COUNCIL_INVITATION (7 * INSTANT_DAY)

/* Settings, in the order of council_keys. */
enum council_setting {
	COUNCIL_ISSUER,
	COUNCIL_CLIENT,
	COUNCIL_SECRET, /* sealed */
	COUNCIL_BUTTON,
	COUNCIL_IDENTITY, /* "sub", "oid" */
	COUNCIL_ALGORITHM,
	COUNCIL_MFA,
	COUNCIL_PROXY,
	COUNCIL_ONLY, /* "yes": no password for who has a council account */
	COUNCIL_SETTINGS
};
extern const str council_keys[COUNCIL_SETTINGS];

struct council {
	bool set; /* there is such a way to sign in */
	str button;
	bool only;
	struct oidc_config config;
	str value[COUNCIL_SETTINGS];
};
/* One statement. Not set where Duly was not told under which address people reach it (site.h). */
MUST_USE bool council_read(struct page *page, struct council *out, struct err *err);
str council_seal(const struct store *store, struct arena *arena, str secret);

/* Off to the council's sign-in, for "sign-in", "link" or "confirm". */
void council_go(struct page *page, str purpose, str next);
/* The way of this browser, when the token in its cookie is one. */
MUST_USE bool council_token(struct page *page, struct token *token);
void council_way_of(struct page *page, const struct token *token, struct oidc_way *way);
/* What came back, kept under a new token: in page_write(); its cookie goes with the answer. */
MUST_USE bool council_keep(struct page *page, struct store *store, const struct council_way *way,
	struct token *token, struct err *err);
void council_cookie(struct page *page, const struct token *token);
/* A page that leads on by itself, from our own site. */
void council_hop(struct page *page, str title, str to);
/* The one page for what did not work, with what to do. */
void council_refuse(struct page *page, int status, str words);
/* The keyed mark of an invitation's code, as typed. */
void council_mark(const struct store *store, str typed, unsigned char mark[static MARK]);
