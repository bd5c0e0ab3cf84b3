/* check.h - what the pages of a check share: what was found, sealed between them.
 *
 * It lies in the store under a key that only this session's cookie holds, for an hour, and is in no record
 * (docs/decisions/returns.md).
 */
#pragma once

#include "returns/report.h"
#include "web/page.h"

enum { CHECK_FOR_MS = 60 * 60 * 1000, CHECK_ROWS = 50 };

#define CHECK_PAGE S("/check")
#define CHECK_FOUND S("/check/findings")

struct check_draft {
	str files; /* their names, a comma between */
	struct report report;
};

/* Opens what this session's check found. False: the answer is there already, which sends the reader to the
 * first page. */
MUST_USE bool check_open(struct page *page, struct check_draft *out);
/* Seals it, keeps it, and goes to the findings. `wire` is a report's. */
void check_keep(struct page *page, str files, str wire);

/* The part of the page that asks whether they are to be kept. */
void check_kept_ask(struct page *page, const struct report *report);

/* Which findings: of a rule, a child, a table; those that are there of each. */
struct check_filter {
	bool of_rule, of_child;
	size_t rule, child;
	str table, severity; /* "error", "query"; empty: any */
};
void check_filter_read(const struct page *page, const struct report *report, struct check_filter *out);
bool check_filter_has(const struct check_filter *filter, const struct report *report,
	const struct report_finding *one);
