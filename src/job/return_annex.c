/* Ofsted's Annex A: the workbook of eleven lists about one day, written from the records. */
#include "job/return.h"

#include "base/grid.h"
#include "base/mem.h"
#include "document/xlsx_write.h"
#include "job/worker.h"
#include "returns/annex_a/write.h"

#include <string.h>

enum { YEAR = 12 };

/* Children come one after the other and the lists one behind the other: the rows wait here, packed.
 * `blank` counts the rows in which a column is empty. */
struct annex {
	struct {
		struct buf rows;
		int64_t n, blank[ANNEX_WIDEST];
	} list[ANNEX_LISTS];
};

static void put_number(struct buf *buf, int64_t number)
{
	buf_bytes(buf, &number, sizeof number);
}

static int64_t take_number(str *rest)
{
	int64_t number;
	memcpy(&number, rest->p, sizeof number);
	*rest = str_from(*rest, sizeof number);
	return number;
}

static bool is_blank(enum annex_kind kind, const struct annex_cell *cell)
{
	switch (kind) {
	case ANNEX_DATE:
		return cell->on == DAY_UNKNOWN;
	case ANNEX_NUMBER:
		return cell->number < 0;
	case ANNEX_TEXT:
	case ANNEX_CODE:
	case ANNEX_YES_NO:
		break;
	}
	return cell->text.n == 0;
}

static void keep_row(void *to, enum annex_list list, const struct annex_row *row)
{
	struct annex *annex = to;
	const struct annex_sheet *sheet = &annex_sheets[list];
	struct buf *rows = &annex->list[list].rows;
	annex->list[list].n++;
	for (size_t i = 0; i < sheet->n; i++) {
		const struct annex_cell *cell = &row->cell[sheet->field[i]];
		enum annex_kind kind = annex_columns[sheet->field[i]].kind;
		annex->list[list].blank[i] += is_blank(kind, cell);
		if (kind == ANNEX_DATE) {
			put_number(rows, cell->on);
		} else if (kind == ANNEX_NUMBER) {
			put_number(rows, cell->number);
		} else {
			put_number(rows, (int64_t)cell->text.n);
			buf_str(rows, cell->text);
		}
	}
}

static bool begin(struct return_run *run, struct err *err)
{
	(void)err;
	return_file_open(run, "annex-a.xlsx");
	run->own = arena_new(run->arena, struct annex);
	return true;
}

static bool write_child(struct return_run *run, const struct told_child *child, struct err *err)
{
	(void)err;
	run->rows += (int64_t)annex_write_child(run->child, run->asked->period.to, child,
		(struct annex_sink){ keep_row, run->own });
	return true;
}

/* ---- the workbook */

static void put_row(struct xlsx_out *xlsx, const struct annex_sheet *sheet, str *rest)
{
	xlsx_add_row(xlsx);
	for (size_t i = 0; i < sheet->n; i++) {
		enum annex_kind kind = annex_columns[sheet->field[i]].kind;
		int64_t number = take_number(rest);
		if (kind == ANNEX_DATE) {
			xlsx_put_day(xlsx, (day)number);
		} else if (kind == ANNEX_NUMBER && number >= 0) {
			xlsx_put_number(xlsx, number);
		} else if (kind == ANNEX_NUMBER) {
			xlsx_skip_cell(xlsx);
		} else {
			xlsx_put_text(xlsx, str_upto(*rest, (size_t)number));
			*rest = str_from(*rest, (size_t)number);
		}
	}
}

static bool put_list(struct xlsx_out *xlsx, struct annex *annex, enum annex_list list, struct err *err)
{
	const struct annex_sheet *sheet = &annex_sheets[list];
	struct xlsx_heading heading[ANNEX_WIDEST];
	for (size_t i = 0; i < sheet->n; i++)
		heading[i] = (struct xlsx_heading){ annex_columns[sheet->field[i]].heading, 0 };
	xlsx_add_sheet(xlsx, sheet->sheet, heading, sheet->n);
	for (str rest = buf_view(&annex->list[list].rows); rest.n > 0;) {
		if (xlsx_is_full(xlsx))
			return err_set(err, ERR_FULL, "%.*s has more rows than a sheet may have",
				STR_ARGS(sheet->sheet));
		put_row(xlsx, sheet, &rest);
	}
	return true;
}

