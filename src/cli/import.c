/* import.c - duly import: a statutory return, an extract or the people file, into the store. */
#include "base/mem.h"
#include "cli/command.h"
#include "cli/file.h"
#include "cli/files.h"
#include "cli/now.h"
#include "cli/open.h"
#include "identity/account.h"
#include "cli/import_columns.h"
#include "job/import.h"
#include "job/import_packed.h"
#include "job/quality.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHOWN = 20, BAR = 40 };

static const size_t staging_cap = (size_t)4 << 30;

struct import_run {
	const struct args *args;
	struct import_task task;
	struct files files;
	struct staging staging;
	struct import_result result;
	struct arena *arena;
	struct mapping mapping;
	struct buf made; /* by the worker, where it read the files; the staging's texts point into it */
};

static const char *const kinds[IMPORT_KINDS] = { [IMPORT_SSDA903] = "ssda903",
	[IMPORT_CIN] = "cin",
	[IMPORT_PEOPLE] = "people",
	[IMPORT_SSD] = "ssd",
	[IMPORT_ANNEX_A] = "annex-a" };

/* Which one was given, and only one: `--ssd DIR`, or `ssd DIR`. */
static const char *which(const struct args *args, enum import_kind *kind)
{
	const char *path = NULL;
	if (args->words == 1 || (args->words == 2 && !import_kind_find(str_of(args->word[0]), kind)))
		return NULL;
	if (args->words == 2)
		path = args->word[1];
	for (size_t i = 0; i < IMPORT_KINDS; i++) {
		const char *value = args_value(args, kinds[i]);
		if (value == NULL)
			continue;
		if (path != NULL)
			return NULL;
		path = value;
		*kind = (enum import_kind)i;
	}
	return path;
}

