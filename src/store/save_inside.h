/* save_inside.h - what the files of save share: a save on its way, and a step for each change. */
#pragma once

#include "store/inside.h"

/* A change on its way: with what is stored, and what will be. */
struct step {
	struct change *change;
	const struct type_sql *sql;
	struct row old, new;
	int64_t subject;
	bool skip; /* nothing to write */
};

struct saving {
	struct store *store;
	struct save *save;
	struct step *step;
	struct tally own, *tally;
	struct subjects touched_own, *touched;
	instant now;
	str source;
	int64_t import;
	bool by_hand;
};

/* ---- save_matter.c */
/* A new one gets its reference, which is its key, and keeps it. */
MUST_USE bool save_matter_name(struct saving *s, struct step *step, struct err *err);
/* May they write that, of change `at`? */
MUST_USE bool save_matter_may(struct saving *s, size_t at, struct err *err);
/* Adds what speaks against it. False where the store does not answer. */
MUST_USE bool save_matter_check(
	struct saving *s, const struct step *step, struct problems *out, struct err *err);

/* ---- save_write.c */
/* Writes every step that is not skipped, and notes in `touched` whose clocks follow. */
MUST_USE bool save_write(struct saving *s, struct err *err);
