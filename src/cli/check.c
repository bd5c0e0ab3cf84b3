/* check.c - duly check: a statutory return held against its published rules. */
#include "base/text.h"
#include "cli/check_cin.h"
#include "cli/check_keep.h"
#include "cli/check_out.h"
#include "cli/files.h"
#include "cli/reference.h"
#include "cli/shut_in.h"

#include <stdio.h>

/* "2025-26" is the year that closes on 31 March 2026. */
static bool read_collection(const char *text, int *year, struct err *err)
{
	str s = str_of(text);
	int64_t first, last;
	if (s.n != 7 || s.p[4] != '-' || !str_int(str_upto(s, 4), &first) || !str_int(str_from(s, 5), &last) ||
		(first + 1) % 100 != last)
		return err_set(err, ERR_INPUT, "write the collection year like 2025-26");
	*year = (int)first + 1;
	return check_year_known(*year, err);
}

struct checking {
	const struct args *args;
	struct arena *arena;
	struct check_out out;
	struct check_keep keep;
	struct check_asked asked;
	struct files this_year, last_year;
	struct reference reference;
	struct return_rows rows;
	struct check_result result;
};

/* ---- before: everything is opened, and nothing read */

/* Without any, no rule could find fault. */
static bool open_folder(struct files *files, const char *path, struct err *err)
{
	files->mapped = true;
	return files_folder(files, path, ".csv", err) &&
		(files->n > 0 || err_set(err, ERR_INPUT, "%s holds no .csv file", path));
}

static bool open_files(struct checking *c, struct err *err)
{
	const char *previous = args_value(c->args, "previous");
	c->asked.authority = str_of(args_value(c->args, "local-authority"));
	return read_collection(args_value(c->args, "collection"), &c->asked.year, err) &&
		open_folder(&c->this_year, c->args->word[1], err) &&
		(previous == NULL || open_folder(&c->last_year, previous, err)) &&
		reference_open(&c->reference, c->args, err);
}

/* ---- in the process that reads */

/* As UTF-8. */
static bool read_files(struct checking *c, const struct files *files, struct source_file **out, struct err *err)
{
	*out = arena_take(c->arena, files->n + 1, sizeof **out);
	for (size_t i = 0; i < files->n; i++) {
		enum text_encoding encoding;
		(*out)[i].path = buf_view(&files->item[i].name);
		if (!text_decode(files_bytes(&files->item[i]), c->arena, &(*out)[i].text, &encoding, err)) {
			file_blame(arena_text(c->arena, (*out)[i].path), err);
			return false;
		}
	}
	return true;
}

static void take_findings(void *to, const struct finding *item, size_t n)
{
	struct checking *c = to;
	struct report report;
	report_of_ssda903(&report, &c->rows, &c->asked, &c->result);
	for (size_t i = 0; i < n; i++) {
		struct report_finding one;
		report_finding_ssda903(&c->rows, &item[i], &one);
		check_out_put(&c->out, &report, &one);
	}
}

static bool check_all(struct checking *c, struct err *err)
{
	struct source_file *now = NULL, *before = NULL;
	struct report report;
	if (!read_files(c, &c->this_year, &now, err) || !read_files(c, &c->last_year, &before, err) ||
		!reference_read(&c->reference, c->arena, err) ||
		!rows_read(c->arena, now, c->this_year.n, before, c->last_year.n, &c->rows, err))
		return false;
	c->asked.postcodes = c->reference.has_postcodes ? &c->reference.postcodes : NULL;
	c->asked.providers = c->reference.has_providers ? &c->reference.providers : NULL;
	report_of_ssda903(&report, &c->rows, &c->asked, &c->result);
	check_out_begin(&c->out, &report);
	check_run(c->arena, &c->rows, &c->asked, &c->result);
	if (!reference_is_whole(&c->reference, err))
		return false;
	report_of_ssda903(&report, &c->rows, &c->asked, &c->result);
	return check_keep_put(&c->keep, &report, err) && check_out_end(&c->out, &report, err);
}

static int check_shut_in(void *own)
{
	struct checking *c = own;
	struct err err;
	int status = EXIT_NOTHING;
	c->arena = arena_open((size_t)16 << 30);
	check_out_in_place(&c->out);
	if (c->out.form == CHECK_JSON)
		c->asked.sink = (struct finding_sink){ take_findings, c };
	if (check_all(c, &err)) {
		status = c->result.found + c->rows.remarks.all > 0 ? EXIT_FINDINGS : EXIT_DONE;
	} else {
		check_out_refuse(&c->out, &err);
		command_fail(c->args->command, &err);
	}
	check_result_close(&c->result);
	arena_close(c->arena);
	return status;
}

/* ---- the command */

