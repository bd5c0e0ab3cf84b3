/* form_typed.h - what somebody typed into a form, as it was typed: names and texts. Pure.
 *
 * A draft keeps it, a form that is shown again is filled from it, form_read.h makes a record of it.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

struct typed_field {
	str name, value;
};

struct typed {
	struct typed_field *item; /* in the arena */
	size_t n, room;
};

str typed_value(const struct typed *typed, str name); /* of the first; empty when not there */
/* The value of one box of a field: "held" and "day" for the box named held-day. */
str typed_part(const struct typed *typed, const char *field, const char *part);
/* In place of what is there under that name. The texts are borrowed. */
void typed_put(struct arena *arena, struct typed *typed, str name, str value);
void typed_put_part(struct arena *arena, struct typed *typed, const char *field, const char *part,
	str value);
/* Is the box one of the field's: "held", "held-day"? */
bool typed_is_of(str box, const char *field);
/* As a form sends it: application/x-www-form-urlencoded. */
void buf_typed(struct buf *buf, const struct typed *typed);
