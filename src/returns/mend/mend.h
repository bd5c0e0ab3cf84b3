/* mend.h - what a finding of a check asks of people: who can put it right, and in which field of which
 * record. A table (mend.def) that a practice lead can check; pure.
 */
#pragma once

#include "record/types.h"

enum mender { MENDER_OFFICER, MENDER_CHAIR, MENDER_WORKER, MENDER_SUPPORT, MENDER_SYSTEM, MENDERS };
str mender_text(enum mender hand);  /* "officer" */
str mender_words(enum mender hand); /* "Reviewing officer" */
bool mender_find(str text, enum mender *out);

/* A place in a finding: the return "ssda903" or "cin", a table as findings name it, and its fields, a space
 * between: of a rule of the SSDA903 they may be of other tables, too. */
struct mend_place {
	str kind, rule, name, fields;
};
enum mender mend_by(const struct mend_place *place);

/* A field of a record in which it is put right. */
struct mend {
	const struct record_type *type;
	const struct field *field;
};
enum { MENDS_MOST = 8 };
/* In order: the first whose record there is counts. None: no record of Duly's holds it. */
size_t mend_fields(const struct mend_place *place, struct mend out[static MENDS_MOST]);

/* The column by whose day people know a row of that table; empty: a child has one such row. */
str mend_key(str kind, str name);

/* The day by which people know the record: it was held, it began. */
day mend_day(const struct record_type *type, const void *record);
/* Is it the record that the row with that key day tells of: 2 its own day, 1 within its period, 0 not. */
int mend_is_of(const struct record_type *type, const void *record, day key);
/* Do rows of that table tell of such records? */
bool mend_touches(str kind, str name, const struct record_type *type);

/* The rows of the table, for a page and for tests. */
struct mend_row {
	enum { MEND_KEY, MEND_FIELD, MEND_RULE } what;
	str kind, name, field; /* of MEND_RULE `name` is the rule */
	enum mender hand;
	str record, record_field;
};
extern const struct mend_row mend_rows[];
extern const size_t mend_rows_n;

/* What the rule of that year's return finds fault with, in our own words; empty: there is no such rule. */
str mend_message(str kind, str rule, int year);
