/* lists.h - Ofsted's Annex A: its eleven lists, what each column is, and the codes that stand in it.
 *
 * For who reads the workbook and who writes it. A field is a column wherever it stands: the child's
 * number is ANNEX_CHILD in ten lists. Headings are those of Ofsted's workbook; councils change them
 * a little, so each has the variants that are common. Tables: lists.def (columns), codes.c (codes).
 */
#pragma once

#include "law/codes.h"

enum annex_kind {
	ANNEX_TEXT,
	ANNEX_DATE,
	ANNEX_CODE,   /* one of `codes` */
	ANNEX_YES_NO, /* one of `codes`, which are yes, no and where allowed unknown */
	ANNEX_NUMBER,
};

/* As a list shows it ("q) 6: Police"), and the code of the national returns that it stands for. */
struct annex_code {
	str code;  /* "6"; of yes and no: "yes", "no", "unknown" */
	str shown;
};

struct annex_codes {
	str name; /* "a source of contact": reads after "is not a code for" */
	const struct annex_code *item;
	size_t n;
	const struct code_list *national; /* NULL: there is none */
};

enum annex_field {
#define FIELD(field, kind, codes, heading, variants) ANNEX_##field,
#include "returns/annex_a/lists.def"
	ANNEX_FIELDS
};

struct annex_column {
	str key;      /* "REFERRAL_SOURCE": for a mapping that is kept */
	str heading;  /* "Referral Source" */
	str variants; /* other headings, with | between them; empty: none */
	enum annex_kind kind;
	const struct annex_codes *codes; /* NULL: of neither kind that has them */
};
extern const struct annex_column annex_columns[ANNEX_FIELDS];

enum annex_list {
#define LIST(name, number, title, months, rows) ANNEX_##name,
#include "returns/annex_a/lists.def"
	ANNEX_LISTS
};
enum { ANNEX_WIDEST = 34 }; /* columns of the widest list */

struct annex_sheet {
	int number;   /* 1 to 11 */
	str sheet;    /* "List 1" */
	str title;    /* "Contacts" */
	int months;   /* how far back the list goes from the day it is about */
	str rows;     /* what a row is, in words: "referral" */
	const enum annex_field *field; /* in the order of the sheet */
	size_t n;
};
extern const struct annex_sheet annex_sheets[ANNEX_LISTS];

/* Which field of that list a heading names, whatever its case, spaces and signs; ANNEX_FIELDS: none. */
enum annex_field annex_field_find(enum annex_list list, str heading);
/* A field by its key; ANNEX_FIELDS: none. */
enum annex_field annex_field_of_key(str key);
/* Which list a sheet is, by its name: "List 3", "List 3 - Referrals", "3", "Referrals"; ANNEX_LISTS:
 * none of them. */
enum annex_list annex_list_find(str sheet);
/* What a cell says, as written ("a) WBRI"), as its letter, as the code alone or as its words; NULL:
 * none. A national code that the list does not show is not here: ask codes->national. */
const struct annex_code *annex_code_find(const struct annex_codes *codes, str cell);
/* How that code is shown; NULL: the list does not have it. */
const struct annex_code *annex_code_of(const struct annex_codes *codes, str code);