static bool put_workbook(struct return_run *run, struct annex *annex, struct err *err)
{
	struct buf *out = &run->file[0].buf;
	struct xlsx_out *xlsx = xlsx_begin(out);
	bool done = true;
	struct err why = { 0 };
	for (enum annex_list list = 0; done && list < ANNEX_LISTS; list++)
		done = put_list(xlsx, annex, list, &why);
	bool ended = xlsx_end(xlsx, err);
	if (!done)
		*err = why;
	return done && ended;
}

/* ---- what it cannot tell, and why */

static void note_list(struct return_run *run, const struct annex *annex, enum annex_list list)
{
	const struct annex_sheet *sheet = &annex_sheets[list];
	str why = annex_not_kept(list);
	int64_t n = annex->list[list].n;
	if (why.n > 0) {
		buf_format(&run->notes, "%.*s (%.*s): empty: %.*s\n", STR_ARGS(sheet->sheet),
			STR_ARGS(sheet->title), STR_ARGS(why));
		return;
	}
	buf_format(&run->notes, "%.*s (%.*s): %lld rows\n", STR_ARGS(sheet->sheet),
		STR_ARGS(sheet->title), (long long)n);
	for (size_t i = 0; i < sheet->n; i++) {
		int64_t blank = annex->list[list].blank[i];
		why = annex_not_held(list, sheet->field[i]);
		if (n == 0 || blank == 0)
			continue;
		buf_format(&run->notes, "  %.*s: ", STR_ARGS(annex_columns[sheet->field[i]].heading));
		if (why.n > 0)
			buf_format(&run->notes, "empty: %.*s\n", STR_ARGS(why));
		else if (blank == n)
			buf_lit(&run->notes, "empty: recorded of none of them\n");
		else
			buf_format(&run->notes, "empty in %lld, where there is none or none is recorded\n",
				(long long)blank);
	}
}

static bool end(struct return_run *run, struct err *err)
{
	struct annex *annex = run->own;
	bool done = put_workbook(run, annex, err);
	for (enum annex_list list = 0; list < ANNEX_LISTS; list++) {
		note_list(run, annex, list);
		buf_close(&annex->list[list].rows);
	}
	return done;
}

/* Ofsted publishes no rules for it: what a column may hold is settled by how it is written. */
static bool check(struct return_run *run, const struct source *file, size_t n,
	struct return_findings *out, struct err *err)
{
	(void)run, (void)file, (void)n, (void)out, (void)err;
	return true;
}

/* "2026-11-22", or a year, which is as at the 31 March that ends it. */
static bool read_period(str text, struct return_period *out, struct err *err)
{
	day on;
	struct err why;
	if (return_year_read(text, out, &why))
		return true;
	if (text.n != 10 || !day_read(text, &on, &why))
		return err_set(err, ERR_INPUT,
			"write the day that the lists are about, like 2026-11-22, or a year, like "
			"2025-26, for its 31 March");
	*out = (struct return_period){ day_add_months(on, -YEAR), on, day_civil(on).year, "" };
	memcpy(out->text, text.p, text.n);
	return true;
}

/* ---- against the last one */

