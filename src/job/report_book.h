/* report_book.h - what a check found, as a workbook: findings, summary, rules that were not run and why.
 *
 * The same findings make the same bytes; more than a sheet holds go on in the next. Pure.
 */
#pragma once

#include "returns/report.h"

/* At the end of *out. ERR_FULL: it is larger than a workbook may be. */
MUST_USE bool report_book(const struct report *report, struct buf *out, struct err *err);
