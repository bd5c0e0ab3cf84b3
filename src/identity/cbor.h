/* cbor.h - CBOR read strictly, as far as an authenticator writes it (RFC 8949; CTAP2's canonical form).
 *
 * Lengths are given and as short as they can be, nothing is nested deeper than four, no tags. What is
 * read borrows from the input. Also what is handed on to a library is walked over first by this.
 */
#pragma once

#include "base/err.h"
#include "base/str.h"

enum { CBOR_DEPTH = 4 };
enum cbor_kind { CBOR_NUMBER, CBOR_NEGATIVE, CBOR_BYTES, CBOR_TEXT, CBOR_ARRAY, CBOR_MAP, CBOR_TAG, CBOR_SIMPLE };

/* Each takes what it reads from the front of `rest`; false, with nothing promised of `rest`, where
 * something else stands there. */
MUST_USE bool cbor_bytes(str *rest, str *out);
MUST_USE bool cbor_text(str *rest, str *out);
MUST_USE bool cbor_map(str *rest, size_t *pairs);
MUST_USE bool cbor_int(str *rest, int64_t *out);
MUST_USE bool cbor_skip(str *rest); /* one item, with all that is in it */
/* The item at the front, as its bytes. */
MUST_USE bool cbor_item(str *rest, str *out);
