#include "returns/cin/check/modules.h"

#include "base/mem.h"

#include <stddef.h>
#include <string.h>

enum { SHOWN = 40 }; /* bytes of a value that cannot be read */

const struct cin_field_row cin_fields[CIN_FIELDS] = {
#define FIELD(module, name, element, kind)                                                         \
	{ CIN_TABLE_##module, S_INIT(element), kind, offsetof(struct cin_##module, name) },
#define DAY(module, name, element) FIELD(module, name, element, CIN_DAY)
#define CODE(module, name, element) FIELD(module, name, element, CIN_CODE)
#define YES(module, name, element) FIELD(module, name, element, CIN_YES)
#define TEXT(module, name, element) FIELD(module, name, element, CIN_TEXT)
#define FACTORS(module, name, element) FIELD(module, name, element, CIN_FACTORS)
#define ONLY(module, name, element) { CIN_TABLE_##module, S_INIT(element), CIN_ONLY, 0 },
#include "returns/cin/check/modules.def"
#undef FIELD
};

/* Where the fields of each table begin and end among all: counted without a place of their own. */
enum {
#define MODULE(name, title, element) BEGIN_##name, BEFORE_##name = BEGIN_##name - 1,
#define FIELD(module, name) FIELD_##module##_##name,
#define DAY(module, name, element) FIELD(module, name)
#define CODE(module, name, element) FIELD(module, name)
#define YES(module, name, element) FIELD(module, name)
#define TEXT(module, name, element) FIELD(module, name)
#define FACTORS(module, name, element) FIELD(module, name)
#define ONLY(module, name, element) FIELD(module, name)
#define END(name) END_##name, AFTER_##name = END_##name - 1,
#include "returns/cin/check/modules.def"
#undef FIELD
};

#define MODULE(name, title, element)                                                               \
	{ S_INIT(title), S_INIT(element), (enum cin_field)BEGIN_##name, (enum cin_field)END_##name },
const struct cin_table_row cin_tables[CIN_TABLES] = {
#include "returns/cin/check/modules.def"
};

/* In which module each lies; CIN_TABLES: in the child itself. */
static const enum cin_table outer[CIN_TABLES] = {
	[CIN_TABLE_identifiers] = CIN_TABLES,
	[CIN_TABLE_characteristics] = CIN_TABLES,
	[CIN_TABLE_disabilities] = CIN_TABLE_characteristics,
	[CIN_TABLE_details] = CIN_TABLES,
	[CIN_TABLE_assessments] = CIN_TABLE_details,
	[CIN_TABLE_plans] = CIN_TABLE_details,
	[CIN_TABLE_section47] = CIN_TABLE_details,
	[CIN_TABLE_protection] = CIN_TABLE_details,
	[CIN_TABLE_reviews] = CIN_TABLE_protection,
};

/* The modules that are open where the reader stands. */
struct open {
	enum cin_table table;
	size_t depth;
	void *module;
};

struct reading {
	struct cin_reader *reader;
	struct open open[4];
	size_t n;      /* open; the first is the child */
	size_t things; /* modules and factors so far */
	void *cell; /* where the text goes that comes next; NULL: nowhere */
	enum cin_field field;
};

/* ---- a new module, all of it missing */

static void *add(struct cin_child *child, enum cin_table table)
{
	switch (table) {
#define DAY(module, name, element) .name = DAY_UNKNOWN,
#define MODULE(name, title, element)                                                               \
	case CIN_TABLE_##name:                                                                     \
		ARRAY_MORE(&child->name) = (struct cin_##name){ .at = { 0 },
#define END(name)                                                                                  \
	}                                                                                          \
	;                                                                                          \
	return &child->name.item[child->name.n - 1];
#include "returns/cin/check/modules.def"
	case CIN_TABLES:
		break;
	}
	must(!"a table that there is");
	return NULL;
}

static void count_within(struct cin_child *child, enum cin_table table, size_t index)
{
	if (child->within.n == 0 || outer[table] == CIN_TABLES || table == CIN_TABLE_disabilities)
		return;
	struct cin_within *within = &child->within.item[child->within.n - 1];
	if (within->n[table]++ == 0)
		within->first[table] = (uint32_t)index;
}

static size_t count_of(const struct cin_child *child, enum cin_table table)
{
	switch (table) {
#define MODULE(name, title, element)                                                               \
	case CIN_TABLE_##name:                                                                     \
		return child->name.n;
#include "returns/cin/check/modules.def"
	case CIN_TABLES:
		break;
	}
	return 0;
}

static void *add_module(struct reading *r, enum cin_table table)
{
	struct cin_child *child = &r->reader->child;
	struct cin_at *module = add(child, table);
	r->things++;
	module->row = r->reader->next[table]++;
	if (table == CIN_TABLE_details)
		ARRAY_MORE(&child->within) = (struct cin_within){ 0 };
	module->of = child->within.n == 0 ? 0 : (uint32_t)child->within.n - 1;
	if (table == CIN_TABLE_reviews)
		module->of = (uint32_t)child->protection.n - 1;
	count_within(child, table, count_of(child, table) - 1);
	return module;
}

/* ---- values */

static void remark(struct cin_reader *reader, str element, str text, day read)
{
	struct cin_remarks *remarks = &reader->remarks;
	if (remarks->all++ < CIN_REMARKS_KEPT)
		ARRAY_MORE(remarks) = (struct cin_remark){ xml_line(reader->xml), element,
			arena_str(remarks->arena, str_upto(text, SHOWN)), read };
}

/* A date as people write it is taken for what it says, so that one fault does not make ten. */
static day day_of_text(struct cin_reader *reader, enum cin_field field, str text)
{
	day on;
	if (day_read(text, &on, NULL))
		return on;
	if (!day_read_slashed(text, &on, NULL))
		on = DAY_UNKNOWN;
	remark(reader, cin_fields[field].title, text, on);
	return on;
}

static enum cin_yes yes_of(str text)
{
	if (str_equal(text, S("1")) || str_equal_nocase(text, S("true")))
		return CIN_TRUE;
	if (str_equal(text, S("0")) || str_equal_nocase(text, S("false")))
		return CIN_FALSE;
	return CIN_NEITHER;
}

/* The text of a cell has come. */
static void fill(struct reading *r)
{
	struct cin_reader *reader = r->reader;
	str text = str_trim(xml_text(reader->xml));
	switch (cin_fields[r->field].kind) {
	case CIN_DAY:
		*(day *)r->cell = day_of_text(reader, r->field, text);
		break;
	case CIN_CODE:
		*(cin_code *)r->cell = cin_code_of(text);
		break;
	case CIN_YES:
		*(enum cin_yes *)r->cell = yes_of(text);
		break;
	case CIN_TEXT:
		*(str *)r->cell = arena_str(reader->child.arena, text);
		break;
	case CIN_FACTORS: {
		struct cin_factors *factors = r->cell;
		if (factors->n++ == 0)
			factors->first = (uint32_t)reader->child.factors.n;
		ARRAY_MORE(&reader->child.factors) = cin_code_of(text);
		r->things++;
		break;
	}
	case CIN_ONLY:
		break;
	}
	r->cell = NULL;
}

static bool is_filled(const void *cell, enum cin_kind kind)
{
	switch (kind) {
	case CIN_DAY:
		return *(const day *)cell != DAY_UNKNOWN;
	case CIN_CODE:
		return *(const cin_code *)cell != 0;
	case CIN_YES:
		return *(const enum cin_yes *)cell != CIN_BLANK;
	case CIN_TEXT:
		return ((const str *)cell)->n > 0;
	case CIN_FACTORS:
	case CIN_ONLY:
		break;
	}
	return false;
}

/* A second value of a field is left alone; but a second date in Reviews is a second review. */
static void open_cell(struct reading *r, struct open *open, enum cin_field field)
{
	r->field = field;
	r->cell = (char *)open->module + cin_fields[field].offset;
	if (!is_filled(r->cell, cin_fields[field].kind))
		return;
	r->cell = NULL;
	if (open->table == CIN_TABLE_reviews) {
		struct cin_at at = *(struct cin_at *)open->module;
		struct cin_child *child = &r->reader->child;
		ARRAY_MORE(&child->reviews) = (struct cin_reviews){ at, DAY_UNKNOWN };
		r->things++;
		count_within(child, CIN_TABLE_reviews, child->reviews.n - 1);
		open->module = &child->reviews.item[child->reviews.n - 1];
		r->cell = &child->reviews.item[child->reviews.n - 1].on;
	}
}

/* Most names differ in length or in the first letter: this is asked of each element of the file. */
static inline bool is_name(str name, str other)
{
	return name.n == other.n && name.p[0] == other.p[0] && memcmp(name.p, other.p, name.n) == 0;
}

static enum cin_field field_named(enum cin_table table, str name)
{
	for (enum cin_field f = cin_tables[table].first; f < cin_tables[table].last; f++) {
		if (is_name(cin_fields[f].title, name) && cin_fields[f].kind != CIN_ONLY)
			return f;
	}
	return CIN_FIELDS;
}

static enum cin_table table_named(str name)
{
	for (enum cin_table t = 0; t < CIN_TABLES; t++) {
		if (is_name(cin_tables[t].element, name))
			return t;
	}
	return CIN_TABLES;
}

/* ---- elements */

/* A child has one of these even where the file leaves it out; the first is taken. */
static void *only_one(struct cin_child *child, enum cin_table table)
{
	if (table == CIN_TABLE_identifiers)
		return &child->identifiers.item[0];
	return table == CIN_TABLE_characteristics ? &child->characteristics.item[0] : NULL;
}

static void open_module(struct reading *r, enum cin_table table, size_t depth)
{
	struct open *top = &r->open[r->n - 1];
	struct cin_child *child = &r->reader->child;
	/* Plans straight in the child are of its last CINdetails, as older files have them. */
	bool loose = table == CIN_TABLE_protection && r->n == 1 && child->details.n > 0;
	if (outer[table] != top->table && !loose) {
		remark(r->reader, cin_tables[table].element, (str){ 0 }, DAY_UNKNOWN);
		return;
	}
	void *module = only_one(child, table);
	if (module == NULL)
		module = add_module(r, table);
	if (table == CIN_TABLE_disabilities) {
		r->field = CIN_FIELD_disabilities_disability;
		r->cell = (char *)module + cin_fields[r->field].offset;
		return;
	}
	must(r->n < sizeof r->open / sizeof *r->open);
	r->open[r->n++] = (struct open){ table, depth, module };
}

static void start_element(struct reading *r)
{
	struct open *top = &r->open[r->n - 1];
	str name = xml_name(r->reader->xml);
	size_t depth = xml_depth(r->reader->xml);
	r->cell = NULL;
	if (top->table != CIN_TABLES) {
		enum cin_field field = field_named(top->table, name);
		bool listed = field == CIN_FIELD_assessments_factors && depth == top->depth + 2;
		if (field != CIN_FIELDS) {
			if (depth == top->depth + 1 || listed)
				open_cell(r, top, field);
			return;
		}
	}
	enum cin_table table = table_named(name);
	if (table != CIN_TABLES)
		open_module(r, table, depth);
}

static void clear_child(struct cin_reader *reader)
{
	struct cin_child *child = &reader->child;
#define MODULE(name, title, element) child->name.n = 0;
#include "returns/cin/check/modules.def"
	child->within.n = child->factors.n = 0;
	arena_reset(child->arena);
}

bool cin_read_child(struct cin_reader *reader)
{
	struct reading r = { .reader = reader, .n = 1 };
	size_t outside = xml_depth(reader->xml);
	clear_child(reader);
	r.open[0] = (struct open){ CIN_TABLES, outside, NULL };
	reader->child.index = reader->next[CIN_TABLE_identifiers];
	add_module(&r, CIN_TABLE_identifiers);
	add_module(&r, CIN_TABLE_characteristics);
	for (;;) {
		reader->full = r.things > CIN_CHILD_MOST;
		switch (reader->full ? XML_OVER : xml_next(reader->xml)) {
		case XML_START:
			start_element(&r);
			break;
		case XML_TEXT:
			if (r.cell != NULL)
				fill(&r);
			break;
		case XML_END:
			r.cell = NULL;
			if (xml_depth(reader->xml) == outside)
				return true;
			if (r.n > 1 && xml_depth(reader->xml) == r.open[r.n - 1].depth)
				r.n--;
			break;
		case XML_OVER:
			return false;
		}
	}
}

bool cin_read_header(struct xml *xml, struct arena *arena, struct cin_header *out)
{
	size_t outside = xml_depth(xml);
	str *cell = NULL;
	for (;;) {
		switch (xml_next(xml)) {
		case XML_START:
			cell = str_equal(xml_name(xml), S("Collection")) ? &out->collection
				: str_equal(xml_name(xml), S("Year"))    ? &out->year
				: str_equal(xml_name(xml), S("ReferenceDate")) ? &out->reference
									       : NULL;
			break;
		case XML_TEXT:
			if (cell != NULL && cell->n == 0)
				*cell = arena_str(arena, str_trim(xml_text(xml)));
			break;
		case XML_END:
			cell = NULL;
			if (xml_depth(xml) == outside)
				return true;
			break;
		case XML_OVER:
			return false;
		}
	}
}

void cin_reader_close(struct cin_reader *reader)
{
	struct cin_child *child = &reader->child;
#define MODULE(name, title, element) mem_free(child->name.item);
#include "returns/cin/check/modules.def"
	mem_free(child->within.item);
	mem_free(child->factors.item);
	mem_free(reader->remarks.item);
	*reader = (struct cin_reader){ 0 };
}
