/* fuzz_tables.h - several tables in one input: each begins with a line "@name", and one named "@map" is
 * a person's mapping. As a CSV file, or, where the name begins with "#", as a sheet of a workbook. */
#pragma once

#include "fuzz_staging.h"
#include "returns/columns.h"

enum { FUZZ_TABLES = 12 };

struct fuzz_tables {
	struct table_source item[FUZZ_TABLES];
	size_t n;
	struct mapping mapping;
};

static inline void fuzz_table(struct arena *arena, struct fuzz_tables *out, str name, str text)
{
	struct err err;
	if (str_equal(name, S("map"))) {
		if (out->mapping.n == 0 && !mapping_read(arena, name, text, &out->mapping, &err))
			mapping_close(&out->mapping);
		return;
	}
	struct table_source *source = &out->item[out->n++];
	bool sheet = str_starts(name, S("#"));
	*source = (struct table_source){ name, str_from(name, sheet), text, NULL };
	if (!sheet)
		return;
	struct grids *grids = arena_new(arena, struct grids);
	if (grids_from_text(arena, text, grids, &err) && grids->n > 0)
		source->grid = &grids->item[0];
}

static inline void fuzz_tables(struct arena *arena, str text, struct fuzz_tables *out)
{
	*out = (struct fuzz_tables){ 0 };
	while (text.n > 0 && out->n < FUZZ_TABLES) {
		size_t line = str_find(text, '\n'), end = 0;
		str name = str_from(str_upto(text, line), 1), rest = str_from(text, line + 1);
		while (end < rest.n && !(rest.p[end] == '@' && (end == 0 || rest.p[end - 1] == '\n')))
			end++;
		fuzz_table(arena, out, name, str_upto(rest, end));
		text = str_from(rest, end);
	}
}

/* What was refused for a column has nothing staged. */
static inline void fuzz_tables_hold(const struct staging *staging, bool good, const struct err *err)
{
	fuzz_staging(staging, good, err);
	for (size_t i = 0; good && staging->refused.n > 0 && i < staging->children.n; i++)
		must(staging->children.item[i].n == 0);
	struct buf mapping = { 0 };
	buf_mapping(&mapping, staging);
	buf_close(&mapping);
}
