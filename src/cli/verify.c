/* verify.c - duly verify: is everything still what the ledger says was written? */
#include "cli/command.h"
#include "cli/open.h"

#include <stdio.h>

/* Exactly what was proved, and what nothing could prove. */
static void tell_proved(const struct ledger_report *report)
{
	printf("No digest covers passwords, sessions or attempts to sign in");
	if (report->imports_bare > 0)
		printf(", nor the counts and coverage of %lld imports by an older duly",
			(long long)report->imports_bare);
	if (report->people_bare > 0)
		printf(", nor the details of %lld people added by an older duly",
			(long long)report->people_bare);
	printf(".\n");
	if (report->other_law)
		printf("The clocks were made under other rules than this duly's, and were not "
		       "compared: start the server once, then verify again.\n");
	if (report->checkpoints > 0 || report->witnessed > 0)
		printf("The ledger's tree has the root %.*s, and grew from all of %lld checkpoints.\n",
			STR_ARGS(report->root), (long long)report->checkpoints);
	if (report->witnessed > 0)
		printf("The witness saw the same ledger %lld times, up to entry %lld.\n",
			(long long)report->witnessed, (long long)report->witnessed_to);
	if (report->expunged > 0)
		printf("%lld expunged: two people removed them, and their digests still prove the rest.\n",
			(long long)report->expunged);
	printf("%lld ledger entries, %lld versions, %lld events, %lld imports, %lld settings and "
	       "%lld people",
		(long long)report->entries, (long long)report->records, (long long)report->events,
		(long long)report->imports, (long long)report->settings, (long long)report->people);
	if (!report->other_law)
		printf(", and the clocks, lists and access of %lld children,",
			(long long)report->children);
	printf(" are as they were written.\n");
}

static int tell(const struct ledger_report *report, const struct err *fault)
{
	if (report->head.n > 0)
		printf("head %.*s\n", STR_ARGS(report->head));
	if (fault == NULL) {
		tell_proved(report);
		return report->other_law ? EXIT_FINDINGS : EXIT_DONE;
	}
	if (report->checkpoints > 0 || report->witnessed > 0)
		printf("The ledger's tree has the root %.*s, and grew from all of %lld checkpoints.\n",
			STR_ARGS(report->root), (long long)report->checkpoints);
	if (report->witnessed > 0)
		printf("The witness saw the same ledger %lld times, up to entry %lld.\n",
			(long long)report->witnessed, (long long)report->witnessed_to);
	printf("%lld ledger entries, %lld versions, %lld events read\n", (long long)report->entries,
		(long long)report->records, (long long)report->events);
	printf("NOT as it was written: %s\n", fault->text);
	if (report->first_bad > 0)
		printf("The first entry that fails is number %lld.\n", (long long)report->first_bad);
	if (report->bad_records > 0)
		printf("%lld records, events or rows fail.\n", (long long)report->bad_records);
	return EXIT_FINDINGS;
}

static int run(const struct args *args)
{
	struct opened opened;
	struct err err = { 0 };
	if (!open_store(args, STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	struct ledger_report report;
	int status;
	if (store_verify_against(
		    opened.store, opened.arena, args_value(args, "witness"), &report, &err))
		status = tell(&report, NULL);
	else if (err.code == ERR_BROKEN)
		status = tell(&report, &err);
	else
		status = command_fail(args->command, &err);
	open_close(&opened);
	return status;
}

const struct command command_verify = {
	.name = "verify",
	.summary = "Check that nothing was changed behind Duly's back",
	.usage = "duly verify --data DIR [--witness FILE]",
	.help = "Recomputes the whole ledger, the digest of every version of every record, and what each\n"
		"entry says was written; makes every clock, list and right to see anew, and compares;\n"
		"holds imports, settings and people against their entries. Prints exactly what was\n"
		"proved and the ledger's last hash. With --witness, holds the ledger against every\n"
		"checkpoint in that file, and so finds a ledger that was made anew with this server's own\n"
		"keys, and an older copy of the store. Exit status 1 with the first fault when anything was changed, added\n"
		"or removed, and when clocks made under other rules could not be compared.",
	.option = {
		{ "witness", "FILE", "the checkpoints that somebody else kept" },
		STORE_OPTIONS,
	},
	.run = run,
};
