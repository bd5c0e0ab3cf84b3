/* cookie.h - one cookie out of the Cookie header (RFC 6265, 4.2). Pure. */
#pragma once

#include "base/err.h"
#include "base/str.h"

/* False when it is not there, when its value has a character that no cookie of ours has, and when
 * the name stands there twice: somebody planted one, and which is ours cannot be told. */
MUST_USE bool cookie_find(str header, str name, str *value);
