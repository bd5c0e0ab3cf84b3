/* map.h - a large file, read where it lies. */
#pragma once

#include "base/err.h"
#include "base/str.h"

struct map {
	str bytes; /* of the file; gone with map_close() */
};

/* ERR_MISSING or ERR_IO. A file that is cut while it is mapped ends the program: it is for files that
 * only the person at the command line changes. */
MUST_USE bool map_open(const char *path, struct map *out, struct err *err);
void map_close(struct map *map); /* also of one that is not open */
