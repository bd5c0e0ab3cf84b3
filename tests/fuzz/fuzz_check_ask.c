/* What the confined worker is asked to check: refused, or files that written again are the same bytes; and
 * whatever is made of them, a report that whoever asked can read. */
#include "base/mem.h"
#include "fuzz.h"
#include "job/check_shut_in.h"
#include "returns/report_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str input = { (const char *)bytes, n };
	struct arena *arena = arena_open((size_t)1 << 28);
	struct check_ask ask;
	struct err err = { 0 };
	struct buf out = { 0 };
	struct report report;
	if (!check_ask_read(arena, input, &ask, &err)) {
		must(err.code == ERR_BROKEN);
	} else {
		check_ask_put(&out, &ask);
		must(str_equal(buf_view(&out), input));
		buf_clear(&out);
		if (check_read_shut_in(arena, input, &out, &err))
			must(report_wire_read(arena, buf_view(&out), &report, &err) && report.year >= ask.year);
		else
			must(err.text[0] != '\0');
	}
	buf_close(&out);
	arena_close(arena);
	return 0;
}
