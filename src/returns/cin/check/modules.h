/* modules.h - one child of the census as the file has it: each module typed, none left out.
 *
 * Unlike an import (cin/child.c), which takes only what it can trust, a check wants to see what is wrong.
 * Read child by child, so that the file may be of any size. `row` is a module's position among its like
 * in the whole document, from 0. A date that is no date counts as missing, as a blank one does, and is
 * remarked on with its line; so is one like 31/03/2026, which is taken for what it says.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "base/xml.h"

/* A code of up to eight bytes as a number, as it is written: equal codes are equal numbers. 0: missing. Of a
 * longer text only that it is another. */
typedef uint64_t cin_code;

static inline cin_code cin_code_of(str text)
{
	cin_code out = 0;
	if (text.n > sizeof out || (text.n == sizeof out && (unsigned char)text.p[0] >= 0x80))
		return str_hash(text) | (cin_code)1 << 63;
	for (size_t i = 0; i < text.n; i++)
		out = out << 8 | (unsigned char)text.p[i];
	return out;
}

enum cin_yes { CIN_BLANK, CIN_FALSE, CIN_TRUE, CIN_NEITHER };

struct cin_factors {
	uint32_t first, n; /* in the child's */
};

enum cin_table {
#define MODULE(name, title, element) CIN_TABLE_##name,
#include "returns/cin/check/modules.def"
	CIN_TABLES
};

/* Field by field, so that a finding's field tells its table too. */
enum cin_field {
#define FIELD(module, name) CIN_FIELD_##module##_##name,
#define DAY(module, name, element) FIELD(module, name)
#define CODE(module, name, element) FIELD(module, name)
#define YES(module, name, element) FIELD(module, name)
#define TEXT(module, name, element) FIELD(module, name)
#define FACTORS(module, name, element) FIELD(module, name)
#define ONLY(module, name, element) FIELD(module, name)
#include "returns/cin/check/modules.def"
#undef FIELD
	CIN_FIELDS
};

/* What each module begins with. `of` is the index, in the child's, of the CINdetails that it lies in; of a
 * review, of the plan. */
struct cin_at {
	uint32_t row, of;
};

#define MODULE(name, title, element)                                                               \
	struct cin_##name {                                                                        \
		struct cin_at at;
#define DAY(module, name, element) day name;
#define CODE(module, name, element) cin_code name;
#define YES(module, name, element) enum cin_yes name;
#define TEXT(module, name, element) str name;
#define FACTORS(module, name, element) struct cin_factors name;
#define END(name)                                                                                  \
	}                                                                                          \
	;
#include "returns/cin/check/modules.def"

/* Which of the child's modules lie in one CINdetails. */
struct cin_within {
	uint32_t first[CIN_TABLES], n[CIN_TABLES];
};

struct cin_child {
	uint32_t index; /* among the children */
#define MODULE(name, title, element)                                                               \
	struct {                                                                                   \
		struct cin_##name *item;                                                           \
		size_t n, room;                                                                    \
	} name;
#include "returns/cin/check/modules.def"
	struct {
		struct cin_within *item; /* by CINdetails */
		size_t n, room;
	} within;
	struct {
		cin_code *item;
		size_t n, room;
	} factors;
	struct arena *arena; /* its texts, and room for a rule's own; empty again for each child */
};

enum cin_kind { CIN_DAY, CIN_CODE, CIN_YES, CIN_TEXT, CIN_FACTORS, CIN_ONLY };
struct cin_field_row {
	enum cin_table table;
	str title;
	enum cin_kind kind;
	size_t offset; /* in its module */
};
extern const struct cin_field_row cin_fields[CIN_FIELDS];
struct cin_table_row {
	str title, element;
	enum cin_field first, last; /* its fields */
};
extern const struct cin_table_row cin_tables[CIN_TABLES];

/* A date that is not written as the census wants it, or a module that was left out. */
struct cin_remark {
	size_t line;
	str element, text; /* text: as it stands, cut; empty: the module stands where the census has none */
	day read;          /* what the date was taken for; DAY_UNKNOWN: it counts as missing */
};
enum { CIN_REMARKS_KEPT = 1000 };
struct cin_remarks {
	struct cin_remark *item;
	size_t n, room; /* the first of them */
	size_t all;
	struct arena *arena; /* theirs */
};

enum { CIN_CHILD_MOST = 1000000 };
struct cin_reader {
	struct xml *xml;
	bool full; /* a child has more than that of modules and factors */
	struct cin_child child;
	struct cin_remarks remarks;
	uint32_t next[CIN_TABLES]; /* rows so far */
};

struct cin_header {
	str collection, year, reference;
};

void cin_reader_close(struct cin_reader *reader);
/* Reads the element whose start was just read. False at a fault of the XML, and when the child is `full`. */
bool cin_read_child(struct cin_reader *reader);
/* The same of the header; its texts live in the arena. */
bool cin_read_header(struct xml *xml, struct arena *arena, struct cin_header *out);

/* A field of a module. */
static inline day cin_day_at(const void *module, enum cin_field field)
{
	return *(const day *)(const void *)((const char *)module + cin_fields[field].offset);
}
static inline cin_code cin_code_at(const void *module, enum cin_field field)
{
	return *(const cin_code *)(const void *)((const char *)module + cin_fields[field].offset);
}
