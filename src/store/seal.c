#include "store/seal.h"

#include "store/inside.h"

#include <sodium.h>
#include <string.h>

enum {
	HOW = 1, /* as below; a later way gets another number */
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	SEAL_KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
};

_Static_assert((int)SEAL_ADDED == 1 + (int)NONCE + (int)TAG, "sealing adds another length");

static void key_for(const struct store *store, const char *use, unsigned char key[static SEAL_KEY])
{
	crypto_generichash(
		key, SEAL_KEY, (const unsigned char *)use, strlen(use), store->key, KEY);
}

str store_seal(const struct store *store, struct arena *arena, str what, str plain)
{
	unsigned char key[SEAL_KEY];
	unsigned char *out = arena_take(arena, plain.n + SEAL_ADDED, 1);
	out[0] = HOW;
	store->env->random(store->env->self, out + 1, NONCE);
	key_for(store, "duly seal", key);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + NONCE, NULL,
		(const unsigned char *)plain.p, plain.n, (const unsigned char *)what.p, what.n, NULL,
		out + 1, key);
	sodium_memzero(key, sizeof key);
	return str_bytes(out, plain.n + SEAL_ADDED);
}

bool store_unseal(
	const struct store *store, struct arena *arena, str what, str sealed, str *plain)
{
	unsigned char key[SEAL_KEY];
	const unsigned char *in = (const unsigned char *)sealed.p;
	if (sealed.n < SEAL_ADDED || in[0] != HOW)
		return false;
	unsigned char *out = arena_take(arena, sealed.n - SEAL_ADDED + 1, 1);
	key_for(store, "duly seal", key);
	bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + 1 + NONCE,
			      sealed.n - 1 - NONCE, (const unsigned char *)what.p, what.n, in + 1,
			      key) == 0;
	sodium_memzero(key, sizeof key);
	*plain = str_bytes(out, sealed.n - SEAL_ADDED);
	return opened;
}

void store_mark(const struct store *store, const char *use, str text, unsigned char out[static MARK])
{
	unsigned char key[SEAL_KEY];
	key_for(store, use, key);
	crypto_generichash(out, MARK, (const unsigned char *)text.p, text.n, key, sizeof key);
	sodium_memzero(key, sizeof key);
}
