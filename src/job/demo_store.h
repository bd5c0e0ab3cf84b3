/* demo_store.h - the demonstration in a store: children, meetings, bookings, and who may sign in.
 *
 * Comes in as one import of kind "demo": what the returns carry and what only Duly would know, up
 * to `now`, in one transaction. What only Duly knows is covered from the 1 April after the last
 * return. The store is marked a demonstration, which it stays.
 */
#pragma once

#include "job/demo.h"
#include "record/told.h"
#include "store/store.h"

struct demo_stored {
	int64_t children, events;
};

struct demo_storing {
	struct store *store; /* without children */
	const struct store_env *env;
	const struct actor *actor;
	str authority;
	const char
		*users; /* file for one `role user password` line each; made for its owner alone */
	void (*progress)(void *self, int64_t done); /* may be NULL; every 1,000 children */
	void *self;
	bool beside; /* the store is another council's demonstration already */
};

/* ERR_DUPLICATE when the store holds children already. */
MUST_USE bool demo_store(const struct demo_options *options, const struct demo_storing *storing,
	struct demo_stored *stored, struct err *err);

/* The records of one child, as additions that refer to each other. For a test, too. */
struct demo_changes {
	struct change *item;
	size_t n, room;
};
void demo_changes(const struct demo_child *child, const struct demo_options *options,
	struct arena *arena, struct demo_changes *out);
/* Rooms of Wexcombe, by number. */
enum { DEMO_ROOMS = 4 };
str demo_room(int room);
/* After demo_people: rooms, when people work, and a leave that a colleague covers. */
MUST_USE bool demo_diary(
	const struct demo_options *options, const struct demo_storing *storing, struct err *err);
/* Of them: the people around the child. Added behind the others. */
void demo_around(
	const struct demo_child *child, struct arena *arena, struct demo_changes *out);
/* What the steps of a child belong to, as its other records call each other; 0: none. */
struct demo_refs {
	ref care, place[DEMO_PLACEMENTS], missing[DEMO_MISSING];
};
/* Children who are looked after now and are neither restricted nor out of sight: by number. */
struct demo_looked_after {
	struct demo_number {
		char number[24];
	} *item; /* not an arena's */
	size_t n, room;
};
/* In the import that is open, after the children: what is no child. */
MUST_USE bool demo_matters(const struct demo_options *options, const struct demo_storing *storing,
	int64_t import, const struct demo_looked_after *children, struct demo_stored *stored,
	struct err *err);
/* Expected and not yet born, as Duly knows it; no return so far told of the child. */
bool demo_is_unborn(const struct demo_child *child, const struct demo_options *options);
/* Of them: steps that no return carries. Added behind the others. */
void demo_steps(const struct demo_child *child, const struct demo_options *options,
	const struct demo_refs *refs, struct arena *arena, struct demo_changes *out);
/* Of them: what a return asks for and no clock counts from. Added behind the others. */
enum { DEMO_RETURNED = 3 }; /* years of it */
void demo_yearly(const struct demo_child *child, const struct demo_options *options,
	const struct demo_refs *refs, struct arena *arena, struct demo_changes *out);
/* The same records as a writer of returns takes them. */
struct demo_told {
	struct demo_changes changes;
	struct arena *arena;
	struct told_child child;
};
void demo_told_open(struct demo_told *told);
void demo_told_close(struct demo_told *told);
/* Valid until the next. */
const struct told_child *demo_tell(const struct demo_child *child, const struct demo_options *options,
	struct demo_told *told);
/* A second, small council beside it, which shares its first reviewing officer: its own children under
 * numbers of its own, its own manager, head and administrator, whose lines are added to storing->users. */
MUST_USE bool demo_beside(const struct demo_options *options, const struct demo_storing *storing,
	struct demo_stored *stored, int *people, struct err *err);
/* After demo_store: a person for each role, and the reviewing officers that the children name (of
 * a big authority, the first). */
MUST_USE bool demo_people(const struct demo_options *options, const struct demo_storing *storing,
	int *people, struct err *err);
