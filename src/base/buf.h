/* buf.h - text that grows and knows its limit.
 *
 * A zeroed `struct buf` is empty, owns what it holds and has no limit. Past its limit it takes
 * nothing more and stays `full`: a writer checks once, at the end.
 */
#pragma once

#include "base/str.h"

struct buf {
	char *p;
	size_t n, room;
	size_t limit; /* bytes; 0 is none */
	bool full;    /* something did not fit and was left out */
};

void buf_close(struct buf *buf); /* frees; the buf is empty again, its limit kept */
void buf_clear(struct buf *buf); /* empties; keeps the room */
void buf_int(struct buf *buf, int64_t value);
__attribute__((format(printf, 2, 3))) void buf_format(struct buf *buf, const char *format, ...);
str buf_view(const struct buf *buf); /* borrowed until the next change */
char *buf_make_room(struct buf *buf, size_t n); /* what buf_reserve() does where there is none yet */

/* Room for n more bytes at the end: write there, then add n to buf->n. NULL when over the limit.
 * Mostly there is room: files have millions of fields. */
static inline char *buf_reserve(struct buf *buf, size_t n)
{
	bool room = n <= buf->room - buf->n && buf->limit == 0 && n > 0;
	return room ? buf->p + buf->n : buf_make_room(buf, n);
}

static inline void buf_bytes(struct buf *buf, const void *bytes, size_t n)
{
	char *at = n == 0 ? NULL : buf_reserve(buf, n); /* of none, `bytes` may be NULL */
	if (at == NULL)
		return;
	memcpy(at, bytes, n);
	buf->n += n;
}

static inline void buf_str(struct buf *buf, str s)
{
	buf_bytes(buf, s.p, s.n);
}

static inline void buf_char(struct buf *buf, char c)
{
	buf_bytes(buf, &c, 1);
}

/* A literal: length known at compile time. */
#define buf_lit(buf, literal) buf_bytes((buf), "" literal, sizeof(literal) - 1)
