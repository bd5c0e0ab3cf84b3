/* percent.h - percent-encoding (RFC 3986, 2.1), decoded once and strictly. Pure. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

/* In the arena. With `plus`, + is a space, as forms write it. False for a % without two hexadecimal
 * digits, and for an encoded NUL. */
MUST_USE bool percent_decode(struct arena *arena, str raw, bool plus, str *out);
