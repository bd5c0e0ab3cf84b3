/* confine.h - shuts this process in, for good, before it looks at a file that somebody sent.
 *
 * Afterwards it can read and write what is open as 0, 1 and 2, ask for memory, and end: no file, no
 * network, no other process, no new program, 256 MiB and 10 seconds of processor. By seccomp (what
 * is not on a short list ends the process), and by Landlock where the kernel has it; neither needs
 * a privilege, and both hold for root too. Each is tried before it is relied on: a process in which
 * a forbidden thing works does not go on.
 *
 * Built with a sanitizer it is without the limit of memory and without seccomp, because those need
 * what is forbidden here; tests that claim confinement are of the plain build.
 */
#pragma once

#include "base/err.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CONFINE_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CONFINE_SANITIZED 1
#endif

/* The process has one thread. `landlock_most` is the latest Landlock to use, for tests on kernels
 * that have a later one; 0: whatever is there. False: nothing may be opened in this process. */
MUST_USE bool confine(int landlock_most, struct err *err);

/* The same for a command of a person's own, whose files were opened before: it keeps the descriptors below
 * `keep`, may write to files that these are and move in them, and has more memory and time. */
struct confine_command {
	int keep;
	unsigned memory_mb, cpu_s;
};
MUST_USE bool confine_command(const struct confine_command *limits, struct err *err);
