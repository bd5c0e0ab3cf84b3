/* cells.c - the values of one row, and what is said about them. */
#include "returns/ssd/rows.h"

struct ssd_at ssd_at(struct ssd *ssd, enum ssd_table table, const struct ssd_row *row)
{
	return (struct ssd_at){ ssd, table, row,
		cells_of(ssd->staging, ssd->files.item[row->file], row->line) };
}

str ssd_value(const struct ssd_at *at, enum ssd_field field)
{
	return at->row->value[field - ssd_first(at->table)];
}

day ssd_any_day(struct ssd_at *at, enum ssd_field field)
{
	return loose_day(&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field), OPTIONAL,
		at->ssd->month_first[field]);
}

day ssd_day(struct ssd_at *at, enum ssd_field field, enum need need)
{
	str name = str_of(ssd_fields[field].name), value = ssd_value(at, field);
	struct ssd_rows *rows = &at->ssd->table[at->table];
	day d = loose_day(&at->cells, name, value, need, at->ssd->month_first[field]);
	if (d == DAY_UNKNOWN)
		return d;
	if (d > at->ssd->today) {
		cells_fault(&at->cells, name, value, S("in the future"));
		return d;
	}
	if (d > at->ssd->last)
		at->ssd->last = d;
	if (rows->first == DAY_UNKNOWN || d < rows->first)
		rows->first = d;
	return d;
}

str ssd_code(struct ssd_at *at, enum ssd_field field, enum need need, const struct code_list *codes)
{
	return loose_code(&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field), need,
		codes);
}

str ssd_code_or_none(struct ssd_at *at, enum ssd_field field, const struct code_list *codes)
{
	return loose_code_or_none(
		&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field), codes);
}

str ssd_text(struct ssd_at *at, enum ssd_field field, size_t limit)
{
	return loose_text(&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field), limit);
}

enum answer ssd_answer(struct ssd_at *at, enum ssd_field field)
{
	return loose_answer(&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field));
}

void ssd_not_before(struct ssd_at *at, enum ssd_field field, day d, day start, const char *what)
{
	if (d == DAY_UNKNOWN || start == DAY_UNKNOWN || d >= start || at->cells.bad)
		return;
	struct civil c = day_civil(start);
	cells_fault(&at->cells, str_of(ssd_fields[field].name), ssd_value(at, field),
		arena_format(at->ssd->staging->arena, "before %s (%d %s %d)", what, c.day,
			month_name(c.month), c.year));
}

struct staged *ssd_add(struct ssd_at *at, const struct record_type *type)
{
	return staging_add(at->ssd->staging, &at->ssd->staging->children.item[at->row->child], type,
		at->cells.file, at->cells.line);
}

struct staged *ssd_ran(const struct ssd *ssd, uint32_t child, const struct record_type *type, day on)
{
	const struct staged_child *of = &ssd->staging->children.item[child];
	for (size_t i = of->n; i-- > 0;) {
		struct staged *item = &of->item[i];
		if (item->type == type && item->from != DAY_UNKNOWN && on >= item->from &&
			(item->to == DAY_UNKNOWN || on <= item->to))
			return item;
	}
	return NULL;
}
