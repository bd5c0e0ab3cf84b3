/* factor.h - second factors of the people who may sign in, as identity/ keeps them.
 *
 * Only the statements live here. Secrets come sealed (seal.h), recovery codes as marks. Whoever
 * gains or loses a way to sign in stands in the ledger with it.
 */
#pragma once

#include "store/person.h"
#include "store/seal.h"

/* What somebody has besides a password; one statement. */
struct factors {
	bool totp, council;
	instant totp_made_at;
	int64_t passkeys, codes_left;
	int64_t passkeys_good; /* of those, the ones that were not copied */
};
MUST_USE bool store_factors(
	struct store *store, int64_t person, struct factors *out, struct err *err);
/* Required before a real import is done in somebody's name (practice: safety 11). */
MUST_USE bool store_has_second_factor(
	struct store *store, int64_t person, bool *out, struct err *err);
/* Whether everybody must have one: the setting "second-factor"; when it is not set, everywhere but
 * in a demonstration. */
MUST_USE bool store_second_factor_required(
	struct store *store, struct arena *arena, bool *out, struct err *err);

MUST_USE bool store_demonstration(
	struct store *store, struct arena *arena, bool *out, struct err *err);
/* Whether any import that is not a demonstration's has brought records. */
MUST_USE bool store_holds_real(struct store *store, bool *out, struct err *err);

/* ---- an offer: what is shown until it is confirmed. "totp", "codes" */
MUST_USE bool store_offer_set(struct store *store, int64_t person, str kind, str sealed,
	instant now, struct err *err);
/* ERR_MISSING when there is none, or it is older than `since`. */
MUST_USE bool store_offer_read(struct store *store, struct arena *arena, int64_t person, str kind,
	instant since, str *sealed, struct err *err);
MUST_USE bool store_offer_drop(struct store *store, int64_t person, str kind, struct err *err);

/* Recovery codes, as marks. */
struct recovery_marks {
	const unsigned char (*mark)[MARK];
	size_t n;
};

/* ---- one-time codes from an app */
struct totp_row {
	str sealed;
	int64_t step; /* the last that was used */
};
MUST_USE bool store_totp_read(struct store *store, struct arena *arena, int64_t person,
	struct totp_row *out, struct err *err);
/* With recovery codes, in the same entry of the ledger: one thing was set up. */
MUST_USE bool store_totp_set(struct store *store, const struct actor *actor, str sealed,
	int64_t step, const struct recovery_marks *codes, instant now, struct err *err);
/* Each step once: ERR_STALE when it, or a later one, was used. */
MUST_USE bool store_totp_use(struct store *store, int64_t person, int64_t step, struct err *err);
MUST_USE bool store_totp_drop(struct store *store, const struct actor *actor, struct err *err);

/* ---- recovery codes */
MUST_USE bool store_recovery_set(struct store *store, const struct actor *actor,
	const struct recovery_marks *codes, instant now, struct err *err);
/* ERR_MISSING when it is none, or was used. */
MUST_USE bool store_recovery_use(struct store *store, int64_t person,
	const unsigned char mark[static MARK], instant now, struct err *err);

/* ---- the council's own accounts: the issuer's name for somebody, never an e-mail address */
MUST_USE bool store_council_find(struct store *store, str issuer, str subject, int64_t *person,
	struct err *err);
/* Which account somebody has: ERR_MISSING when none. */
MUST_USE bool store_council_of(struct store *store, struct arena *arena, int64_t person, str *issuer,
	str *subject, str *label, struct err *err);
/* ERR_DUPLICATE when that account is somebody else's. Takes the place of one they had. */
MUST_USE bool store_council_set(struct store *store, const struct actor *actor, int64_t person,
	str issuer, str subject, str label, instant now, struct err *err);
/* ERR_MISSING when there is none. Ends their sessions when it is not their own doing. */
MUST_USE bool store_council_drop(
	struct store *store, const struct actor *actor, int64_t person, struct err *err);

/* Takes away every second factor and ends the person's sessions: for who has lost theirs. What they
 * sign in with next is their password, and then they set up another; they are told who did it.
 * ERR_DENIED; ERR_MISSING, too, for somebody of another authority; ERR_INPUT, in words for a page: not
 * one's own, and not by who made the person's password and so knows it. */
MUST_USE bool store_factor_reset(
	struct store *store, const struct actor *actor, int64_t person, struct err *err);

/* What an administrator did for them, until they have gone on by themselves: 0 for the command line. */
enum { HELPED_NOBODY = -1 };
struct helped {
	int64_t password_by, reset_by;
	instant reset_at;
	str reset_name; /* of who did it, in the arena */
};
MUST_USE bool store_helped(struct store *store, struct arena *arena, int64_t person,
	struct helped *out, struct err *err);
