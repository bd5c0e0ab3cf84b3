/* session.h - who is signed in, and until when.
 *
 * A session ends 30 minutes after its last page, 10 hours after it began, when its person signs
 * out, and when the person may no longer sign in. Only a hash of what the browser holds is kept.
 */
#pragma once

#include "identity/token.h"
#include "store/store.h"

#define SESSION_IDLE (30 * INSTANT_MINUTE)
#define SESSION_WHOLE (10 * INSTANT_HOUR)
/* How often the last page is written down: so much earlier than 30 minutes it may end. */
#define SESSION_NOTED (5 * 1000)

struct session {
	int64_t person;
	enum role role;
	str login, name, team, authority; /* in the arena */
	instant began_at, seen_at;
};

/* ERR_MISSING when there is none, it has ended, or the person may not sign in any more. */
MUST_USE bool session_find(struct store *store, struct arena *arena, const struct token *token,
	instant now, struct session *out, struct err *err);

/* These write: on the writer's connection. */
MUST_USE bool session_begin(struct store *store, const struct token *token, int64_t person,
	instant now, struct err *err);
MUST_USE bool session_seen(
	struct store *store, const struct token *token, instant now, struct err *err);
MUST_USE bool session_end(struct store *store, const struct token *token, struct err *err);
