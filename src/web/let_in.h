/* let_in.h - the end of every way of signing in: a new session, and where to go with it. */
#pragma once

#include "identity/session.h"
#include "web/page.h"

struct let_in {
	int64_t person;
	str how;     /* "password", "code", "recovery", "passkey", "council" */
	bool bare;   /* the second factor is still to be set up */
	str next;    /* an address of ours, or empty */
	str counted; /* the name that the attempts were counted under; empty: none were */
	/* What let_in_write() finds. */
	struct person who;
	struct token token;
	bool kept; /* something that they typed waits for them */
	bool told; /* somebody changed how they sign in, and they have not read it */
};

/* For page_write(): ends what session came with the request, begins the new one, and says so in the
 * ledger. ERR_DENIED when the person may not sign in. */
MUST_USE bool let_in_write(
	struct page *page, struct store *store, struct let_in *in, struct err *err);
/* The cookies. */
void let_in_cookies(struct page *page, const struct let_in *in);
/* Where to. */
str let_in_to(struct page *page, const struct let_in *in);
/* Both, as a redirect. */
void let_in_answer(struct page *page, const struct let_in *in);

/* The address to go to after signing in, when it is one of ours. */
str let_in_next(struct page *page, str given);

/* Half-way: the password was right. Sets the cookie of the second step. */
MUST_USE bool half_write(struct page *page, struct store *store, int64_t person,
	const struct token *token, struct err *err);
/* Who is half-way here; ERR_MISSING when nobody is. */
MUST_USE bool half_find(struct page *page, struct store *store, int64_t *person, struct err *err);
