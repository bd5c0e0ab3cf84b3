/* zip_write.h - a zip file (APPNOTE 6.3), packed part by part into memory.
 *
 * The same bytes in give the same bytes out: all parts are of 1 January 1980. No part is larger than
 * 4 GB, nor the whole. Names are the caller's own.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct zip_out;

/* Appends to *out, which nobody else may change until zip_end(). */
struct zip_out *zip_begin(struct buf *out);
void zip_add_part(struct zip_out *zip, const char *name); /* ends the one before it */
void zip_put(struct zip_out *zip, str bytes);
MUST_USE bool zip_end(struct zip_out *zip, struct err *err); /* closes it, also on failure */