/* What tells a child's rows of a list apart: the day on which it began. */
static const enum annex_field keys[ANNEX_LISTS] = { [ANNEX_CONTACTS] = ANNEX_CONTACTED,
	[ANNEX_EARLY_HELP] = ANNEX_HELP_BEGAN, [ANNEX_REFERRALS_MADE] = ANNEX_REFERRED,
	[ANNEX_ASSESSMENTS] = ANNEX_ASSESSMENT_BEGAN, [ANNEX_SECTION_47] = ANNEX_STRATEGY,
	[ANNEX_IN_NEED] = ANNEX_NEED_BEGAN, [ANNEX_PROTECTION] = ANNEX_PLAN_BEGAN,
	[ANNEX_LOOKED_AFTER] = ANNEX_CARE_BEGAN, [ANNEX_LEAVERS] = ANNEX_CHILD,
	[ANNEX_ADOPTION] = ANNEX_ENTERED_CARE, [ANNEX_ADOPTERS] = ANNEX_ADOPTER };

static const struct differ_table *tables(struct arena *arena, size_t *n)
{
	struct differ_table *table = arena_take(arena, ANNEX_LISTS, sizeof *table);
	*n = ANNEX_LISTS;
	for (enum annex_list list = 0; list < ANNEX_LISTS; list++) {
		const struct annex_sheet *sheet = &annex_sheets[list];
		str *column = arena_take(arena, sheet->n, sizeof *column);
		table[list] = (struct differ_table){
			.name = sheet->sheet, .column = column, .columns = sheet->n };
		for (size_t i = 0; i < sheet->n; i++) {
			column[i] = annex_columns[sheet->field[i]].heading;
			if (sheet->field[i] == keys[list] && i > 0)
				table[list].keys = UINT64_C(1) << i;
		}
	}
	return table;
}

static void add_sheet(const struct grid *grid, enum annex_list list, enum differ_side side,
	struct differ *out)
{
	const struct annex_sheet *sheet = &annex_sheets[list];
	size_t at[ANNEX_WIDEST];
	for (size_t i = 0; i < sheet->n; i++) {
		at[i] = SIZE_MAX;
		for (size_t c = 0; at[i] == SIZE_MAX && c < grid_columns(grid); c++) {
			if (annex_field_find(list, grid_cell(grid, 0, c)) == sheet->field[i])
				at[i] = c;
		}
	}
	for (size_t r = 1; r < grid->n; r++) {
		str cell[ANNEX_WIDEST];
		for (size_t i = 0; i < sheet->n; i++)
			cell[i] = at[i] == SIZE_MAX ? (str){ 0 } : str_trim(grid_cell(grid, r, at[i]));
		differ_add(out, side, list, cell);
	}
}

/* A workbook is opened by the confined worker, the last one being from outside. */
static bool add_workbook(struct arena *arena, const struct source *file, enum differ_side side,
	struct differ *out, struct err *err)
{
	struct buf raw = { 0 };
	struct grids *grids = arena_new(arena, struct grids);
	const struct worker worker = { .kind = "sheet", .input = file->bytes };
	bool read = worker_run(&worker, &raw, err) && grids_get(arena, buf_view(&raw), grids, err);
	for (size_t i = 0; read && i < grids->n; i++) {
		enum annex_list list = annex_list_find(grids->item[i].name);
		if (list < ANNEX_LISTS && grids->item[i].n > 0)
			add_sheet(&grids->item[i], list, side, out);
	}
	buf_close(&raw);
	return read;
}

static bool rows(struct arena *arena, const struct source *file, size_t n, enum differ_side side,
	struct differ *out, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_ends(file[i].name, S(".xlsx")) || add_workbook(arena, &file[i], side, out, err))
			continue;
		struct err said = *err;
		return err_set(err, said.code, "%.*s: %s", STR_ARGS(file[i].name), said.text);
	}
	return true;
}

const struct return_kind return_annex_a = {
	.name = S_INIT("annex-a"),
	.title = S_INIT("lists for Ofsted (Annex A)"),
	.like = "2026-11-22",
	.type = annex_types,
	.types = ANNEX_TYPES,
	.period = read_period,
	.begin = begin,
	.child = write_child,
	.end = end,
	.check = check,
	.tables = tables,
	.rows = rows,
};
