#include "returns/ssda903/check/rows.h"

#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

/* ---- the columns of each table */

#define TABLE(NAME, name, title, file) static const struct column columns_##NAME[] = {
#define DAY(table, field, column) { S_INIT(column), COLUMN_DAY, offsetof(struct table##_row, field) },
#define CODE(table, field, column) { S_INIT(column), COLUMN_CODE, offsetof(struct table##_row, field) },
#define TEXT(table, field, column) { S_INIT(column), COLUMN_TEXT, offsetof(struct table##_row, field) },
#define END(NAME) };
#include "returns/ssda903/check/tables.def"
#undef TABLE
#undef DAY
#undef CODE
#undef TEXT
#undef END

const struct table_row table_rows[TABLES] = {
#define TABLE(NAME, name, title, file)                                                             \
	[TABLE_##NAME] = { S_INIT(title), S_INIT(file), columns_##NAME,                            \
		sizeof columns_##NAME / sizeof *columns_##NAME, sizeof(struct name##_row) },
#define DAY(table, field, column)
#define CODE(table, field, column)
#define TEXT(table, field, column)
#define END(NAME)
#include "returns/ssda903/check/tables.def"
#undef TABLE
#undef DAY
#undef CODE
#undef TEXT
#undef END
};

enum { COLUMNS_MOST = 16, FILES_MOST = 1 << 30, ROWS_OF_A_CHILD = 1000, SHOWN = 40 };

/* ---- cells */

static unsigned char upper(char c)
{
	return (unsigned char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

code code_of(str text)
{
	code out = 0;
	if (text.n > sizeof out || (text.n == sizeof out && (unsigned char)text.p[0] >= 0x80))
		return str_hash(text) | (code)1 << 63;
	for (size_t i = 0; i < text.n; i++)
		out = out << 8 | upper(text.p[i]);
	return out;
}

static day day_cell(str text)
{
	day on;
	if (text.n == 0)
		return DAY_UNKNOWN;
	return day_read_slashed(text, &on, NULL) ? on : DAY_WRONG;
}

/* ---- children, by their number */

struct children {
	struct arena *arena;
	uint32_t *slot; /* 0: empty; else the index and one */
	size_t slots;
	struct {
		str *item;
		size_t n, room;
	} number;
};

static bool same_number(str a, str b)
{
	return str_equal_nocase(a, b);
}

static uint64_t hash_of(str number)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t i = 0; i < number.n; i++)
		hash = (hash ^ upper(number.p[i])) * 0x100000001b3;
	return hash ^ hash >> 29;
}

static void children_grow(struct children *all)
{
	size_t slots = all->slots == 0 ? 1 << 12 : all->slots * 2;
	mem_free(all->slot);
	all->slot = mem_alloc(slots, sizeof *all->slot);
	all->slots = slots;
	for (size_t i = 0; i < all->number.n; i++) {
		size_t at = hash_of(all->number.item[i]) & (slots - 1);
		while (all->slot[at] != 0)
			at = (at + 1) & (slots - 1);
		all->slot[at] = (uint32_t)i + 1;
	}
}

static uint32_t child_index(struct children *all, str number)
{
	if (all->number.n * 2 >= all->slots)
		children_grow(all);
	size_t at = hash_of(number) & (all->slots - 1);
	for (; all->slot[at] != 0; at = (at + 1) & (all->slots - 1)) {
		if (same_number(all->number.item[all->slot[at] - 1], number))
			return all->slot[at] - 1;
	}
	ARRAY_MORE(&all->number) = number;
	all->slot[at] = (uint32_t)all->number.n;
	return (uint32_t)all->number.n - 1;
}

/* ---- a file */

static str base_name(str path)
{
	for (size_t i = path.n; i > 0; i--) {
		if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
			return str_from(path, i);
	}
	return path;
}

/* Other names that are in use. */
static const struct {
	str name;
	enum table table;
} other_names[] = {
	{ S_INIT("placed_for_adoption"), TABLE_PLACED },
	{ S_INIT("should_be_placed_for_adoption"), TABLE_PLACED },
	{ S_INIT("sbpfa"), TABLE_PLACED },
	{ S_INIT("placedadoption"), TABLE_PLACED },
	{ S_INIT("prevperm"), TABLE_PERMANENCE },
	{ S_INIT("prev_perm"), TABLE_PERMANENCE },
	{ S_INIT("social_worker_episodes"), TABLE_WORKERS },
	{ S_INIT("social_worker"), TABLE_WORKERS },
	{ S_INIT("swepisodes"), TABLE_WORKERS },
	{ S_INIT("episode"), TABLE_EPISODES },
	{ S_INIT("review"), TABLE_REVIEWS },
};

/* The name stands somewhere in the file's ("SSDA903_2026_sw_episodes.csv"); the longest that does. */
static size_t name_within(str file, str name)
{
	for (size_t i = 0; i + name.n <= file.n; i++) {
		if (str_equal_nocase((str){ file.p + i, name.n }, name))
			return name.n;
	}
	return 0;
}

enum table table_of_file(str path)
{
	char plain[128];
	str file = str_upto(base_name(path), sizeof plain);
	for (size_t i = 0; i < file.n; i++)
		plain[i] = file.p[i] == ' ' || file.p[i] == '-' ? '_' : file.p[i];
	file.p = plain;
	enum table found = TABLES;
	size_t longest = 0;
	for (enum table t = 0; t < TABLES; t++) {
		size_t n = name_within(file, table_rows[t].file);
		if (n > longest) {
			longest = n;
			found = t;
		}
	}
	for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++) {
		size_t n = name_within(file, other_names[i].name);
		if (n > longest) {
			longest = n;
			found = other_names[i].table;
		}
	}
	return found;
}

