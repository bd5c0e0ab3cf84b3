#include "store/setting.h"

#include "store/inside.h"

SQL(settings_all, "SELECT s.key, s.value FROM setting s");

bool store_settings(struct store *store, struct arena *arena, const str *key, size_t n, str *value,
	struct err *err)
{
	for (size_t i = 0; i < n; i++)
		value[i] = (str){ 0 };
	struct stmt *stmt = db_use(store->db, &settings_all);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		for (size_t i = 0; i < n; i++) {
			if (str_equal(key[i], db_text(stmt, 0)))
				value[i] = arena_str(arena, db_text(stmt, 1));
		}
	}
	return row == DB_DONE;
}
