/* err.h - what went wrong, in words a person can act on.
 *
 * Three kinds of failure are never mixed. A bug, or the machine running out of memory, ends in
 * must(): the process stops and the open transaction rolls back. A failure that can be expected
 * (a file that is not there, a stale version) makes a function return false (or NULL) and fill
 * `struct err`, its last parameter. A mistake of the person using Duly is data: see
 * `struct problem` in record/record.h.
 */
#pragma once

#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_INPUT,     /* what was given cannot be used */
	ERR_MISSING,   /* it does not exist, or may not be known to exist */
	ERR_DUPLICATE, /* it exists already */
	ERR_STALE,     /* somebody changed it first */
	ERR_DENIED,    /* the policy says no */
	ERR_BUSY,      /* another process or transaction holds it: try again */
	ERR_FULL,      /* over a limit */
	ERR_BROKEN,    /* stored data fail a check */
	ERR_IO,        /* the disk, the network or the database failed */
};

struct err {
	enum err_code code;
	char text[320]; /* UTF-8 on one line; control characters and broken bytes show as ? */
};

/* Fills *err (which may be NULL) and returns false, so that a caller can `return err_set(...)`.
 * The text is cut, on a character boundary, at the size of the field. */
__attribute__((format(printf, 3, 4))) bool err_set(
	struct err *err, enum err_code code, const char *format, ...);

/* Stops the process when `truth` does not hold: for bugs only, never for input. */
#define must(truth) ((truth) ? (void)0 : must_fail(#truth, __FILE__, __LINE__))
_Noreturn void must_fail(const char *claim, const char *file, int line);

#define MUST_USE __attribute__((warn_unused_result))
