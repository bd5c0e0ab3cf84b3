/* rule.h - how a rule of the return is written: a row that says what it is, and what it asks.
 *
 * Rules that ask whether a cell is readable or its code on a list are rows alone; the others have a
 * function of one child's rows. A blank or unreadable day is before and after nothing.
 */
#pragma once

#include "returns/ssda903/check/check.h"

#include <stddef.h>

struct check;
struct episode_at;

/* Where an episode's placement is and who runs it: derived once, from what the caller gave. */
struct stay {
	code authority;   /* of the placement: "E08000025"; WAL, SCO, NIR, or NUK outside the kingdom; 0: unknown */
	bool home_found, place_found; /* the postcode is on the list */
	int32_t distance; /* from home, in tenths of a mile; -1: unknown */
	enum { WHERE_UNKNOWN, WHERE_IN, WHERE_OUT } where; /* of the authority's own area */
	const struct provider *provider; /* of Ofsted's list, by URN; NULL: not on it */
	code provider_authority;         /* where that one's postcode is; 0: unknown */
};

/* One child's rows: of this year, and as the year before had them. Each an array, in the order of the
 * file, and empty where there is none. */
struct child_rows {
	str number;
	uint32_t child;
#define TABLE(NAME, name, title, file)                                                             \
	const struct name##_row *name, *name##_last;                                               \
	size_t name##_n, name##_last_n;
#define DAY(table, field, column)
#define CODE(table, field, column)
#define TEXT(table, field, column)
#define END(NAME)
#include "returns/ssda903/check/tables.def"
#undef TABLE
#undef DAY
#undef CODE
#undef TEXT
#undef END
	/* Made of them, once a child. Episodes by their first day, then their last; those without stand last,
	 * and equals as in the file. */
	const struct episodes_row **by_day, **by_day_last;
	day born; /* the first day of birth that its rows of Header have */
	/* Of each episode, in the order of `episodes`. */
	const struct stay *stay, *stay_last;
	bool continuously; /* looked after for the whole year: rule 185's definition */
};

enum rule_kind {
	RULE_CHILD, /* a function of one child's rows */
	RULE_EPISODE, /* whether an episode, where it stands, is wrong (episode.h) */
	RULE_ALL,   /* a function of the whole return */
	RULE_DAY,   /* the cell is a day; blank is allowed, or not */
	RULE_CODE,  /* the cell is a code of the list; the same */
};

enum rule_needs { NEEDS_POSTCODES = 1, NEEDS_PROVIDERS = 2, NEEDS_AUTHORITY = 4 };

struct check_rule {
	str code;                 /* "503A" */
	int first, last;          /* collection years that it is a rule of; 0: still is */
	enum rule_kind kind;
	unsigned tables, tables_last; /* a bit each: which must be there */
	unsigned needs;
	void (*of_child)(struct check *check, const struct child_rows *child);
	bool (*is_wrong)(const struct episode_at *at);
	bool with_header;         /* a wrong episode tells of the child's rows of Header too */
	void (*of_all)(struct check *check, const struct return_rows *rows);
	/* Of a cell: */
	enum table table;
	size_t column;      /* in the row */
	bool blank;         /* may it be? */
	const char *list;   /* codes, a space between; "" is none */
	str fields;         /* what a person would look at: "DECOM DEC" */
	str message;        /* in our own words */
};

#define BIT(TABLE) (1u << TABLE_##TABLE)

