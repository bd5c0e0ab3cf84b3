/* password.h - which passwords may be chosen, and how they are kept: Argon2id, never as they are.
 *
 * Three passes over 64 MiB (OWASP Password Storage: at least 19 MiB and two): about 150 ms and as
 * much memory each, so callers hash on a few threads of their own and never on one that serves.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum {
	PASSWORD_LEAST = 12,
	PASSWORD_LEAST_OF_TWO = 8, /* with a second factor (Cyber Essentials; NCSC) */
	PASSWORD_MOST = 128,       /* characters */
	PASSWORD_BYTES = PASSWORD_MOST * 4,
	PASSWORD_HASH = 128,
	PASSWORD_MADE = 24,
};

/* Who chooses it: what an attacker who knows them would try. */
struct password_for {
	str login, name, council;
	bool second_factor;
};

/* May they choose it? False, with what to choose instead: long enough, not their sign-in name, not
 * one that is tried first (NCSC, three random words). No rule about digits and signs (ASVS 5.0,
 * 6.2.5). */
MUST_USE bool password_allowed(
	const struct password_for *who, str password, struct err *err);
/* The same text, however a keyboard composed it (RFC 8265, OpaqueString: NFC). What cannot be
 * text stays as it is. At most `room` bytes; false when it is longer. */
MUST_USE bool password_normal(str typed, char *into, size_t room, str *out);

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
