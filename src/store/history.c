#include "store/history.h"

#include "store/inside.h"

bool store_record_read(struct store *store, struct arena *arena, int64_t id,
	struct record_found *out, struct err *err)
{
	struct stmt *stmt = db_use(store->db, &store->record_of_id);
	db_bind_int(stmt, 1, id);
	enum db_row row = db_step(stmt, err);
	size_t index = row == DB_ROW ? (size_t)db_int(stmt, 0) : 0;
	db_reset(stmt);
	if (row == DB_DONE)
		return err_set(err, ERR_MISSING, "there is no such record");
	if (row == DB_FAIL)
		return false;
	must(index < record_types_n);
	const struct record_type *type = record_types[index];
	struct row read = { 0 };
	stmt = db_use(store->db, &store->type[index].one);
	db_bind_int(stmt, 1, id);
	row = db_step(stmt, err);
	if (row == DB_ROW)
		row_read(arena, stmt, type, &read);
	db_reset(stmt);
	if (row != DB_ROW)
		return row == DB_DONE && err_set(err, ERR_MISSING, "there is no such record");
	*out = (struct record_found){ .type = type, .id = id, .version = read.version,
		.subject = read.subject, .by_hand = read.by_hand, .withdrawn = read.withdrawn,
		.source = read.source, .why = read.why, .record = read.record };
	return true;
}

bool store_record_history(struct store *store, struct arena *arena, const struct record_type *type,
	int64_t id, struct record_versions *out, struct err *err)
{
	struct {
		struct record_version *item;
		size_t n, room;
	} found = { 0 };
	struct type_sql *sql = &store->type[type->index];
	struct stmt *stmt = db_use(store->db, &sql->history);
	db_bind_int(stmt, 1, id);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		struct version read;
		version_read(arena, stmt, type, &read);
		ARRAY_MORE(&found) = (struct record_version){
			.version = read.row.version,
			.at = read.changed_at,
			.actor = read.actor,
			.by = arena_str(arena, db_text(stmt, (int)sql->version_columns)),
			.reason = read.reason,
			.source = read.row.source,
			.withdrawn = read.row.withdrawn,
			.record = read.row.record,
		};
	}
	*out = (struct record_versions){ .item = arena_take(arena, found.n + 1, sizeof *out->item),
		.n = found.n, .room = found.n };
	for (size_t i = 0; i < found.n; i++)
		out->item[i] = found.item[i];
	mem_free(found.item);
	return row == DB_DONE;
}

bool store_record_index(struct store *store, struct arena *arena, int64_t subject,
	struct record_index *out, struct err *err)
{
	struct {
		struct record_entry *item;
		size_t n, room;
	} found = { 0 };
	struct stmt *stmt = db_use(store->db, &store->records_of_subject);
	db_bind_int(stmt, 1, subject);
	enum db_row row;
	while ((row = db_step(stmt, err)) == DB_ROW) {
		size_t index = (size_t)db_int(stmt, 0);
		must(index < record_types_n);
		ARRAY_MORE(&found) = (struct record_entry){
			.type = record_types[index],
			.id = db_int(stmt, 1),
			.version = db_int(stmt, 2),
			.by_hand = db_int(stmt, 3) == 1,
			.source = arena_str(arena, db_text(stmt, 4)),
			.withdrawn = !db_is_null(stmt, 5),
			.first_at = db_int(stmt, 6),
			.first_by = arena_str(arena, db_text(stmt, 7)),
			.kind = arena_str(arena, db_text(stmt, 8)),
		};
	}
	*out = (struct record_index){ .item = arena_take(arena, found.n + 1, sizeof *out->item),
		.n = found.n, .room = found.n };
	for (size_t i = 0; i < found.n; i++)
		out->item[i] = found.item[i];
	mem_free(found.item);
	return row == DB_DONE;
}
