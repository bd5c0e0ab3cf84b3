/* worker.h - has a file from outside opened by a process of its own, which may do nothing else.
 *
 * A spreadsheet is a program's worth of parsing, and a hostile one is written to break the parser.
 * So it is opened by `duly worker KIND`: started for that one file, without files, network, other
 * processes, environment or keys, held to 256 MiB and 10 seconds of processor (cli/confine.h), and
 * dead afterwards. The bytes go in by its standard input; what comes back is read with as little
 * trust. What fails in it fails for that file alone.
 *
 * worker_run() waits: it is for a thread that may, such as the pool's (web/later.h: page_work), and
 * never for an event loop.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum {
	WORKER_MEMORY_MB = 256,
	WORKER_CPU_S = 10,
	WORKER_WAIT_MS = 30000,        /* by the clock on the wall */
	WORKER_INPUT_MAX = 32 << 20,   /* bytes */
	WORKER_OUTPUT_MAX = 24 << 20,
};

struct worker {
	const char *program; /* the duly to start; NULL: this program itself */
	const char *kind;    /* a row of cli/worker.c: "sheet" */
	str input;
	size_t output_max;  /* 0: WORKER_OUTPUT_MAX */
	const char *landlock; /* "2": pretend that the kernel knows no later Landlock; NULL: do not */
};

/* What the worker made of the input is at the end of *out. False: ERR_INPUT with the worker's own
 * words (the file cannot be used), ERR_FULL (it took more than the limits allow, and was stopped),
 * ERR_DENIED (it tried what it may not, and was stopped: said on standard error too), ERR_IO (it
 * could not be started, or broke). The words are for the person who sent the file. */
MUST_USE bool worker_run(const struct worker *worker, struct buf *out, struct err *err);

/* ---- between the two processes: one message, from the worker. Pure.
 *
 * "DULY" and the code of a `struct err` (0: it worked), then the length of the rest, each as four
 * bytes, the least first; then what was made, or the words of the error. Nothing after it. */
enum { WORKER_HEAD = 12 };
void worker_message_put(struct buf *out, enum err_code code, str rest);
/* True with what was made, borrowed; false with the worker's error, or ERR_BROKEN when it is no
 * such message. */
MUST_USE bool worker_message_read(str raw, str *rest, struct err *err);
