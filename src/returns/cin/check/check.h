/* check.h - the published rules of the children in need census, asked of one return.
 *
 * A rule is one row of a table of rules (rule.h): it finds fault in fields of modules, or with the whole
 * return. What is held grows with the children's numbers and with what is found, never with the file.
 * Pure: a document in, findings out; a rule's answer hangs on no other rule.
 */
#pragma once

#include "returns/cin/check/modules.h"

#include "law/calendar.h"

struct cin_finding {
	uint16_t rule;  /* index in cin_rule() */
	uint16_t field; /* enum cin_field, which tells the table */
	uint32_t row, child;
	day known; /* by which people know the row (known.h); DAY_UNKNOWN: by none */
};

/* For whoever wants findings as they are found: each child's together, by rule, table, row and field, when
 * it has been read; last those of rules that compare children. They are not kept then. */
struct cin_result;
struct cin_sink {
	void (*take)(void *to, const struct cin_result *so_far, const struct cin_finding *item, size_t n);
	void *to;
};

struct cin_asked {
	int year;                        /* of the 31 March that closes it: a file of another is refused; 0: any */
	const struct calendar *calendar; /* NULL: not given */
	struct cin_sink sink;            /* none: all findings are in the result */
	const bool *without;             /* by rule: which are not to be asked; NULL: none */
};

enum cin_outcome { CIN_PASSED, CIN_FAILED, CIN_NOT_RUN };
struct cin_rule_outcome {
	enum cin_outcome outcome;
	bool of_year; /* it is a rule of the year's */
	bool whole; /* it finds fault with the whole return */
	size_t findings;
	str why; /* of one that was not run; of a rule of another year it is empty */
};

struct cin_result {
	int year;
	struct cin_finding *item; /* by rule, table, row, field; each once */
	size_t n, room;
	size_t found; /* also those that left at once */
	struct cin_rule_outcome *rule; /* of each rule */
	size_t whole;                  /* rules that find fault with the whole return */
	struct {
		str *item; /* LAchildID of each child, as the file has it */
		size_t n, room;
	} child;
	struct cin_remarks remarks;
};

/* False for a document that is no census, naming the line; `out` is to be closed either way. Texts of the
 * result live in the arena. */
MUST_USE bool cin_check(struct arena *arena, struct xml *xml, const struct cin_asked *asked,
	struct cin_result *out, struct err *err);
void cin_result_close(struct cin_result *result);

/* What is known of each rule. */
struct cin_rule;
size_t cin_rules_n(void);
const struct cin_rule *cin_rule(size_t i);
