/* file.h - whole files in and out, for commands: "-" is standard input or standard output. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum { FILE_LIMIT = 256 << 20 }; /* what a command reads whole, unless it says otherwise */

/* Appends the file to *out. ERR_MISSING, ERR_IO, or ERR_FULL when it is over `limit` bytes. The
 * buf is yours either way. */
MUST_USE bool file_read(const char *path, size_t limit, struct buf *out, struct err *err);
/* Replaces the file whole or not at all: written beside it, flushed to the disk, and renamed. */
MUST_USE bool file_write(const char *path, str bytes, struct err *err);
