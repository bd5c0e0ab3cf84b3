/* account.h - the people who may sign in: what their names and passwords may be.
 *
 * The rows are store/person.h's; each change stands in the ledger.
 */
#pragma once

#include "store/person.h"

/* Checks, hashes the password (150 ms) and adds. ERR_INPUT for what cannot be a sign-in name, a
 * name or a password; ERR_DUPLICATE. */
MUST_USE bool account_add(struct store *store, const struct actor *actor,
	const struct person *person, str password, int64_t *id, struct err *err);
/* ERR_MISSING when nobody has it, or they are disabled. */
MUST_USE bool account_find(
	struct store *store, struct arena *arena, str login, struct person *out, struct err *err);
/* A new password, for somebody who has lost theirs. Ends their sessions. ERR_INPUT; ERR_MISSING. */
MUST_USE bool account_password(
	struct store *store, const struct actor *actor, str login, str password, struct err *err);
/* May this person (id 0: one to come) choose it? ERR_INPUT, with what to choose instead. */
MUST_USE bool account_password_allowed(struct store *store, struct arena *arena,
	const struct person *person, str password, struct err *err);
/* ERR_MISSING. Ends their sessions and their sight of children. */
MUST_USE bool account_disable(
	struct store *store, const struct actor *actor, str login, struct err *err);
/* " J.Okafor" as it is kept: "j.okafor". False when it cannot be a sign-in name: 2 to 60 letters,
 * digits and . _ - @ */
MUST_USE bool account_login(struct arena *arena, str typed, str *out);

/* Takes away the second factors of somebody who has lost theirs: account.h never sets one. */
MUST_USE bool account_factor_reset(
	struct store *store, const struct actor *actor, str login, struct err *err);
/* May it be so? ERR_INPUT, in words for a page, for no once real children are here. */
MUST_USE bool account_may_require(struct store *store, bool required, struct err *err);
/* Whether everybody must have a second factor. ERR_DENIED for no, once real children are here.
 * Signs everybody out. */
MUST_USE bool account_second_factor(
	struct store *store, const struct actor *actor, bool required, struct err *err);
/* A real import brings children who are to be seen with two steps only (practice: safety 11): by
 * nobody when a password is enough here, and by no person who has no second factor. ERR_DENIED, with
 * what to do. */
MUST_USE bool account_may_import(
	struct store *store, const struct actor *actor, struct err *err);