struct reading {
	struct arena *arena;
	struct children children;
	struct return_rows *out;
	bool last_year;
	str path; /* of the file that is read */
	struct err *err;
};

/* One fault of a whole file, such as another layout of its dates, is many remarks: the first are kept. */
static void remark(struct reading *r, str column, size_t at, size_t line, str text)
{
	struct return_rows *out = r->out;
	if (out->remarks.item == NULL)
		out->remarks.item = arena_take(r->arena, ROW_REMARKS_KEPT, sizeof *out->remarks.item);
	if (out->remarks.all++ < ROW_REMARKS_KEPT)
		out->remarks.item[out->remarks.all - 1] = (struct row_remark){ r->path, column,
			r->last_year, line, at + 1, utf8_upto(text, SHOWN) };
}

static void take_row(struct reading *r, const struct table_row *table, const struct csv_column *column,
	const struct csv_row *cells, char *row)
{
	for (size_t i = 0; i < table->columns; i++) {
		str cell = csv_field(cells, &column[i + 1]);
		char *at = row + table->column[i].at;
		if (table->column[i].kind == COLUMN_DAY) {
			day on = *(day *)(void *)at = day_cell(cell);
			if (on == DAY_WRONG)
				remark(r, table->column[i].name, column[i + 1].at, cells->line, cell);
		} else if (table->column[i].kind == COLUMN_CODE)
			*(code *)(void *)at = code_of(cell);
		else
			*(str *)(void *)at = cell;
	}
}

static bool blame(struct reading *r, str path)
{
	char what[sizeof r->err->text];
	memcpy(what, r->err->text, sizeof what);
	return err_set(r->err, ERR_INPUT, "%.*s: %s", STR_ARGS(str_upto(path, 100)), what);
}

/* Of lines that end in LF, CR LF or CR alone: no file has more rows than that. */
static size_t count_lines(str text)
{
	size_t n = 1;
	const char *at = text.p, *end = text.p + text.n;
	while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		n++;
		at++;
	}
	at = text.p;
	while (at < end && (at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
		at++;
		n += at == end || *at != '\n';
	}
	return n;
}

/* Columns that the files do not have, and extracts made after the XML return do. */
static bool may_lack(enum table table, str column)
{
	return (table == TABLE_HEADER && str_equal(column, S("UASC"))) ||
		(table == TABLE_EPISODES && str_equal(column, S("PL_LOCATION")));
}

