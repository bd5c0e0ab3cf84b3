/* return.c - duly return: a statutory return, written from the records and checked. */
#include "base/csv.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/files.h"
#include "cli/open.h"
#include "cli/reference.h"
#include "job/return.h"

#include <stdio.h>

struct returning {
	const struct args *args;
	struct return_asked asked;
	struct files before, last_year;
	struct reference reference;
	struct arena *arena;
};

static const struct source *as_sources(struct arena *arena, const struct files *files)
{
	struct source *source = arena_take(arena, files->n + 1, sizeof *source);
	for (size_t i = 0; i < files->n; i++)
		source[i] = (struct source){ buf_view(&files->item[i].name),
			buf_view(&files->item[i].bytes) };
	return source;
}

/* A folder, or one file. */
static bool read_files(const char *path, struct files *files, struct err *err)
{
	return files_folder(files, path, "", err) ||
		(err->code == ERR_IO && files_one(files, path, err));
}

static bool read_given(struct returning *r, struct err *err)
{
	const char *before = args_value(r->args, "previous"), *last = args_value(r->args, "last-year");
	if ((before != NULL && !read_files(before, &r->before, err)) ||
		(last != NULL && !read_files(last, &r->last_year, err)))
		return false;
	if (before != NULL && r->before.n == 0)
		return err_set(err, ERR_INPUT, "%s holds no file", before);
	r->asked.before = as_sources(r->arena, &r->before);
	r->asked.before_n = r->before.n;
	r->asked.last_year = as_sources(r->arena, &r->last_year);
	r->asked.last_year_n = r->last_year.n;
	r->asked.local_authority = str_of(args_value(r->args, "local-authority"));
	return true;
}

static void put_findings(const struct return_findings *findings, struct buf *out)
{
	struct csv_out csv = { .buf = out, .safe = true };
	buf_lit(out, "rule,table,row,field,child,message\n");
	for (size_t i = 0; i < findings->n; i++) {
		const struct return_finding *one = &findings->item[i];
		csv_put(&csv, one->rule);
		csv_put(&csv, one->table);
		if (one->row >= 0)
			csv_put_int(&csv, one->row);
		else
			csv_put(&csv, (str){ 0 });
		csv_put(&csv, one->field);
		csv_put(&csv, one->child);
		csv_put(&csv, one->message);
		csv_put_end(&csv);
	}
}

/* By rule, in the order in which they stand: those of one rule stand together. */
static void tell_findings(const struct return_findings *findings)
{
	for (size_t i = 0, n; i < findings->n; i += n) {
		const struct return_finding *one = &findings->item[i];
		for (n = 1; i + n < findings->n &&
			    str_equal(findings->item[i + n].rule, one->rule);)
			n++;
		fprintf(stderr, "%-10.*s %7zu  %.*s\n", STR_ARGS(one->rule), n,
			STR_ARGS(one->message));
	}
	for (size_t i = 0; i < findings->unasked.n; i++) {
		const struct return_unasked *one = &findings->unasked.item[i];
		fprintf(stderr, "%-10.*s not run  %.*s\n", STR_ARGS(one->rule),
			STR_ARGS(one->why));
	}
}

static bool write_findings(const struct args *args, const struct return_result *result,
	struct err *err)
{
	const char *path = args_value(args, "findings");
	struct buf text = { 0 };
	if (path == NULL)
		return true;
	put_findings(&result->findings, &text);
	bool written = file_write(path, buf_view(&text), err);
	buf_close(&text);
	return written;
}

/* As CSV where the file's name says so, else in words; in words too on standard output. */
static bool write_differences(const struct args *args, const struct return_result *result,
	struct err *err)
{
	const char *path = args_value(args, "differences");
	struct buf text = { 0 };
	if (result->differ == NULL)
		return true;
	if (path != NULL && str_ends(str_of(path), S(".csv")))
		differ_csv(result->differ, &text);
	else
		differ_text(result->differ, &text);
	bool written = file_write(path == NULL ? "-" : path, buf_view(&text), err);
	buf_close(&text);
	return written;
}

static int tell(const struct returning *r, const struct return_result *result)
{
	struct err err;
	printf("%s: %lld children, %lld rows, %zu findings\n", r->asked.out,
		(long long)result->children, (long long)result->rows, result->findings.n);
	if (result->explained > 0)
		printf("%zu findings are explained: the reasons are in " RETURN_EXPLANATIONS "\n",
			result->explained);
	tell_findings(&result->findings);
	fprintf(stderr, "%.*s", STR_ARGS(result->notes));
	if (!write_findings(r->args, result, &err) || !write_differences(r->args, result, &err)) {
		command_fail(r->args->command, &err);
		return EXIT_FINDINGS;
	}
	return result->findings.n > 0 ? EXIT_FINDINGS : EXIT_DONE;
}

static bool can_write(const struct args *args, struct err *err)
{
	static const char *const option[] = { "findings", "differences" };
	for (size_t i = 0; i < sizeof option / sizeof *option; i++) {
		const char *path = args_value(args, option[i]);
		if (path != NULL && !file_can_write(path, err))
			return false;
	}
	return true;
}

