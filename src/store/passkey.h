/* passkey.h - passkeys of the people who may sign in, and the challenges that they answer.
 *
 * Only the statements live here: what a passkey has to sign, and how that is verified, is
 * identity/passkey.h's. Who gains, loses or is refused a way to sign in stands in the ledger with it.
 */
#pragma once

#include "store/person.h"

enum { PASSKEYS_MOST = 20, PASSKEY_NAME_MOST = 60 };

struct passkey_row {
	int64_t id, person;
	str handle, site, public_key, name; /* in the arena */
	str reached; /* how a browser reaches it, as it said: "internal,hybrid" */
	int64_t algorithm, uses;
	instant made_at, used_at; /* INSTANT_UNKNOWN until it is used */
	instant refused_at; /* its own count went back: it was copied, and stays refused; else INSTANT_UNKNOWN */
};
struct passkey_list {
	struct passkey_row *item; /* in the arena, the first made first */
	size_t n, room;
};
/* With what goes with it (NULL: nothing), in one entry of the ledger. ERR_DUPLICATE: that passkey is
 * somebody's already; ERR_FULL: they have PASSKEYS_MOST. */
struct recovery_marks;
MUST_USE bool store_passkey_add(struct store *store, const struct actor *actor,
	const struct passkey_row *row, const struct recovery_marks *codes, struct err *err);
/* ERR_MISSING, too, when its person may not sign in. */
MUST_USE bool store_passkey_find(struct store *store, struct arena *arena, str handle,
	struct passkey_row *out, struct err *err);
MUST_USE bool store_passkey_list(struct store *store, struct arena *arena, int64_t person,
	struct passkey_list *out, struct err *err);
/* ERR_STALE when the key's own count went back: it was copied (WebAuthn 2, 6.1.1); or it was refused
 * for that before. */
MUST_USE bool store_passkey_used(
	struct store *store, int64_t id, int64_t uses, instant now, struct err *err);
/* It did not prove what it should: in the ledger, in its person's name. `copied`: and it is of no use
 * any more. */
MUST_USE bool store_passkey_refused(struct store *store, const struct actor *actor, int64_t id,
	bool copied, instant now, struct err *err);
/* One's own: ERR_MISSING. */
MUST_USE bool store_passkey_name(
	struct store *store, const struct actor *actor, int64_t id, str name, struct err *err);
MUST_USE bool store_passkey_drop(
	struct store *store, const struct actor *actor, int64_t id, struct err *err);
/* All of somebody's: in the step that is open, whose entry tells of it. */
MUST_USE bool store_passkey_drop_all(struct store *store, int64_t person, struct err *err);

/* ---- challenges: random bytes that are answered once, by the browser they were given to */
enum { CHALLENGE = 32 };
struct challenge {
	unsigned char bytes[CHALLENGE];
	unsigned char holder[32]; /* hash of what only that browser holds: of a session, or on the way to one */
	str purpose;              /* "add", "step" ...: good for nothing else */
};
/* Forgets those from before `since`. */
MUST_USE bool store_challenge_add(struct store *store, const struct challenge *challenge,
	instant now, instant since, struct err *err);
/* Takes it away, whoever asks; ERR_MISSING when it was none, another browser's, for another purpose,
 * answered before or from before `since`. */
MUST_USE bool store_challenge_take(struct store *store, const struct challenge *challenge,
	instant since, struct err *err);
