#include "base/sha256.h"

#include <sodium.h>

void sha256(str bytes, unsigned char out[static SHA256])
{
	_Static_assert(SHA256 == crypto_hash_sha256_BYTES, "as long as libsodium's");
	crypto_hash_sha256(out, (const unsigned char *)(bytes.n == 0 ? "" : bytes.p), bytes.n);
}

void buf_sha256(struct buf *buf, str bytes)
{
	unsigned char hash[SHA256];
	sha256(bytes, hash);
	for (size_t i = 0; i < SHA256; i++) {
		buf_char(buf, "0123456789abcdef"[hash[i] >> 4]);
		buf_char(buf, "0123456789abcdef"[hash[i] & 15]);
	}
}
