/* attempt.h - how often a password may be guessed: ten times in five minutes for one name, and a
 * hundred from one address. Names that nobody has count like the others. */
#pragma once

#include "store/store.h"

enum { ATTEMPTS_OF_NAME = 10, ATTEMPTS_OF_ADDRESS = 100 };
#define ATTEMPT_WINDOW (5 * INSTANT_MINUTE)

/* Notes one more, before the password is looked at; *over when it is one too many. Writes. */
MUST_USE bool attempt_note(
	struct store *store, str login, str address, instant now, bool *over, struct err *err);
/* After the right password: the name's count begins anew. Writes. */
MUST_USE bool attempt_forget(struct store *store, str login, struct err *err);
