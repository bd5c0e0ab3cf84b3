#include "job/check_files.h"

#include "base/text.h"
#include "document/sheet.h"
#include "returns/ssda903/check/postcodes.h"
#include "returns/ssda903/check/provider_list.h"

#include <string.h>

enum { YEAR_FIRST = 2023, YEAR_LAST = 2100 };

static bool blame(str name, struct err *err)
{
	struct err said = *err;
	return err_set(err, said.code, "%.*s%s %s", STR_ARGS(str_upto(name, 100)),
		strncmp(said.text, "line ", 5) == 0 ? "," : ":", said.text);
}

static const struct check_file *only(const struct check_ask *ask, enum check_part part)
{
	for (size_t i = 0; i < ask->n; i++) {
		if (ask->file[i].part == part)
			return &ask->file[i];
	}
	return NULL;
}

/* The files of a part, as UTF-8. */
static bool read_part(struct arena *arena, const struct check_ask *ask, enum check_part part,
	struct source_file **out, size_t *n, struct err *err)
{
	*out = arena_take(arena, ask->n + 1, sizeof **out);
	*n = 0;
	for (size_t i = 0; i < ask->n; i++) {
		enum text_encoding encoding;
		const struct check_file *file = &ask->file[i];
		if (file->part != part)
			continue;
		struct source_file *one = &(*out)[(*n)++];
		one->path = file->name;
		if (!text_decode(file->bytes, arena, &one->text, &encoding, err))
			return blame(file->name, err);
	}
	return true;
}

static bool read_postcodes(struct arena *arena, const struct check_file *file, struct check_made *out, struct err *err)
{
	size_t n;
	struct postcode_index *index = arena_new(arena, struct postcode_index);
	str bytes = file->bytes;
	bool made = postcodes_is_index(bytes);
	if (!made && postcodes_build(bytes, &out->index, &n, err))
		bytes = buf_view(&out->index), made = true;
	if (!made || !postcodes_open(arena, bytes, index, err))
		return blame(file->name, err);
	out->postcodes = (struct postcodes){ postcodes_find, index };
	out->asked.postcodes = &out->postcodes;
	return true;
}

bool check_year_known(int year, struct err *err)
{
	return (year >= YEAR_FIRST && year <= YEAR_LAST) ||
		err_set(err, ERR_INPUT, "the rules of the year that ends in %d are not known: from %d on", year,
			YEAR_FIRST);
}

bool check_providers_read(struct arena *arena, str bytes, struct providers *out, struct err *err)
{
	struct grids *grids = arena_new(arena, struct grids);
	if (bytes.n > PROVIDERS_MOST)
		return err_set(err, ERR_FULL, "the file is over the limit of %d MB", PROVIDERS_MOST >> 20);
	if (sheet_has_macros(bytes))
		return err_set(err, ERR_INPUT, "the workbook has macros: save it without them (.xlsx)");
	return sheet_read(arena, bytes, grids, err) && provider_list_read(arena, grids, out, err);
}

static bool read_providers(struct arena *arena, const struct check_file *file, struct check_made *out, struct err *err)
{
	out->asked.providers = &out->providers;
	return check_providers_read(arena, file->bytes, &out->providers, err) || blame(file->name, err);
}

static bool check_ssda903(struct arena *arena, const struct check_ask *ask, struct check_made *out, struct err *err)
{
	struct source_file *now, *before;
	size_t n, m;
	const struct check_file *postcodes = only(ask, CHECK_POSTCODES), *providers = only(ask, CHECK_PROVIDERS);
	if (!check_year_known(ask->year, err))
		return false;
	out->asked.year = ask->year;
	out->asked.authority = ask->authority;
	if (!read_part(arena, ask, CHECK_THIS_YEAR, &now, &n, err) ||
		!read_part(arena, ask, CHECK_LAST_YEAR, &before, &m, err) ||
		(postcodes != NULL && !read_postcodes(arena, postcodes, out, err)) ||
		(providers != NULL && !read_providers(arena, providers, out, err)) ||
		!rows_read(arena, now, n, before, m, &out->rows, err))
		return false;
	check_run(arena, &out->rows, &out->asked, &out->result);
	const struct postcode_index *index = out->postcodes.index;
	if (index != NULL && index->damaged != NULL && *index->damaged)
		return err_set(err, ERR_BROKEN, "the index of postcodes is damaged: build it again");
	report_of_ssda903(&out->report, &out->rows, &out->asked, &out->result);
	return true;
}

static bool check_census(struct arena *arena, const struct check_ask *ask, struct check_made *out, struct err *err)
{
	struct source_file *file;
	size_t n;
	struct calendar *calendar;
	if (!calendar_load(arena, calendar_embedded_csv(), &calendar, err) ||
		!read_part(arena, ask, CHECK_THIS_YEAR, &file, &n, err))
		return false;
	if (n != 1)
		return err_set(err, ERR_INPUT, "the census is one file, and there are %zu", n);
	struct cin_asked asked = { .year = ask->year, .calendar = calendar };
	struct xml *xml = xml_open(file->text, (struct xml_limits){ 0 });
	bool done = cin_check(arena, xml, &asked, &out->census, err);
	xml_close(xml);
	report_of_cin(&out->report, &out->census);
	return done || blame(file->path, err);
}

bool check_files(struct arena *arena, const struct check_ask *ask, struct check_made *out, struct err *err)
{
	*out = (struct check_made){ 0 };
	if (only(ask, CHECK_THIS_YEAR) == NULL)
		return err_set(err, ERR_INPUT, "there is no file of the return");
	return ask->cin ? check_census(arena, ask, out, err) : check_ssda903(arena, ask, out, err);
}

void check_made_close(struct check_made *made)
{
	check_result_close(&made->result);
	cin_result_close(&made->census);
	buf_close(&made->index);
	*made = (struct check_made){ 0 };
}
