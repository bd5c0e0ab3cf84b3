/* file.h - whole files in and out, for commands: "-" is standard input or standard output. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum { FILE_LIMIT = 256 << 20 }; /* what a command reads whole, unless it says otherwise */

/* Appends the file to *out. ERR_MISSING, ERR_IO, or ERR_FULL when it is over `limit` bytes. The
 * buf is yours either way. */
MUST_USE bool file_read(const char *path, size_t limit, struct buf *out, struct err *err);
/* The same of what is open, from where it is; `name` is for what is wrong. */
MUST_USE bool file_take(int fd, const char *name, size_t limit, struct buf *out, struct err *err);
/* The same of a file that is lines: one over a megabyte is no line, and ends the reading at once,
 * with file and line. ERR_FULL. */
MUST_USE bool file_read_lines(const char *path, size_t limit, struct buf *out, struct err *err);
/* Replaces the file whole or not at all: written beside it, flushed to the disk, and renamed. */
MUST_USE bool file_write(const char *path, str bytes, struct err *err);
/* The same for whoever writes piece by piece: to `fd`, until it is finished. Not of "-". */
struct file_part {
	const char *path;
	int fd;             /* -1: it is not open */
	struct buf beside;  /* private: the file that will take its place; empty: it is written itself */
};
MUST_USE bool file_begin(const char *path, struct file_part *out, struct err *err);
/* Puts it in place, or with `keep` false takes it away; nothing to do for one that is not open. */
MUST_USE bool file_finish(struct file_part *part, bool keep, struct err *err);
/* All of it; false: it cannot be written there (errno). */
MUST_USE bool file_put(int fd, str bytes);
/* Could file_write write there? Found out before there is something to write; nothing is left. */
MUST_USE bool file_can_write(const char *path, struct err *err);
/* Puts the file's name before what is wrong in it: "facts.csv, line 1: ...". */
void file_blame(const char *path, struct err *err);