static int run_ssda903(const struct args *args)
{
	struct checking c = { .args = args };
	struct err err;
	int status = EXIT_NOTHING;
	if (!check_keep_open(&c.keep, args, &status))
		return status;
	if (check_out_open(&c.out, args, &status)) {
		struct shut_in files = { -1, { c.out.file.fd, c.out.whole.fd, c.keep.fd } };
		if (open_files(&c, &err))
			status = shut_in_run(args->command, &files, check_shut_in, &c);
		else
			command_fail(args->command, &err);
		status = check_keep_end(&c.keep, args, status);
	}
	status = check_out_close(&c.out, args->command, status);
	files_close(&c.this_year);
	files_close(&c.last_year);
	reference_close(&c.reference);
	return status;
}

/* One line each: the code, the years, the message. */
static int tell_rules(bool cin)
{
	struct report report;
	if (cin)
		report_of_rules_cin(&report);
	else
		report_of_rules_ssda903(&report);
	for (size_t i = 0; i < report.rules; i++) {
		struct report_rule rule;
		report_rule(&report, i, &rule);
		printf("%-10.*s %d-%.0d  %.*s\n", STR_ARGS(rule.code), rule.first, rule.last,
			STR_ARGS(rule.message));
	}
	return EXIT_DONE;
}

/* An option of the other return would be passed over without a word. */
static const char *misplaced(const struct args *args, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (args_value(args, names[i]) != NULL)
			return names[i];
	}
	return NULL;
}

/* The census says its own year. */
static int run_cin(const struct args *args)
{
	int year = 0;
	struct err err;
	static const char *const others[] = { "previous", "postcodes", "providers", "local-authority" };
	const char *other = misplaced(args, others, sizeof others / sizeof *others);
	const char *collection = args_value(args, "collection");
	if (args->words != 2)
		return command_misused(args->command, "say cin, and the file of the census");
	if (other != NULL)
		return command_misused(args->command, "--%s is for ssda903, not for cin", other);
	if (collection != NULL && !read_collection(collection, &year, &err))
		return command_fail(args->command, &err);
	return check_cin(args, year);
}

static int run(const struct args *args)
{
	if (args->words > 0 && str_equal(str_of(args->word[0]), S("rules")))
		return tell_rules(args->words > 1 && str_equal(str_of(args->word[1]), S("cin")));
	if (args->words > 0 && str_equal(str_of(args->word[0]), S("cin")))
		return run_cin(args);
	if (args->words != 2 || args_value(args, "collection") == NULL ||
		!str_equal(str_of(args->word[0]), S("ssda903")))
		return command_misused(args->command, "say ssda903, the folder, and --collection 2025-26; or cin, and the file");
	if (args_value(args, "whole") != NULL)
		return command_misused(args->command, "--whole is for cin, not for ssda903");
	return run_ssda903(args);
}

const struct command command_check = {
	.name = "check",
	.summary = "hold a statutory return against its published rules",
	.usage = "duly check ssda903 DIR --collection 2025-26 [--previous DIR] [--postcodes FILE]\n"
		 "    [--providers FILE] [--local-authority CODE] [--csv [FILE] | --json | --xlsx FILE]\n"
		 "duly check cin FILE.xml [--collection 2025-26] [--csv [FILE] | --json | --xlsx FILE] [--whole FILE]\n"
		 "    either with --keep --data DIR [--authority CODE]\n"
		 "duly check rules [cin]",
	.help = "Findings are a CSV of rule, table, row (data rows from 0 in their file; of the census a module's\n"
		"place among its like), field and child; a summary by rule goes to standard error. With --json each\n"
		"finding is a line of JSON that leaves as it is found, and what was not run, and why, follows. The\n"
		"files are read in a process that can open no other file, no network and no program. Nothing is stored;\n"
		"with --keep what was found stands on the store's page of data quality, and counts there over time.",
	.words_max = 2,
	.option = {
		{ "collection", "YEAR", "the year of the return: 2025-26" },
		{ "previous", "DIR", "last year's files" },
		{ "postcodes", "FILE", "where postcodes lie: a CSV, or what duly postcodes build made of it" },
		{ "providers", "FILE", "Ofsted's list of homes, schools and agencies: .xlsx or .csv" },
		{ "local-authority", "CODE", "E08000025" },
		{ "csv", "FILE", "findings as CSV, as without it; FILE: there, instead of standard output", .bare = true },
		{ "json", NULL, "findings as JSON, an object a line (docs/returns.md)" },
		{ "xlsx", "FILE", "findings, summary and rules not run as a workbook" },
		{ "whole", "FILE", "cin: where findings with the whole return go, which lie in no row" },
		{ "keep", NULL, "keep what was found in a store, for its page of data quality" },
		STORE_OPTIONS,
	},
	.run = run,
};
