/* open.h - the store that a command's --data, --database and --authority mean. */
#pragma once

#include "cli/command.h"
#include "store/store.h"

struct opened {
	struct store *store;
	const struct law *law;
	struct arena *arena; /* as long as the store is open */
	str dir;             /* that holds the keys */
	str authority;       /* --authority, or the one that the store was made for; may be empty */
	struct actor actor;  /* who works from the command line: the system, for that authority */
};

/* The wall clock and the system's random numbers. */
extern const struct store_env open_env;

/* False, with what to type instead. The env may be NULL for open_env; it must live as long. */
MUST_USE bool open_store(const struct args *args, enum store_open_mode mode,
	const struct store_env *env, struct opened *out, struct err *err);
void open_close(struct opened *opened);
/* For a command that cannot do without: ERR_INPUT when no authority is known. */
MUST_USE bool open_authority(const struct opened *opened, struct err *err);
/* The store signs its checkpoints from now on: with --signing-key, or the key in its folder. */
MUST_USE bool open_signing(const struct args *args, struct opened *opened, struct err *err);
