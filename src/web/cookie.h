/* cookie.h - the cookies that Duly sets. */
#pragma once

#include "identity/token.h"
#include "web/page.h"

/* "__Host-duly" where the connection is encrypted, so that no other site can plant one. */
str cookie_name(bool secure);
/* With the answer of this page. The browser keeps it until it is closed. */
void cookie_set(struct page *page, bool secure, const struct token *token);
void cookie_clear(struct page *page, bool secure);

/* The others, by what follows the name and a hyphen. */
enum cookie_other {
	COOKIE_STEP,    /* between the two steps of signing in */
	COOKIE_DEVICE,  /* this browser was signed in with before: a count of guesses of its own */
	COOKIE_COUNCIL, /* on the way to the council's sign-in and back; the only one that comes
	                   with a page from there (SameSite=Lax) */
	COOKIE_OTHERS
};
/* The value that came; false when there is none. */
MUST_USE bool cookie_read(const struct page *page, enum cookie_other cookie, str *value);
void cookie_put(struct page *page, enum cookie_other cookie, str value);
void cookie_drop(struct page *page, enum cookie_other cookie);
