#include "identity/token.h"

#include <sodium.h>
#include <string.h>

struct token_text token_write(const struct token *token)
{
	struct token_text out;
	sodium_bin2base64(out.text, sizeof out.text, token->bytes, sizeof token->bytes,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return out;
}

bool token_read(str text, struct token *out)
{
	size_t n = 0;
	return text.n == TOKEN_TEXT &&
	       sodium_base642bin(out->bytes, sizeof out->bytes, text.p, text.n, NULL, &n, NULL,
		       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       n == TOKEN_BYTES;
}

/* BLAKE2b; the two uses are told apart by their key. */
static struct token derive(const struct token *token, const char *use)
{
	struct token out;
	crypto_generichash(out.bytes, sizeof out.bytes, token->bytes, sizeof token->bytes,
		(const unsigned char *)use, strlen(use));
	return out;
}

struct token token_hash(const struct token *token)
{
	return derive(token, "duly session kept");
}

struct token token_form(const struct token *token)
{
	return derive(token, "duly session form");
}

bool token_equal(const struct token *a, const struct token *b)
{
	return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
