#include "identity/qr.h"

#include <qrencode.h>

bool qr_make(struct arena *arena, str text, struct qr *out)
{
	QRcode *code = QRcode_encodeString8bit(arena_text(arena, text), 0, QR_ECLEVEL_M);
	if (code == NULL)
		return false;
	size_t n = (size_t)code->width * (size_t)code->width;
	unsigned char *dark = arena_take(arena, n, 1);
	for (size_t i = 0; i < n; i++)
		dark[i] = code->data[i] & 1;
	*out = (struct qr){ code->width, dark };
	QRcode_free(code);
	return true;
}
