/* zip.h - the parts of a zip file, by name, inflated no further than asked. Only zip.c knows libzip.
 *
 * Nothing is ever written under a name that stands in the file. For the confined worker alone.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct zip_parts;

enum { ZIP_PARTS_MAX = 5000 };

/* The bytes must outlive it. NULL, with why: no zip file, too many parts. Yours until zip_close. */
MUST_USE struct zip_parts *zip_parts_open(str bytes, struct err *err);
void zip_parts_close(struct zip_parts *parts);
size_t zip_parts_count(const struct zip_parts *parts);
/* In the order of the file; as long as the parts are open. Empty: it has none that is text. */
str zip_parts_name(const struct zip_parts *parts, size_t at);
bool zip_parts_has(const struct zip_parts *parts, str name);
/* Appends the part to *out, whose limit says how much it may become. ERR_MISSING, ERR_INPUT (it is
 * damaged or locked), ERR_FULL. */
MUST_USE bool zip_parts_read(
	const struct zip_parts *parts, str name, struct buf *out, struct err *err);
