/* law.h - the law that a command counts by: the national one, or with a council's policy in it where a
 * store, or a file of policy, is named. Of the arena. */
#pragma once

#include "cli/command.h"
#include "law/due.h"

/* The command has the rows of STORE_OPTIONS, and perhaps "policy". */
MUST_USE bool law_of_args(
	const struct args *args, bool policy, struct arena *arena, const struct law **out, struct err *err);
