/* passkey.h - what the pages with a passkey share: the button, the challenge, and the answer's check.
 *
 * A challenge is good for one purpose, once, for five minutes, in the browser that it was given to:
 * "add" and "confirm" belong to a session, "step" to who gave the right password, "alone" to a
 * browser that nobody is signed in with.
 */
#pragma once

#include "identity/passkey.h"
#include "identity/token.h"
#include "store/factor.h"
#include "web/site.h"

/* Is there one of theirs that works at this address? */
bool passkey_here(const struct passkey_list *list, const struct site *site);
/* 32 bytes that stand for a person with their passkeys, and tell nothing of them. */
str passkey_user(const struct store *store, struct arena *arena, int64_t person);

/* The button that the script shows, in a form of its own. */
struct passkey_button {
	struct site site;
	str purpose;
	str challenge; /* where one is to be had */
	str again;     /* where to go when there is none: to prove anew who one is, or to begin again */
	str action, next, words, classes;
	const struct passkey_list *keys; /* those that may answer; or, to add one, may not. NULL: any */
	str user;                        /* to add one: see passkey_user() */
	str without; /* said where there is no script; empty: then nothing is shown at all */
	struct markup fields; /* of the form, above the button */
};
void passkey_button(struct page *page, const struct passkey_button *button);

/* Answers the script with a challenge. The holder is the session's token, or that of the way to one;
 * it has been counted already. */
void passkey_challenge(struct page *page, const struct token *holder, str purpose);

enum passkey_outcome {
	PASSKEY_RIGHT,
	PASSKEY_WRONG, /* unreadable, unknown, somebody else's, for another page, badly signed */
	PASSKEY_LATE,  /* the challenge was answered before, or is too old, or another's */
	PASSKEY_COPIED,
};
struct passkey_answer {
	const struct token *holder;
	str purpose;
	int64_t person; /* whose it must be; 0: anybody's */
	/* What is found. */
	enum passkey_outcome outcome;
	struct passkey_row key;
};
/* For page_write(): checks what the form brought, uses the challenge up, and says in the ledger what
 * was refused. False only when the store failed. */
MUST_USE bool passkey_answer(
	struct page *page, struct store *store, struct passkey_answer *answer, struct err *err);
/* What to say to who brought it; empty when it was right. */
str passkey_mistake(enum passkey_outcome outcome);
