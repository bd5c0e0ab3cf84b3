#include "returns/columns.h"

#include "base/mem.h"
#include "base/text.h"
#include "returns/heading.h"

enum { HEADING_ROWS = 15 };

/* ---- a person's mapping */

/* A row of buf_mapping() that nobody corrected: it was known without. */
static bool says_nothing(const struct csv_row *row, const struct csv_column *column)
{
	str how = str_trim(csv_field(row, &column[3]));
	bool both = str_trim(csv_field(row, &column[1])).n > 0 &&
		    str_trim(csv_field(row, &column[2])).n > 0;
	return how.n > 0 && !both;
}

bool mapping_read(struct arena *arena, str file, str bytes, struct mapping *out, struct err *err)
{
	struct csv_column column[] = { { "list", false, 0 }, { "column", false, 0 },
		{ "heading", false, 0 }, { "how", true, 0 } };
	str text;
	enum text_encoding encoding;
	struct err why = { 0 };
	struct csv_row row;
	if (!text_decode(bytes, arena, &text, &encoding, &why))
		return err_set(err, ERR_INPUT, "%.*s: %s", STR_ARGS(file), why.text);
	struct csv csv = csv_open(text, arena, (struct csv_options){ .separator = CSV_DETECT });
	bool good = csv_next(&csv, &row) && csv_columns(&row, column, 4, NULL, &why);
	while (good && csv_next(&csv, &row)) {
		if (says_nothing(&row, column))
			continue;
		if (out->n == MAPPING_MOST)
			return err_set(err, ERR_FULL, "%.*s: more than %d rows", STR_ARGS(file),
				MAPPING_MOST);
		ARRAY_MORE(out) = (struct mapping_row){
			arena_str(arena, str_trim(csv_field(&row, &column[0]))),
			arena_str(arena, str_trim(csv_field(&row, &column[1]))),
			arena_str(arena, str_trim(csv_field(&row, &column[2]))) };
	}
	if (good)
		good = csv_end(&csv, &why);
	else if (why.code == ERR_NONE)
		err_set(&why, ERR_INPUT, "line 1: the columns list, column and heading are needed");
	return good || err_set(err, ERR_INPUT, "%.*s, %s", STR_ARGS(file), why.text);
}

void mapping_close(struct mapping *mapping)
{
	mem_free(mapping->item);
	*mapping = (struct mapping){ 0 };
}

const struct mapping_row *mapping_find(const struct mapping *mapping, str list, str column)
{
	for (size_t i = mapping == NULL ? 0 : mapping->n; i-- > 0;) {
		if (str_equal_nocase(mapping->item[i].list, list) &&
			str_equal_nocase(mapping->item[i].column, column))
			return &mapping->item[i];
	}
	return NULL;
}

void buf_mapping(struct buf *buf, const struct staging *staging)
{
	static const char *const how[COLUMN_HOWS] = { [COLUMN_NONE] = "not in the file",
		[COLUMN_MAPPED] = "as mapped",
		[COLUMN_NAMED] = "by its name",
		[COLUMN_GUESSED] = "guessed",
		[COLUMN_SPARE] = "not used" };
	struct csv_out out = { .buf = buf, .safe = true };
	buf_lit(buf, "list,column,heading,how\n");
	for (size_t i = 0; i < staging->columns.n; i++) {
		const struct staged_column *column = &staging->columns.item[i];
		csv_put(&out, column->list);
		csv_put(&out, column->column);
		csv_put(&out, column->heading);
		csv_put(&out, str_of(how[column->how]));
		csv_put_end(&out);
	}
}

/* A row that says nothing (a spare heading, a column that was not there) need not be kept. */
void buf_mapping_kept(struct buf *buf, const struct mapping *mapping)
{
	struct csv_out out = { .buf = buf };
	buf_lit(buf, "list,column,heading\n");
	for (size_t i = 0; i < mapping->n; i++) {
		const struct mapping_row *row = &mapping->item[i];
		if (row->list.n == 0 || (row->column.n == 0 && row->heading.n == 0))
			continue;
		csv_put(&out, row->list);
		csv_put(&out, row->column);
		csv_put(&out, row->heading);
		csv_put_end(&out);
	}
}

/* ---- the rows of a table */

static bool is_named(struct arena *arena, str heading, const struct wanted_column *wanted)
{
	str key = heading_key(arena, heading), rest = str_of(wanted->others), other;
	if (key.n == 0)
		return false;
	if (str_equal(key, heading_key(arena, str_of(wanted->name))))
		return true;
	while (str_split(&rest, '|', &other)) {
		if (str_equal(key, heading_key(arena, other)))
			return true;
	}
	return false;
}

