#include "returns/heading.h"

struct heading heading_of(str text)
{
	struct heading words = { 0 };
	size_t at = 0;
	for (size_t i = 0; i <= text.n && words.n < HEADING_WORDS; i++) {
		char c = i < text.n ? text.p[i] : ' ';
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z', digit = c >= '0' && c <= '9';
		/* D.O.B. is one word, and so is child's. */
		if (c == '.' || c == '\'')
			continue;
		if ((letter || digit) && at < HEADING_WORD - 1) {
			words.text[words.n][at++] = letter ? (char)(c | 0x20) : c;
		} else if (!letter && !digit && at > 0) {
			words.n++;
			at = 0;
		}
	}
	return words;
}

bool heading_has(const struct heading *heading, const char *list)
{
	str rest = str_of(list), wanted;
	while (str_split(&rest, ' ', &wanted)) {
		bool open = str_ends(wanted, S("*"));
		str stem = open ? str_upto(wanted, wanted.n - 1) : wanted;
		for (size_t i = 0; i < heading->n; i++) {
			str word = str_of(heading->text[i]);
			if (open ? str_starts(word, stem) : str_equal(word, stem))
				return true;
		}
	}
	return false;
}

bool heading_holds(const struct heading *heading, const struct heading *other)
{
	for (size_t i = 0; i < other->n; i++) {
		bool found = false;
		for (size_t k = 0; k < heading->n && !found; k++)
			found = str_equal(str_of(heading->text[k]), str_of(other->text[i]));
		if (!found)
			return false;
	}
	return other->n > 0;
}

str heading_key(struct arena *arena, str text)
{
	char *key = arena_take(arena, text.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (letter || (c >= '0' && c <= '9'))
			key[n++] = letter ? (char)(c | 0x20) : c;
	}
	return (str){ key, n };
}
