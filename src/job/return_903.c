/* The SSDA903 return: written from the records, checked by its published rules, held against the last. */
#include "job/return.h"

#include "base/csv.h"
#include "base/text.h"
#include "returns/ssda903/check/rows.h"
#include "returns/ssda903/write_child.h"

static bool begin(struct return_run *run, struct err *err)
{
	(void)err;
	const struct return_period *period = &run->asked->period;
	const struct choice_row *review = ssda903_review_day(run->policy, period->to);
	struct ssda903_year *year = arena_new(run->arena, struct ssda903_year);
	*year = (struct ssda903_year){ period->from, period->to, ssda903_review_started(review) };
	run->own = year;
	buf_format(&run->notes, "%.*s: %.*s\n", STR_ARGS(review->title), STR_ARGS(review->words));
	for (int i = 0; i < SSDA903_FILES; i++) {
		enum ssda903_file file = (enum ssda903_file)i;
		if (ssda903_has_file(file, run->asked->period.year))
			ssda903_write_columns(
				return_file_open(run, ssda903_file_name(file)), file);
	}
	return true;
}

static bool write_child(struct return_run *run, const struct told_child *child, struct err *err)
{
	(void)err;
	struct buf out[SSDA903_FILES] = { 0 };
	size_t rows[SSDA903_FILES] = { 0 };
	const struct ssda903_year *year = run->own;
	for (size_t i = 0, at = 0; i < SSDA903_FILES; i++) {
		if (ssda903_has_file((enum ssda903_file)i, run->asked->period.year))
			out[i] = run->file[at++].buf;
	}
	run->rows += (int64_t)ssda903_write_child(run->child, year, child, out, rows);
	for (size_t i = 0, at = 0; i < SSDA903_FILES; i++) {
		if (ssda903_has_file((enum ssda903_file)i, run->asked->period.year))
			run->file[at++].buf = out[i];
	}
	return true;
}

static bool check(struct return_run *run, const struct source *file, size_t n,
	struct return_findings *out, struct err *err)
{
	const struct return_asked *asked = run->asked;
	const struct return_check_903 how = { .year = asked->period.year,
		.local_authority = asked->local_authority,
		.last_year = asked->last_year,
		.last_year_n = asked->last_year_n,
		.postcodes = asked->postcodes,
		.providers = asked->providers };
	return return_check_903(run->arena, file, n, &how, out, err);
}

/* ---- against the last one */

static const struct differ_table *tables(struct arena *arena, size_t *n)
{
	*n = SSDA903_FILES;
	return ssda903_tables(arena);
}

static bool add_rows(struct arena *arena, enum ssda903_file table, const struct source *file,
	enum differ_side side, struct differ *out, struct err *err)
{
	str text;
	enum text_encoding encoding;
	if (!text_decode(file->bytes, arena, &text, &encoding, err))
		return false;
	const struct differ_table *of = &ssda903_tables(arena)[table];
	struct csv csv = csv_open(text, arena, (struct csv_options){ .separator = CSV_DETECT });
	struct csv_row row;
	struct csv_column column[DIFFER_COLUMNS];
	for (size_t i = 0; i < of->columns; i++)
		column[i] = (struct csv_column){ of->column[i].p, i != of->child, 0 };
	if (!csv_next(&csv, &row))
		return csv_end(&csv, err);
	if (!csv_columns(&row, column, of->columns, NULL, err))
		return false;
	while (csv_next(&csv, &row)) {
		str cell[DIFFER_COLUMNS];
		for (size_t i = 0; i < of->columns; i++)
			cell[i] = str_trim(csv_field(&row, &column[i]));
		differ_add(out, side, table, cell);
	}
	return csv_end(&csv, err);
}

/* Files are known by their names, as the check knows them; others are passed over. */
static bool rows(struct arena *arena, const struct source *file, size_t n, enum differ_side side,
	struct differ *out, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		enum table table = table_of_file(file[i].name);
		for (int k = 0; table < TABLES && k < SSDA903_FILES; k++) {
			str name = str_of(ssda903_file_name((enum ssda903_file)k));
			if (!str_equal(str_upto(name, name.n - 4), table_rows[table].file) ||
				add_rows(arena, (enum ssda903_file)k, &file[i], side, out, err))
				continue;
			struct err said = *err;
			return err_set(err, said.code, "%.*s, %s", STR_ARGS(file[i].name), said.text);
		}
	}
	return true;
}

const struct return_kind return_ssda903 = {
	.name = S_INIT("ssda903"),
	.title = S_INIT("return of looked after children (SSDA903)"),
	.like = "2025-26",
	.type = ssda903_types,
	.types = SSDA903_TYPES,
	.period = return_year_read,
	.begin = begin,
	.child = write_child,
	.check = check,
	.tables = tables,
	.rows = rows,
};
