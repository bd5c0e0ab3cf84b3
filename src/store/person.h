/* person.h - the people who may sign in.
 *
 * Only the statements live here; what a sign-in name or a password may be is identity's. Who is
 * added or disabled gets or loses sight of the children who name them in the same transaction, and
 * both stand in the ledger. Times come from the caller, so that a test can move them.
 */
#pragma once

#include "store/store.h"

struct person {
	int64_t id;
	str login, name; /* a child's allocation names either */
	enum role role;
	str team, authority;
	str password; /* its hash, as text */
	bool disabled;
	instant added_at;
};

struct person_list {
	struct person *item; /* in the arena */
	size_t n, room;
};

/* ERR_DUPLICATE for a login that is taken, by a disabled person too; ERR_DENIED. */
MUST_USE bool store_person_add(struct store *store, const struct actor *actor,
	const struct person *person, int64_t *id, struct err *err);
/* ERR_MISSING when there is none. Disabled people are found. */
MUST_USE bool store_person_find(
	struct store *store, struct arena *arena, str login, struct person *out, struct err *err);
MUST_USE bool store_person_read(
	struct store *store, struct arena *arena, int64_t id, struct person *out, struct err *err);
/* By login; of all authorities when `authority` is empty. */
MUST_USE bool store_person_list(struct store *store, struct arena *arena, str authority,
	struct person_list *out, struct err *err);
/* A new password stands in the ledger, and ends the person's sessions; a new hash of the same one
 * does neither. */
MUST_USE bool store_person_password(struct store *store, const struct actor *actor, int64_t id,
	str password, struct err *err);
MUST_USE bool store_person_rehash(struct store *store, int64_t id, str password, struct err *err);
/* Ends their sessions, and their sight of every child. ERR_MISSING; ERR_DENIED; ERR_INPUT, in words
 * for a page, for the last administrator of the authority, and while children would stand with
 * nobody (see cover.h). */
MUST_USE bool store_person_disable(
	struct store *store, const struct actor *actor, int64_t id, struct err *err);
/* Lets them sign in again. ERR_MISSING; ERR_DENIED. */
MUST_USE bool store_person_enable(
	struct store *store, const struct actor *actor, int64_t id, struct err *err);
/* A new name, role and team: all three as they are to be. Their sight follows in the same
 * transaction. ERR_DENIED for one's own: nobody grants themself; ERR_INPUT as above. */
MUST_USE bool store_person_change(struct store *store, const struct actor *actor, int64_t id,
	str name, enum role role, str team, struct err *err);
/* Children, looked after or on a plan, whom they are named on: by login or name. */
struct person_named {
	int64_t iro, chair, worker;
};
MUST_USE bool store_person_named(struct store *store, struct arena *arena,
	const struct person *person, struct person_named *out, struct err *err);

/* Authorities that somebody works for beside their own, in the same role: their lists span them, and
 * each child stays under its own. The council whose children they would see grants it, and either of
 * the two ends it, but not while a child of it would stand with nobody. The change stands in the
 * ledger. ERR_MISSING; ERR_DENIED; ERR_INPUT for their own, in words for a page. */
enum { AUTHORITIES_MOST = 8 };
struct authorities {
	str code[AUTHORITIES_MOST]; /* in the arena */
	size_t n;
};
MUST_USE bool store_person_authorities(struct store *store, struct arena *arena, int64_t person,
	struct authorities *out, struct err *err);
/* Those of other councils who work for this one, by name. */
MUST_USE bool store_person_of_others(struct store *store, struct arena *arena, str authority,
	struct person_list *out, struct err *err);
MUST_USE bool store_person_works_for(struct store *store, const struct actor *actor, int64_t id,
	str authority, bool works, struct err *err);
