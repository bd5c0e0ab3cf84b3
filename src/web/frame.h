/* frame.h - what web.c and later.c share: no page's business. */
#pragma once

#include "identity/oidc_issuer.h"
#include "identity/session.h"
#include "store/brand.h"
#include "web/page.h"
#include "web/web.h"

#include <pthread.h>

struct web {
	struct web_options options;
	struct brands brands; /* under the lock, as brand_at */
	instant brand_at;   /* when it was read */
	pthread_mutex_t lock;
	struct oidc_issuer *issuer; /* of the council's own accounts */
	struct store **reader; /* those that nobody uses now */
	size_t readers;
};

/* The page, and what the frame alone knows of it. */
struct framed {
	struct page page; /* first: the page is the framed */
	struct token token;
	bool has_token;
	struct session session;
	bool ended; /* time has ended it: whose it was is known, for what they were typing */
	bool noted; /* the look and the visit are written */
};

/* A reader for this thread, until it is given back. */
struct store *web_reader(struct web *web);
void web_reader_back(struct web *web, struct store *reader);
/* The page's function has returned: the answer, or what must come before it. */
void web_settle(struct page *page, struct http_response *out);

/* A form came after its session had ended: is what was typed there to be kept? Then it is. */
bool kept_wanted(const struct page *page);
void kept_take(struct page *page);
