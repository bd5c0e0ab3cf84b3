#include "returns/ssd/rows.h"

#include "base/mem.h"

#include <stdlib.h>

/* How a row of a table says whose it is. */
static const struct owner {
	enum ssd_field field;
	enum { BY_PERSON, BY_PERIOD, BY_ASSESSMENT, BY_NOBODY } by;
} owners[SSD_TABLES] = {
	[SSD_PERSON] = { SSD_pers_person_id, BY_PERSON },
	[SSD_DEPARTMENT] = { SSD_dept_team_id, BY_NOBODY },
	[SSD_PROFESSIONAL] = { SSD_prof_professional_id, BY_NOBODY },
	[SSD_IDENTIFIER] = { SSD_link_person_id, BY_PERSON },
	[SSD_ADDRESS] = { SSD_addr_person_id, BY_PERSON },
	[SSD_MOTHER] = { SSD_moth_childs_person_id, BY_PERSON },
	[SSD_DISABILITY] = { SSD_disa_person_id, BY_PERSON },
	[SSD_INVOLVEMENT] = { SSD_invo_person_id, BY_PERSON },
	[SSD_NEED] = { SSD_cine_person_id, BY_PERSON },
	[SSD_NEED_PLAN] = { SSD_cinp_person_id, BY_PERSON },
	[SSD_ASSESSMENT] = { SSD_cina_person_id, BY_PERSON },
	[SSD_FACTOR] = { SSD_cinf_assessment_id, BY_ASSESSMENT },
	[SSD_ENQUIRY] = { SSD_s47e_person_id, BY_PERSON },
	[SSD_CONFERENCE] = { SSD_icpc_person_id, BY_PERSON },
	[SSD_PLAN] = { SSD_cppl_person_id, BY_PERSON },
	[SSD_PLAN_REVIEW] = { SSD_cppr_person_id, BY_PERSON },
	[SSD_PLAN_VISIT] = { SSD_cppv_person_id, BY_PERSON },
	[SSD_EPISODE] = { SSD_clae_person_id, BY_PERSON },
	[SSD_PLACEMENT] = { SSD_clap_person_id, BY_PERSON },
	[SSD_LEGAL] = { SSD_lega_person_id, BY_PERSON },
	[SSD_REVIEW] = { SSD_clar_cla_id, BY_PERIOD },
	[SSD_VISIT] = { SSD_clav_person_id, BY_PERSON },
	[SSD_MISSING] = { SSD_miss_person_id, BY_PERSON },
	[SSD_CARE_PLAN] = { SSD_lacp_person_id, BY_PERSON },
	[SSD_HEALTH] = { SSD_clah_person_id, BY_PERSON },
	[SSD_SDQ] = { SSD_csdq_person_id, BY_PERSON },
	[SSD_LEAVER] = { SSD_clea_person_id, BY_PERSON },
	[SSD_PERMANENCE] = { SSD_perm_person_id, BY_PERSON },
	[SSD_PRE_PROCEEDINGS] = { SSD_prep_person_id, BY_PERSON },
};

/* ---- ids */

void ssd_id_put(struct ssd_ids *ids, str id, uint32_t at)
{
	if (id.n == 0)
		return;
	uint32_t number = intern_number(&ids->text, id);
	if (number == ids->at.n)
		ARRAY_MORE(&ids->at) = at;
}

void ssd_ids_close(struct ssd_ids *ids)
{
	intern_close(&ids->text);
	mem_free(ids->at.item);
	*ids = (struct ssd_ids){ 0 };
}

bool ssd_id_find(const struct ssd_ids *ids, str id, uint32_t *at)
{
	uint32_t number;
	if (id.n == 0 || !intern_find(&ids->text, id, &number))
		return false;
	*at = ids->at.item[number];
	return true;
}

/* ---- one table */

struct reading {
	struct ssd *ssd;
	enum ssd_table table;
	enum ssd_field first;
	size_t count;
	size_t *at; /* where each field stands; CSV_ABSENT */
	uint32_t file;
	struct table from;
	const struct csv_row *row;
};

static str field_of(const struct reading *reading, enum ssd_field field)
{
	size_t at = reading->at[field - reading->first];
	return at == CSV_ABSENT ? (str){ 0 } : loose_value(reading->row->field[at]);
}

static void reject(const struct reading *reading, enum ssd_field field, str value, const char *reason)
{
	staging_reject(reading->ssd->staging,
		(struct reject){ reading->from.source->file, reading->row->line,
			str_of(ssd_fields[field].name), str_upto(value, 200), str_of(reason) });
}

