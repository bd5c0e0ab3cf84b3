/* The bytes of any file: refused, or valid UTF-8 that counts, cuts and folds. */
#include "base/text.h"
#include "base/utf8.h"
#include "fuzz.h"

static void try_fold(str text)
{
	struct buf once = { 0 }, twice = { 0 };
	buf_utf8_fold(&once, text);
	buf_utf8_fold(&twice, buf_view(&once));
	must(utf8_check(buf_view(&once)) == once.n);
	must(str_equal(buf_view(&once), buf_view(&twice)));
	buf_close(&once);
	buf_close(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str raw = { (const char *)bytes, n }, text;
	struct arena *arena = arena_open(1 << 24);
	enum text_encoding encoding;
	struct err err;
	must(utf8_check(raw) <= n && utf8_count(raw) <= n);
	try_fold(raw);
	if (text_decode(raw, arena, &text, &encoding, &err)) {
		must(utf8_check(text) == text.n);
		must(str_find(text, '\0') == text.n);
		must(text_encoding_name(encoding) != NULL);
		for (size_t at = 0; at <= text.n && at < 100; at++)
			must(utf8_check(utf8_upto(text, at)) == utf8_upto(text, at).n);
		try_fold(text);
	}
	arena_close(arena);
	return 0;
}
