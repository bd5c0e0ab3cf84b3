/* attempt.h - does what a file that has taken over a worker would do, to see that it cannot.
 *
 * Run by `duly worker --self-test`, on the machine where it must hold. Each is tried in a worker of
 * its own, after it has shut itself in.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* The kind "attempt": does what `input` names. It says "it worked" when it has. */
MUST_USE bool attempt_work(struct arena *arena, str input, struct buf *out, struct err *err);
/* Has every one tried, a line each on standard output; false when one worked. */
bool attempt_each(const char *landlock);
