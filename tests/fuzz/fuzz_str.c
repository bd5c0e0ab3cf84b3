/* Whole numbers: what is read is written as the shortest text of the same number. */
#include "base/buf.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { (const char *)bytes, n }, piece;
	for (str rest = text; str_split(&rest, ',', &piece);) {
		int64_t value, again;
		struct buf buf = { 0 };
		must(str_trim(piece).n <= piece.n);
		if (str_int(piece, &value)) {
			buf_int(&buf, value);
			must(str_int(buf_view(&buf), &again) && again == value);
			must(buf.n <= piece.n);
		}
		buf_close(&buf);
	}
	return 0;
}
