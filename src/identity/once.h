/* once.h - what is to be shown in one browser, once: sealed under the token of its forms. */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { ONCE_MOST = 200, ONCE_SEALED = ONCE_MOST + 40, ONCE_RANDOM = 24 };

/* How many bytes it became. The text has at most ONCE_MOST bytes. */
size_t once_seal(str form_token, const unsigned char random[static ONCE_RANDOM], str text,
	unsigned char out[static ONCE_SEALED]);
/* False: sealed for another browser, or changed. Ends in NUL. */
MUST_USE bool once_open(str form_token, str sealed, char out[static ONCE_MOST + 1]);
