/* checkpoint.c - duly checkpoint: sign what the ledger is now, for somebody else to keep. */
#include "cli/command.h"
#include "cli/open.h"
#include "store/proof.h"

#include <stdio.h>

static int keys(const struct args *args, struct opened *opened, struct err *err)
{
	struct note_keys found;
	if (!store_note_keys(opened->store, opened->arena, &found, err))
		return command_fail(args->command, err);
	for (size_t i = 0; i < found.n; i++) {
		struct buf text = { 0 };
		buf_note_key(&text, &found.item[i]);
		printf("%.*s\n", STR_ARGS(buf_view(&text)));
		buf_close(&text);
	}
	return EXIT_DONE;
}

static int run_keys(const struct args *args)
{
	struct opened opened;
	struct err err = { 0 };
	if (!open_store(args, STORE_READ, NULL, &opened, &err))
		return command_fail(args->command, &err);
	int status = keys(args, &opened, &err);
	open_close(&opened);
	return status;
}

static bool sign_now(const struct args *args, struct opened *opened, struct err *err)
{
	struct stored_checkpoint last;
	const char *witness = args_value(args, "witness");
	bool made;
	int64_t known = -1;
	if ((witness != NULL && !witness_agrees(opened->store, witness, err)) ||
		!open_signing(args, opened, err) || !store_checkpoint(opened->store, &made, err) ||
		(witness != NULL && !witness_append(opened->store, witness, &known, err)) ||
		!store_checkpoint_last(opened->store, opened->arena, &last, err))
		return false;
	printf("%.*s", STR_ARGS(last.note));
	return true;
}

static int run(const struct args *args)
{
	struct opened opened;
	struct err err = { 0 };
	if (args_flag(args, "keys"))
		return run_keys(args);
	if (!open_store(args, STORE_WRITE, NULL, &opened, &err))
		return command_fail(args->command, &err);
	int status = EXIT_DONE;
	if (!sign_now(args, &opened, &err)) {
		status = command_fail(args->command, &err);
		if (err.code == ERR_BROKEN)
			status = EXIT_FINDINGS;
	}
	open_close(&opened);
	return status;
}

const struct command command_checkpoint = {
	.name = "checkpoint",
	.summary = "Sign what the ledger is now, for a witness to keep",
	.usage = "duly checkpoint --data DIR [--witness FILE] [--signing-key FILE]\n"
		 "       duly checkpoint --data DIR --keys",
	.help = "Signs the number of the ledger's entries and the root of its tree, and prints the signed\n"
		"note (C2SP tlog-checkpoint); a server does so by itself, every hundred entries, a minute\n"
		"after an entry and when it ends. --witness appends it to a file: keep that file, or copies\n"
		"of it, where nobody who runs this server can write. `duly verify --witness FILE` then finds\n"
		"a ledger that was rewritten, even with this server's own keys, and an older copy in its\n"
		"place; with such a store nothing is signed, and the exit status is 1. --keys prints the\n"
		"public keys, the latest last: give them to whoever checks.",
	.stores = true,
	.beside = true,
	.option = {
		{ "witness", "FILE", "append to this file of checkpoints" },
		{ "signing-key", "FILE", "the key that signs; DIR/checkpoint.key when not given" },
		{ "keys", NULL, "print the public keys, and sign nothing" },
		STORE_OPTIONS,
	},
	.run = run,
};
