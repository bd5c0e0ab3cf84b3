#include "job/import_unpack.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "document/xlsx.h"
#include "document/zip.h"
#include "job/import.h"

static bool is_zip(str bytes)
{
	return str_starts(bytes, S("PK\x03\x04")) || str_starts(bytes, S("PK\x05\x06"));
}

bool import_is_packed(const struct source *source, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (is_zip(source[i].bytes))
			return true;
	}
	return false;
}

static bool blame(const struct source *source, struct err *err, const struct err *why)
{
	return err_set(err, why->code, "%.*s: %s", STR_ARGS(source->name), why->text);
}

static bool take_workbook(struct arena *arena, const struct source *source,
	const struct zip_parts *parts, struct table_sources *out, struct err *err)
{
	struct err why = { 0 };
	if (zip_parts_has(parts, S("xl/vbaProject.bin")))
		return err_set(err, ERR_INPUT,
			"%.*s: the workbook has macros: save it without them (.xlsx)",
			STR_ARGS(source->name));
	struct grids *grids = arena_new(arena, struct grids);
	if (!xlsx_read(arena, source->bytes, grids, &why))
		return blame(source, err, &why);
	for (size_t i = 0; i < grids->n; i++) {
		str name = grids->item[i].name;
		ARRAY_MORE(out) = (struct table_source){
			.file = arena_format(arena, "%.*s, %.*s", STR_ARGS(source->name),
				STR_ARGS(name)),
			.name = name,
			.grid = &grids->item[i] };
	}
	return true;
}

static bool ends(str name, str ending)
{
	return name.n > ending.n && str_equal_nocase(str_from(name, name.n - ending.n), ending);
}

/* What other systems put beside the files: "__MACOSX/._person.csv". */
static bool is_shadow(str name)
{
	size_t base = name.n;
	while (base > 0 && name.p[base - 1] != '/')
		base--;
	return base == name.n || name.p[base] == '.' || str_starts(name, S("__MACOSX/"));
}

static bool take_zip(struct arena *arena, const struct source *source,
	const struct zip_parts *parts, struct table_sources *out, struct err *err)
{
	size_t left = UNPACKED_MOST;
	for (size_t i = 0; i < zip_parts_count(parts); i++) {
		str name = zip_parts_name(parts, i);
		struct err why = { 0 };
		if (name.n == 0 || utf8_check(name) != name.n || is_shadow(name) ||
			!ends(name, S(".csv")))
			continue;
		struct buf part = { .limit = left };
		bool read = zip_parts_read(parts, name, &part, &why);
		str bytes = read ? arena_str(arena, buf_view(&part)) : (str){ 0 };
		buf_close(&part);
		if (!read)
			return why.code == ERR_FULL
				       ? err_set(err, ERR_FULL,
						"%.*s, %.*s: its files are over %d MB together: give "
						"the folder of files instead",
						STR_ARGS(source->name), STR_ARGS(name),
						UNPACKED_MOST >> 20)
				       : blame(source, err, &why);
		left -= bytes.n < left ? bytes.n : left;
		str own = arena_str(arena, name);
		ARRAY_MORE(out) = (struct table_source){
			.file = arena_format(
				arena, "%.*s, %.*s", STR_ARGS(source->name), STR_ARGS(own)),
			.name = own,
			.bytes = bytes };
	}
	return true;
}

static bool take(struct arena *arena, const struct source *source, struct table_sources *out,
	struct err *err)
{
	struct err why = { 0 };
	if (str_starts(source->bytes, S("\xd0\xcf\x11\xe0")))
		return err_set(err, ERR_INPUT,
			"%.*s: has a password, or is of an old Excel (.xls): save it as a workbook "
			"(.xlsx) without a password",
			STR_ARGS(source->name));
	if (!is_zip(source->bytes)) {
		ARRAY_MORE(out) = (struct table_source){
			.file = source->name, .name = source->name, .bytes = source->bytes
		};
		return true;
	}
	if (out->packed)
		return err_set(err, ERR_INPUT, "%.*s: give one zip file or workbook alone",
			STR_ARGS(source->name));
	out->packed = true;
	struct zip_parts *parts = zip_parts_open(source->bytes, &why);
	if (parts == NULL)
		return blame(source, err, &why);
	bool taken = zip_parts_has(parts, S("[Content_Types].xml"))
			     ? take_workbook(arena, source, parts, out, err)
			     : take_zip(arena, source, parts, out, err);
	zip_parts_close(parts);
	return taken;
}

bool import_unpack(struct arena *arena, const struct source *source, size_t n,
	struct table_sources *out, struct err *err)
{
	*out = (struct table_sources){ 0 };
	for (size_t i = 0; i < n; i++) {
		if (!take(arena, &source[i], out, err)) {
			import_unpack_close(out);
			return false;
		}
	}
	return true;
}

void import_unpack_close(struct table_sources *tables)
{
	mem_free(tables->item);
	*tables = (struct table_sources){ 0 };
}
