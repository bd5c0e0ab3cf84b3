/* draft.h - what somebody has typed and not yet saved: kept on the server, byte for byte.
 *
 * A draft is no record: it leaves no event and no version, counts for nothing, and is its author's
 * alone. Its number comes from the form (in its address), so that whatever is sent twice of one
 * form is one draft and makes one record: once it has made one, it says which, and takes nothing
 * more. Times come from the caller.
 */
#pragma once

#include "store/store.h"

enum { DRAFT_TYPED_MOST = 1 << 20 };

struct draft {
	int64_t person, key; /* whose, and of which form */
	int64_t subject;
	str type;       /* of the record that it is to be */
	int64_t record; /* that it is to correct; 0: a new one */
	int64_t version; /* of that record, as its author saw it */
	str typed;      /* as a form sends it; empty once it is made */
	int64_t turn;   /* counts how often it was kept: from 1 */
	instant begun_at, kept_at;
	int64_t made;   /* the record that it has become; 0: not yet */
	str number;     /* the council's number for the child; in a list */
};

struct draft_list {
	struct draft *item; /* in the arena */
	size_t n, room;
};

/* ERR_MISSING. One statement. */
MUST_USE bool store_draft_find(struct store *store, struct arena *arena, int64_t person,
	int64_t key, struct draft *out, struct err *err);
/* Those that have made nothing yet, of children whom the actor may still see, latest first; of one
 * child when `subject` is not 0. One statement. */
MUST_USE bool store_draft_list(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t subject, struct draft_list *out, struct err *err);

/* These write: on the writer's connection.
 * Keeps what is typed; draft->turn is what its author last saw (0: nothing was kept yet) and is
 * then one more. ERR_STALE when another window kept it since; ERR_DUPLICATE, with draft->made, when
 * it has made its record already; ERR_FULL when it, or the number of their drafts, is too great. */
MUST_USE bool store_draft_keep(
	struct store *store, struct draft *draft, instant now, struct err *err);
/* It has become `made`: what was typed is in the record now. ERR_DUPLICATE as above. */
MUST_USE bool store_draft_made(
	struct store *store, struct draft *draft, int64_t made, instant now, struct err *err);
/* To whoever takes the child over: every draft of that child that has made nothing yet, also what
 * somebody else has while they cover. */
MUST_USE bool store_draft_move(
	struct store *store, int64_t subject, int64_t from, int64_t to, struct err *err);
/* One draft to somebody else, whose form it is from then on; `home` as in cover. ERR_DUPLICATE: they
 * have one of that form; ERR_STALE: there is none. */
MUST_USE bool store_draft_hand(struct store *store, int64_t from, int64_t key, int64_t to,
	int64_t home, struct err *err);
/* Everybody's of that child that has made nothing yet, in the step that is open: what two people
 * removed for good may stand in any of them. */
MUST_USE bool store_draft_forget(struct store *store, int64_t subject, struct err *err);
/* Throws it away. Nothing happens when there is none, or it has made its record. */
MUST_USE bool store_draft_drop(
	struct store *store, int64_t person, int64_t key, struct err *err);
