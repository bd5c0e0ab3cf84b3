/* attempt.h - how often a password or a code may be guessed: ten times in five minutes for one
 * name, a hundred for one name in a day, and a hundred in five minutes from one address. Names that
 * nobody has count like the others.
 *
 * A browser in which somebody has signed in before has a count of its own (a device cookie): then
 * a stranger's ten guesses do not lock out the person whose name they guess at.
 */
#pragma once

#include "store/session.h"

enum { ATTEMPTS_OF_NAME = 10, ATTEMPTS_OF_ADDRESS = 100, ATTEMPTS_OF_DAY = 100 };
#define ATTEMPT_WINDOW (5 * INSTANT_MINUTE)

/* Notes one more, before the password is looked at; *over when it is one too many. Writes. */
MUST_USE bool attempt_note(
	struct store *store, str login, str address, instant now, bool *over, struct err *err);
/* How often a way to the council's own sign-in is begun from one address: a whole council may come from
 * one. Notes one more; *over when it is one too many. Writes. */
enum { WAYS_OF_ADDRESS = 200 };
MUST_USE bool attempt_way(
	struct store *store, str address, instant now, bool *over, struct err *err);
/* After the right password: the name's count begins anew. Writes. */
MUST_USE bool attempt_forget(struct store *store, str login, struct err *err);

/* What a known browser holds: "NONCE-MARK", made for one sign-in name. */
enum { DEVICE_NONCE = 16 };
str attempt_device(const struct store *store, struct arena *arena, str login,
	const unsigned char random[static DEVICE_NONCE]);
/* The name to count under: the login, or the device's own when it is one of ours for this login. */
str attempt_name(const struct store *store, struct arena *arena, str login, str device);
