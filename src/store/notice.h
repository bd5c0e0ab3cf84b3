/* notice.h - what somebody must be told: kept until they have seen it, shown in their inbox.
 *
 * A notice names its subject by number alone. Whether its reader may see the child's name, the row or
 * nothing is asked of `access` when it is shown: a reader of a notice about a child who is no longer
 * theirs is told what happened and no more.
 */
#pragma once

#include "store/store.h"

struct notice {
	int64_t id;     /* given by store_notice_add */
	int64_t person; /* whom it is for; once added, who has it: who covers the child that day */
	str kind;       /* "opening", "handover" ...: a word of its own for each kind */
	int64_t subject; /* 0: about no child */
	int64_t object;  /* what it is about: the opening, the handover; 0 none */
	str detail;      /* a line of words, without a child's name: "Jo Duty opened it: ..." */
	instant at;
	instant seen_at; /* INSTANT_UNKNOWN: not yet */
	int level;       /* read: what the reader may see of the subject now; 0 nothing */
};

struct notices {
	struct notice *item; /* in the arena, latest first */
	size_t n, room;
	int64_t unseen; /* of all of theirs */
};

/* On the writer's connection, in a step of the transaction that is open, or one of its own. `at` is
 * now. The change that it tells of has its own entry in the ledger. */
MUST_USE bool store_notice_add(struct store *store, struct notice *notice, struct err *err);
/* The actor's own, at most `most`. One statement. */
MUST_USE bool store_notice_list(struct store *store, struct arena *arena, const struct actor *actor,
	size_t most, struct notices *out, struct err *err);
/* Only one's own: ERR_MISSING for another's. */
MUST_USE bool store_notice_seen(
	struct store *store, const struct actor *actor, int64_t id, struct err *err);
/* How many the actor has not seen: for the navigation. */
MUST_USE bool store_notice_count(
	struct store *store, const struct actor *actor, int64_t *unseen, struct err *err);
/* How many tell of a way in that somebody else changed before this moment, unseen: NOTICE_WAYS_IN. */
#define NOTICE_WAYS_IN "'factor-reset', 'council-linked', 'council-unlinked'"
bool notice_is_way_in(str kind); /* and "council-claimed", of an invitation code */
MUST_USE bool store_notice_ways(
	struct store *store, int64_t person, int64_t *unseen, struct err *err);
/* What somebody has not seen about a child goes with the child, to who takes it over. */
MUST_USE bool store_notice_move(
	struct store *store, int64_t from, int64_t to, int64_t subject, struct err *err);
