/* Cookies: none, or one value that has nothing but what ours have. */
#include "fuzz.h"
#include "http/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str value;
	if (!cookie_find((str){ (const char *)bytes, n }, S("duly"), &value))
		return 0;
	must(value.n > 0 && value.n + sizeof "duly=" - 1 <= n);
	must(str_find(value, ';') == value.n && str_find(value, '=') == value.n);
	must(value.p >= (const char *)bytes && value.p + value.n <= (const char *)bytes + n);
	return 0;
}
