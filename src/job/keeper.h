/* keeper.h - what a running server does by itself so that its ledger can be proved: a thread.
 *
 * It signs a checkpoint a minute after the ledger has grown, and at the end (each hundredth entry is
 * signed with the entry itself), and appends what was signed to the witness's file. When it starts and
 * each hour it reads the whole ledger through, and keeps what it found (store/entries.h). What it cannot do
 * it says on standard error, loudly and again each hour, and the pages go on being served.
 */
#pragma once

#include "store/writer.h"

struct keeper;

struct keeper_options {
	struct store *store;   /* signs: store_sign_with() */
	struct writer *writer; /* of that store */
	const char *witness;   /* NULL: nobody keeps the checkpoints; lives as long as the keeper */
};
MUST_USE struct keeper *keeper_open(const struct keeper_options *options, struct err *err);
/* Signs and appends what is left, then ends. Before writer_close(). NULL is fine. */
void keeper_close(struct keeper *keeper);
