/* verify.c - duly verify: is everything still what the ledger says was written? */
#include "cli/command.h"
#include "cli/open.h"

#include <stdio.h>

static int tell(const struct ledger_report *report, const struct err *fault)
{
	printf("%lld ledger entries, %lld versions of records\n", (long long)report->entries,
		(long long)report->records);
	if (report->head.n > 0)
		printf("head %.*s\n", STR_ARGS(report->head));
	if (fault == NULL) {
		printf("Everything is as it was written.\n");
		return EXIT_DONE;
	}
	printf("NOT as it was written: %s\n", fault->text);
	if (report->first_bad > 0)
		printf("The first entry that fails is number %lld.\n", (long long)report->first_bad);
	if (report->bad_records > 0)
		printf("%lld records or events fail.\n", (long long)report->bad_records);
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
	if (store_verify(opened.store, opened.arena, &report, &err))
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
	.usage = "duly verify --data DIR",
	.help = "Recomputes the whole ledger, the digest of every version of every record, and what each\n"
		"entry says was written. Prints how much was checked and the ledger's last hash: write\n"
		"that hash down elsewhere, and a later one can be held against it. Exit status 1 with\n"
		"the first fault when anything was changed, added or removed.",
	.option = { STORE_OPTIONS },
	.run = run,
};
