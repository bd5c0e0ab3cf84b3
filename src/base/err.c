#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
		/* Cut back to the start of a UTF-8 sequence, so that the text stays valid. */
		size_t end = sizeof err->text - 1;
		while (end > 0 && ((unsigned char)err->text[end - 1] & 0xC0) == 0x80)
			end--;
		if (end > 0 && ((unsigned char)err->text[end - 1] & 0xC0) == 0xC0)
			end--;
		err->text[end] = '\0';
	}
	err->code = code;
	return false;
}

_Noreturn void must_fail(const char *claim, const char *file, int line)
{
	fprintf(stderr, "duly: bug: %s does not hold (%s:%d)\n", claim, file, line);
	abort();
}
