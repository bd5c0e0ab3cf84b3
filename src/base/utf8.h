/* utf8.h - UTF-8, strictly: no overlong form, no surrogate, nothing above U+10FFFF (RFC 3629).
 *
 * Text is checked once, where it comes in (text.h); inside, it is valid. The functions below stay
 * safe on bytes that are not: a byte that begins nothing valid reads as U+FFFD, one byte long.
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

size_t utf8_check(str s); /* offset of the first byte that is not valid; s.n when all is */
bool utf8_next(str *rest, uint32_t *code); /* takes one code point off the front; false at the end */
size_t utf8_count(str s);                  /* code points */
str utf8_upto(str s, size_t n); /* at most n bytes from the front, cut between code points */
void buf_utf8(struct buf *buf, uint32_t code); /* U+FFFD for what is no code point */

/* The key under which a name is searched: small letters without accents (Welsh, Polish and the
 * rest of Latin; ß as ss, æ as ae, ø as o, ł as l), without spaces, hyphens, apostrophes and full
 * stops; Greek and Cyrillic made small; other scripts as they are. Folding twice changes nothing.
 * A key finds; it does not identify: different names share one. */
void buf_utf8_fold(struct buf *buf, str name);
