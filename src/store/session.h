/* session.h - sessions and attempts to sign in, as identity/ keeps them.
 *
 * Only the statements live here; how long a session holds is identity's. Tokens are hashes of what
 * a browser holds. Times come from the caller, so that a test can move them.
 */
#pragma once

#include "store/person.h"

enum { SESSION_TOKEN = 32 }; /* bytes */

struct session_new {
	const unsigned char *token;
	int64_t person;
	instant now;
	str how;     /* "password", "code", "passkey", "recovery", "council" */
	str browser; /* "Firefox on Linux" */
	bool bare;   /* the second factor is still to be set up */
};
struct person_session {
	struct person person; /* without the hash of the password */
	int64_t id;           /* to end it by; never what the browser holds */
	instant began_at, seen_at, proven_at;
	str how, browser;
	bool bare;
	bool lent;   /* an administrator, or whoever runs Duly, made the password, and knows it */
	str council;    /* that they chose, while they work for it; empty: their own */
	int64_t beside; /* councils that they work for beside their own */
};
struct session_list {
	struct person_session *item; /* in the arena; person is empty */
	size_t n, room;
};

MUST_USE bool store_session_begin(
	struct store *store, const struct session_new *begin, struct err *err);
/* ERR_MISSING when there is none. Whether it still holds is for identity to say. One statement. */
MUST_USE bool store_session_find(struct store *store, struct arena *arena,
	const unsigned char token[SESSION_TOKEN], struct person_session *out, struct err *err);
/* Of one person, last seen first. */
MUST_USE bool store_session_list(struct store *store, struct arena *arena, int64_t person,
	struct session_list *out, struct err *err);
MUST_USE bool store_session_seen(struct store *store, const unsigned char token[SESSION_TOKEN],
	instant now, struct err *err);
/* The same session under another token, its person having proved anew who they are. */
MUST_USE bool store_session_renew(struct store *store, const unsigned char old[SESSION_TOKEN],
	const unsigned char token[SESSION_TOKEN], instant now, struct err *err);
/* The second factor is set up. */
MUST_USE bool store_session_whole(struct store *store, int64_t person, struct err *err);
MUST_USE bool store_session_end(
	struct store *store, const unsigned char token[SESSION_TOKEN], struct err *err);
/* One of the person's own, in the ledger; ERR_MISSING. All but one: `keep` 0 for all. */
MUST_USE bool store_session_end_one(
	struct store *store, const struct actor *actor, int64_t id, struct err *err);
MUST_USE bool store_session_end_others(
	struct store *store, const struct actor *actor, int64_t keep, struct err *err);
/* Everybody's: after a change of what signing in takes. */
MUST_USE bool store_session_end_all(struct store *store, struct err *err);
/* Which council the pages of the whole service are about, in that session of theirs. */
MUST_USE bool store_session_council(
	struct store *store, int64_t person, int64_t id, str council, struct err *err);
/* Forgets the sessions last seen before `before`. */
MUST_USE bool store_session_sweep(struct store *store, instant before, struct err *err);
/* Somebody signed in, in the ledger. */
MUST_USE bool store_session_entry(
	struct store *store, const struct actor *actor, str how, struct err *err);

/* ---- the right password was given, and the second factor is still to come */
MUST_USE bool store_half_begin(struct store *store, const unsigned char token[SESSION_TOKEN],
	int64_t person, instant now, struct err *err);
/* ERR_MISSING when there is none, or it began before `since`. */
MUST_USE bool store_half_find(struct store *store, const unsigned char token[SESSION_TOKEN],
	instant since, int64_t *person, struct err *err);
MUST_USE bool store_half_end(
	struct store *store, const unsigned char token[SESSION_TOKEN], struct err *err);

/* ---- attempts to sign in */
MUST_USE bool store_attempt_add(
	struct store *store, str login, str address, instant at, struct err *err);
/* Those after `since`, of the login and of the address. */
MUST_USE bool store_attempt_count(struct store *store, str login, str address, instant since,
	int64_t *of_login, int64_t *of_address, struct err *err);
MUST_USE bool store_attempt_forget(struct store *store, str login, struct err *err);
MUST_USE bool store_attempt_sweep(struct store *store, instant before, struct err *err);

/* ---- what may be used once: ERR_DUPLICATE the second time. Forgets what was used long ago. */
MUST_USE bool store_spend(
	struct store *store, const unsigned char mark[32], instant now, struct err *err);
