/* cover.h - leave, sickness, leaving: who stands in for whom, and who takes over.
 *
 * An arrangement is proposed by the person who will be away or by who may allocate children, and
 * answered by each receiver, child by child or all at once. Leave and sickness give the receiver
 * sight of the child for those days (RELATION_COVER), and the child stays the absent person's;
 * leaving changes the child's allocation when the receiver accepts. Until then nothing moves, so no
 * child ever stands with nobody. An arrangement is about the children of one council: whoever serves
 * two has one for each, proposed together. An IRO's independence is an absolute bar (Care Planning
 * Regulations 2010, regulation 46(3)): a child's own social worker can never stand in as IRO.
 */
#pragma once

#include "store/store.h"

enum cover_reason { COVER_LEAVE, COVER_SICKNESS, COVER_LEAVING };
enum cover_state {
	COVER_PROPOSED,
	COVER_ACCEPTED,
	COVER_REFUSED,
	COVER_WITHDRAWN, /* before it was answered */
	COVER_ENDED,     /* after it was accepted */
};

/* ---- changing: on the writer's connection, each a step with an entry in the ledger */

struct cover_proposal {
	int64_t away;
	enum cover_reason reason;
	day first, last; /* last: DAY_UNKNOWN for leaving */
	int64_t receiver;
	const int64_t *subject; /* those picked; n 0: all that stand with them and wait for nobody */
	size_t n;
	str note; /* what to know first: required for leaving */
};
/* One arrangement a council, each with its entry; *cover is the first of them, which is the one about
 * the council whose code comes first. Of somebody else's children those that the actor sees at all.
 * ERR_INPUT with problems; ERR_MISSING; ERR_DENIED. */
MUST_USE bool store_cover_propose(struct store *store, struct arena *arena,
	const struct actor *actor, const struct cover_proposal *proposal, int64_t *cover,
	struct problems *problems, struct err *err);

struct cover_answer {
	int64_t cover;
	const int64_t *subject; /* n 0: all that wait for the actor's answer */
	size_t n;
	bool accept;
	str why; /* required for a refusal */
};
MUST_USE bool store_cover_answer(struct store *store, struct arena *arena,
	const struct actor *actor, const struct cover_answer *answer, struct problems *problems,
	struct err *err);
/* What waits is withdrawn; what was accepted for a time ends now. A handover that was accepted has
 * been carried out, and stays. */
MUST_USE bool store_cover_end(struct store *store, struct arena *arena, const struct actor *actor,
	int64_t cover, struct err *err);

/* ---- reading, each one statement */

struct cover {
	int64_t id;
	str authority; /* of the children */
	enum cover_reason reason;
	day first, last;
	int64_t away, proposed_by;
	str away_name, proposer_name, receiver_name; /* the first receiver's */
	int64_t receiver;
	instant proposed_at;
	str note;
	int64_t waiting, accepted, refused, over; /* children in each state */
};
struct covers {
	struct cover *item; /* in the arena, the newest first */
	size_t n, room;
};
/* Those that the actor is away in, proposed or receives; with `service` all of the councils that they
 * work for that are not over on `today`, for who may allocate. Hidden children are counted for who
 * has a part in it or sees them. */
MUST_USE bool store_cover_list(struct store *store, struct arena *arena,
	const struct actor *actor, bool service, day today, struct covers *out, struct err *err);
/* ERR_MISSING for who has no part in it and may not allocate. */
MUST_USE bool store_cover_read(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t id, struct cover *out, struct err *err);

/* A child as it stands in an arrangement, or with a person: names only where the reader sees all. */
struct cover_child {
	int64_t subject;
	int level; /* of the reader; 0: sees nothing of it now */
	str authority, number, forename, surname;
	bool looked_after, on_plan;
	bool as_iro, as_chair, as_worker; /* how it stands with the person who is away */
	int64_t receiver;
	str receiver_name;
	enum cover_state state;
	str answer;
	bool taken; /* of a person's children: proposed or accepted elsewhere in those days */
};
struct cover_children {
	struct cover_child *item; /* in the arena, by number */
	size_t n, room;
};
MUST_USE bool store_cover_children(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t cover, struct cover_children *out, struct err *err);
/* Every child that names the person as reviewing officer, chair or worker, in all councils that they
 * work for, and that the actor sees at all. */
MUST_USE bool store_cover_held(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t person, struct cover_children *out, struct err *err);

/* A person who may receive children, and how many stand with them now in all councils that they work
 * for: looked after or on a plan, each counted once, hidden ones for who sees them; and those that they
 * cover today. */
struct cover_person {
	int64_t id;
	str login, name;
	str authority; /* their own */
	enum role role;
	int64_t beside; /* other councils that they work for */
	int64_t children, covering;
};
struct cover_people {
	struct cover_person *item; /* in the arena, by name */
	size_t n, room;
};
/* Of every council that the actor works for, and `away` too where that is not 0. */
MUST_USE bool store_cover_people(struct store *store, struct arena *arena,
	const struct actor *actor, int64_t away, day today, struct cover_people *out,
	struct err *err);

/* Looked after without a reviewing officer, or on a plan without a chair, whose name nobody bears
 * who can still sign in and somebody bore who cannot. Of the councils that the actor works for, those
 * that they see. */
struct cover_nobody {
	int64_t subject;
	str number;
	bool no_iro, no_chair;
	str was; /* the name that stands there; empty: none */
};
struct cover_nobodies {
	struct cover_nobody *item;
	size_t n, room;
	int64_t total;
};
MUST_USE bool store_cover_nobody(struct store *store, struct arena *arena,
	const struct actor *actor, size_t most, struct cover_nobodies *out, struct err *err);
/* The same for one person whose account would be disabled: children looked after or on a plan that
 * nobody else bears, in every council that they work for. ERR_INPUT, in words for a page, when there
 * are any: a hidden one is counted, and its number is not said. */
MUST_USE bool store_cover_may_leave(
	struct store *store, struct arena *arena, int64_t person, struct err *err);

/* "You cover this child for NAME until DATE": for a caseload. One statement: those of the actor. */
struct cover_mark {
	int64_t subject;
	str name;
	day until;
};
struct cover_marks {
	struct cover_mark *item; /* in the arena, by subject */
	size_t n, room;
};
MUST_USE bool store_cover_marks(struct store *store, struct arena *arena, int64_t person, day today,
	struct cover_marks *out, struct err *err);

/* What waits for the person's answer: for the inbox and the navigation. */
MUST_USE bool store_cover_waiting(
	struct store *store, int64_t person, int64_t *children, struct err *err);
/* Who covers the child on this day for the person; 0: nobody. */
MUST_USE bool cover_stands_in(struct store *store, int64_t person, int64_t subject,
	int64_t *receiver, struct err *err);
/* What the day brings, once a day: sight of the days that have come; drafts and what is in the
 * inbox, to who covers and back; and both are told. */
MUST_USE bool store_cover_turn(struct store *store, struct err *err);
