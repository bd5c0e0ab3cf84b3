#include "identity/seal.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SEAL_NONCE == crypto_secretbox_NONCEBYTES, "as libsodium has it");

static void key_of(const struct token *token, const char *use,
	unsigned char key[static crypto_secretbox_KEYBYTES])
{
	crypto_generichash(key, crypto_secretbox_KEYBYTES, token->bytes, sizeof token->bytes,
		(const unsigned char *)use, strlen(use));
}

void seal_close(const struct token *token, const char *use,
	const unsigned char nonce[static SEAL_NONCE], str text, struct buf *out)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	key_of(token, use, key);
	buf_bytes(out, nonce, SEAL_NONCE);
	char *room = buf_reserve(out, text.n + crypto_secretbox_MACBYTES);
	if (room != NULL) {
		crypto_secretbox_easy((unsigned char *)room, (const unsigned char *)text.p, text.n,
			nonce, key);
		out->n += text.n + crypto_secretbox_MACBYTES;
	}
	sodium_memzero(key, sizeof key);
}

bool seal_open(const struct token *token, const char *use, str sealed, struct buf *out)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	if (sealed.n < SEAL_NONCE + crypto_secretbox_MACBYTES)
		return false;
	str box = str_from(sealed, SEAL_NONCE);
	char *room = buf_reserve(out, box.n);
	key_of(token, use, key);
	bool open = room != NULL &&
		    crypto_secretbox_open_easy((unsigned char *)room, (const unsigned char *)box.p,
			    box.n, (const unsigned char *)sealed.p, key) == 0;
	sodium_memzero(key, sizeof key);
	if (open)
		out->n += box.n - crypto_secretbox_MACBYTES;
	return open;
}
