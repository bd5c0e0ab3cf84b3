/* text.h - the bytes of a file made UTF-8, whatever program wrote it.
 *
 * Councils' systems write UTF-8 with and without a byte-order mark, UTF-16 ("Unicode text" of
 * Excel) and Windows-1252. A NUL byte means that a file is not text; it is refused.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum text_encoding { TEXT_UTF8, TEXT_UTF8_MARKED, TEXT_UTF16_LE, TEXT_UTF16_BE, TEXT_WINDOWS_1252 };

/* *text is valid UTF-8 without byte-order mark: a part of `bytes` where they are UTF-8 already,
 * otherwise in the arena. What is not UTF-8 and has no mark is taken for Windows-1252. False when
 * it can be none of them, with line and byte: "line 3, byte 17 (81): ...". */
MUST_USE bool text_decode(str bytes, struct arena *arena, str *text, enum text_encoding *encoding,
	struct err *err);
const char *text_encoding_name(enum text_encoding encoding); /* "UTF-8", "Windows-1252", ... */
