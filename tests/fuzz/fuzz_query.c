/* Where to go after signing in: refused, or an address of ours that no browser reads otherwise. */
#include "fuzz.h"
#include "web/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *arena = arena_open(1 << 24);
	str address = { (const char *)bytes, n };
	if (page_is_ours(arena, address)) {
		must(n > 0 && bytes[0] == '/' && (n == 1 || (bytes[1] != '/' && bytes[1] != '\\')));
		must(http_response_clean(address));
	}
	arena_close(arena);
	return 0;
}
