#include "identity/once.h"

#include <sodium.h>
#include <string.h>

enum { NONCE = crypto_secretbox_NONCEBYTES, MAC = crypto_secretbox_MACBYTES };

static void key_of(str form_token, unsigned char key[static crypto_secretbox_KEYBYTES])
{
	static const unsigned char use[] = "duly shown once";
	crypto_generichash(key, crypto_secretbox_KEYBYTES, (const unsigned char *)form_token.p,
		form_token.n, use, sizeof use - 1);
}

size_t once_seal(str form_token, const unsigned char random[static ONCE_RANDOM], str text,
	unsigned char out[static ONCE_SEALED])
{
	_Static_assert(crypto_secretbox_NONCEBYTES == 24 && crypto_secretbox_MACBYTES == 16, "sizes");
	unsigned char key[crypto_secretbox_KEYBYTES];
	must(text.n <= ONCE_MOST);
	key_of(form_token, key);
	memcpy(out, random, NONCE);
	crypto_secretbox_easy(out + NONCE, (const unsigned char *)text.p, text.n, random, key);
	sodium_memzero(key, sizeof key);
	return NONCE + MAC + text.n;
}

bool once_open(str form_token, str sealed, char out[static ONCE_MOST + 1])
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	if (sealed.n < NONCE + MAC || sealed.n > ONCE_SEALED)
		return false;
	const unsigned char *bytes = (const unsigned char *)sealed.p;
	key_of(form_token, key);
	bool open = crypto_secretbox_open_easy((unsigned char *)out, bytes + NONCE,
			    sealed.n - NONCE, bytes, key) == 0;
	sodium_memzero(key, sizeof key);
	out[open ? sealed.n - NONCE - MAC : 0] = '\0';
	return open;
}
