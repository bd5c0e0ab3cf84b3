/* account.h - the people who may sign in: added, listed, disabled; each change in the ledger. */
#pragma once

#include "store/store.h"

struct account {
	int64_t id;
	str login; /* small letters, digits and . _ - @; unique */
	str name, team, authority;
	enum role role;
	str hash;  /* of the password: see password.h */
	bool disabled;
};

struct accounts {
	struct account *item;
	size_t n, room;
};

/* ERR_INPUT for what cannot be a sign-in name, a name or a password; ERR_DUPLICATE. */
MUST_USE bool account_add(struct store *store, const struct actor *actor,
	const struct account *account, str password, int64_t *id, struct err *err);
/* ERR_MISSING when nobody has it, or they are disabled. */
MUST_USE bool account_find(
	struct store *store, struct arena *arena, str login, struct account *out, struct err *err);
MUST_USE bool account_list(
	struct store *store, struct arena *arena, str authority, struct accounts *out, struct err *err);
/* Ends their sessions too. ERR_MISSING. */
MUST_USE bool account_disable(
	struct store *store, const struct actor *actor, str login, struct err *err);
/* A new hash of the same password, made with more work. */
MUST_USE bool account_rehash(struct store *store, int64_t id, str hash, struct err *err);
/* "J.Okafor " as it is kept: "j.okafor". False when it cannot be a sign-in name. */
MUST_USE bool account_login(struct arena *arena, str typed, str *out);
