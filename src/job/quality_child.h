/* quality_child.h - what the rules of the returns would say of a child if a record were saved as it was typed.
 */
#pragma once

#include "returns/mend/mend.h"
#include "store/store.h"

struct quality_warning {
	str rule, message;         /* official code; our own words */
	const struct field *field; /* of the record's type; NULL: the record as a whole */
	enum mender by;
};
struct quality_warnings {
	struct quality_warning *item; /* in the arena */
	size_t n;
};

/* Does any return tell of such records? Of the others nothing is asked. */
bool quality_touches(const struct record_type *type);
/* Asks the rules of the return of the year in which the record's day lies, of the child's rows as they would
 * be: what they find in the record's own rows, and what they did not find without it. `id` 0: a new one. */
MUST_USE bool quality_of_child(struct store *store, struct arena *arena, str authority,
	int64_t subject, str number,
	const struct record_type *type, int64_t id, const void *record, struct quality_warnings *out,
	struct err *err);
