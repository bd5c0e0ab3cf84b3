/* seal.h - text that only one browser can have opened: sealed under its session's token, which is kept
 * nowhere but in that browser.
 *
 * What is sealed may lie in the database, in a backup, on a disk that is sold: without the session
 * it is noise, and nobody can change it unnoticed.
 */
#pragma once

#include "base/buf.h"
#include "identity/token.h"

enum { SEAL_NONCE = 24 };

/* `use` tells what is sealed apart: "duly tracker". The nonce is random and used once. */
void seal_close(const struct token *token, const char *use,
	const unsigned char nonce[static SEAL_NONCE], str text, struct buf *out);
/* False: sealed by another session or for another use, or changed since. */
MUST_USE bool seal_open(const struct token *token, const char *use, str sealed, struct buf *out);
