/* password.h - which passwords may be chosen, and how they are kept: Argon2id, never as they are.
 *
 * Three passes over 64 MiB (OWASP Password Storage: at least 19 MiB and two): about 150 ms and as
 * much memory each, so callers hash on a few threads of their own and never on one that serves.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 128, PASSWORD_HASH = 128, PASSWORD_MADE = 24 };

/* May somebody with this sign-in name choose it? False, with what to choose instead: at least 12
 * characters, not the sign-in name, not one that is tried first (NCSC, three random words). */
MUST_USE bool password_allowed(str login, str password, struct err *err);

/* Fills `out` with the hash and what it was made with, as text ending in NUL. */
void password_hash(str password, char out[static PASSWORD_HASH]);
/* Is it this one? `hash` may be empty (nobody has that name): then the same work is done against a
 * hash of nothing, and the answer is no. */
MUST_USE bool password_verify(str hash, str password);
/* Was the hash made with less work than a new one would be? */
bool password_outdated(str hash);

/* A password to hand out once, from `random` bytes: five groups of four, 98 bits. */
enum { PASSWORD_RANDOM = 40 };
void password_make(
	const unsigned char random[static PASSWORD_RANDOM], char out[static PASSWORD_MADE + 1]);
