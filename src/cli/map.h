/* map.h - a large file, read where it lies. */
#pragma once

#include "base/err.h"
#include "base/str.h"

struct map {
	str bytes; /* of the file; gone with map_close() */
};

/* Of what is no return: the directory of all postcodes has 1.3 GB. */
#define MAP_LIMIT ((size_t)4 << 30)

/* ERR_MISSING, ERR_IO, or ERR_FULL when it is over `limit` bytes, of which none was read then. A file that is cut while it is mapped ends the program: it is for files that
 * only the person at the command line changes. */
MUST_USE bool map_open(const char *path, size_t limit, struct map *out, struct err *err);
void map_close(struct map *map); /* also of one that is not open */
