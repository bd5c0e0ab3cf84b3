/* session.h - who is signed in, and until when.
 *
 * A session ends 30 minutes after its last page, 10 hours after it began, when its person signs
 * out, and when the person may no longer sign in. Only a hash of what the browser holds is kept.
 */
#pragma once

#include "identity/token.h"
#include "store/session.h"

#define SESSION_IDLE (30 * INSTANT_MINUTE)
#define SESSION_WHOLE (10 * INSTANT_HOUR)
/* The warning before the end (WCAG 2.2, 2.2.1). */
#define SESSION_WARNING (2 * INSTANT_MINUTE)
/* How often the last page is written down: so much earlier than 30 minutes it may end. */
#define SESSION_NOTED 1000
/* How long who has just proved who they are need not do so again. */
#define SESSION_PROVEN (5 * INSTANT_MINUTE)
/* How long the second step of signing in may take. */
#define SESSION_HALF (10 * INSTANT_MINUTE)

struct session {
	int64_t person, id;
	enum role role;
	str login, name, team, authority; /* in the arena */
	str council;    /* store/session.h */
	int64_t beside;
	instant began_at, seen_at, proven_at;
	bool bare; /* the second factor is still to be set up: nothing else is shown until then */
	bool lent; /* they came in by a password that somebody else made: they choose their own first */
};

/* ERR_MISSING when there is none, or the person may not sign in any more. ERR_STALE when time has
 * ended it: *out says whose it was, for what they were typing, and for nothing else. */
MUST_USE bool session_find(struct store *store, struct arena *arena, const struct token *token,
	instant now, struct session *out, struct err *err);
/* The instant at which it ends when no further page is seen. */
instant session_ends(const struct session *session, instant seen_at);

/* These write: on the writer's connection. */
MUST_USE bool session_begin(struct store *store, const struct token *token,
	const struct session_new *begin, struct err *err); /* its token is filled in */
MUST_USE bool session_seen(
	struct store *store, const struct token *token, instant now, struct err *err);
/* Who they are has been proved anew: the session goes on under another token (ASVS 5.0, 7.2.4). */
MUST_USE bool session_renew(struct store *store, const struct token *old,
	const struct token *token, instant now, struct err *err);
MUST_USE bool session_end(struct store *store, const struct token *token, struct err *err);

/* "Firefox on Linux", of a User-Agent; "a browser" when it is none that is known. For people to tell
 * their own sessions apart: nothing is decided by it. */
str session_browser(struct arena *arena, str agent);