/* Rules of a cell, as rows. `first` is 2023 for those that were there before; `last` 0 while it stands. */
#define DAY_RULE(code_, first_, last_, NAME, table_, field, blank_, column_, message_)             \
	{ .code = S_INIT(code_), .first = first_, .last = last_, .kind = RULE_DAY,                 \
		.tables = BIT(NAME), .table = TABLE_##NAME,                                        \
		.column = offsetof(struct table_##_row, field), .blank = blank_,                   \
		.fields = S_INIT(column_), .message = S_INIT(message_) }
#define CODE_RULE(code_, first_, last_, NAME, table_, field, blank_, list_, column_, message_)     \
	{ .code = S_INIT(code_), .first = first_, .last = last_, .kind = RULE_CODE,                \
		.tables = BIT(NAME), .table = TABLE_##NAME,                                        \
		.column = offsetof(struct table_##_row, field), .blank = blank_, .list = list_,    \
		.fields = S_INIT(column_), .message = S_INIT(message_) }
/* One with a function rule_CODE of a child's rows; then what else it needs, by name. */
#define CHILD_RULE(code_, first_, last_, tables_, fields_, message_, ...)                          \
	CHILD_RULE_BY(rule_##code_, code_, first_, last_, tables_, fields_, message_, __VA_ARGS__)
/* The same with a function of another name: a second definition, from a later year. */
#define CHILD_RULE_BY(function_, code_, first_, last_, tables_, fields_, message_, ...)            \
	{ .code = S_INIT(#code_), .first = first_, .last = last_, .kind = RULE_CHILD,              \
		.tables = tables_, .of_child = function_, .fields = S_INIT(fields_),               \
		.message = S_INIT(message_), __VA_ARGS__ }
/* Rows that there are none of may be nowhere, from which nothing may be reckoned. */
#define EVERY_OF(row, table, from, n)                                                              \
	for (const struct table##_row *row = (from), *row##_end = (n) == 0 ? row : row + (n);      \
		row < row##_end; row++)
#define EVERY_LAST(row, child, table) EVERY_OF(row, table, (child)->table##_last, (child)->table##_last_n)
#define EVERY(row, child, table) EVERY_OF(row, table, (child)->table, (child)->table##_n)

/* The rules of one file; each file of rules has such an array. */
struct rule_list {
	const struct check_rule *item;
	size_t n;
};

/* ---- what a function may ask and say */

/* The rule that is being asked finds fault with that row. */
void find_in(struct check *check, enum table table, uint32_t row, uint32_t child);
#define FIND(check, TABLE, at) find_in((check), TABLE_##TABLE, (at)->row, (at)->child)

int check_year(const struct check *check);
day check_start(const struct check *check); /* 1 April */
day check_end(const struct check *check);   /* 31 March */
code check_authority(const struct check *check); /* whose return it is; 0: not given */

/* A child's rows put in the order of days: unknown ones last, those of the same days as in the file. */
struct in_order {
	day first, second;
	uint32_t at; /* index of the row */
};
/* Room for n of them, to be filled; of use until the next is asked for. */
struct in_order *in_order_room(struct check *check, size_t n);
void in_order_sort(struct in_order *order, size_t n);

static inline bool is_day(day d)
{
	return d >= DAY_MIN;
}
/* What the cell says, be it readable or not. */
static inline bool is_said(day d)
{
	return d != DAY_UNKNOWN;
}
static inline bool is_before(day a, day b)
{
	return is_day(a) && is_day(b) && a < b;
}
static inline bool is_after(day a, day b)
{
	return is_before(b, a);
}
static inline day birthday(day born, int years)
{
	return is_day(born) ? day_add_months(born, years * 12) : DAY_UNKNOWN;
}

/* On that day the child has had that birthday; or has it yet to come. Neither, if the birth is unknown. */
static inline bool is_aged(day born, int years, day on)
{
	day birth = birthday(born, years);
	return is_day(birth) && birth <= on;
}
static inline bool is_under(day born, int years, day on)
{
	return is_after(birthday(born, years), on);
}
static inline bool is_within(day on, day from, day to)
{
	return is_day(on) && on >= from && on <= to;
}

/* Where that episode of the child's, of this year's, is. */
static inline const struct stay *stay_of(const struct child_rows *child, const struct episodes_row *episode)
{
	return &child->stay[episode - child->episodes];
}

/* A code in the source, and whether a cell is one of some. */
#define K_AT(t, i) ((i) < sizeof(t) - 1 ? (code)(unsigned char)(t)[(i) < sizeof(t) - 1 ? (i) : 0] << (8 * (sizeof(t) - 2 - (i)) & 63) : 0)
#define K(t) (K_AT(t, 0) | K_AT(t, 1) | K_AT(t, 2) | K_AT(t, 3) | K_AT(t, 4) | K_AT(t, 5) | K_AT(t, 6) | K_AT(t, 7))
#define OF1(c, a) ((c) == K(a))
#define OF2(c, a, ...) (OF1(c, a) || OF1(c, __VA_ARGS__))
#define OF3(c, a, ...) (OF1(c, a) || OF2(c, __VA_ARGS__))
#define OF4(c, a, ...) (OF1(c, a) || OF3(c, __VA_ARGS__))
#define OF5(c, a, ...) (OF1(c, a) || OF4(c, __VA_ARGS__))
#define OF6(c, a, ...) (OF1(c, a) || OF5(c, __VA_ARGS__))
#define OF7(c, a, ...) (OF1(c, a) || OF6(c, __VA_ARGS__))
#define OF8(c, a, ...) (OF1(c, a) || OF7(c, __VA_ARGS__))
#define OF9(c, a, ...) (OF1(c, a) || OF8(c, __VA_ARGS__))
#define OF10(c, a, ...) (OF1(c, a) || OF9(c, __VA_ARGS__))
#define OF11(c, a, ...) (OF1(c, a) || OF10(c, __VA_ARGS__))
#define OF12(c, a, ...) (OF1(c, a) || OF11(c, __VA_ARGS__))
#define OF_PICK(a, b, c, d, e, f, g, h, i, j, k, l, name, ...) name
#define ONE_OF(cell, ...)                                                                          \
	OF_PICK(__VA_ARGS__, OF12, OF11, OF10, OF9, OF8, OF7, OF6, OF5, OF4, OF3, OF2, OF1, )(cell, __VA_ARGS__)

/* Sex was written 1 and 2 until the return of 2023-24. */
bool is_male(const struct check *check, code sex);
bool is_female(const struct check *check, code sex);

static inline bool is_short_break(const struct episodes_row *episode)
{
	return ONE_OF(episode->ls, "V3", "V4");
}
