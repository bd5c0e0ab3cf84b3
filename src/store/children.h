/* children.h - the children of an authority one after the other, each with its records: for a return.
 *
 * In order of the council's number, in one snapshot, a page of children at a time: one statement a
 * type and page, and memory does not grow with the number of children. A child who is joined to
 * another comes once, under the number that is listed, with the records of both.
 */
#pragma once

#include "record/told.h"
#include "store/store.h"

struct children_asked {
	str authority;
	const struct record_type *const *type; /* those that are wanted */
	size_t n;
};

/* Restricted and hidden children are among them: whoever asks has the right to all. What the visitor
 * is given is gone when it answers; it does not use the store. */
MUST_USE bool store_each_child(struct store *store, const struct children_asked *asked,
	bool (*visit)(void *to, const struct told_child *child, struct err *err), void *to,
	struct err *err);
