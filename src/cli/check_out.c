#include "cli/check_out.h"

#include "cli/shut_in.h"
#include "job/report_book.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PUT_AT = 1 << 16 };

/* ---- before anything is read */

static bool open_file(const char *path, struct file_part *out, const struct command *command, int *status)
{
	struct err err;
	out->fd = -1;
	if (path == NULL || strcmp(path, "-") == 0)
		return true;
	if (file_begin(path, out, &err))
		return true;
	*status = command_fail(command, &err);
	return false;
}

bool check_out_open(struct check_out *out, const struct args *args, int *status)
{
	const char *csv = args_value(args, "csv"), *xlsx = args_value(args, "xlsx");
	bool json = args_flag(args, "json");
	*out = (struct check_out){ .file.fd = -1, .whole.fd = -1, .fd = STDOUT_FILENO, .whole_fd = -1 };
	if ((csv != NULL) + (xlsx != NULL) + json > 1) {
		*status = command_misused(args->command, "choose one of --csv, --json and --xlsx");
		return false;
	}
	out->form = json ? CHECK_JSON : xlsx != NULL ? CHECK_XLSX : CHECK_CSV;
	return open_file(xlsx != NULL ? xlsx : csv, &out->file, args->command, status) &&
		open_file(args_value(args, "whole"), &out->whole, args->command, status);
}

int check_out_close(struct check_out *out, const struct command *command, int status)
{
	struct err err;
	bool keep = status != EXIT_NOTHING;
	if (!file_finish(&out->file, keep, &err) || !file_finish(&out->whole, keep, &err))
		status = command_fail(command, &err);
	struct err ignored;
	/* The one after one that failed, if there is one. */
	if (!file_finish(&out->whole, false, &ignored))
		status = EXIT_NOTHING;
	return status;
}

/* ---- in the process that reads */

void check_out_in_place(struct check_out *out)
{
	out->fd = out->file.fd < 0 ? STDOUT_FILENO : SHUT_IN_FIRST;
	out->whole_fd = out->whole.fd < 0 ? -1 : SHUT_IN_FIRST + 1;
}

static void leave(struct check_out *out, size_t unless)
{
	if (out->text.n <= unless)
		return;
	if (!out->failed && !file_put(out->fd, buf_view(&out->text)))
		out->failed = true;
	buf_clear(&out->text);
}

void check_out_begin(struct check_out *out, const struct report *report)
{
	/* A file that is read a second time, in its own letters, has begun. */
	if (out->form == CHECK_JSON && out->skip == 0 && out->text.n == 0)
		report_json_head(&out->text, report);
}

void check_out_put(struct check_out *out, const struct report *report, const struct report_finding *one)
{
	if (out->sent++ < out->skip)
		return;
	report_json(&out->text, report, one);
	leave(out, PUT_AT);
}

static void put_all(struct check_out *out, const struct report *report)
{
	report_csv_head(&out->text);
	for (size_t i = 0; i < report->n; i++) {
		struct report_finding one;
		report_finding(report, i, &one);
		report_csv(&out->text, report, &one, false);
		leave(out, PUT_AT);
	}
}

static bool put_whole(struct check_out *out, const struct report *report)
{
	struct buf text = { 0 };
	if (out->whole_fd < 0)
		return true;
	report_csv_whole(&text, report);
	bool done = file_put(out->whole_fd, buf_view(&text));
	buf_close(&text);
	return done;
}

static void put_summary(const struct report *report)
{
	struct buf words = { 0 };
	report_summary(&words, report);
	if (!file_put(STDERR_FILENO, buf_view(&words)))
		errno = 0; /* there is nobody left to tell */
	buf_close(&words);
}

bool check_out_end(struct check_out *out, const struct report *report, struct err *err)
{
	bool done = true;
	if (out->form == CHECK_JSON)
		report_json_tail(&out->text, report);
	else if (out->form == CHECK_XLSX)
		done = report_book(report, &out->text, err);
	else
		put_all(out, report);
	if (done)
		leave(out, 0);
	buf_close(&out->text);
	if (!done)
		return false;
	if (out->failed || !put_whole(out, report))
		return err_set(err, ERR_IO, "the answer could not be written: %s", strerror(errno));
	put_summary(report);
	return true;
}

void check_out_refuse(struct check_out *out, const struct err *err)
{
	if (out->form == CHECK_JSON) {
		report_json_refused(&out->text, str_of(err->text));
		leave(out, 0);
	}
	buf_close(&out->text);
}
