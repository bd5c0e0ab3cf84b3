/* proof.h - what the ledger proves to somebody who does not trust this machine.
 *
 * The root of the ledger's tree is signed after each hundredth entry, a minute after an entry, and at
 * the end; the signed notes are stored, and appended to a witness file that somebody else keeps. From
 * then on no entry before them can be changed, dropped or added without the roots telling, even by
 * who holds every key of the server.
 */
#pragma once

#include "store/checkpoint.h"
#include "store/store.h"

/* ---- the tree */
MUST_USE bool store_ledger_size(struct store *store, int64_t *size, struct err *err);
/* ERR_INPUT when the ledger has not so many entries. */
MUST_USE bool store_ledger_root(
	struct store *store, int64_t size, struct merkle_hash *out, struct err *err);
/* Against the checkpoint of `to` entries; 0: the last. ERR_MISSING when there is none. In the
 * arena. */
MUST_USE bool store_prove_entry(struct store *store, struct arena *arena, int64_t entry, int64_t to,
	struct proof_text *out, struct err *err);
MUST_USE bool store_prove_growth(struct store *store, struct arena *arena, int64_t from, int64_t to,
	struct proof_text *out, struct err *err);

/* ---- checkpoints */
/* The name of this ledger, the same for as long as its key is. In the arena. */
str store_origin(const struct store *store, struct arena *arena);
/* From now on this connection signs: with the key in the file, which is made when it is not there.
 * A key that signs for the first time is told in the ledger. */
MUST_USE bool store_sign_with(struct store *store, const char *file, struct err *err);
/* Signs what the ledger is now, when it has grown since the last. */
MUST_USE bool store_checkpoint(struct store *store, bool *made, struct err *err);
/* The last one; size 0: none. */
struct stored_checkpoint {
	int64_t size;
	instant at;
	str note; /* in the arena */
};
MUST_USE bool store_checkpoint_last(
	struct store *store, struct arena *arena, struct stored_checkpoint *out, struct err *err);
/* The keys that ever signed, the latest last. In the arena. */
struct note_keys {
	struct note_key *item;
	size_t n;
};
MUST_USE bool store_note_keys(
	struct store *store, struct arena *arena, struct note_keys *out, struct err *err);

/* ---- the witness: a file of checkpoints, an empty line after each */
struct witness;
/* For reading; ERR_MISSING when it is not there. */
MUST_USE struct witness *witness_open(const char *file, struct err *err);
/* The next checkpoint, borrowed until the next call; false at the end, or with err set when what
 * follows is none. */
bool witness_next(struct witness *witness, struct checkpoint *out, str *note, struct err *err);
void witness_close(struct witness *witness);

/* Is the store what the witness saw last? ERR_BROKEN, loudly, when it was rolled back or rewritten.
 * A witness that saw nothing agrees. */
MUST_USE bool witness_agrees(struct store *store, const char *file, struct err *err);
/* Appends what was signed since the checkpoint of *last entries; below zero: finds out what the file
 * holds. The file is made when it is not there, and is on the disk before this returns. */
MUST_USE bool witness_append(
	struct store *store, const char *file, int64_t *last, struct err *err);