/* The child of a row; false, with a reject, where it is of nobody that the extract has. */
static bool find_child(const struct reading *reading, uint32_t *child)
{
	struct ssd *ssd = reading->ssd;
	const struct owner *owner = &owners[reading->table];
	str id = field_of(reading, owner->field);
	bool found = false;
	*child = SSD_NOBODY;
	if (owner->by == BY_NOBODY && id.n > 0)
		return true;
	if (id.n == 0) {
		/* A placement or a review of a plan may be known by its period or plan alone. */
		if (reading->table == SSD_PLACEMENT)
			found = ssd_id_find(
				&ssd->period, field_of(reading, SSD_clap_cla_id), child);
		else if (reading->table == SSD_PLAN_REVIEW)
			found = ssd_id_find(
				&ssd->plan, field_of(reading, SSD_cppr_cp_plan_id), child);
		if (!found)
			reject(reading, owner->field, id, "the row is of nobody");
		return found;
	}
	if (owner->by == BY_PERSON)
		found = intern_find(&ssd->staging->numbers, id, child);
	else
		found = ssd_id_find(
			owner->by == BY_PERIOD ? &ssd->period : &ssd->assessment, id, child);
	if (!found)
		reject(reading, owner->field, id,
			owner->by == BY_PERSON ? "no row of ssd_person that was taken has this child"
			: owner->by == BY_PERIOD
				? "no row of ssd_cla_episodes that was taken has this id"
				: "no row of ssd_cin_assessments that was taken has this id");
	return found;
}

/* A child comes to be here and nowhere else. */
static bool take_person(struct reading *reading, uint32_t *child)
{
	struct staging *staging = reading->ssd->staging;
	str number = field_of(reading, SSD_pers_person_id);
	struct cells cells = cells_of(staging, reading->from.source->file, reading->row->line);
	uint32_t again;
	number = cells_child(&cells, S("pers_person_id"), number);
	if (!cells.bad && intern_find(&staging->numbers, number, &again))
		cells_fault(&cells, S("pers_person_id"), number,
			arena_format(staging->arena, "this child stands on line %zu already",
				reading->ssd->table[SSD_PERSON].item[again].line));
	if (!cells_end(&cells))
		return false;
	struct staged_child *made = staging_child(staging, number);
	*child = (uint32_t)(made - staging->children.item);
	return true;
}

static bool is_day_field(enum ssd_field field)
{
	str name = str_of(ssd_fields[field].name);
	return str_ends(name, S("_date")) || str_ends(name, S("_dob"));
}

static void note_ids(struct reading *reading, const struct ssd_row *row, uint32_t at)
{
	struct ssd *ssd = reading->ssd;
	switch ((int)reading->table) {
	case SSD_EPISODE:
		ssd_id_put(&ssd->period, field_of(reading, SSD_clae_cla_id), row->child);
		break;
	case SSD_ASSESSMENT:
		ssd_id_put(&ssd->assessment, field_of(reading, SSD_cina_assessment_id), row->child);
		break;
	case SSD_PLAN:
		ssd_id_put(&ssd->plan, field_of(reading, SSD_cppl_cp_plan_id), row->child);
		break;
	case SSD_DEPARTMENT:
		ssd_id_put(&ssd->team, field_of(reading, SSD_dept_team_id), at);
		break;
	case SSD_PROFESSIONAL:
		ssd_id_put(&ssd->worker, field_of(reading, SSD_prof_professional_id), at);
		ssd_id_put(&ssd->worker, field_of(reading, SSD_prof_staff_id), at);
		break;
	default:
		break;
	}
}

static void take_row(struct reading *reading)
{
	struct ssd *ssd = reading->ssd;
	struct ssd_rows *rows = &ssd->table[reading->table];
	struct ssd_row row = { .file = reading->file, .line = reading->row->line };
	if (!(reading->table == SSD_PERSON ? take_person(reading, &row.child)
					   : find_child(reading, &row.child)))
		return;
	str *value = arena_take(ssd->staging->arena, reading->count, sizeof *value);
	for (size_t i = 0; i < reading->count; i++) {
		enum ssd_field field = reading->first + (enum ssd_field)i;
		if (reading->at[i] == CSV_ABSENT || ssd_fields[field].use == SSD_PASS)
			continue;
		value[i] = loose_value(reading->row->field[reading->at[i]]);
		if (ssd->month_first[field] == 0 && is_day_field(field) &&
			loose_is_month_first(value[i]))
			ssd->month_first[field] = row.line;
	}
	row.value = value;
	note_ids(reading, &row, (uint32_t)rows->n);
	ARRAY_MORE(rows) = row;
}

