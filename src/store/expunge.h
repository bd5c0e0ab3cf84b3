/* expunge.h - removing for good what should never have been written down: two people, one tombstone.
 *
 * One person proposes to remove a version of a record, says why and who received it; another removes
 * it, or declines. What goes is the content of that version, of the record's drafts and of the events
 * that the version alone left; the numbers, the times and who wrote it stay, with the digest, so that
 * the ledger still proves the rest. What a record says now is not removed: it is corrected or withdrawn
 * first. Backups that were made before still hold it.
 */
#pragma once

#include "store/store.h"

struct expunge {
	int64_t id;
	str type; /* of record: its name */
	int64_t record, version, subject;
	str authority;
	str reason, receivers; /* why; who received what was wrong */
	int64_t proposer;
	str proposer_name;
	instant proposed_at;
	str outcome; /* empty: nobody has decided; "removed"; "declined" */
	str ender_name;
	instant ended_at;
};
struct expunges {
	struct expunge *item; /* in the arena, the latest first */
	size_t n, room;
};

/* ERR_DENIED, ERR_MISSING (no such version here, or none that may be seen), ERR_STALE (the record
 * says so now: correct or withdraw it first), ERR_DUPLICATE (proposed already, or gone), ERR_INPUT.
 * Reads id, record, version, subject, reason and receivers; fills id. */
MUST_USE bool store_expunge_propose(
	struct store *store, const struct actor *actor, struct expunge *ask, struct err *err);
/* ERR_DENIED for who proposed it; ERR_STALE when somebody decided first. */
MUST_USE bool store_expunge_end(struct store *store, const struct actor *actor, int64_t id,
	bool remove, struct err *err);

MUST_USE bool store_expunge_list(struct store *store, struct arena *arena, str authority,
	struct expunges *out, struct err *err);
/* ERR_MISSING. */
MUST_USE bool store_expunge_find(
	struct store *store, struct arena *arena, int64_t id, struct expunge *out, struct err *err);

/* Who saw the child's record while it said so, or took it away in a file: from the ledger. */
struct expunge_look {
	int64_t seq;
	instant at;
	str name, act;
	bool file; /* taken away */
};
struct expunge_looks {
	struct expunge_look *item; /* in the arena, the latest first; at most 200 */
	size_t n, room;
};
MUST_USE bool store_expunge_looks(struct store *store, struct arena *arena,
	const struct expunge *expunge, struct expunge_looks *out, struct err *err);
