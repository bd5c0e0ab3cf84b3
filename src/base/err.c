#include "base/err.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Errors quote what was given, and end on terminals and in logs: no byte of a hostile file may
 * move a cursor or begin a line there. */
static void make_printable(char *text)
{
	uint32_t code;
	for (str rest = str_of(text), from = rest; utf8_next(&rest, &code); from = rest) {
		size_t n = from.n - rest.n;
		bool is_control = code < ' ' || (code >= 0x7F && code < 0xA0);
		if (is_control || (code == UTF8_REPLACEMENT && n == 1))
			memset(text + (from.p - text), '?', n);
	}
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
	if (err == NULL)
		return false;
	va_list args;
	va_start(args, format);
	int n = vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	must(n >= 0);
	if ((size_t)n >= sizeof err->text) {
		/* Cut back to the start of a UTF-8 sequence, so that the text stays valid; of a file's name of
		 * any bytes something stays. */
		const str all = { err->text, sizeof err->text - 1 };
		err->text[utf8_upto(all, all.n - 1).n] = '\0';
	}
	make_printable(err->text);
	err->code = code;
	return false;
}

_Noreturn void must_fail(const char *claim, const char *file, int line)
{
	fprintf(stderr, "duly: bug: %s does not hold (%s:%d)\n", claim, file, line);
	abort();
}
