/* local_inside.h - what the files of the council's policy share: which clocks a change touches. */
#pragma once

#include "store/inside.h"
#include "store/local.h"

/* Do two items say the same, so that the later one keeps the number of the earlier? */
bool local_same(const struct local_item *a, const struct local_item *b);
const struct local_item *local_twin(const struct local_policy *policy, const struct local_item *item);

/* A list of two councils' children names a rule by its id alone: two may not mean different things. False,
 * ERR_INPUT, with the line that takes another council's. */
MUST_USE bool local_ids_are_free(struct store *store, str authority, const struct local_policy *policy,
	struct err *err);

/* Clocks of these rules, of what happened on these days; and subjects with such an event. */
struct local_reach {
	struct {
		struct reach_rule {
			str id;
			day from, to;
		} *item;
		size_t n, room;
	} rules;
	bool word[WORDS];
	bool any_word;
};
/* Adds what differs between two policies. Texts are the policies'. */
void local_reach_add(
	struct local_reach *reach, const struct local_policy *a, const struct local_policy *b);
void local_reach_close(struct local_reach *reach);
/* The subjects of a reach, from those of the authority with numbers in (past, upto]. */
MUST_USE bool local_reach_find(struct store *store, const struct local_reach *reach, str authority,
	int64_t past, int64_t upto, struct subjects *out, struct err *err);
/* The next subjects of the authority after `past`, in order: how many, and the last of them. */
MUST_USE bool local_next(struct store *store, str authority, int64_t past, int64_t most, int64_t *n,
	int64_t *last, struct err *err);
/* Asks for the clocks to follow that version, with what an earlier change left to do. */
MUST_USE bool local_job_open_for(
	struct store *store, str authority, int64_t version, struct err *err);
