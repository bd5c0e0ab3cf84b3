/* check_keep.h - duly check --keep: what was found goes into a store, for the page of data quality.
 *
 * The process that reads files knows no store: it leaves a report (returns/report_wire.h) in memory that both
 * have, and this one reads that with no trust.
 */
#pragma once

#include "cli/command.h"
#include "returns/report.h"

struct check_keep {
	int fd; /* -1: nothing is to be kept */
};

/* Before anything is read: --keep, and the store that it needs. False, having said why. */
MUST_USE bool check_keep_open(struct check_keep *keep, const struct args *args, int *status);
/* In the process that reads (cli/shut_in.h), as its third file. */
MUST_USE bool check_keep_put(const struct check_keep *keep, const struct report *report, struct err *err);
/* Keeps it, where the status says that something was found out. Answers the status. */
int check_keep_end(struct check_keep *keep, const struct args *args, int status);
