#include "identity/attempt.h"

#include "store/seal.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

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
	int64_t of_name, of_address, of_day, ignored;
	if (!store_attempt_sweep(store, now - INSTANT_DAY, err) ||
		!store_attempt_add(store, name, address, now, err) ||
		!store_attempt_count(store, name, address, now - ATTEMPT_WINDOW, &of_name,
			&of_address, err) ||
		!store_attempt_count(
			store, name, (str){ 0 }, now - INSTANT_DAY, &of_day, &ignored, err))
		return false;
	*over = of_name > ATTEMPTS_OF_NAME || of_address > ATTEMPTS_OF_ADDRESS ||
		of_day > ATTEMPTS_OF_DAY;
	return true;
}

bool attempt_way(struct store *store, str address, instant now, bool *over, struct err *err)
{
	char hex[KEPT * 2 + 1];
	char name[80];
	int n = snprintf(name, sizeof name, "council way from %.*s", (int)(address.n < 48 ? address.n : 48),
		address.p);
	str way = kept((str){ name, (size_t)n }, hex);
	int64_t of_way, ignored;
	/* Without the address of its own column: who comes back by the council's sign-in is no guess at
	 * a password, and uses up none of those. */
	if (!store_attempt_sweep(store, now - INSTANT_DAY, err) ||
		!store_attempt_add(store, way, S("-"), now, err) ||
		!store_attempt_count(
			store, way, (str){ 0 }, now - ATTEMPT_WINDOW, &of_way, &ignored, err))
		return false;
	*over = of_way > WAYS_OF_ADDRESS;
	return true;
}

bool attempt_forget(struct store *store, str login, struct err *err)
{
	char hex[KEPT * 2 + 1];
	return store_attempt_forget(store, kept(login, hex), err);
}

/* ---- known browsers */

static void mark_of(const struct store *store, struct arena *arena, str login, str nonce,
	char hex[static MARK + 1])
{
	unsigned char mark[MARK];
	store_mark(store, "duly device",
		arena_format(arena, "%.*s:%.*s", STR_ARGS(nonce), STR_ARGS(login)), mark);
	sodium_bin2hex(hex, MARK + 1, mark, MARK / 2);
}

str attempt_device(const struct store *store, struct arena *arena, str login,
	const unsigned char random[static DEVICE_NONCE])
{
	char nonce[DEVICE_NONCE * 2 + 1], mark[MARK + 1];
	sodium_bin2hex(nonce, sizeof nonce, random, DEVICE_NONCE);
	mark_of(store, arena, login, str_of(nonce), mark);
	return arena_format(arena, "%s-%s", nonce, mark);
}

str attempt_name(const struct store *store, struct arena *arena, str login, str device)
{
	char mark[MARK + 1];
	str nonce = str_upto(device, str_find(device, '-'));
	str given = str_from(device, nonce.n + 1);
	if (nonce.n != (size_t)DEVICE_NONCE * 2 || given.n != MARK)
		return login;
	mark_of(store, arena, login, nonce, mark);
	return sodium_memcmp(given.p, mark, MARK) == 0
		       ? arena_format(arena, "device:%.*s", STR_ARGS(nonce))
		       : login;
}
