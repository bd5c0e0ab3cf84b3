/* check.h - the published rules of the SSDA903 return, asked of one year's files and the year before.
 *
 * A rule is one row of a table of rules (rule.h), which says what it needs, and where it finds fault: in
 * rows of a table. What cannot be asked, because a file or other data is not there, is said, with why.
 * Pure: texts in, findings out; a rule's answer hangs on no other rule, nor on the order of the rows.
 */
#pragma once

#include "returns/ssda903/check/rows.h"

/* Where a postcode lies; found by the caller's index. */
struct place_of {
	bool known;
	char district[10], upper[10]; /* codes of the authorities */
	int32_t east, north;          /* metres */
};
struct postcodes {
	bool (*find)(const void *index, str postcode, struct place_of *out);
	const void *index;
};

/* A home, school or agency of Ofsted's list. */
struct provider {
	str urn, authority, codes, provider, postcode;
	day closed;
};
struct providers {
	const struct provider *item; /* by urn */
	size_t n;
};

struct finding {
	uint16_t rule;  /* index in check_rules */
	uint16_t table; /* enum table */
	uint32_t row;   /* in its file, from 0 */
	uint32_t child;
};

/* For whoever wants findings as they are found: those of single cells and of the whole return first, then
 * each child's together; by rule, table and row within these, and each once. They are not kept then. */
struct finding_sink {
	void (*take)(void *to, const struct finding *item, size_t n);
	void *to;
};

struct check_asked {
	int year;                        /* of the 31 March that closes it */
	str authority;                   /* "E08000025"; empty: not given */
	const struct postcodes *postcodes; /* NULL: not given */
	const struct providers *providers; /* NULL: not given */
	struct finding_sink sink;          /* none: all findings are in the result */
	const bool *without;               /* by rule: which are not to be asked; NULL: none */
};

enum check_outcome { CHECK_PASSED, CHECK_FAILED, CHECK_NOT_RUN };
struct rule_outcome {
	enum check_outcome outcome;
	bool of_year; /* it is a rule of the year's */
	size_t findings;
	str why; /* of one that was not run: "needs last year's Episodes" */
};

struct check_result {
	struct finding *item; /* by rule, table, row; each once */
	size_t n, room;
	size_t found; /* also those that left at once */
	struct rule_outcome *rule; /* of each of check_rules; a rule of another year has `why` empty */
};
/* The result's texts live in the arena; close it after. */
void check_run(struct arena *arena, const struct return_rows *rows, const struct check_asked *asked,
	struct check_result *out);
void check_result_close(struct check_result *result);

/* What is known of each rule, in the order of their codes. */
struct check_rule;
size_t check_rules_n(void);
const struct check_rule *check_rule(size_t i);
