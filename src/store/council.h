/* council.h - the way to the council's own sign-in and back, as identity/ and the pages keep it.
 *
 * A way is begun by one browser, taken once, and forgotten after ten minutes. Its token comes as a
 * hash. Which person has which account is in factor.h.
 */
#pragma once

#include "store/person.h"
#include "store/seal.h"

enum { COUNCIL_TOKEN = 32, COUNCIL_WAYS_MOST = 20000 };

struct council_way {
	str issuer;     /* that was asked, or has answered */
	str purpose;    /* "sign-in", "link", "confirm"; "invited": has answered, and is nobody's yet */
	int64_t person; /* who is signed in there; 0: nobody */
	str next;       /* an address of ours */
	instant at;
	str subject, label; /* who came back; empty: still on the way */
	bool mfa;
};

/* ERR_FULL when too many are on their way at once. Forgets those that began before `since`. */
MUST_USE bool store_council_way_begin(struct store *store, const unsigned char token[COUNCIL_TOKEN],
	const struct council_way *way, instant since, struct err *err);
/* ERR_MISSING when there is none, or it began before `since`. */
MUST_USE bool store_council_way_find(struct store *store, struct arena *arena,
	const unsigned char token[COUNCIL_TOKEN], instant since, struct council_way *out,
	struct err *err);
/* The same, and it is gone. */
MUST_USE bool store_council_way_take(struct store *store, struct arena *arena,
	const unsigned char token[COUNCIL_TOKEN], instant since, struct council_way *out,
	struct err *err);

/* An invitation, in the ledger; takes the place of an earlier one. ERR_DENIED. */
MUST_USE bool store_council_invite(struct store *store, const struct actor *actor, int64_t person,
	const unsigned char mark[static MARK], instant now, struct err *err);
/* Used up. ERR_MISSING: there is none, it was made before `since`, or the person may not sign in. */
MUST_USE bool store_council_invited(struct store *store, const unsigned char mark[static MARK],
	instant since, int64_t *person, struct err *err);
