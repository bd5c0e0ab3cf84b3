/* allocate.h - who works with how many children, and with whom nobody works: for who allocates.
 *
 * Counted and listed are the looked after and those on a plan whom the actor may see now. What is
 * changed is changed as a record, through store_save().
 */
#pragma once

#include "store/store.h"

enum allocate_as { ALLOCATE_IRO, ALLOCATE_CHAIR, ALLOCATE_WORKER };

/* A reviewing officer is counted with looked after children, a chair with those on a plan, a worker
 * with both. One row for nobody: an empty key. */
struct allocate_count {
	str key, name; /* of the first who is so written */
	int64_t children, overdue;
};
struct allocate_counts {
	struct allocate_count *item; /* in the arena; nobody first, then by name */
	size_t n, room;
};
MUST_USE bool store_allocate_counts(struct store *store, struct arena *arena,
	const struct actor *actor, enum allocate_as as, day today, struct allocate_counts *out,
	struct err *err);

struct allocate_child {
	int64_t subject;
	int level;
	str number, forename, surname, team, sibling_group; /* empty names at level 1 */
	bool looked_after, on_plan;
	str holder; /* as written; empty: nobody */
};
struct allocate_children {
	struct allocate_child *item; /* in the arena, by sibling group and name */
	size_t n, room;
	int64_t total;
};
/* Those of one holder; of nobody when `key` is empty. `most` after the first `past`. */
MUST_USE bool store_allocate_children(struct store *store, struct arena *arena,
	const struct actor *actor, enum allocate_as as, str key, int64_t past, int64_t most,
	struct allocate_children *out, struct err *err);

/* Gives these children to somebody: one save, all or nothing. ERR_STALE when one is no longer with
 * `from` (a key), in words for the page; what store_save() says. */
struct allocate {
	const struct actor *actor;
	enum allocate_as as;
	const int64_t *subject;
	size_t n;
	str from, to; /* to: as it is to be written */
	str reason;
};
MUST_USE bool store_allocate(
	struct store *store, struct arena *arena, const struct allocate *allocate, struct err *err);