static bool read_file(struct reading *r, const struct source_file *file, struct year_rows *year)
{
	enum table which = table_of_file(file->path);
	/* The reasons that stand beside a return of Duly's own. */
	if (str_ends(file->path, S("explanations.csv")))
		return true;
	if (which == TABLES)
		return err_set(r->err, ERR_INPUT, "%.*s: this is the name of no file of the return",
			STR_ARGS(str_upto(file->path, 100)));
	const struct table_row *table = &table_rows[which];
	r->path = file->path;
	if (year->table[which].given)
		return err_set(r->err, ERR_INPUT, "%.*s: there are two files of %.*s",
			STR_ARGS(str_upto(file->path, 100)), STR_ARGS(table->title));
	struct csv_column column[COLUMNS_MOST] = { { "CHILD", false, 0 } };
	for (size_t i = 0; i < table->columns; i++)
		column[i + 1] = (struct csv_column){ table->column[i].name.p, may_lack(which, table->column[i].name), 0 };
	struct csv csv = csv_open(file->text, r->arena, (struct csv_options){ 0 });
	struct csv_row cells;
	if (!csv_next(&csv, &cells))
		return csv_end(&csv, r->err) ? err_set(r->err, ERR_INPUT, "%.*s: the file is empty",
						       STR_ARGS(str_upto(file->path, 100)))
					     : blame(r, file->path);
	if (!csv_columns(&cells, column, table->columns + 1, NULL, r->err))
		return blame(r, file->path);
	year->table[which].given = true;
	size_t lines = count_lines(file->text);
	char *row = year->table[which].row = arena_take(r->arena, lines, table->size);
	for (; csv_next(&csv, &cells); row += table->size) {
		must(year->table[which].n < lines);
		uint32_t *head = (void *)row;
		head[0] = (uint32_t)year->table[which].n++;
		head[1] = child_index(&r->children, csv_field(&cells, &column[0]));
		take_row(r, table, column, &cells, row);
	}
	return csv_end(&csv, r->err) || blame(r, file->path);
}

/* By child, each child's in the order of the file: counted, and each row carried to its place. */
static void gather(struct reading *r, struct year_rows *year)
{
	size_t children = r->children.number.n;
	for (enum table t = 0; t < TABLES; t++) {
		size_t n = year->table[t].n, size = table_rows[t].size;
		const char *from = year->table[t].row;
		uint32_t *start = arena_take(r->arena, children + 1, sizeof *start);
		for (size_t i = 0; i < n; i++)
			start[((const uint32_t *)(const void *)(from + i * size))[1] + 1]++;
		for (size_t i = 0; i < children; i++)
			start[i + 1] += start[i];
		char *to = arena_take(r->arena, n + 1, size);
		uint32_t *next = mem_alloc(children + 1, sizeof *next);
		memcpy(next, start, (children + 1) * sizeof *next);
		for (size_t i = 0; i < n; i++) {
			uint32_t child = ((const uint32_t *)(const void *)(from + i * size))[1];
			memcpy(to + next[child]++ * size, from + i * size, size);
		}
		mem_free(next);
		year->table[t].row = to;
		year->table[t].start = start;
	}
}

/* A rule may hold each row of a child against each other: too many are a fault of the file. */
static bool are_few_enough(const struct return_rows *rows, const struct year_rows *year, struct err *err)
{
	for (enum table t = 0; t < TABLES; t++) {
		for (size_t child = 1; child < rows->children; child++) {
			uint32_t n = year->table[t].start[child + 1] - year->table[t].start[child];
			if (n > ROWS_OF_A_CHILD)
				return err_set(err, ERR_INPUT,
					"%.*s: %u rows have the child's number %.*s, more than one child can have",
					STR_ARGS(table_rows[t].title), (unsigned)n,
					STR_ARGS(str_upto(rows->child[child], 20)));
		}
	}
	return true;
}

bool rows_read(struct arena *arena, const struct source_file *this_year, size_t n,
	const struct source_file *last_year, size_t m, struct return_rows *out, struct err *err)
{
	struct reading r = { .arena = arena, .children = { .arena = arena }, .out = out, .err = err };
	*out = (struct return_rows){ 0 };
	child_index(&r.children, (str){ 0 });
	bool done = true;
	for (size_t i = 0; done && i < n; i++)
		done = read_file(&r, &this_year[i], &out->this_year);
	r.last_year = true;
	for (size_t i = 0; done && i < m; i++)
		done = read_file(&r, &last_year[i], &out->last_year);
	if (done) {
		gather(&r, &out->this_year);
		gather(&r, &out->last_year);
		out->children = r.children.number.n;
		out->child = arena_take(arena, out->children, sizeof *out->child);
		memcpy(out->child, r.children.number.item, out->children * sizeof *out->child);
		done = are_few_enough(out, &out->this_year, err) && are_few_enough(out, &out->last_year, err);
	}
	mem_free(r.children.slot);
	mem_free(r.children.number.item);
	return done;
}
