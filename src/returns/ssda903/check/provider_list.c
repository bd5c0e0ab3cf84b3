#include "returns/ssda903/check/provider_list.h"

#include "base/csv.h"

enum column_of { URN, AUTHORITY, KINDS, PROVIDER, CLOSED, POSTCODE, COLUMNS };
enum { NAMES = 6, ABSENT = -1 };

/* What each is called, in lists of several years. */
static const char *const names[COLUMNS][NAMES] = {
	{ "urn", "web link (urn)" },
	{ "local authority", "provider local authority", "local_authority", "la" },
	{ "placement code", "placement codes", "placement_codes", "placement_code" },
	{ "placement provider code", "placement provider codes", "provider_code", "placement_provider_code" },
	{ "deregistration date", "deregistration_date", "closed date", "closed_date", "date closed" },
	{ "setting address postcode", "postcode", "setting postcode" },
};

static int column_named(const struct grid *grid, enum column_of which)
{
	for (int k = 0; k < NAMES && names[which][k] != NULL; k++) {
		for (size_t i = 0; i < grid_columns(grid); i++) {
			if (str_equal_nocase(str_trim(grid_cell(grid, 0, i)), str_of(names[which][k])))
				return (int)i;
		}
	}
	return ABSENT;
}

static str cell(const struct grid *grid, size_t row, int column)
{
	return column == ABSENT ? (str){ 0 } : str_trim(grid_cell(grid, row, (size_t)column));
}

/* A number stored as one has ".0" behind it in some files, and a space before that in a few. */
static str plain(str number)
{
	while (str_ends(number, S(".0")))
		number = str_trim(str_upto(number, number.n - 2));
	return number;
}

static day read_day(str text)
{
	day out;
	str first = str_upto(text, 10); /* a time may follow */
	if (day_read(first, &out, NULL) || day_read_slashed(first, &out, NULL))
		return out;
	return DAY_UNKNOWN;
}

static size_t count_rows(const struct grids *grids)
{
	size_t n = 0;
	for (size_t i = 0; i < grids->n; i++)
		n += grids->item[i].n;
	return n;
}

bool provider_list_read(struct arena *arena, const struct grids *grids, struct providers *out, struct err *err)
{
	struct provider *item = arena_take(arena, count_rows(grids) + 1, sizeof *item);
	*out = (struct providers){ item, 0 };
	bool listed = false;
	for (size_t i = 0; i < grids->n; i++) {
		const struct grid *grid = &grids->item[i];
		int column[COLUMNS];
		for (enum column_of c = 0; c < COLUMNS; c++)
			column[c] = column_named(grid, c);
		/* Supported accommodation stands on a sheet of its own, without the kind. */
		bool supported = column[KINDS] == ABSENT && column[CLOSED] != ABSENT;
		if (column[URN] == ABSENT || column[POSTCODE] == ABSENT || (column[KINDS] == ABSENT && !supported))
			continue;
		listed = true;
		for (size_t row = 1; row < grid->n; row++) {
			str urn = plain(cell(grid, row, column[URN]));
			if (urn.n == 0)
				continue;
			item[out->n++] = (struct provider){ urn, cell(grid, row, column[AUTHORITY]),
				supported ? S("K3") : cell(grid, row, column[KINDS]),
				column[PROVIDER] == ABSENT ? S("PR4") : cell(grid, row, column[PROVIDER]),
				cell(grid, row, column[POSTCODE]), read_day(cell(grid, row, column[CLOSED])) };
		}
	}
	return listed || err_set(err, ERR_INPUT,
				 "this is not Ofsted's list of providers: no sheet has columns for URN, placement "
				 "code and postcode");
}

void provider_list_write(const struct providers *list, struct buf *out)
{
	struct csv_out csv = { .buf = out };
	buf_lit(out, "sep=,\nURN,Local Authority,Placement Code,Placement Provider Code,Deregistration Date,Postcode\n");
	for (size_t i = 0; i < list->n; i++) {
		const struct provider *one = &list->item[i];
		csv_put(&csv, one->urn);
		csv_put(&csv, one->authority);
		csv_put(&csv, one->codes);
		csv_put(&csv, one->provider);
		csv_put_day(&csv, one->closed);
		csv_put(&csv, one->postcode);
		csv_put_end(&csv);
	}
}
