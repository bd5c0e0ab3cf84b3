/* token.h - what a browser holds to be known again: 32 random bytes, kept here only as a hash.
 *
 * Whoever reads the database cannot sign in with what stands there. The token that proves a form to
 * be ours is made from the session's, so it needs no place of its own and ends with the session.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT = 43 };

struct token {
	unsigned char bytes[TOKEN_BYTES];
};
struct token_text {
	char text[TOKEN_TEXT + 1]; /* base64url, ending in NUL */
};

struct token_text token_write(const struct token *token);
MUST_USE bool token_read(str text, struct token *out);          /* false: not one of ours */
struct token token_hash(const struct token *token);             /* what is kept */
struct token token_form(const struct token *token);             /* what its forms carry */
bool token_equal(const struct token *a, const struct token *b); /* in constant time */
