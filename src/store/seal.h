/* seal.h - what must not be readable in the database: sealed with a key made from the store's.
 *
 * XChaCha20-Poly1305 under a key of its own. What is sealed is bound to `what` ("totp:12"): moved to
 * another row, or to another use, it does not open. The first byte says how it was sealed.
 */
#pragma once

#include "store/store.h"

enum { SEAL_ADDED = 1 + 24 + 16, MARK = 32 };

str store_seal(const struct store *store, struct arena *arena, str what, str plain);
/* False: it was not sealed by this store for this use. */
MUST_USE bool store_unseal(
	const struct store *store, struct arena *arena, str what, str sealed, str *plain);
/* A keyed digest of `text` for this use: nobody without the store's key can make or guess it. */
void store_mark(const struct store *store, const char *use, str text, unsigned char out[static MARK]);
