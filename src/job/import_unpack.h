/* import_unpack.h - the tables that stand in the files of an import: CSV files as they are, the CSV
 * files in a zip file, the sheets of a workbook.
 *
 * A zip file and a workbook are opened in the confined worker alone (job/worker.h): whoever calls
 * this elsewhere has seen that there is none (import_is_packed).
 */
#pragma once

#include "returns/columns.h"

enum { UNPACKED_MOST = 96 << 20 }; /* bytes of all files of a zip file together */

struct table_sources {
	struct table_source *item;
	size_t n, room;
	bool packed; /* a zip file or a workbook is among them */
};

/* What was inflated lives in the arena. ERR_INPUT, ERR_FULL: with the file's name. On true yours until
 * import_unpack_close. */
MUST_USE bool import_unpack(struct arena *arena, const struct source *source, size_t n,
	struct table_sources *out, struct err *err);
void import_unpack_close(struct table_sources *tables);