static bool is_folder(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool read_files(struct import_run *run, const char *path, struct err *err)
{
	bool folder = run->task.kind == IMPORT_SSDA903 ||
		      (run->task.kind == IMPORT_SSD && is_folder(path));
	bool read = folder ? files_folder(&run->files, path, ".csv", err)
			   : files_one(&run->files, path, err);
	run->task.n = run->files.n;
	struct source *source = arena_take(run->arena, run->files.n, sizeof *source);
	for (size_t i = 0; i < run->files.n; i++)
		source[i] = (struct source){ buf_view(&run->files.item[i].name),
			buf_view(&run->files.item[i].bytes) };
	run->task.source = source;
	return read;
}

static void show_progress(void *to, size_t done, size_t all)
{
	(void)to;
	size_t filled = all == 0 ? BAR : done * BAR / all;
	fprintf(stderr, "\r[%.*s%*s] %zu of %zu children%s", (int)filled,
		"########################################", (int)(BAR - filled), "", done, all,
		done == all ? "\n" : "");
}

static void tell_rejects(const struct import_run *run)
{
	const struct rejects *rejects = &run->staging.rejects;
	bool kept = args_value(run->args, "rejects") != NULL;
	size_t most = kept && rejects->n > SHOWN ? SHOWN : rejects->n;
	struct buf text = { 0 };
	for (size_t i = 0; i < most; i++) {
		buf_reject(&text, &rejects->item[i]);
		buf_char(&text, '\n');
	}
	if (text.n > 0)
		fwrite(text.p, 1, text.n, stderr);
	if (most < rejects->n)
		fprintf(stderr, "and %zu more, in %s\n", rejects->n - most,
			args_value(run->args, "rejects"));
	buf_close(&text);
}

static bool write_rejects(const struct import_run *run, struct err *err)
{
	const char *path = args_value(run->args, "rejects");
	if (path == NULL)
		return true;
	struct buf text = { 0 };
	buf_rejects(&text, &run->staging.rejects);
	bool written = file_write(path, buf_view(&text), err);
	buf_close(&text);
	return written;
}

static void tell_result(const struct import_run *run)
{
	const struct import_result *result = &run->result;
	if (run->staging.known_to != DAY_UNKNOWN) {
		struct buf known_to = { 0 };
		buf_day_words(&known_to, run->staging.known_to);
		printf("Known to %.*s.\n", STR_ARGS(buf_view(&known_to)));
		buf_close(&known_to);
	}
	const char *would = run->task.dry ? "would be " : "";
	if (result->added + result->edited == 0)
		printf("Nothing %s changed.\n", run->task.dry ? "would be" : "was");
	else
		printf("%lld records %sadded, %lld %schanged.\n", (long long)result->added, would,
			(long long)result->edited, would);
	if (result->by_hand > 0)
		printf("%lld records differ from what a person entered, which stays.\n",
			(long long)result->by_hand);
	if (import_has_columns(run->task.kind))
		import_changes_tell(result);
	if (run->task.dry)
		printf("Nothing was imported: this was a dry run.\n");
	printf("%lld children, %lld events, %lld rejected\n", (long long)result->children,
		(long long)result->events, (long long)result->rejected);
}

static bool has_child(const struct staging *staging)
{
	for (size_t i = 0; i < staging->children.n; i++) {
		if (staging->children.item[i].n > 0)
			return true;
	}
	return false;
}

/* Later commands need not be told whose store it is. */
static bool keep_authority(struct opened *opened, struct err *err)
{
	str kept;
	return store_setting(opened->store, opened->arena, S("authority"), &kept, err) &&
	       (kept.n > 0 || store_set(opened->store, &opened->actor, S("authority"),
				      opened->authority, err));
}

/* Another council's children, with numbers that may be those of ours, are not taken for ours. */
static bool is_theirs(const struct import_run *run, str authority, struct err *err)
{
	str said = run->staging.authority;
	return said.n == 0 || authority.n == 0 || str_equal(said, authority) ||
	       err_set(err, ERR_INPUT,
		       "%s: is of authority %.*s, not of %.*s; if it is the right file, say "
		       "--authority %.*s",
		       args_value(run->args, "cin"), STR_ARGS(said), STR_ARGS(authority),
		       STR_ARGS(said));
}

/* The import stands whatever comes of it. */
static void check(struct store *store, const struct import_run *run)
{
	struct err err;
	int64_t findings;
	if (!quality_of_import(store, &run->task, &findings, &err))
		fprintf(stderr, "The files were not checked: %s\n", err.text);
	else if (findings >= 0)
		printf("Checked by the rules of the return: %lld %s kept.\n", (long long)findings,
			findings == 1 ? "finding is" : "findings are");
}

/* What would be changed in the store that is there; without one, all of it is new. */
static bool try_it(struct import_run *run, struct err *err)
{
	struct opened opened;
	if (!open_store(run->args, STORE_READ, NULL, &opened, err))
		return err->code == ERR_MISSING &&
		       err_set(err, ERR_MISSING,
			       "there is no store yet to hold it against: everything would be new");
	run->task.authority = opened.authority.n > 0 ? opened.authority : run->staging.authority;
	bool tried = is_theirs(run, opened.authority, err) &&
		     import_save(opened.store, &run->task, &run->staging, &run->result, err);
	open_close(&opened);
	return tried;
}

static bool save(struct import_run *run, struct err *err)
{
	struct opened opened;
	if (run->task.dry)
		return try_it(run, err);
	if (!is_theirs(run, str_of(args_value(run->args, "authority")), err) ||
		!open_store(run->args, STORE_CREATE, NULL, &opened, err))
		return false;
	if (opened.authority.n == 0)
		opened.authority = opened.actor.authority = run->staging.authority;
	run->task.authority = opened.authority;
	run->task.actor = &opened.actor;
	bool saved = is_theirs(run, opened.authority, err) && open_authority(&opened, err) &&
		     account_may_import(opened.store, &opened.actor, err) &&
		     import_save(opened.store, &run->task, &run->staging, &run->result, err) &&
		     keep_authority(&opened, err) &&
		     import_columns_keep(run->args, &opened, &run->task, err);
	if (saved)
		check(opened.store, run);
	open_close(&opened);
	return saved;
}

/* What comes from outside in a packed form is opened by the confined worker, as an upload is. */
static bool stage(struct import_run *run, struct err *err)
{
	day today = instant_day(now());
	if (!import_has_columns(run->task.kind) || !import_is_packed(run->task.source, run->task.n))
		return import_stage(&run->task, today, &run->staging, err);
	return import_packed(&run->task, today, &run->made, &run->staging, err);
}

static int import(struct import_run *run, const char *path)
{
	struct err err;
	const char *rejects = args_value(run->args, "rejects");
	if ((rejects != NULL && !file_can_write(rejects, &err)) || !read_files(run, path, &err) ||
		!import_columns_read(run->args, run->arena, &run->task, &run->mapping, &err) ||
		!stage(run, &err) ||
		!import_columns_write(run->args, &run->staging, &err))
		return command_fail(run->args->command, &err);
	if (run->staging.notes.n > 0)
		fwrite(run->staging.notes.p, 1, run->staging.notes.n, stderr);
	import_columns_tell(&run->staging);
	if (run->staging.refused.n > 0) {
		err_set(&err, ERR_INPUT, "%.*s", STR_ARGS(run->staging.refused));
		return command_fail(run->args->command, &err);
	}
	bool any = has_child(&run->staging);
	if (any && !save(run, &err))
		return command_fail(run->args->command, &err);
	run->result.rejected = (int64_t)run->staging.rejects.n;
	tell_rejects(run);
	bool written = write_rejects(run, &err);
	tell_result(run);
	if (!written)
		command_fail(run->args->command, &err);
	if (!any)
		return EXIT_NOTHING;
	return written && run->result.rejected == 0 ? EXIT_DONE : EXIT_FINDINGS;
}

static int run(const struct args *args)
{
	struct import_run import_run = { .args = args };
	const char *path = which(args, &import_run.task.kind);
	if (path == NULL)
		return command_misused(
			args->command, "say one of --ssda903 DIR, --cin FILE, --people FILE, "
				       "--ssd DIR|FILE, --annex-a FILE");
	if (args_value(args, "data") == NULL && args_value(args, "database") == NULL)
		return command_misused(
			args->command, "say which store is meant: --data DIR, or --database URL");
	import_run.task.dry = args_flag(args, "dry-run");
	if (isatty(STDERR_FILENO) == 1)
		import_run.task.progress = show_progress;
	import_run.arena = arena_open(staging_cap);
	staging_open(&import_run.staging, import_run.arena);
	int status = import(&import_run, path);
	staging_close(&import_run.staging);
	mapping_close(&import_run.mapping);
	buf_close(&import_run.made);
	files_close(&import_run.files);
	arena_close(import_run.arena);
	return status;
}

const struct command command_import = {
	.name = "import",
	.summary = "a statutory return, an extract or the people file, into the store",
	.usage = "duly import --ssda903 DIR --data DIR [--authority CODE] [--rejects FILE]\n"
		 "duly import --cin FILE    --data DIR [--authority CODE] [--rejects FILE]\n"
		 "duly import --people FILE --data DIR [--authority CODE] [--rejects FILE]\n"
		 "duly import annex-a FILE  --data DIR [--mapping FILE] [--write-mapping FILE] [--dry-run]\n"
		 "duly import ssd DIR|FILE  --data DIR [--mapping FILE] [--write-mapping FILE] [--dry-run]",
	.words_max = 2,
	.help = "All of it or, when a file is torn, hostile or something else, nothing. A row with a\n"
		"fault is left out and told, with file, line, column and value; --rejects FILE gets\n"
		"them as file,line,column,value,reason. The same files twice change nothing, another\n"
		"year's files go on where the last ended, and a child missing from a file loses\n"
		"nothing.\n\n"
		"--ssda903 reads header, episodes, reviews and missing, of one year or of several:\n"
		"*.csv in DIR and one folder down. The year is told from the dates. --people reads\n"
		"child,forename,surname,dob,iro,chair,social_worker,team,sibling_group,restricted,\n"
		"the last yes or no; a blank iro, chair or worker is nobody.\n\n"
		"ssd reads the Standard Safeguarding Dataset: a CSV file a table (ssd_person.csv ...)\n"
		"in DIR, or FILE, a zip file of them or a workbook with a sheet a table; annex-a reads\n"
		"lists 3 to 9 of Ofsted's workbook. Columns are\n"
		"known by name and by other names in use; --write-mapping FILE gets how each was known,\n"
		"as list,column,heading, and --mapping FILE says it for this import and the next ones.\n"
		"What was changed is listed by child; a child or a record that is missing from it is\n"
		"said and loses nothing. --dry-run does all of it but the saving.\n\n"
		"Children whom a real import brings are seen only by a custodian until the people\n"
		"file is in or `duly sign` says that none is restricted. The last line of the answer\n"
		"is \"N children, N events, N rejected\", as the files tell them.",
	.option = {
		{ "ssda903", "DIR", "the return on looked after children" },
		{ "cin", "FILE", "the children in need census" },
		{ "people", "FILE", "names, workers, restrictions" },
		{ "ssd", "DIR|FILE", "the Standard Safeguarding Dataset" },
		{ "annex-a", "FILE", "Ofsted's Annex A, as a workbook (.xlsx)" },
		{ "mapping", "FILE", "which heading is which column" },
		{ "write-mapping", "FILE", "write how each column was known here" },
		{ "as-at", "DATE", "the day on which an extract was taken; else the last that it tells" },
		{ "dry-run", NULL, "say what would be changed, and change nothing" },
		{ "rejects", "FILE", "write the rows not taken here" },
		STORE_OPTIONS,
	},
	.stores = true,
	.run = run,
};
