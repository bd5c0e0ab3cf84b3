#include "identity/attempt.h"

#include "store/person.h"

#include <sodium.h>

enum { KEPT = 16 };

/* People type a password where the name goes: what was typed is not kept, only told apart. */
static str kept(str login, char hex[static KEPT * 2 + 1])
{
	unsigned char hash[KEPT];
	crypto_generichash(hash, KEPT, (const unsigned char *)login.p, login.n, NULL, 0);
	sodium_bin2hex(hex, KEPT * 2 + 1, hash, KEPT);
	return (str){ hex, (size_t)KEPT * 2 };
}

bool attempt_note(
	struct store *store, str login, str address, instant now, bool *over, struct err *err)
{
	char hex[KEPT * 2 + 1];
	str name = kept(login, hex);
	int64_t of_name, of_address;
	if (!store_attempt_sweep(store, now - ATTEMPT_WINDOW, err) ||
		!store_attempt_add(store, name, address, now, err) ||
		!store_attempt_count(
			store, name, address, now - ATTEMPT_WINDOW, &of_name, &of_address, err))
		return false;
	*over = of_name > ATTEMPTS_OF_NAME || of_address > ATTEMPTS_OF_ADDRESS;
	return true;
}

bool attempt_forget(struct store *store, str login, struct err *err)
{
	char hex[KEPT * 2 + 1];
	return store_attempt_forget(store, kept(login, hex), err);
}
