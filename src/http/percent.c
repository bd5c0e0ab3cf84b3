#include "http/percent.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char small = (char)(c | 0x20);
	return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool percent_decode(struct arena *arena, str raw, bool plus, str *out)
{
	size_t n = 0;
	char *p = arena_take(arena, raw.n + 1, 1);
	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		if (c == '+' && plus) {
			c = ' ';
		} else if (c == '%') {
			bool whole = raw.n - i > 2;
			int high = whole ? digit(raw.p[i + 1]) : -1;
			int low = whole ? digit(raw.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (c == '\0')
			return false;
		p[n++] = c;
	}
	*out = (str){ p, n };
	return true;
}
