/* cover_inside.h - what the files of cover share: arrangements as stored, and steps that hold others. */
#pragma once

#include "store/cover.h"
#include "store/inside.h"
#include "store/person.h"

struct arrangement {
	int64_t id;
	str authority;
	int64_t away;
	enum cover_reason reason;
	day first, last;
	int64_t proposed_by;
};

struct row_of_cover {
	int64_t id, subject, receiver;
	enum cover_state state;
};

struct rows_of_cover {
	struct row_of_cover *item;
	size_t n, room;
};

/* How a child stands with who is away, and what bars the receiver. */
struct standing {
	bool iro, chair, worker, own_worker, barred, taken;
	bool served; /* the receiver works for the child's council */
	bool looked_after;
	str number, authority;
	enum openness openness;
};

/* A step within which store_save() and others take steps of their own. */
struct held_step {
	bool begun, joined;
};
struct held_step cover_hold(struct store *store, struct err *err);
MUST_USE bool cover_release(struct store *store, struct held_step held, bool done, struct err *err);

MUST_USE bool cover_note_act(struct store *store, const struct actor *actor, str authority, str act,
	int64_t cover, const int64_t *subject, size_t n, struct err *err);
/* A line in somebody's inbox. */
MUST_USE bool cover_tell(struct store *store, int64_t person, str kind, int64_t cover, str detail,
	struct err *err);
/* Do both work for that council, or for any one where it is empty? */
MUST_USE bool cover_share(struct store *store, int64_t one, int64_t other, str council, bool *share,
	struct err *err);
/* Their own; and for who allocates, where both work for that council, or any. ERR_MISSING. */
MUST_USE bool cover_may_arrange(struct store *store, const struct actor *actor, int64_t away,
	str council, struct err *err);

MUST_USE bool cover_one_read(struct store *store, struct arena *arena, int64_t id,
	struct arrangement *out, struct err *err);
/* Those that are proposed or accepted. Close with mem_free(out->item). */
MUST_USE bool cover_rows_read(
	struct store *store, int64_t cover, struct rows_of_cover *out, struct err *err);
MUST_USE bool cover_child_put(struct store *store, int64_t cover, int64_t subject, int64_t receiver,
	struct err *err);
MUST_USE bool cover_child_set(
	struct store *store, int64_t id, enum cover_state state, str why, struct err *err);
MUST_USE bool cover_standing_read(struct store *store, struct arena *arena,
	const struct arrangement *arrangement, int64_t receiver, int64_t subject,
	struct standing *out, struct err *err);
/* Why this person cannot receive this child, for good or for a time; empty: they can. */
str cover_bar(struct arena *arena, const struct standing *child, const struct person *receiver,
	enum cover_reason reason);
/* What lies on the desks of those who are away on this day goes to who covers, and what is lent
 * without cover comes back: drafts kept before `before`, and what is not seen. */
MUST_USE bool cover_lend(struct store *store, instant before, int64_t *moved, struct err *err);
/* Tells both, once, that cover which was accepted before `morning` runs, and that it is over. */
MUST_USE bool cover_tell_turns(
	struct store *store, struct arena *arena, instant morning, struct err *err);
/* Sight of the child for the days that the person has accepted to cover it, now or next. */
MUST_USE bool cover_set_sight(struct store *store, str authority, int64_t person, int64_t subject,
	struct err *err);
