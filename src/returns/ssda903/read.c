#include "returns/ssda903/facts.h"

#include "base/mem.h"
#include "base/text.h"

enum file_kind {
	FILE_HEADER,
	FILE_EPISODES,
	FILE_REVIEWS,
	FILE_MISSING,
	FILE_UASC,
	FILE_OC2,
	FILE_OC3,
	FILE_AD1,
	FILE_PLACED,
	FILE_PERMANENCE,
	FILE_WORKERS,
	FILE_LIBERTY,
	FILE_KINDS
};

/* A file of the return is known by a column that no other file has, or else by its name. What no clock
 * counts from is known by the column alone: nothing is refused for want of it. */
struct file_row {
	const char *mark;            /* the column */
	const char *name;            /* a part of the file's name, in any case */
	const char *column[READING_COLUMNS]; /* those that Duly reads; the first `needed` must be there */
	size_t needed;
};

static const struct file_row files[FILE_KINDS] = {
	[FILE_HEADER] = { "MC_DOB", "header", { "CHILD", "DOB", "SEX", "ETHNIC", "UPN", "MOTHER", "MC_DOB" }, 2 },
	[FILE_EPISODES] = { "DECOM", "episodes",
		{ "CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC", "PLACE_PROVIDER",
			"REASON_PLACE_CHANGE", "CIN", "HOME_POST", "PL_POST", "URN" },
		7 },
	[FILE_REVIEWS] = { "REVIEW_CODE", "reviews", { "CHILD", "REVIEW", "REVIEW_CODE" }, 3 },
	[FILE_MISSING] = { "MIS_START", "missing", { "CHILD", "MISSING", "MIS_START", "MIS_END" },
		4 },
	[FILE_UASC] = { "DUC", NULL, { "CHILD", "DUC" }, 2 },
	[FILE_OC2] = { "SDQ_SCORE", NULL,
		{ "CHILD", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS",
			"TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE",
			"INTERVENTION_RECEIVED", "INTERVENTION_OFFERED" },
		2 },
	[FILE_OC3] = { "IN_TOUCH", NULL, { "CHILD", "IN_TOUCH", "ACTIV", "ACCOM" }, 2 },
	[FILE_AD1] = { "DATE_INT", NULL,
		{ "CHILD", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR",
			"LS_ADOPTR" },
		2 },
	[FILE_PLACED] = { "DATE_PLACED", NULL,
		{ "CHILD", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED" }, 2 },
	[FILE_PERMANENCE] = { "PREV_PERM", NULL, { "CHILD", "PREV_PERM", "LA_PERM", "DATE_PERM" }, 2 },
	[FILE_WORKERS] = { "SW_DECOM", NULL,
		{ "CHILD", "SW_DECOM", "SW_ID", "SW_DEC", "SW_REASON" }, 2 },
	[FILE_LIBERTY] = { "DOLO_START", NULL, { "CHILD", "DOLO_START", "DOLO_END" }, 2 },
};

static bool has_column(const struct csv_row *header, const char *name)
{
	for (size_t i = 0; i < header->n; i++) {
		if (str_equal_nocase(str_trim(header->field[i]), str_of(name)))
			return true;
	}
	return false;
}

static str base_name(str path)
{
	for (size_t i = path.n; i > 0; i--) {
		if (path.p[i - 1] == '/')
			return str_from(path, i);
	}
	return path;
}

/* "sw_episodes" is not "episodes": the part must begin the name, or follow a digit or the like. */
static bool name_tells(str path, const char *part)
{
	str name = base_name(path), want = str_of(part);
	if (name.n < want.n)
		return false;
	for (size_t i = 0; i + want.n <= name.n; i++) {
		if (!str_equal_nocase((str){ name.p + i, want.n }, want))
			continue;
		return i < 3 || !str_equal_nocase((str){ name.p + i - 3, 2 }, S("sw"));
	}
	return false;
}

/* FILE_KINDS: none that is read; *known tells whether it belongs to the return at all. */
static enum file_kind kind_of(str name, const struct csv_row *header, bool *known)
{
	*known = true;
	for (int k = 0; k < FILE_KINDS; k++) {
		if (has_column(header, files[k].mark))
			return (enum file_kind)k;
	}
	for (int k = 0; k < FILE_KINDS; k++) {
		if (files[k].name != NULL && name_tells(name, files[k].name))
			return (enum file_kind)k;
	}
	*known = false;
	return FILE_KINDS;
}

str reading_cell(const struct reading *reading, size_t column)
{
	return str_trim(csv_field(reading->row, &reading->column[column]));
}

str reading_column(const struct reading *reading, size_t column)
{
	return str_of(reading->column[column].name);
}

day reading_day(struct reading *reading, size_t column, enum need need)
{
	return cells_day(&reading->cells, reading_column(reading, column),
		reading_cell(reading, column), need, true);
}

str reading_code(
	struct reading *reading, size_t column, enum need need, const struct code_list *codes)
{
	return cells_code(&reading->cells, reading_column(reading, column),
		reading_cell(reading, column), need, codes);
}

struct row_at reading_at(struct reading *reading)
{
	struct staged_child *child = staging_child(reading->staging, reading_cell(reading, 0));
	return (struct row_at){ .child = (uint32_t)(child - reading->staging->children.item),
		.set = reading->set,
		.file = reading->source->name,
		.line = reading->row->line };
}

/* What no clock counts from makes no row worthless: it is left out, and told. */
static struct cells aside_of(const struct reading *reading)
{
	return cells_of(reading->staging, reading->source->name, reading->row->line);
}

static void aside_end(struct cells *aside)
{
	if (!aside->bad)
		return;
	aside->reject.reason = arena_format(aside->staging->arena,
		"%.*s: the row is taken without it", STR_ARGS(aside->reject.reason));
	cells_end(aside);
}

static str read_aside(struct reading *reading, struct cells *aside, size_t column, size_t limit)
{
	return cells_text(aside, reading_column(reading, column), reading_cell(reading, column),
		OPTIONAL, limit);
}

static void read_header(struct reading *reading)
{
	struct cells *cells = &reading->cells;
	struct row_header row = { .born = reading_day(reading, 1, OPTIONAL),
		.sex = cells_sex(cells, S("SEX"), reading_cell(reading, 2)),
		.ethnicity = reading_code(reading, 3, OPTIONAL, &codes_ethnicity),
		.upn = cells_text(cells, S("UPN"), reading_cell(reading, 4), OPTIONAL, 20) };
	struct cells aside = aside_of(reading);
	row.mother = cells_answer(&aside, S("MOTHER"), reading_cell(reading, 5));
	row.own_child_born =
		cells_day(&aside, S("MC_DOB"), reading_cell(reading, 6), OPTIONAL, true);
	if (!cells_end(cells))
		return;
	aside_end(&aside);
	row.at = reading_at(reading);
	ARRAY_MORE(&reading->out->headers) = row;
}

static void read_episode(struct reading *reading)
{
	struct cells *cells = &reading->cells;
	struct row_episode row = { .decom = reading_day(reading, 1, NEEDED),
		.rne = reading_code(reading, 2, NEEDED, &codes_new_episode),
		.legal = reading_code(reading, 3, NEEDED, &codes_legal_status),
		.place = reading_code(reading, 4, OPTIONAL, &codes_placement),
		.dec = reading_day(reading, 5, OPTIONAL),
		.rec = reading_code(reading, 6, OPTIONAL, &codes_end_reason),
		.provider = reading_code(reading, 7, OPTIONAL, &codes_provider),
		.change = reading_code(reading, 8, OPTIONAL, &codes_placement_change) };
	if (!cells->bad && row.dec == DAY_UNKNOWN && row.rec.n > 0)
		cells_fault(cells, S("REC"), row.rec,
			S("says why the episode ceased, but DEC is blank"));
	if (!cells->bad && row.dec != DAY_UNKNOWN && row.rec.n == 0)
		cells_fault(cells, S("DEC"), reading_cell(reading, 5),
			S("says when the episode ceased, but REC is blank"));
	if (!cells->bad && row.dec != DAY_UNKNOWN && row.dec < row.decom)
		cells_fault(cells, S("DEC"), reading_cell(reading, 5), S("is before DECOM"));
	struct cells aside = aside_of(reading);
	row.need = cells_code(&aside, S("CIN"), reading_cell(reading, 9), OPTIONAL, &codes_need);
	row.home_post = read_aside(reading, &aside, 10, 10);
	row.post = read_aside(reading, &aside, 11, 10);
	row.urn = read_aside(reading, &aside, 12, 20);
	if (!cells_end(cells))
		return;
	aside_end(&aside);
	row.at = reading_at(reading);
	ARRAY_MORE(&reading->out->episodes) = row;
}

static void read_review(struct reading *reading)
{
	struct row_review row = { .held = reading_day(reading, 1, NEEDED),
		.participation = reading_code(reading, 2, OPTIONAL, &codes_participation) };
	if (!cells_end(&reading->cells))
		return;
	row.at = reading_at(reading);
	ARRAY_MORE(&reading->out->reviews) = row;
}

static void read_missing(struct reading *reading)
{
	struct cells *cells = &reading->cells;
	struct row_missing row = { .kind = reading_code(reading, 1, NEEDED, &codes_missing),
		.began = reading_day(reading, 2, NEEDED),
		.ended = reading_day(reading, 3, OPTIONAL) };
	if (!cells->bad && row.ended != DAY_UNKNOWN && row.ended < row.began)
		cells_fault(cells, S("MIS_END"), reading_cell(reading, 3), S("is before MIS_START"));
	if (!cells_end(cells))
		return;
	row.at = reading_at(reading);
	ARRAY_MORE(&reading->out->missings) = row;
}

static void (*const readers[FILE_KINDS])(struct reading *) = { [FILE_HEADER] = read_header,
	[FILE_EPISODES] = read_episode,
	[FILE_REVIEWS] = read_review,
	[FILE_MISSING] = read_missing,
	[FILE_UASC] = facts_read_uasc,
	[FILE_OC2] = facts_read_health,
	[FILE_OC3] = facts_read_leaver,
	[FILE_AD1] = facts_read_adoption,
	[FILE_PLACED] = facts_read_placed,
	[FILE_PERMANENCE] = facts_read_permanence,
	[FILE_WORKERS] = facts_read_worker,
	[FILE_LIBERTY] = facts_read_liberty };

/* The folder, and a year of four figures in the file's own name: "2025/", "SSDA903_2020_". */
static str set_name(struct arena *arena, str path)
{
	str name = base_name(path);
	str folder = str_upto(path, path.n - name.n);
	size_t figures = 0;
	for (size_t i = 0; i <= name.n; i++) {
		if (i < name.n && name.p[i] >= '0' && name.p[i] <= '9') {
			figures++;
			continue;
		}
		if (figures == 4 && (name.p[i - 4] == '1' || name.p[i - 4] == '2'))
			return arena_format(arena, "%.*s%.4s", STR_ARGS(folder), name.p + i - 4);
		figures = 0;
	}
	return folder;
}

static uint32_t set_of(struct ssda903 *out, struct arena *arena, str path)
{
	str folder = set_name(arena, path);
	for (size_t i = 0; i < out->sets.n; i++) {
		if (str_equal(out->sets.item[i].folder, folder))
			return (uint32_t)i;
	}
	ARRAY_MORE(&out->sets) = (struct year_set){ .folder = folder };
	return (uint32_t)(out->sets.n - 1);
}

static void note(struct staging *staging, str name, const char *what)
{
	buf_format(&staging->notes, "%.*s: %s\n", STR_ARGS(name), what);
}

static bool begin_file(
	struct reading *reading, enum file_kind kind, const struct csv_row *header, struct err *err)
{
	const struct file_row *file = &files[kind];
	size_t n = 0;
	while (n < READING_COLUMNS && file->column[n] != NULL) {
		reading->column[n] = (struct csv_column){ file->column[n], n >= file->needed, 0 };
		n++;
	}
	struct err why = { 0 };
	if (!csv_columns(header, reading->column, n, NULL, &why))
		return err_set(
			err, ERR_INPUT, "%.*s, %s", STR_ARGS(reading->source->name), why.text);
	reading->set = set_of(reading->out, reading->staging->arena, reading->source->name);
	struct year_set *set = &reading->out->sets.item[reading->set];
	set->episodes |= kind == FILE_EPISODES;
	set->reviews |= kind == FILE_REVIEWS;
	set->missing |= kind == FILE_MISSING;
	return true;
}

/* A last row that is short and has no line end was cut off: so may be what came after it. */
static bool is_torn(const struct csv *csv, const struct csv_row *row, size_t fields)
{
	return row->n < fields && csv->at == csv->n && csv->n > 0 && csv->p[csv->n - 1] != '\n' &&
	       csv->p[csv->n - 1] != '\r';
}

static bool read_rows(struct reading *reading, enum file_kind kind, struct csv *csv, size_t fields,
	struct err *err)
{
	struct csv_row row;
	reading->row = &row;
	while (csv_next(csv, &row)) {
		reading->cells = cells_of(reading->staging, reading->source->name, row.line);
		if (is_torn(csv, &row, fields))
			return err_set(err, ERR_INPUT,
				"%.*s, line %zu: the file ends in the middle of a row",
				STR_ARGS(reading->source->name), row.line);
		if (row.n != fields) {
			cells_fault(&reading->cells, (str){ 0 }, (str){ 0 },
				arena_format(reading->staging->arena,
					"has %zu fields where the first line has %zu", row.n,
					fields));
			cells_end(&reading->cells);
			continue;
		}
		cells_child(&reading->cells, S("CHILD"), reading_cell(reading, 0));
		readers[kind](reading);
	}
	return true;
}

static bool read_file(struct reading *reading, size_t *taken, struct err *err)
{
	const struct source *source = reading->source;
	struct arena *arena = reading->staging->arena;
	str text;
	enum text_encoding encoding;
	struct err why = { 0 };
	if (!text_decode(source->bytes, arena, &text, &encoding, &why))
		return err_set(err, ERR_INPUT, "%.*s: %s", STR_ARGS(source->name), why.text);
	struct csv csv = csv_open(text, arena, (struct csv_options){ .separator = CSV_DETECT });
	struct csv_row header;
	bool known = false;
	if (text.n == 0) {
		for (int k = 0; k < FILE_KINDS; k++) {
			if (files[k].name != NULL && name_tells(source->name, files[k].name))
				return err_set(err, ERR_INPUT, "%.*s, line 1: the file is empty",
					STR_ARGS(source->name));
		}
	}
	if (csv_next(&csv, &header)) {
		size_t fields = header.n;
		enum file_kind kind = kind_of(source->name, &header, &known);
		if (kind < FILE_KINDS) {
			if (!begin_file(reading, kind, &header, err))
				return false;
			if (!read_rows(reading, kind, &csv, fields, err))
				return false;
			*taken += 1;
		}
	}
	if (!known)
		note(reading->staging, source->name,
			"not a file of the SSDA903 return, passed over");
	else if (!csv_end(&csv, &why))
		return err_set(err, ERR_INPUT, "%.*s, %s", STR_ARGS(source->name), why.text);
	return true;
}

bool ssda903_read(const struct source *source, size_t n, struct staging *staging,
	struct ssda903 *out, struct err *err)
{
	size_t taken = 0;
	for (size_t i = 0; i < n; i++) {
		struct reading reading = { .staging = staging, .out = out, .source = &source[i] };
		if (!read_file(&reading, &taken, err))
			return false;
	}
	if (taken == 0)
		return err_set(err, ERR_INPUT,
			"no file of the SSDA903 return: header, episodes, reviews and missing are "
			"looked for, as .csv, here and one folder down");
	return true;
}

void ssda903_close(struct ssda903 *ssda903)
{
	mem_free(ssda903->headers.item);
	mem_free(ssda903->episodes.item);
	mem_free(ssda903->reviews.item);
	mem_free(ssda903->missings.item);
	mem_free(ssda903->facts.item);
	mem_free(ssda903->sets.item);
	*ssda903 = (struct ssda903){ 0 };
}

bool ssda903_stage(
	const struct source *source, size_t n, day today, struct staging *staging, struct err *err)
{
	struct ssda903 ssda903 = { 0 };
	bool read = ssda903_read(source, n, staging, &ssda903, err);
	if (read) {
		ssda903_years(&ssda903, today, staging);
		ssda903_derive(&ssda903, staging);
		staging_check(staging);
	}
	ssda903_close(&ssda903);
	return read;
}
