#include "returns/people/people.h"

#include "base/csv.h"
#include "base/text.h"
#include "returns/cell.h"

enum {
	CHILD,
	RESTRICTED,
	FORENAME,
	SURNAME,
	DOB,
	IRO,
	CHAIR,
	SOCIAL_WORKER,
	TEAM,
	SIBLING_GROUP,
	COLUMNS
};

static const char *const column_names[COLUMNS] = { "child", "restricted", "forename", "surname",
	"dob", "iro", "chair", "social_worker", "team", "sibling_group" };

struct people {
	struct staging *staging;
	str file;
	struct csv_column column[COLUMNS];
	size_t unsaid;    /* rows that leave open whether the child is restricted */
	uint32_t settles; /* fields of an allocation for which the file has a column */
	const struct csv_row *row;
	struct cells cells;
};

static str cell(const struct people *people, int column)
{
	return str_trim(csv_field(people->row, &people->column[column]));
}

static str text(struct people *people, int column)
{
	return cells_text(
		&people->cells, str_of(column_names[column]), cell(people, column), OPTIONAL, 200);
}

/* The file says who works with the child now: a blank is nobody. But a blank restriction lifts
 * none. */
static uint32_t settled(const struct people *people)
{
	uint32_t settles = 0;
	for (size_t i = 0; i < allocation_type.n; i++) {
		for (int c = IRO; c < COLUMNS; c++) {
			if (people->column[c].at != CSV_ABSENT &&
				str_equal(str_of(column_names[c]),
					str_of(allocation_type.fields[i].name)))
				settles |= 1u << i;
		}
	}
	return settles;
}

/* A child who stands twice, once as restricted, is restricted: the second row is not taken, but
 * what it warns of may not be lost with it. */
static void keep_restriction(const struct staged_child *child, enum answer restricted)
{
	for (size_t i = 0; restricted == ANSWER_YES && i < child->n; i++) {
		if (child->item[i].type == &allocation_type)
			((struct allocation *)child->item[i].record)->restricted = restricted;
	}
}

static void read_row(struct people *people)
{
	struct staging *staging = people->staging;
	struct cells *cells = &people->cells;
	str number = cells_child(cells, S("child"), cell(people, CHILD));
	struct child read = { .number = number,
		.forename = text(people, FORENAME),
		.surname = text(people, SURNAME),
		.born = cells_day(cells, S("dob"), cell(people, DOB), OPTIONAL, true),
		.own_child_born = DAY_UNKNOWN,
		.unaccompanied_until = DAY_UNKNOWN };
	struct allocation allocation = { .iro = text(people, IRO),
		.chair = text(people, CHAIR),
		.social_worker = text(people, SOCIAL_WORKER),
		.team = text(people, TEAM),
		.sibling_group = text(people, SIBLING_GROUP),
		.restricted = cells_answer(cells, S("restricted"), cell(people, RESTRICTED)) };
	uint32_t again;
	if (!cells->bad && intern_find(&staging->numbers, number, &again)) {
		const struct staged_child *child = &staging->children.item[again];
		keep_restriction(child, allocation.restricted);
		cells_fault(cells, S("child"), number,
			arena_format(staging->arena, "this child stands on line %zu already",
				child->item[0].line));
	}
	if (!cells_end(cells))
		return;
	struct staged_child *child = staging_child(staging, number);
	struct staged *item =
		staging_add(staging, child, &child_type, people->file, people->row->line);
	read.expected = read.died = DAY_UNKNOWN;
	*(struct child *)item->record = read;
	item = staging_add(staging, child, &allocation_type, people->file, people->row->line);
	*(struct allocation *)item->record = allocation;
	item->settles = people->settles;
	people->unsaid += allocation.restricted == ANSWER_UNKNOWN;
}

static bool read_rows(struct people *people, struct csv *csv, struct err *err)
{
	struct csv_row row;
	if (!csv_next(csv, &row))
		return csv_end(csv, err) && err_set(err, ERR_INPUT, "line 1: the file is empty");
	size_t fields = row.n;
	for (int i = 0; i < COLUMNS; i++)
		people->column[i] = (struct csv_column){ column_names[i], i > RESTRICTED, 0 };
	struct buf unknown = { 0 };
	bool good = csv_columns(&row, people->column, COLUMNS, &unknown, err);
	if (good && unknown.n > 0)
		buf_format(&people->staging->notes, "%.*s: columns not known, passed over: %.*s\n",
			STR_ARGS(people->file), STR_ARGS(buf_view(&unknown)));
	buf_close(&unknown);
	if (!good)
		return false;
	people->settles = settled(people);
	people->row = &row;
	while (csv_next(csv, &row)) {
		people->cells = cells_of(people->staging, people->file, row.line);
		if (row.n < fields && csv->at == csv->n && csv->p[csv->n - 1] != '\n' &&
			csv->p[csv->n - 1] != '\r')
			return err_set(err, ERR_INPUT,
				"line %zu: the file ends in the middle of a row", row.line);
		if (row.n != fields)
			cells_fault(&people->cells, (str){ 0 }, (str){ 0 },
				arena_format(people->staging->arena,
					"has %zu fields where the first line has %zu", row.n,
					fields));
		read_row(people);
	}
	if (people->unsaid > 0)
		buf_format(&people->staging->notes,
			"%.*s: restricted is blank in %zu row%s: who may see these children stays as "
			"it was\n",
			STR_ARGS(people->file), people->unsaid, people->unsaid == 1 ? "" : "s");
	return csv_end(csv, err);
}

bool people_stage(const struct source *source, struct staging *staging, struct err *err)
{
	struct people people = { .staging = staging, .file = source->name };
	struct arena *arena = staging->arena;
	str decoded;
	enum text_encoding encoding;
	struct err why = { 0 };
	if (!text_decode(source->bytes, arena, &decoded, &encoding, &why))
		return err_set(err, ERR_INPUT, "%.*s: %s", STR_ARGS(source->name), why.text);
	struct csv csv = csv_open(decoded, arena, (struct csv_options){ .separator = CSV_DETECT });
	if (!read_rows(&people, &csv, &why))
		return err_set(err, ERR_INPUT, "%.*s, %s", STR_ARGS(source->name), why.text);
	staging_check(staging);
	return true;
}