/* Of a sheet: what stands above the headings (a title, a date) is passed over. */
static size_t heading_row(struct arena *arena, const struct grid *grid,
	const struct wanted_column *wanted, size_t n)
{
	size_t best = 0, most = 0;
	for (size_t i = 0; i < grid->n && i < HEADING_ROWS; i++) {
		size_t known = 0;
		for (size_t k = 0; k < grid->row[i].n; k++) {
			for (size_t w = 0; w < n; w++)
				known += is_named(arena, grid->row[i].cell[k], &wanted[w]);
		}
		if (known > most) {
			most = known;
			best = i;
		}
	}
	return best;
}

bool table_open(struct table *table, const struct table_source *source, struct staging *staging,
	const struct wanted_column *wanted, size_t n, struct csv_row *header, struct err *err)
{
	struct arena *arena = staging->arena;
	str text;
	enum text_encoding encoding;
	struct err why = { 0 };
	*table = (struct table){ .source = source, .staging = staging };
	if (source->grid != NULL) {
		const struct grid *grid = source->grid;
		if (grid->n == 0)
			return err_set(err, ERR_INPUT, "%.*s, line 1: nothing stands in it",
				STR_ARGS(source->file));
		table->at = heading_row(arena, grid, wanted, n);
		const struct grid_row *row = &grid->row[table->at++];
		*header = (struct csv_row){ row->cell, row->n, row->number };
		table->fields = row->n;
		table->padded = arena_take(arena, table->fields + 1, sizeof(str));
		return true;
	}
	if (!text_decode(source->bytes, arena, &text, &encoding, &why))
		return err_set(err, ERR_INPUT, "%.*s: %s", STR_ARGS(source->file), why.text);
	table->csv = csv_open(text, arena, (struct csv_options){ .separator = CSV_DETECT });
	if (!csv_next(&table->csv, header)) {
		if (!csv_end(&table->csv, &why))
			return err_set(
				err, ERR_INPUT, "%.*s, %s", STR_ARGS(source->file), why.text);
		return err_set(err, ERR_INPUT, "%.*s, line 1: the file is empty",
			STR_ARGS(source->file));
	}
	table->fields = header->n;
	return true;
}

static bool next_of_sheet(struct table *table, struct csv_row *row)
{
	const struct grid *grid = table->source->grid;
	if (table->at >= grid->n)
		return false;
	const struct grid_row *from = &grid->row[table->at++];
	for (size_t i = 0; i < table->fields; i++)
		table->padded[i] = i < from->n ? from->cell[i] : (str){ 0 };
	*row = (struct csv_row){ table->padded, table->fields, from->number };
	return true;
}

/* A last row that is short and has no line end was cut off: so may be what came after it. */
static bool is_torn(const struct table *table, const struct csv_row *row)
{
	const struct csv *csv = &table->csv;
	return row->n < table->fields && csv->at == csv->n && csv->n > 0 &&
	       csv->p[csv->n - 1] != '\n' && csv->p[csv->n - 1] != '\r';
}

bool table_next(struct table *table, struct csv_row *row)
{
	if (table->source->grid != NULL)
		return next_of_sheet(table, row);
	while (csv_next(&table->csv, row)) {
		if (row->n == table->fields)
			return true;
		if (is_torn(table, row)) {
			err_set(&table->err, ERR_INPUT,
				"line %zu: the file ends in the middle of a row", row->line);
			return false;
		}
		staging_reject(table->staging,
			(struct reject){ .file = table->source->file,
				.line = row->line,
				.reason = arena_format(table->staging->arena,
					"has %zu fields where the first line has %zu", row->n,
					table->fields) });
	}
	return false;
}

bool table_end(const struct table *table, struct err *err)
{
	struct err why = table->err;
	if (why.code == ERR_NONE &&
		(table->source->grid != NULL || csv_end(&table->csv, &why)))
		return true;
	return err_set(err, ERR_INPUT, "%.*s, %s", STR_ARGS(table->source->file), why.text);
}

/* ---- which heading is which */

struct finding {
	struct table *table;
	str list;
	const struct mapping *mapping;
	const struct csv_row *header;
	str *key;    /* of each heading */
	bool *taken; /* each heading */
};

static size_t at_key(const struct finding *finding, str key)
{
	for (size_t i = 0; i < finding->header->n; i++) {
		if (key.n > 0 && str_equal(finding->key[i], key) && !finding->taken[i])
			return i;
	}
	return CSV_ABSENT;
}

static size_t by_name(const struct finding *finding, const struct wanted_column *wanted)
{
	struct arena *arena = finding->table->staging->arena;
	size_t at = at_key(finding, heading_key(arena, str_of(wanted->name)));
	str rest = str_of(wanted->others), other;
	while (at == CSV_ABSENT && str_split(&rest, '|', &other))
		at = at_key(finding, heading_key(arena, other));
	return at;
}

