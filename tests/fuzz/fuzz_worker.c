/* What a worker that somebody has taken over may say: refused in words, or what it made, which lies
 * within what it said. */
#include "base/arena.h"
#include "fuzz.h"
#include "job/worker.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str raw = { (const char *)bytes, n }, rest;
	struct err err = { 0 };
	if (!worker_message_read(raw, &rest, &err)) {
		must(err.code != ERR_NONE && rest.n == 0);
		return 0;
	}
	must(rest.n + WORKER_HEAD == n && rest.p == raw.p + WORKER_HEAD);
	struct buf again = { 0 };
	worker_message_put(&again, ERR_NONE, rest);
	must(str_equal(buf_view(&again), raw));
	buf_close(&again);
	return 0;
}
