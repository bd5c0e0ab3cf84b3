/* prove.c - duly prove: a proof about the ledger that anybody can check, and checking one. */
#include "cli/command.h"
#include "cli/file.h"
#include "cli/open.h"
#include "store/entries.h"
#include "store/proof.h"

#include <stdio.h>

enum { PROOF_MOST = 1 << 20 };

/* By its number, or by what stands for it on the page of the ledger. */
static bool entry_given(
	const struct args *args, struct opened *opened, int64_t *entry, struct err *err)
{
	const char *given = args_value(args, "entry");
	*entry = given == NULL ? 0 : store_entry_number(opened->store, str_of(given));
	return *entry > 0 || args_int(args, "entry", 1, INT64_MAX, 0, entry, err);
}

static bool make(const struct args *args, struct opened *opened, struct proof_text *out,
	struct err *err)
{
	int64_t entry, from, to;
	if (!entry_given(args, opened, &entry, err) ||
		!args_int(args, "from", 0, INT64_MAX, -1, &from, err) ||
		!args_int(args, "to", 1, INT64_MAX, 0, &to, err))
		return false;
	if ((entry == 0) == (from < 0))
		return err_set(err, ERR_INPUT, "say what is to be proved: --entry N, or --from SIZE");
	return entry > 0 ? store_prove_entry(opened->store, opened->arena, entry, to, out, err)
			 : store_prove_growth(opened->store, opened->arena, from, to, out, err);
}

static bool print_made(const struct args *args, struct err *err)
{
	struct opened opened;
	struct proof_text proof;
	struct buf text = { 0 };
	if (!open_store(args, STORE_READ, NULL, &opened, err))
		return false;
	bool done = make(args, &opened, &proof, err);
	if (done) {
		buf_proof(&text, &proof);
		printf("%.*s", STR_ARGS(buf_view(&text)));
	}
	buf_close(&text);
	open_close(&opened);
	return done;
}

/* ---- checking */

static bool keys_given(
	const struct args *args, struct arena *arena, struct note_keys *keys, struct err *err)
{
	const char *key = args_value(args, "key");
	if (key != NULL) {
		keys->item = arena_new(arena, struct note_key);
		keys->n = 1;
		return note_key_read(str_of(key), keys->item, err);
	}
	struct opened opened;
	if (args_value(args, "data") == NULL && args_value(args, "database") == NULL)
		return err_set(err, ERR_INPUT, "say whose signature counts: --key KEY, or --data DIR");
	if (!open_store(args, STORE_READ, NULL, &opened, err))
		return false;
	bool done = store_note_keys(opened.store, arena, keys, err);
	open_close(&opened);
	return done;
}

static void tell(const struct proof_text *proof)
{
	struct checkpoint checkpoint;
	must(checkpoint_read(proof->note, &checkpoint, NULL));
	if (proof->growth)
		printf("The first %lld of %lld entries are what they were.\n", (long long)proof->from,
			(long long)proof->to);
	else
		printf("Entry %lld is one of the %lld that were signed.\n", (long long)proof->entry,
			(long long)checkpoint.size);
}

static bool check(const struct args *args, struct arena *arena, str text, struct err *err)
{
	struct proof_text proof;
	struct note_keys keys = { 0 };
	if (!keys_given(args, arena, &keys, err) || !proof_read(arena, text, &proof, err))
		return false;
	bool ours = false;
	for (size_t i = 0; i < keys.n; i++)
		ours = ours || note_signed_by(proof.note, &keys.item[i]);
	if (!ours)
		return err_set(err, ERR_BROKEN, "the checkpoint is not signed by that key");
	if (!proof_holds(&proof, err))
		return false;
	tell(&proof);
	return true;
}

static int run_check(const struct args *args)
{
	struct buf text = { 0 };
	struct err err = { 0 };
	struct arena *arena = arena_open(4 << 20);
	bool holds = file_read(args_value(args, "check"), PROOF_MOST, &text, &err) &&
		     check(args, arena, buf_view(&text), &err);
	int status = EXIT_DONE;
	if (!holds && err.code == ERR_BROKEN) {
		printf("The proof does NOT hold: %s.\n", err.text);
		status = EXIT_FINDINGS;
	} else if (!holds) {
		status = command_fail(args->command, &err);
	}
	arena_close(arena);
	buf_close(&text);
	return status;
}

static int run(const struct args *args)
{
	struct err err = { 0 };
	if (args_value(args, "check") != NULL)
		return run_check(args);
	return print_made(args, &err) ? EXIT_DONE : command_fail(args->command, &err);
}

const struct command command_prove = {
	.name = "prove",
	.summary = "Prove an entry of the ledger, or that the ledger only grew",
	.usage = "duly prove --data DIR --entry N [--to SIZE]\n"
		 "       duly prove --data DIR --from SIZE [--to SIZE]\n"
		 "       duly prove --check FILE [--key KEY | --data DIR]",
	.help = "Prints a proof as text (RFC 9162): that entry N is in the signed tree, or that the tree of\n"
		"--from entries begins the later one. It is held against the last checkpoint, or that of\n"
		"--to entries. Whoever has the proof and the public key (`duly checkpoint --keys`) can check\n"
		"it without this store, with --check or with a program of their own; an entry holds\n"
		"numbers, acts and digests, and no content of a record.",
	.option = {
		{ "entry", "N", "the number of the entry, or its reference on the ledger's page" },
		{ "from", "SIZE", "the entries that the earlier tree has" },
		{ "to", "SIZE", "the entries that the checkpoint has; the last when not given" },
		{ "check", "FILE", "check the proof in this file; - for standard input" },
		{ "key", "KEY", "whose signature counts: NAME+HASH+BASE64" },
		STORE_OPTIONS,
	},
	.run = run,
};