/* The one heading with all the words of a name of the column; of two, neither is it. */
static size_t by_words(const struct finding *finding, const struct wanted_column *wanted)
{
	str rest = str_of(wanted->others), other;
	size_t found = CSV_ABSENT;
	while (str_split(&rest, '|', &other)) {
		struct heading want = heading_of(other);
		for (size_t i = 0; want.n >= 2 && i < finding->header->n; i++) {
			struct heading words = heading_of(finding->header->field[i]);
			if (finding->taken[i] || i == found || !heading_holds(&words, &want))
				continue;
			if (found != CSV_ABSENT)
				return CSV_ABSENT;
			found = i;
		}
	}
	return found;
}

static void tell(struct finding *finding, const struct wanted_column *wanted, size_t at,
	enum column_how how)
{
	struct staging *staging = finding->table->staging;
	str heading = at == CSV_ABSENT ? (str){ 0 } : str_trim(finding->header->field[at]);
	ARRAY_MORE(&staging->columns) = (struct staged_column){ .list = finding->list,
		.column = wanted == NULL ? (str){ 0 } : str_of(wanted->name),
		.heading = arena_str(staging->arena, heading),
		.how = how,
		.needed = wanted != NULL && wanted->needed };
}

/* Each column by the surest way before any column by a less sure one. */
static void find_each(struct finding *finding, const struct wanted_column *wanted, size_t n,
	size_t *at, enum column_how *how)
{
	struct arena *arena = finding->table->staging->arena;
	for (enum column_how way = COLUMN_MAPPED; way <= COLUMN_GUESSED; way++) {
		for (size_t i = 0; i < n; i++) {
			const struct mapping_row *said = mapping_find(
				finding->mapping, finding->list, str_of(wanted[i].name));
			if (at[i] != CSV_ABSENT || (said != NULL && said->heading.n == 0))
				continue;
			size_t found = CSV_ABSENT;
			if (way == COLUMN_MAPPED && said != NULL)
				found = at_key(finding, heading_key(arena, said->heading));
			else if (way == COLUMN_NAMED)
				found = by_name(finding, &wanted[i]);
			else if (way == COLUMN_GUESSED)
				found = by_words(finding, &wanted[i]);
			if (found == CSV_ABSENT)
				continue;
			at[i] = found;
			how[i] = way;
			finding->taken[found] = true;
		}
	}
}

static void refuse(struct finding *finding, const struct buf *missing)
{
	struct staging *staging = finding->table->staging;
	if (staging->refused.n == 0)
		staging->refused = arena_format(staging->arena,
			"%.*s, line %zu: no column is known as %.*s; say in a mapping which it is",
			STR_ARGS(finding->table->source->file), finding->header->line,
			STR_ARGS(buf_view(missing)));
}

bool columns_find(struct table *table, str list, const struct mapping *mapping,
	const struct wanted_column *wanted, size_t n, const struct csv_row *header, size_t *at)
{
	struct arena *arena = table->staging->arena;
	struct finding finding = { .table = table,
		.list = list,
		.mapping = mapping,
		.header = header,
		.key = arena_take(arena, header->n + 1, sizeof(str)),
		.taken = arena_take(arena, header->n + 1, sizeof(bool)) };
	enum column_how *how = arena_take(arena, n + 1, sizeof *how);
	struct buf missing = { 0 };
	for (size_t i = 0; i < header->n; i++)
		finding.key[i] = heading_key(arena, header->field[i]);
	for (size_t i = 0; i < n; i++)
		at[i] = CSV_ABSENT;
	find_each(&finding, wanted, n, at, how);
	for (size_t i = 0; i < n; i++) {
		if (!wanted[i].passed)
			tell(&finding, &wanted[i], at[i], how[i]);
		if (at[i] == CSV_ABSENT && wanted[i].needed)
			buf_format(&missing, "%s%s", missing.n == 0 ? "" : ", ", wanted[i].name);
	}
	for (size_t i = 0; i < header->n; i++) {
		if (!finding.taken[i] && finding.key[i].n > 0)
			tell(&finding, NULL, i, COLUMN_SPARE);
	}
	bool found = missing.n == 0;
	if (!found)
		refuse(&finding, &missing);
	buf_close(&missing);
	return found;
}

bool list_is_called(struct arena *arena, str given, const struct mapping *mapping, const char *list,
	const char *others)
{
	const struct mapping_row *said = mapping_find(mapping, str_of(list), (str){ 0 });
	str key = heading_key(arena, given), rest = str_of(others), other;
	if (said != NULL && said->heading.n > 0)
		return str_equal(key, heading_key(arena, said->heading));
	if (str_equal(key, heading_key(arena, str_of(list))))
		return true;
	while (str_split(&rest, '|', &other)) {
		str also = heading_key(arena, other);
		if (also.n > 0 && str_equal(key, also))
			return true;
	}
	return false;
}
