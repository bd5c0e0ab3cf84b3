/* png.h - a picture from outside, taken apart and put together again from what is needed.
 *
 * A PNG (ISO/IEC 15948) is a row of named pieces, and any of them may hold anything: text, places,
 * a second file after the end. Kept are the five that make the picture; each must be where it
 * belongs and have its checksum, and the pixels must inflate to just as many bytes as the header
 * says. Runs in the confined worker. Pure.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { PNG_BYTES_MAX = 200 * 1024, PNG_WIDTH_MAX = 1200, PNG_HEIGHT_MAX = 400 };

/* Appends the picture, made anew. ERR_INPUT, in words for who sent it. */
MUST_USE bool png_take(struct arena *arena, str bytes, struct buf *out, struct err *err);
