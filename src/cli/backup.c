/* backup.c - duly backup: a store as one file, while others read and write. */
#include "cli/command.h"
#include "cli/open.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A backup takes the place of an older backup and of nothing else: one slip of the hand, and it
 * would be the store itself, or its key, that is gone. */
static bool may_replace(const char *path, struct err *err)
{
	static const char head[] = "Duly backup";
	char found[sizeof head - 1];
	struct stat info;
	if (stat(path, &info) != 0)
		return true;
	FILE *file = S_ISREG(info.st_mode) ? fopen(path, "rbe") : NULL;
	bool backup = file != NULL && fread(found, 1, sizeof found, file) == sizeof found &&
		      memcmp(found, head, sizeof found) == 0;
	if (file != NULL)
		fclose(file);
	return backup ||
	       err_set(err, ERR_DUPLICATE,
		       "%s is there already and is not a backup: name another file", path);
}

static int run(const struct args *args)
{
	struct opened opened;
	struct err err = { 0 };
	if (!may_replace(args->word[0], &err))
		return command_fail(args->command, &err);
	if (!open_store(args, STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	bool done = store_backup(opened.store, str_of(args->word[0]), &err) &&
		    store_backup_note(opened.store, str_of(args->word[0]), &err);
	open_close(&opened);
	if (!done)
		return command_fail(args->command, &err);
	fprintf(stderr,
		"%s is written, and was read back whole. It holds every record and the store's key: keep it as safely.\n",
		args->word[0]);
	return EXIT_DONE;
}

const struct command command_backup = {
	.name = "backup",
	.summary = "Copy the whole store into one file, while it is in use",
	.usage = "duly backup FILE --data DIR",
	.help = "The file is of one moment, whatever is written meanwhile, and ends with its own "
		"hash: a\n"
		"damaged one is refused by `duly restore`. It can be restored on SQLite and "
		"PostgreSQL,\n"
		"wherever it came from. Passwords stay as their hashes; nobody's session is in it. "
		"A FILE\n"
		"that is there already is replaced only when it is a backup.",
	.words_min = 1,
	.words_max = 1,
	.option = { STORE_OPTIONS },
	.stores = true,
	.run = run,
};
