/* rows.h - private to ssd/: the tables, their rows by child, and what reads a value of a row. */
#pragma once

#include "returns/loose.h"
#include "returns/ssd/ssd.h"

enum ssd_table {
#define SSD_TABLE(id, name, others) SSD_##id,
#define SSD_FIELD(table, name, use, others)
#define SSD_PASSED(name)
#include "returns/ssd/tables.def"
	SSD_TABLES
};

/* The fields of a table follow one another: SSD_FIRST_PERSON is the first of the children's. */
enum ssd_field {
#define SSD_TABLE(id, name, others) SSD_FIRST_##id, SSD_BEFORE_##id = SSD_FIRST_##id - 1,
#define SSD_FIELD(table, name, use, others) SSD_##name,
#define SSD_PASSED(name)
#include "returns/ssd/tables.def"
	SSD_FIELDS
};

enum ssd_use { SSD_KEY, SSD_READ, SSD_PASS };

struct ssd_table_row {
	const char *name, *others;
};
struct ssd_field_row {
	const char *name, *others;
	enum ssd_use use;
};
extern const struct ssd_table_row ssd_tables[SSD_TABLES];
extern const struct ssd_field_row ssd_fields[SSD_FIELDS];
enum ssd_field ssd_first(enum ssd_table table); /* its first field, */
size_t ssd_count(enum ssd_table table);         /* and how many follow it */
/* SSD_TABLES: none that is read; *known: it is one of the standard's nevertheless. */
enum ssd_table ssd_table_find(struct arena *arena, str name, const struct mapping *mapping, bool *known);

enum { SSD_NOBODY = UINT32_MAX };

struct ssd_row {
	const str *value; /* a value a field of the table */
	uint32_t child;   /* in the staging; SSD_NOBODY: of a table that is of no child */
	uint32_t file;
	size_t line;
};

struct ssd_rows {
	struct ssd_row *item; /* once read, in order of child */
	size_t n, room;
	size_t *from; /* by child: the first of its rows; one more than there are children */
	bool here;    /* the extract has the table */
	day first;    /* that it tells */
};

/* Which row an id stands for: places in a table's rows before they are put in order. */
struct ssd_ids {
	struct intern text;
	struct {
		uint32_t *item;
		size_t n, room;
	} at; /* by number of the text */
};

struct ssd {
	struct staging *staging;
	const struct mapping *mapping;
	day today, last; /* last: that any table tells, up to today */
	struct ssd_rows table[SSD_TABLES];
	struct {
		str *item;
		size_t n, room;
	} files;
	size_t month_first[SSD_FIELDS];              /* a line with its month first; 0: none */
	struct ssd_ids period, assessment, plan; /* to the child whose it is */
	struct ssd_ids team, worker;                 /* to the row */
	bool officers, chairs; /* some worker of the extract has that role */
	size_t theirs;         /* plans of other councils, passed over */
};

/* ---- one row being read */
struct ssd_at {
	struct ssd *ssd;
	enum ssd_table table;
	const struct ssd_row *row;
	struct cells cells;
};
struct ssd_at ssd_at(struct ssd *ssd, enum ssd_table table, const struct ssd_row *row);
str ssd_value(const struct ssd_at *at, enum ssd_field field);
/* One that happened: none after today. The first and the last that are told are kept. */
day ssd_day(struct ssd_at *at, enum ssd_field field, enum need need);
/* One that may be to come, or is not of what happened. */
day ssd_any_day(struct ssd_at *at, enum ssd_field field);
str ssd_code(struct ssd_at *at, enum ssd_field field, enum need need, const struct code_list *codes);
str ssd_code_or_none(struct ssd_at *at, enum ssd_field field, const struct code_list *codes);
str ssd_text(struct ssd_at *at, enum ssd_field field, size_t limit);
enum answer ssd_answer(struct ssd_at *at, enum ssd_field field);
void ssd_not_before(struct ssd_at *at, enum ssd_field field, day d, day start, const char *what);
struct staged *ssd_add(struct ssd_at *at, const struct record_type *type);

/* The rows of one child in a table. */
struct ssd_slice {
	const struct ssd_row *row;
	size_t n;
};
struct ssd_slice ssd_slice(const struct ssd *ssd, enum ssd_table table, uint32_t child);
/* The child's record of a type that ran on a day, the last that did; by staged.from and .to. */
struct staged *ssd_ran(const struct ssd *ssd, uint32_t child, const struct record_type *type, day on);
void ssd_id_put(struct ssd_ids *ids, str id, uint32_t at);
void ssd_ids_close(struct ssd_ids *ids);
bool ssd_id_find(const struct ssd_ids *ids, str id, uint32_t *at);

/* ---- the steps, each over all children */
MUST_USE bool ssd_read(struct ssd *ssd, const struct table_source *source, size_t n, struct err *err);
void ssd_order(struct ssd *ssd);  /* rows by child */
void ssd_care(struct ssd *ssd);   /* children, spells of care, reviews, missing: by the 903's reader */
void ssd_take_permanence(struct ssd *ssd, const struct ssd_row *row); /* a plan of adoption */
void ssd_around_care(struct ssd *ssd, uint32_t child); /* visits, plans, health, leavers */
void ssd_need(struct ssd *ssd, uint32_t child); /* referrals, assessments, enquiries */
void ssd_plans(struct ssd *ssd, uint32_t child, const struct ssd_ids *referrals,
	const struct ssd_ids *enquiries);
void ssd_roles(struct ssd *ssd); /* which of the workers' roles the extract tells at all */
void ssd_people(struct ssd *ssd, uint32_t child); /* names, address, mother, who works */
void ssd_cover(struct ssd *ssd, day as_at); /* what the extract carries, from when to when */