static bool write_return(struct returning *r, struct return_result *result, struct err *err)
{
	struct opened opened;
	if (!open_store(r->args, STORE_WRITE, NULL, &opened, err))
		return false;
	r->asked.authority = opened.authority;
	r->asked.actor = &opened.actor;
	bool done = open_authority(&opened, err) &&
		store_authority_is(opened.store, opened.arena, opened.authority, err) &&
		return_write(opened.store, &r->asked, result, err);
	open_close(&opened);
	return done;
}

/* Only the check of the SSDA903 asks where places are, and of whom. */
static bool read_reference(struct returning *r, int *status)
{
	struct err err;
	bool given = args_value(r->args, "postcodes") != NULL || args_value(r->args, "providers") != NULL;
	if (given && !str_equal(r->asked.kind->name, S("ssda903"))) {
		*status = command_misused(r->args->command, "--postcodes and --providers are for ssda903");
		return false;
	}
	if (!reference_open(&r->reference, r->args, &err)) {
		*status = command_fail(r->args->command, &err);
		return false;
	}
	*status = EXIT_NOTHING;
	if (!reference_fetch(&r->reference, r->arena))
		return false;
	r->asked.postcodes = r->reference.has_postcodes ? &r->reference.postcodes : NULL;
	r->asked.providers = r->reference.has_providers ? &r->reference.providers : NULL;
	return true;
}

static int run_return(struct returning *r)
{
	struct return_result result;
	struct err err = { 0 };
	int status;
	if (!r->asked.kind->period(str_of(args_value(r->args, "period")), &r->asked.period, &err) ||
		!can_write(r->args, &err) || !read_given(r, &err))
		return command_fail(r->args->command, &err);
	if (!read_reference(r, &status))
		return status;
	if (!write_return(r, &result, &err))
		return command_fail(r->args->command, &err);
	status = tell(r, &result);
	if (!reference_is_whole(&r->reference, &err))
		status = (command_fail(r->args->command, &err), EXIT_FINDINGS);
	return_result_close(&result);
	return status;
}

static int run(const struct args *args)
{
	struct returning r = { .args = args,
		.asked = { .kind = return_kind_find(str_of(args->word[0])),
			.out = args_value(args, "out") } };
	if (r.asked.kind == NULL)
		return command_misused(args->command, "there is no return \"%s\"", args->word[0]);
	if (args_value(args, "period") == NULL)
		return command_misused(
			args->command, "say of when: --period %s", r.asked.kind->like);
	if (r.asked.out == NULL)
		return command_misused(args->command, "say where to: --out DIR");
	if (args_value(args, "data") == NULL && args_value(args, "database") == NULL)
		return command_misused(
			args->command, "say which store is meant: --data DIR, or --database URL");
	r.arena = arena_open(256 << 20);
	int status = run_return(&r);
	files_close(&r.before);
	files_close(&r.last_year);
	reference_close(&r.reference);
	arena_close(r.arena);
	return status;
}

const struct command command_return = {
	.name = "return",
	.summary = "write a statutory return from the records, and check it",
	.usage = "duly return ssda903|cin|annex-a --period PERIOD --out DIR --data DIR [--authority CODE]\n"
		 "    [--previous DIR [--differences FILE]] [--findings FILE] [--last-year DIR]\n"
		 "    [--local-authority CODE] [--postcodes FILE] [--providers FILE]",
	.help = "The files of the return, from Duly's own records, into a folder that is not there yet:\n"
		"all of them or none. The same records give the same bytes. What comes after the end\n"
		"of the period is not told.\n\n"
		"Before the folder is handed over it is held against the published rules, as `duly\n"
		"check` does: a summary by rule goes to standard error, each finding to --findings.\n"
		"Rules that need last year's files, the council's code, postcodes or Ofsted's list are\n"
		"asked when these are given, and are told as not run when they are not.\n\n"
		"--previous is the return that was sent last: what differs, by table and by child, goes\n"
		"to standard output, or to --differences (as CSV where its name ends in .csv).\n\n"
		"Exit status: 0 without a finding, 1 written with findings, 2 nothing written. Writing\n"
		"a return leaves an entry in the ledger, with a digest of its files.",
	.words_min = 1,
	.words_max = 1,
	.option = {
		{ "period", "PERIOD", "the year of the return: 2025-26; of annex-a a day: 2026-11-22" },
		{ "out", "DIR", "where its files go: a folder that is not there yet" },
		{ "previous", "DIR", "the return that was sent last, to be held against this one" },
		{ "differences", "FILE", "where what differs goes, instead of standard output" },
		{ "findings", "FILE", "write what the check finds here, as CSV" },
		{ "last-year", "DIR", "ssda903: last year's files, for the rules that need them" },
		{ "local-authority", "CODE", "ssda903: E08000025, for the rules that need it" },
		{ "postcodes", "FILE", "ssda903: where postcodes lie, as duly check takes them" },
		{ "providers", "FILE", "ssda903: Ofsted's list of homes, schools and agencies: .xlsx or .csv" },
		STORE_OPTIONS,
	},
	.stores = true,
	.run = run,
};
