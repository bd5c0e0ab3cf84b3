#include "http/cookie.h"

static bool is_plain(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], small = (char)(c | 0x20);
		bool letter = small >= 'a' && small <= 'z', number = c >= '0' && c <= '9';
		if (!letter && !number && c != '-' && c != '_')
			return false;
	}
	return s.n > 0;
}

bool cookie_find(str header, str name, str *value)
{
	bool found = false;
	str rest = header, pair;
	if (header.n == 0)
		return false;
	while (str_split(&rest, ';', &pair)) {
		size_t equals = str_find(pair, '=');
		if (equals == pair.n || !str_equal(str_trim(str_upto(pair, equals)), name))
			continue;
		if (found)
			return false;
		found = true;
		*value = str_trim(str_from(pair, equals + 1));
	}
	return found && is_plain(*value);
}
