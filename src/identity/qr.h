/* qr.h - a text as the squares of a QR code (ISO/IEC 18004), for who points a phone at it. */
#pragma once

#include "base/arena.h"

struct qr {
	int width;                 /* squares a side */
	const unsigned char *dark; /* width * width, row by row: 1 is dark; in the arena */
};

/* False: it is too long. */
bool qr_make(struct arena *arena, str text, struct qr *out);
