#include "cli/import_columns.h"

#include "cli/file.h"
#include "store/setting.h"

#include <stdio.h>

enum { MAPPING_LIMIT = 1 << 20, LISTED = 20 };

static str setting_key(struct arena *arena, enum import_kind kind)
{
	return arena_format(arena, "import-mapping:%.*s", STR_ARGS(import_kind_text(kind)));
}

/* What the store keeps; a store that is not there yet keeps nothing. */
static bool read_kept(const struct args *args, struct arena *arena, enum import_kind kind,
	struct mapping *mapping, struct err *err)
{
	struct opened opened;
	struct err none;
	str kept;
	if (!open_store(args, STORE_READ, NULL, &opened, &none))
		return true; /* whoever saves says why it cannot be opened */
	bool read = store_setting_of(opened.store, arena, opened.authority,
		setting_key(arena, kind), &kept, err);
	open_close(&opened);
	return read && (kept.n == 0 ||
			       mapping_read(arena, S("the mapping that is kept"), kept, mapping, err));
}

bool import_columns_read(const struct args *args, struct arena *arena, struct import_task *task,
	struct mapping *mapping, struct err *err)
{
	const char *path = args_value(args, "mapping"), *as_at = args_value(args, "as-at");
	struct buf bytes = { 0 };
	task->as_at = DAY_UNKNOWN;
	if (!import_has_columns(task->kind))
		return (path == NULL && as_at == NULL && args_value(args, "write-mapping") == NULL) ||
		       err_set(err, ERR_INPUT,
			       "--mapping, --write-mapping and --as-at are of ssd and annex-a");
	if (as_at != NULL && !day_read(str_of(as_at), &task->as_at, err))
		return false;
	task->mapping = mapping;
	if (path == NULL)
		return read_kept(args, arena, task->kind, mapping, err);
	bool read = file_read(path, MAPPING_LIMIT, &bytes, err);
	/* Texts are copied where they are no part of the file. */
	str text = read ? arena_str(arena, buf_view(&bytes)) : (str){ 0 };
	buf_close(&bytes);
	return read && mapping_read(arena, str_of(path), text, mapping, err);
}

bool import_columns_write(const struct args *args, const struct staging *staging, struct err *err)
{
	const char *path = args_value(args, "write-mapping");
	if (path == NULL)
		return true;
	struct buf text = { 0 };
	buf_mapping(&text, staging);
	bool written = file_write(path, buf_view(&text), err);
	buf_close(&text);
	return written;
}

bool import_columns_keep(const struct args *args, struct opened *opened,
	const struct import_task *task, struct err *err)
{
	if (!import_has_columns(task->kind) || args_value(args, "mapping") == NULL)
		return true;
	struct buf text = { 0 };
	buf_mapping_kept(&text, task->mapping);
	bool kept = store_set(opened->store, &opened->actor, setting_key(opened->arena, task->kind),
		buf_view(&text), err);
	buf_close(&text);
	return kept;
}

void import_columns_tell(const struct staging *staging)
{
	for (size_t i = 0; i < staging->columns.n; i++) {
		const struct staged_column *column = &staging->columns.item[i];
		if (column->how == COLUMN_GUESSED)
			fprintf(stderr, "%.*s: \"%.*s\" is taken for %.*s\n",
				STR_ARGS(column->list), STR_ARGS(column->heading),
				STR_ARGS(column->column));
		else if (column->how == COLUMN_SPARE)
			fprintf(stderr, "%.*s: \"%.*s\" is not known, and is passed over\n",
				STR_ARGS(column->list), STR_ARGS(column->heading));
	}
}

/* "child 100023: review of a looked after child 1 added" */
static void tell_change(const struct import_change *change)
{
	str title = change->type->title;
	printf("  %.*s: %.*s", STR_ARGS(change->number), STR_ARGS(title));
	if (change->count.added > 0)
		printf(", %lld added", (long long)change->count.added);
	if (change->count.edited > 0)
		printf(", %lld changed", (long long)change->count.edited);
	if (change->count.missing > 0)
		printf(", %lld missing from the source", (long long)change->count.missing);
	printf("\n");
}

void import_changes_tell(const struct import_result *result)
{
	for (size_t i = 0; i < result->changes && i < LISTED; i++)
		tell_change(&result->change[i]);
	if (result->changes > LISTED)
		printf("  and %zu more\n", result->changes - LISTED);
	printf("%lld children changed, %lld of them new; missing from this source, and kept: %lld "
	       "children, %lld records of others\n",
		(long long)result->changed, (long long)result->created, (long long)result->gone,
		(long long)result->missing);
}
