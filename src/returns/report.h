/* report.h - what a check found, whichever the return: for all that prints, keeps or shows it.
 *
 * A report borrows a check's result and must not outlive it. Three forms are written here: CSV as a person's
 * spreadsheet wants it, JSON by lines as a program does, and the summary that a person reads. Pure.
 */
#pragma once

#include "base/buf.h"
#include "returns/cin/check/check.h"
#include "returns/ssda903/check/check.h"

enum report_outcome { REPORT_PASSED, REPORT_FAILED, REPORT_NOT_RUN };

struct report_rule {
	str code, message; /* message: in our own words */
	int first, last;   /* years that it is a rule of; last 0: it still is */
	bool query;        /* may be right and is to be looked at; else it is an error */
	bool of_year;      /* a rule of the year's: else nothing was asked */
	bool whole;        /* it finds fault with the whole return, in no row */
	enum report_outcome outcome;
	size_t findings;
	str why; /* of one that was not run */
};

struct report_finding {
	size_t rule;
	str table, field, child; /* field: more than one with a space between */
	uint32_t row;            /* in its file, from 0; of the census a module's place among its like */
	uint32_t child_at;       /* whose it is: below report's `numbers` */
	uint16_t place;          /* of table and field, as the return counts them */
};

struct report {
	str name; /* "ssda903", "cin" */
	int year; /* of the 31 March that closes it */
	size_t children, rules;
	size_t numbers; /* of children, as child_at counts them; of the 903 0 is a row without one */
	size_t found, n; /* findings in rows: all, and those that are still here */
	size_t whole;    /* rules that find fault with the whole return */
	size_t remarks;  /* what could not be read as it stands, with its line */
	const struct report_source *source; /* private, as the rest */
	const void *of;
	const struct return_rows *rows;
};

void report_of_ssda903(struct report *out, const struct return_rows *rows, const struct check_asked *asked,
	const struct check_result *result);
void report_of_cin(struct report *out, const struct cin_result *result);
/* All that is known of rules without a check; the outcome of each is REPORT_NOT_RUN. */
void report_of_rules_ssda903(struct report *out);
void report_of_rules_cin(struct report *out);

void report_rule(const struct report *report, size_t i, struct report_rule *out);
void report_finding(const struct report *report, size_t i, struct report_finding *out);
/* The day by which people know its row: it was held, it began (returns/mend); DAY_UNKNOWN: by none. */
day report_known(const struct report *report, size_t i);
/* Of what a sink was given. */
void report_finding_ssda903(const struct return_rows *rows, const struct finding *one, struct report_finding *out);
void report_finding_cin(const struct cin_result *result, const struct cin_finding *one, struct report_finding *out);
/* What could not be read as it stands: the line, and words for it at the end of *out. The first
 * report_remarks() of them are kept. */
size_t report_remark(const struct report *report, size_t i, struct buf *out);
size_t report_remarks(const struct report *report);

/* ---- CSV: "rule,table,row,field,child", a line a finding */
void report_csv_head(struct buf *out);
/* `safe`: for who opens it in a spreadsheet, where a child's number must not run as a formula. */
void report_csv(struct buf *out, const struct report *report, const struct report_finding *one, bool safe);
/* "rule,message", a line a rule that finds fault with the whole return. */
void report_csv_whole(struct buf *out, const struct report *report);

/* ---- JSON: one object a line, told apart by "kind": check, finding, remark, rule, summary (docs/returns.md) */
void report_json_head(struct buf *out, const struct report *report);
void report_json(struct buf *out, const struct report *report, const struct report_finding *one);
/* Findings with the whole return, remarks, each rule of the year, the summary: after all findings. */
void report_json_tail(struct buf *out, const struct report *report);
/* Instead of the rest, when the return turns out to be unusable. */
void report_json_refused(struct buf *out, str why);

/* ---- for a person: what each rule found, what was not run and why, how much in all */
void report_summary(struct buf *out, const struct report *report);
/* Nothing was found at all. */
bool report_is_clean(const struct report *report);

str report_child(const struct report *report, size_t child_at);

/* ---- how each return answers: a table of functions each */
struct report_source {
	void (*rule)(const struct report *report, size_t i, struct report_rule *out);
	void (*finding)(const struct report *report, size_t i, struct report_finding *out);
	size_t (*remark)(const struct report *report, size_t i, struct buf *out);
	day (*known)(const struct report *report, size_t i);
	str (*child)(const struct report *report, size_t child_at);
	/* Of a finding whose rule, row and child are said: the rest. False: there is no such place. */
	bool (*place)(size_t rule, uint16_t place, struct report_finding *out);
};
