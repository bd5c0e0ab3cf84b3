/* check_out.h - where a check's findings go: standard output or a file, as CSV, JSON by lines or a workbook. */
#pragma once

#include "cli/command.h"
#include "cli/file.h"
#include "returns/report.h"

enum check_form { CHECK_CSV, CHECK_JSON, CHECK_XLSX };

struct check_out {
	enum check_form form;
	struct file_part file, whole; /* --csv FILE or --xlsx FILE, and --whole FILE: fd -1 where they are not asked for */
	int fd, whole_fd;             /* in the process that reads: where to write; -1: nowhere */
	struct buf text;              /* written, and not gone yet */
	size_t sent, skip;            /* findings that have left; those that have left before */
	bool failed;
};

/* Reads --csv, --json, --xlsx and --whole, and opens the files. False, having said why. */
MUST_USE bool check_out_open(struct check_out *out, const struct args *args, int *status);
/* What was written stays, where the status says that something was done. */
int check_out_close(struct check_out *out, const struct command *command, int status);

/* In the process that reads (cli/shut_in.h), first: where the files are there. */
void check_out_in_place(struct check_out *out);
/* JSON begins and goes on as things are found; the other forms are written at
 * the end. */
void check_out_begin(struct check_out *out, const struct report *report);
void check_out_put(struct check_out *out, const struct report *report, const struct report_finding *one);
/* The rest, and the summary on standard error. */
MUST_USE bool check_out_end(struct check_out *out, const struct report *report, struct err *err);
/* The return cannot be used: JSON that has begun says so too. */
void check_out_refuse(struct check_out *out, const struct err *err);
