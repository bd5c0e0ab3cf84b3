/* policy.c - duly policy: the council's own timescales, as a text in the grammar of the rules. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/open.h"
#include "store/local.h"

#include <stdio.h>

enum { SUBJECTS_A_TURN = 4000 };

static bool read_text(const char *path, struct buf *text, struct err *err)
{
	return file_read(path, LOCAL_TEXT_MOST, text, err);
}

static void tell_items(const struct local_policy *policy)
{
	for (size_t i = 0; i < policy->n; i++) {
		const struct local_item *item = &policy->item[i];
		struct buf line = { 0 };
		buf_local_item(&line, item);
		buf_lit(&line, ", from ");
		buf_day(&line, item->from);
		if (item->to != DAY_UNKNOWN) {
			buf_lit(&line, " to ");
			buf_day(&line, item->to);
		}
		if (item->departure)
			buf_format(&line, "; a departure from guidance, approved by %.*s",
				STR_ARGS(item->approved_by));
		printf("%.*s\n", STR_ARGS(buf_view(&line)));
		buf_close(&line);
	}
	printf("%zu item%s.\n", policy->n, policy->n == 1 ? "" : "s");
}

static void tell_trial(const struct local_trial *trial)
{
	printf("Moves %lld clocks of %lld children, %lld become overdue; %lld new, %lld gone, %lld closed "
	       "ones judged otherwise.\n",
		(long long)trial->moved, (long long)trial->children, (long long)trial->overdue,
		(long long)trial->new_clocks, (long long)trial->gone, (long long)trial->late);
	if (trial->known > 0 || trial->unknown > 0)
		printf("%lld that were unknown are counted, %lld become unknown.\n",
			(long long)trial->known, (long long)trial->unknown);
}

/* A fault in the text is what the check finds: it was done. */
static int run_check(const struct args *args, str text)
{
	struct err err = { 0 };
	struct opened opened = { 0 };
	struct local_trial trial;
	bool stored = args_value(args, "data") != NULL || args_value(args, "database") != NULL;
	struct arena *arena = arena_open(64 << 20);
	const struct law *law = law_open(arena);
	struct local_policy *policy;
	int status = EXIT_DONE;
	if (!local_read(arena, law, text, &policy, &err)) {
		file_blame(args->word[1], &err);
		fprintf(stderr, "duly policy: %s\n", err.text);
		status = EXIT_FINDINGS;
	} else {
		tell_items(policy);
		if (stored) {
			bool done = open_store(args, STORE_READ, NULL, &opened, &err) &&
				open_authority(&opened, &err) &&
				store_local_try(opened.store, opened.arena, &opened.actor, text, &trial, &err);
			if (done)
				tell_trial(&trial);
			else
				status = command_fail(args->command, &err);
			if (opened.arena != NULL)
				open_close(&opened);
		}
	}
	arena_close(arena);
	return status;
}

static bool follow(struct opened *opened, struct err *err)
{
	bool more = true, shown = false;
	while (more) {
		struct local_job job;
		if (!store_local_turn(opened->store, SUBJECTS_A_TURN, &more, err) ||
			!store_local_job(opened->store, opened->arena, opened->authority, &job, err))
			return false;
		if (job.open)
			fprintf(stderr, "\r%lld of %lld children looked at, %lld made anew",
				(long long)job.looked, (long long)job.all, (long long)job.made);
		else if (shown)
			fputc('\n', stderr);
		shown = job.open;
	}
	return true;
}

/* The same file again is no new version, and goes on with what an earlier one left to do. */
static int run_import(const struct args *args, str text)
{
	struct opened opened;
	struct err err = { 0 };
	const struct local_version *last;
	struct local_trial trial;
	int64_t version = 0;
	const char *why = args_value(args, "why");
	if (!open_store(args, STORE_WRITE, NULL, &opened, &err))
		return command_fail(args->command, &err);
	int status = EXIT_DONE;
	bool done = open_authority(&opened, &err) &&
		store_local(opened.store, opened.authority, &last, &err) &&
		store_local_try(opened.store, opened.arena, &opened.actor, text, &trial, &err) &&
		store_local_set(opened.store, &opened.actor, text,
			why == NULL ? S("imported on the command line") : str_of(why), last->version,
			&version, &err);
	if (!done) {
		if (err.code == ERR_INPUT)
			file_blame(args->word[1], &err);
		status = command_fail(args->command, &err);
	} else {
		if (version == last->version)
			printf("The policy is already so: version %lld stands.\n", (long long)version);
		else
			tell_trial(&trial);
		if (!follow(&opened, &err)) {
			command_fail(args->command, &err);
			status = EXIT_FINDINGS; /* the policy is set, and the clocks are yet to follow */
		} else if (version != last->version) {
			printf("Version %lld of the policy of %.*s is in force.\n", (long long)version,
				STR_ARGS(opened.authority));
		}
	}
	open_close(&opened);
	return status;
}

