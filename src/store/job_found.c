#include "store/job_found.h"

#include "base/utf8.h"
#include "store/inside.h"

#include <string.h>

enum { SHOWN_MOST = 300, FOUND_MOST = 2000 };

SQL(job_found_read,
	"SELECT list, field, heading, how FROM job_column WHERE job = $1 ORDER BY n");
static const char *const column[] = { "job", "n", "list", "field", "heading", "how" };

bool store_job_found_put(struct store *store, int64_t job, const struct job_columns *columns,
	struct err *err)
{
	size_t n = columns->n < FOUND_MOST ? columns->n : FOUND_MOST;
	struct db_load *load =
		n == 0 ? NULL : db_load_open(store->db, S("job_column"), column, 6, err);
	if (load == NULL)
		return n == 0;
	for (size_t i = 0; i < n; i++) {
		const struct job_column *one = &columns->item[i];
		db_load_int(load, job);
		db_load_int(load, (int64_t)i + 1);
		db_load_text(load, utf8_upto(one->list, SHOWN_MOST));
		db_load_text(load, utf8_upto(one->field, SHOWN_MOST));
		db_load_text(load, utf8_upto(one->heading, SHOWN_MOST));
		db_load_text(load, one->how);
	}
	return db_load_close(load, err);
}

bool store_job_found(struct store *store, struct arena *arena, int64_t job, struct job_columns *out,
	struct err *err)
{
	*out = (struct job_columns){ .room = FOUND_MOST };
	out->item = arena_take(arena, FOUND_MOST, sizeof *out->item);
	struct stmt *stmt = db_use(store->db, &job_found_read);
	db_bind_int(stmt, 1, job);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		if (out->n < FOUND_MOST)
			out->item[out->n++] =
				(struct job_column){ arena_str(arena, db_text(stmt, 0)),
					arena_str(arena, db_text(stmt, 1)),
					arena_str(arena, db_text(stmt, 2)),
					arena_str(arena, db_text(stmt, 3)) };
	}
	return row == DB_DONE;
}
