/* factor.h - one-time codes from an app (RFC 6238, SHA-1, six digits, 30 seconds), and recovery codes
 * for who has lost it.
 *
 * The app's secret stands sealed in the store; recovery codes only as keyed marks.
 */
#pragma once

#include "store/factor.h"

enum {
	FACTOR_SECRET = 20,      /* bytes: 160 bits */
	FACTOR_SECRET_TEXT = 32, /* letters of base32 */
	FACTOR_DIGITS = 6,
	FACTOR_CODES = 10,       /* recovery codes at a time */
	FACTOR_CODE_TEXT = 29,   /* five groups of five of 31 letters: 123 bits */
	FACTOR_CODE_RANDOM = 50, /* bytes to make one from */
};
#define FACTOR_OFFER (20 * INSTANT_MINUTE) /* how long a secret waits to be confirmed */

/* "ABCD EFGH ..." for people, from 20 random bytes: without spaces for the app. */
str factor_secret_text(
	struct arena *arena, const unsigned char secret[static FACTOR_SECRET], bool groups);
/* otpauth://totp/..., as apps read it from a QR code. */
str factor_address(struct arena *arena, str council, str login,
	const unsigned char secret[static FACTOR_SECRET]);
/* Is it the code of this moment, of the half minute before or of the one after? *step says which,
 * so that none is taken twice. `typed` may have spaces. */
bool factor_code_is(const unsigned char secret[static FACTOR_SECRET], str typed, instant now,
	int64_t *step);

/* The sealed secret of a person, confirmed or on offer ("totp", "offer"). */
str factor_seal(const struct store *store, struct arena *arena, str use, int64_t person,
	const unsigned char secret[static FACTOR_SECRET]);
MUST_USE bool factor_unseal(const struct store *store, struct arena *arena, str use,
	int64_t person, str sealed, unsigned char out[static FACTOR_SECRET]);

/* Writes: checks a code of the person's app and uses it up. *right says whether it was; false only
 * when the store failed. */
MUST_USE bool factor_use_code(struct store *store, struct arena *arena, int64_t person, str typed,
	instant now, bool *right, struct err *err);

void factor_recovery_make(const unsigned char random[static FACTOR_CODE_RANDOM],
	char out[static FACTOR_CODE_TEXT + 1]);
/* Of a typed code: capitals, spaces and hyphens count for nothing. */
void factor_recovery_mark(const struct store *store, struct arena *arena, int64_t person,
	str typed, unsigned char out[static MARK]);
MUST_USE bool factor_use_recovery(struct store *store, struct arena *arena, int64_t person,
	str typed, instant now, bool *right, struct err *err);