static bool read_table(
	struct ssd *ssd, enum ssd_table table, const struct table_source *source, struct err *err)
{
	struct arena *arena = ssd->staging->arena;
	struct reading reading = { .ssd = ssd,
		.table = table,
		.first = ssd_first(table),
		.count = ssd_count(table),
		.file = (uint32_t)ssd->files.n };
	struct wanted_column *wanted = arena_take(arena, reading.count, sizeof *wanted);
	struct csv_row row;
	reading.at = arena_take(arena, reading.count, sizeof *reading.at);
	for (size_t i = 0; i < reading.count; i++) {
		const struct ssd_field_row *field = &ssd_fields[reading.first + (enum ssd_field)i];
		wanted[i] = (struct wanted_column){ field->name, field->others,
			field->use == SSD_KEY, field->use == SSD_PASS };
	}
	ARRAY_MORE(&ssd->files) = source->file;
	if (!table_open(&reading.from, source, ssd->staging, wanted, reading.count, &row, err))
		return false;
	ssd->table[table].here = true;
	if (!columns_find(&reading.from, str_of(ssd_tables[table].name), ssd->mapping, wanted,
		    reading.count, &row, reading.at))
		return true;
	reading.row = &row;
	while (table_next(&reading.from, &row))
		take_row(&reading);
	return table_end(&reading.from, err);
}

/* ---- all of them */

struct placed {
	enum ssd_table table;
	size_t source;
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->table != y->table)
		return x->table < y->table ? -1 : 1;
	return x->source < y->source ? -1 : x->source > y->source;
}

/* What is there of the standard and is not read, and what is not there. */
static void tell_tables(struct ssd *ssd, const struct buf *passed, const struct buf *strange)
{
	struct buf *notes = &ssd->staging->notes;
	struct buf gone = { 0 };
	for (int t = 0; t < SSD_TABLES; t++) {
		if (!ssd->table[t].here)
			buf_format(&gone, "%s%s", gone.n == 0 ? "" : ", ", ssd_tables[t].name);
	}
	if (gone.n > 0)
		buf_format(notes, "Not in the extract, so what they would tell stays unknown: %.*s\n",
			STR_ARGS(buf_view(&gone)));
	if (passed->n > 0)
		buf_format(notes, "Passed over, because Duly keeps no records of them: %.*s\n",
			STR_ARGS(buf_view(passed)));
	if (strange->n > 0)
		buf_format(notes, "Not tables of the dataset, passed over: %.*s\n",
			STR_ARGS(buf_view(strange)));
	buf_close(&gone);
}

bool ssd_read(struct ssd *ssd, const struct table_source *source, size_t n, struct err *err)
{
	struct arena *arena = ssd->staging->arena;
	struct placed *placed = arena_take(arena, n + 1, sizeof *placed);
	struct buf passed = { .limit = 8192 }, strange = { .limit = 8192 };
	size_t taken = 0;
	for (size_t i = 0; i < n; i++) {
		bool known;
		enum ssd_table table =
			ssd_table_find(arena, source[i].name, ssd->mapping, &known);
		if (table < SSD_TABLES)
			placed[taken++] = (struct placed){ table, i };
		else
			buf_format(known ? &passed : &strange, "%s%.*s",
				(known ? passed.n : strange.n) == 0 ? "" : ", ",
				STR_ARGS(source[i].file));
	}
	/* Children before what is said of them. */
	if (taken > 0)
		qsort(placed, taken, sizeof *placed, compare_placed);
	bool good = taken > 0 && placed[0].table == SSD_PERSON;
	if (!good)
		err_set(err, ERR_INPUT,
			"no table ssd_person of the Standard Safeguarding Dataset: it is looked for "
			"as ssd_person.csv, or as a sheet of that name");
	for (size_t i = 0; i < taken && good; i++)
		good = read_table(ssd, placed[i].table, &source[placed[i].source], err);
	if (good)
		tell_tables(ssd, &passed, &strange);
	buf_close(&passed);
	buf_close(&strange);
	return good;
}

static int compare_rows(const void *a, const void *b)
{
	const struct ssd_row *x = a, *y = b;
	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static bool is_sorted(const struct ssd_rows *rows)
{
	for (size_t i = 1; i < rows->n; i++) {
		if (compare_rows(&rows->item[i - 1], &rows->item[i]) > 0)
			return false;
	}
	return true;
}

void ssd_order(struct ssd *ssd)
{
	size_t children = ssd->staging->children.n;
	for (int t = 0; t < SSD_TABLES; t++) {
		struct ssd_rows *rows = &ssd->table[t];
		rows->first = DAY_UNKNOWN;
		/* Ids stand for the places of these two. */
		if (owners[t].by == BY_NOBODY)
			continue;
		if (!is_sorted(rows))
			qsort(rows->item, rows->n, sizeof *rows->item, compare_rows);
		rows->from = arena_take(ssd->staging->arena, children + 2, sizeof *rows->from);
		for (size_t c = 0, at = 0; c <= children; c++) {
			while (at < rows->n && rows->item[at].child < c)
				at++;
			rows->from[c] = at;
		}
	}
}

struct ssd_slice ssd_slice(const struct ssd *ssd, enum ssd_table table, uint32_t child)
{
	const struct ssd_rows *rows = &ssd->table[table];
	return rows->n == 0 ? (struct ssd_slice){ NULL, 0 }
			    : (struct ssd_slice){ rows->item + rows->from[child],
				      rows->from[child + 1] - rows->from[child] };
}
