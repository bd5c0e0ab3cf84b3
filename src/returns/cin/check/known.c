#include "returns/cin/check/known.h"

#include "returns/mend/mend.h"

void cin_known_by(enum cin_field by[static CIN_TABLES])
{
	for (enum cin_table t = 0; t < CIN_TABLES; t++) {
		str key = mend_key(S("cin"), cin_tables[t].title);
		by[t] = CIN_FIELDS;
		for (enum cin_field f = cin_tables[t].first; f < cin_tables[t].last && key.n > 0; f++) {
			if (str_equal(cin_fields[f].title, key))
				by[t] = f;
		}
	}
}

/* A child's modules of a table stand together, by row. Two dates in one Reviews are one row: the first is the
 * one by which it is known. */
static day find(const char *module, size_t n, size_t size, enum cin_field by, uint32_t row)
{
	size_t from = 0;
	for (size_t to = n; from < to;) {
		size_t middle = from + (to - from) / 2;
		if (((const struct cin_at *)(const void *)(module + middle * size))->row < row)
			from = middle + 1;
		else
			to = middle;
	}
	for (; from < n && ((const struct cin_at *)(const void *)(module + from * size))->row == row; from++) {
		day on = cin_day_at(module + from * size, by);
		if (on != DAY_UNKNOWN)
			return on;
	}
	return DAY_UNKNOWN;
}

day cin_known_day(const struct cin_child *child, enum cin_field by, enum cin_table table, uint32_t row)
{
	if (by == CIN_FIELDS)
		return DAY_UNKNOWN;
	switch (table) {
#define MODULE(name, title, element)                                                               \
	case CIN_TABLE_##name:                                                                     \
		return find((const char *)child->name.item, child->name.n, sizeof *child->name.item, by, row);
#include "returns/cin/check/modules.def"
	case CIN_TABLES:
		break;
	}
	return DAY_UNKNOWN;
}
