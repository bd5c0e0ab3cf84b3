/* rule.h - how a rule of the census is written: a row that says what it is, and what it asks.
 *
 * Rules that ask of one field, or compare two, are rows alone; the others have a function of one child, or
 * of what was counted over all of them. A missing day is before and after nothing.
 */
#pragma once

#include "returns/cin/check/check.h"
#include "returns/cin/check/spans.h"

struct cin_check;

enum cin_rule_kind {
	CIN_CHILD,   /* a function of one child */
	CIN_WHOLE,   /* a function of all */
	CIN_LISTED,  /* `a` is a code of the list; missing is allowed, or not */
	CIN_IN_YEAR, /* the day is in the census year, where there is one */
	CIN_BY_END,  /* there is a day, and it is not after the year's end */
	CIN_ORDER,   /* `a` is not after `b` */
	CIN_APART,   /* the two are not the same day */
	CIN_WEEKDAY, /* the day is no Saturday or Sunday */
};

struct cin_rule {
	str code;        /* "8942Q" */
	int first, last; /* census years that it is a rule of; last 0: it still is */
	enum cin_rule_kind kind;
	void (*of_child)(struct cin_check *check, const struct cin_child *child);
	void (*of_whole)(struct cin_check *check);
	enum cin_field a, b; /* b may lie in the CINdetails, or the child, of a's module, and a in b's */
	const char *list;    /* codes, a space between */
	bool blank, calendar; /* may it be missing; does it count working days? */
	str message;         /* in our own words */
};

#define CIN_F(module, name) CIN_FIELD_##module##_##name
#define RULE_HEAD(code_, first_, last_, kind_, message_)                                           \
	.code = S_INIT(code_), .first = first_, .last = last_, .kind = kind_,                      \
	.message = S_INIT(message_)
#define CHILD_RULE(name, code_, first_, last_, message_, ...)                                      \
	{ RULE_HEAD(code_, first_, last_, CIN_CHILD, message_), .of_child = rule_##name, __VA_ARGS__ }
#define WHOLE_RULE(name, code_, first_, last_, message_)                                           \
	{ RULE_HEAD(code_, first_, last_, CIN_WHOLE, message_), .of_whole = rule_##name }
#define LIST_RULE(code_, first_, last_, module, field, blank_, list_, message_)                    \
	{ RULE_HEAD(code_, first_, last_, CIN_LISTED, message_), .a = CIN_F(module, field),        \
		.blank = blank_, .list = list_ }
#define DAY_RULE(code_, kind_, module, field, message_)                                            \
	{ RULE_HEAD(code_, 2023, 0, kind_, message_), .a = CIN_F(module, field) }
#define PAIR_RULE(code_, kind_, module, field, module2, field2, message_)                          \
	{ RULE_HEAD(code_, 2023, 0, kind_, message_), .a = CIN_F(module, field),                   \
		.b = CIN_F(module2, field2) }

/* The rules of one subject; each file of rules has such an array. */
struct cin_rules {
	const struct cin_rule *item;
	size_t n;
	enum cin_table about; /* of a child without such a module none of them says anything; CIN_TABLES: of none */
};

/* Of a list that is empty, and so nowhere, nothing may be reckoned from its place. */
#define AT_ITEM(child, module, i) ((child)->module.n == 0 ? NULL : (child)->module.item + (i))
#define EVERY(it, child, module)                                                                   \
	for (const struct cin_##module *it = (child)->module.item,                                 \
				       *it##_end = AT_ITEM(child, module, (child)->module.n);      \
		it < it##_end; it++)
/* Those in the CINdetails of that index. */
#define EVERY_OF(it, child, module, details)                                                       \
	for (const struct cin_##module *it = AT_ITEM(child, module,                                \
					       (child)->within.item[details].first[CIN_TABLE_##module]), \
				       *it##_end = AT_ITEM(child, module,                          \
					       (child)->within.item[details].first[CIN_TABLE_##module] + \
						       (child)->within.item[details].n[CIN_TABLE_##module]); \
		it < it##_end; it++)
#define EVERY_DETAILS(at, child) for (uint32_t at = 0; at < (child)->details.n; at++)
#define COUNT_OF(child, module, details) (child)->within.item[details].n[CIN_TABLE_##module]
#define DETAILS_OF(child, it) (&(child)->details.item[(it)->at.of])

/* ---- what a function may ask and say */

/* The rule that is being asked finds fault with that field of that row; or with the whole return. */
void cin_find(struct cin_check *check, enum cin_field field, uint32_t row);
void cin_find_whole(struct cin_check *check);
#define FIND(check, module, it, name) cin_find(check, CIN_F(module, name), (it)->at.row)
#define FIND_BOTH(check, module, it, name, name2)                                                  \
	(FIND(check, module, it, name), FIND(check, module, it, name2))

/* Asks a rule that is a row. */
void cin_ask_row(struct cin_check *check, const struct cin_rule *rule, const struct cin_child *child);

day cin_start(const struct cin_check *check); /* of the census year */
day cin_end(const struct cin_check *check);   /* the reference date */
/* The n-th working day before that; DAY_UNKNOWN outside the calendar. */
day cin_working_before(const struct cin_check *check, day d, int n);

/* What is counted over the whole return. */
struct cin_counts {
	int year;
	str reference; /* as the header has it */
	size_t children, without_sex, without_gender;
	uint32_t disabilities; /* a bit for each code that is used */
	size_t disabled, disabled_twice;
	size_t plans, conferences; /* that began, were held, in the year */
};
const struct cin_counts *cin_counted(const struct cin_check *check);
void cin_count(struct cin_check *check, struct cin_counts *counts, const struct cin_child *child);
extern const char cin_disability_codes[];

/* The rows of children whose number, or UPN, another has too. */
void cin_find_repeated(struct cin_check *check, enum cin_field field);

static inline bool is_day(day d)
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
static inline bool is_in_year(const struct cin_check *check, day d)
{
	return is_day(d) && d >= cin_start(check) && d <= cin_end(check);
}
/* "RC8 RC9" holds it. */
bool cin_is_listed(cin_code code, const char *list);
/* Is the code there more than once? */
void cin_sort_codes(cin_code *codes, size_t n);
bool cin_is_twice(const cin_code *sorted, size_t n, cin_code code);
#define C(text) cin_code_of(S(text))