static int run_export(const struct args *args)
{
	struct opened opened;
	struct err err = { 0 };
	const struct local_version *version;
	int64_t wanted;
	if (!args_int(args, "version", 1, INT32_MAX, 0, &wanted, &err) ||
		!open_store(args, STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	int status = EXIT_DONE;
	bool done = open_authority(&opened, &err) &&
		(wanted == 0 ? store_local(opened.store, opened.authority, &version, &err)
			     : store_local_version(opened.store, opened.authority, wanted, &version, &err)) &&
		file_write(args->words > 1 ? args->word[1] : "-", version->policy->text, &err);
	if (!done)
		status = command_fail(args->command, &err);
	open_close(&opened);
	return status;
}

static int run_history(const struct args *args)
{
	struct opened opened;
	struct err err = { 0 };
	struct local_rows rows;
	if (!open_store(args, STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	int status = EXIT_DONE;
	if (!open_authority(&opened, &err) ||
		!store_local_list(opened.store, opened.arena, opened.authority, &rows, &err)) {
		status = command_fail(args->command, &err);
	} else {
		for (size_t i = 0; i < rows.n; i++) {
			struct buf at = { 0 };
			buf_instant_local(&at, rows.item[i].at);
			printf("%lld  %.*s  %.*s  %.*s\n", (long long)rows.item[i].version,
				STR_ARGS(buf_view(&at)),
				STR_ARGS(rows.item[i].who.n > 0 ? rows.item[i].who : S("command line")),
				STR_ARGS(rows.item[i].why));
			buf_close(&at);
		}
		if (rows.n == 0)
			printf("This council has no policy of its own.\n");
	}
	open_close(&opened);
	return status;
}

static int run(const struct args *args)
{
	str act = str_of(args->word[0]);
	bool check = str_equal(act, S("check")), import = str_equal(act, S("import"));
	if (str_equal(act, S("export")))
		return run_export(args);
	if (str_equal(act, S("history")))
		return run_history(args);
	if ((!check && !import) || args->words != 2)
		return command_misused(args->command, "say check FILE, import FILE, export or history");
	struct buf text = { 0 };
	struct err err;
	int status;
	if (!read_text(args->word[1], &text, &err))
		status = command_fail(args->command, &err);
	else
		status = check ? run_check(args, buf_view(&text)) : run_import(args, buf_view(&text));
	buf_close(&text);
	return status;
}

const struct command command_policy = {
	.name = "policy",
	.summary = "the council's own timescales: check, import, export",
	.usage = "duly policy check FILE [--data DIR]\n"
		 "duly policy import FILE --data DIR [--authority CODE] [--why TEXT]\n"
		 "duly policy export [FILE] --data DIR [--authority CODE] [--version N]\n"
		 "duly policy history --data DIR [--authority CODE]",
	.help = "A policy is a list in the grammar of `duly rules`: figures for limits, rules of the\n"
		"council's own, and from which of several days a limit counts. Each item says from when it\n"
		"holds, whose it is and why. Nothing may be later than an Act or a regulation; later than\n"
		"guidance only with who approved it. A file is refused whole, with line and reason.\n\n"
		"check reads it, and with a store says how many clocks it would move. Exit status 1: it is\n"
		"refused. import makes it the next version; the clocks that it touches are made anew, and\n"
		"where that is cut off the same import, or the server, goes on. export gives the text as\n"
		"it was, byte for byte.",
	.words_min = 1,
	.words_max = 2,
	.stores = true,
	.beside = true,
	.option = {
		{ "why", "TEXT", "why the policy is changed, for its history" },
		{ "version", "N", "an earlier version than the last" },
		STORE_OPTIONS,
	},
	.run = run,
};
