#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_close(struct buf *buf)
{
	mem_free(buf->p);
	*buf = (struct buf){ .limit = buf->limit };
}

void buf_clear(struct buf *buf)
{
	buf->n = 0;
	buf->full = false;
}

char *buf_make_room(struct buf *buf, size_t n)
{
	size_t need;
	must(!__builtin_add_overflow(buf->n, n, &need));
	if (buf->full || (buf->limit != 0 && need > buf->limit)) {
		buf->full = true;
		return NULL;
	}
	if (need > buf->room || buf->p == NULL) { /* room for nothing is room too: NULL says full */
		size_t room = buf->room == 0 ? 256 : buf->room;
		while (room < need)
			room *= 2;
		buf->p = mem_resize(buf->p, room, 1);
		buf->room = room;
	}
	return buf->p + buf->n;
}

void buf_int(struct buf *buf, int64_t value)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (value < 0)
		buf_char(buf, '-');
	buf_bytes(buf, digits + at, sizeof digits - at);
}

void buf_format(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	must(n >= 0);
	char *at = buf_reserve(buf, (size_t)n + 1); /* vsnprintf writes a NUL as well */
	if (at != NULL) {
		vsnprintf(at, (size_t)n + 1, format, again);
		buf->n += (size_t)n;
	}
	va_end(again);
}

str buf_view(const struct buf *buf)
{
	return (str){ buf->p, buf->n };
}
