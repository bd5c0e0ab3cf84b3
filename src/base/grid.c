#include "base/grid.h"

#include "base/csv.h"
#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

str grid_cell(const struct grid *grid, size_t row, size_t column)
{
	if (row >= grid->n || column >= grid->row[row].n)
		return (str){ 0 };
	return grid->row[row].cell[column];
}

size_t grid_columns(const struct grid *grid)
{
	size_t most = 0;
	for (size_t i = 0; i < grid->n; i++)
		most = grid->row[i].n > most ? grid->row[i].n : most;
	return most;
}

struct grid *grids_add(struct arena *arena, struct grids *grids, str name)
{
	if (grids->n == GRIDS_MAX)
		return NULL;
	struct grid *grid = &grids->item[grids->n++];
	*grid = (struct grid){ .name = arena_str(arena, utf8_upto(name, 100)) };
	return grid;
}

/* Control characters would be refused at the other end: a space says as much. */
static str clean(struct arena *arena, str s)
{
	s = utf8_upto(str_trim(s), GRID_CELL_MAX);
	str copy = arena_str(arena, s);
	char *p = (char *)(uintptr_t)copy.p;
	for (size_t i = 0; i < copy.n; i++) {
		if (((unsigned char)p[i] < 0x20 && p[i] != '\n') || p[i] == 0x7f)
			p[i] = ' ';
	}
	return str_trim(copy);
}

static struct grid_row *row_new(struct arena *arena, struct grid *grid)
{
	if (grid->n == grid->room) {
		size_t room = grid->room == 0 ? 64 : grid->room * 2;
		struct grid_row *row = arena_take(arena, room, sizeof *row);
		if (grid->n > 0)
			memcpy(row, grid->row, grid->n * sizeof *row);
		grid->row = row;
		grid->room = room;
	}
	return &grid->row[grid->n++];
}

bool grid_add_row(struct arena *arena, struct grids *grids, struct grid *grid, size_t number,
	const str *cell, size_t n, struct err *err)
{
	while (n > 0 && str_trim(cell[n - 1]).n == 0)
		n--;
	if (n == 0)
		return true;
	if (n > GRID_COLUMNS_MAX)
		n = GRID_COLUMNS_MAX;
	if (grid->n == GRID_ROWS_MAX)
		return err_set(err, ERR_FULL, "the file has more than %d rows", GRID_ROWS_MAX);
	struct grid_row *row = row_new(arena, grid);
	*row = (struct grid_row){
		.cell = arena_take(arena, n, sizeof(str)), .n = n, .number = number
	};
	for (size_t i = 0; i < n; i++) {
		row->cell[i] = clean(arena, cell[i]);
		grids->text += row->cell[i].n;
	}
	if (grids->text > GRID_TEXT_MAX || arena_full(arena))
		return err_set(err, ERR_FULL, "the file holds more text than Duly takes");
	return true;
}

/* ---- the message */

static void put_number(struct buf *out, size_t number)
{
	for (int i = 0; i < 4; i++)
		buf_char(out, (char)(unsigned char)(number >> (8 * i) & 0xff));
}

static void put_text(struct buf *out, str s)
{
	put_number(out, s.n);
	buf_str(out, s);
}

void grids_put(struct buf *out, const struct grids *grids)
{
	put_number(out, grids->n);
	for (size_t i = 0; i < grids->n; i++) {
		const struct grid *grid = &grids->item[i];
		put_text(out, grid->name);
		put_number(out, grid->n);
		for (size_t j = 0; j < grid->n; j++) {
			put_number(out, grid->row[j].number);
			put_number(out, grid->row[j].n);
			for (size_t k = 0; k < grid->row[j].n; k++)
				put_text(out, grid->row[j].cell[k]);
		}
	}
}

static bool get_number(str *rest, size_t most, size_t *number)
{
	if (rest->n < 4)
		return false;
	*number = 0;
	for (size_t i = 0; i < 4; i++)
		*number |= (size_t)(unsigned char)rest->p[i] << (8 * i);
	*rest = str_from(*rest, 4);
	return *number <= most;
}

static bool get_text(str *rest, size_t most, str *text)
{
	size_t n;
	if (!get_number(rest, most, &n) || n > rest->n)
		return false;
	*text = str_upto(*rest, n);
	*rest = str_from(*rest, n);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text->p[i];
		if ((c < 0x20 && c != '\n') || c == 0x7f)
			return false;
	}
	return utf8_check(*text) == n;
}

static bool get_row(struct arena *arena, str *rest, struct grid_row *row)
{
	if (!get_number(rest, 1 << 30, &row->number) || !get_number(rest, GRID_COLUMNS_MAX, &row->n))
		return false;
	row->cell = arena_take(arena, row->n, sizeof(str));
	for (size_t i = 0; i < row->n; i++) {
		if (!get_text(rest, GRID_CELL_MAX, &row->cell[i]))
			return false;
	}
	return !arena_full(arena);
}

static bool get_grid(struct arena *arena, str *rest, struct grid *grid)
{
	size_t rows;
	/* A row has eight bytes at the least: no list is longer than what could hold it. */
	if (!get_text(rest, 100, &grid->name) || !get_number(rest, GRID_ROWS_MAX, &rows) ||
		rows > rest->n / 8)
		return false;
	grid->row = arena_take(arena, rows, sizeof *grid->row);
	grid->room = rows;
	while (grid->n < rows) {
		if (!get_row(arena, rest, &grid->row[grid->n]))
			return false;
		grid->n++;
	}
	return true;
}

bool grids_get(struct arena *arena, str raw, struct grids *out, struct err *err)
{
	size_t sheets = 0;
	*out = (struct grids){ .text = raw.n };
	bool good = get_number(&raw, GRIDS_MAX, &sheets);
	while (good && out->n < sheets)
		good = get_grid(arena, &raw, &out->item[out->n++]);
	if (good && raw.n == 0)
		return true;
	*out = (struct grids){ 0 };
	return err_set(err, ERR_BROKEN, "what was read of the file makes no sense");
}

/* ---- text files */

/* Trackers begin with a title as often as not: the first line alone does not tell. */
static char separator_of(str text)
{
	static const char separators[] = { ',', ';', '\t' };
	size_t count[3] = { 0 }, lines = 0;
	bool quoted = false;
	for (size_t i = 0; i < text.n && lines < 30; i++) {
		quoted ^= text.p[i] == '"';
		lines += text.p[i] == '\n' && !quoted;
		for (size_t j = 0; j < 3 && !quoted; j++)
			count[j] += text.p[i] == separators[j];
	}
	size_t best = 0;
	for (size_t j = 1; j < 3; j++)
		best = count[j] > count[best] ? j : best;
	return separators[best];
}

bool grids_from_text(struct arena *arena, str bytes, struct grids *out, struct err *err)
{
	str text;
	enum text_encoding encoding;
	*out = (struct grids){ 0 };
	if (!text_decode(bytes, arena, &text, &encoding, err))
		return false;
	char separator = separator_of(text);
	/* A first line for Excel alone: "sep=;" */
	if (text.n > 5 && str_starts(text, S("sep=")) && strchr(",;\t", text.p[4]) != NULL) {
		separator = text.p[4];
		text = str_from(text, 5);
	}
	struct grid *grid = grids_add(arena, out, (str){ 0 });
	struct csv csv = csv_open(text, arena, (struct csv_options){ .separator = separator });
	struct csv_row row;
	while (csv_next(&csv, &row)) {
		if (!grid_add_row(arena, out, grid, row.line, row.field, row.n, err))
			return false;
	}
	return csv_end(&csv, err);
}
