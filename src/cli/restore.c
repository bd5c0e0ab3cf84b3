/* restore.c - duly restore: a store from the file that duly backup wrote. */
#include "cli/command.h"
#include "cli/open.h"

#include <stdio.h>

static int run(const struct args *args)
{
	struct err err = { 0 };
	const char *dir = args_value(args, "data"), *database = args_value(args, "database");
	if (dir == NULL && database == NULL)
		return command_misused(args->command, "say where to: --data DIR");
	struct arena *arena = arena_open(64 << 20);
	const struct store_options options = { .dir = str_of(dir == NULL ? "duly-data" : dir),
		.database = str_of(database),
		.mode = STORE_CREATE,
		.law = law_open(arena),
		.env = &open_env };
	bool done = store_restore(&options, str_of(args->word[0]), &err);
	arena_close(arena);
	if (!done)
		return command_fail(args->command, &err);
	fprintf(stderr, "%s is restored, and verified.\n", args->word[0]);
	return EXIT_DONE;
}

const struct command command_restore = {
	.name = "restore",
	.summary = "Make a store from a backup",
	.usage = "duly restore FILE --data DIR [--database URL]",
	.help = "Only into an empty place: a store that is there is never overwritten. The file is read\n"
		"whole and its hash checked before anything is written; what was restored is verified\n"
		"against its ledger.",
	.words_min = 1,
	.words_max = 1,
	.option = { STORE_OPTIONS },
	.stores = true,
	.run = run,
};
