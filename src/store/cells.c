#include "store/inside.h"

void cells_read(struct arena *arena, struct stmt *stmt, const struct table *table,
	struct cell *out)
{
	for (size_t i = 0; i < table->columns; i++) {
		int column = (int)i;
		out[i] = (struct cell){ .known = !db_is_null(stmt, column),
			.text = table->kinds[i] == 't' };
		if (!out[i].known)
			continue;
		if (out[i].text)
			out[i].words = arena_str(arena, db_text(stmt, column));
		else
			out[i].number = db_int(stmt, column);
	}
}

bool cells_equal(const struct cell *a, const struct cell *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (a[i].known != b[i].known)
			return false;
		if (a[i].known && (a[i].text ? !str_equal(a[i].words, b[i].words)
					     : a[i].number != b[i].number))
			return false;
	}
	return true;
}

void cells_load(struct db_load *load, const struct cell *cell, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!cell[i].known)
			db_load_null(load);
		else if (cell[i].text)
			db_load_text(load, cell[i].words);
		else
			db_load_int(load, cell[i].number);
	}
}
