#include "store/inside.h"

#include <stdlib.h>

SQL(subjects_of, "SELECT id FROM subject WHERE authority = $1 ORDER BY id");

void subjects_add(struct subjects *subjects, int64_t subject)
{
	if (subjects->n == 0 || subjects->item[subjects->n - 1] != subject)
		ARRAY_MORE(subjects) = subject;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

void subjects_sort(struct subjects *subjects)
{
	if (subjects->n == 0)
		return;
	qsort(subjects->item, subjects->n, sizeof *subjects->item, compare);
	size_t kept = 1;
	for (size_t i = 1; i < subjects->n; i++) {
		if (subjects->item[i] != subjects->item[kept - 1])
			subjects->item[kept++] = subjects->item[i];
	}
	subjects->n = kept;
}

bool subjects_all(struct store *store, str authority, struct subjects *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &subjects_of);
	db_bind_text(stmt, 1, authority);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW)
		subjects_add(out, db_int(stmt, 0));
	return row == DB_DONE;
}
