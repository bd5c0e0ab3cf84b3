/* sha256.h - the SHA-256 of bytes (FIPS 180-4), for naming a file by what is in it. */
#pragma once

#include "base/buf.h"

enum { SHA256 = 32 };

void sha256(str bytes, unsigned char out[static SHA256]);
void buf_sha256(struct buf *buf, str bytes); /* 64 small hexadecimal digits */
