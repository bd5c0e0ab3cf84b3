/* form.h - the fields of a form or of an address's query: application/x-www-form-urlencoded.
 *
 * Limits are hard, and every text is valid UTF-8 without control characters but tab and line ends
 * (which are made \n). Pure.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum { FORM_FIELDS_MAX = 500, FORM_NAME_MAX = 100 };

struct form_field {
	str name, value;
};

struct form {
	struct form_field *item; /* in the arena, in the order in which they were sent */
	size_t n;
};

/* False (ERR_INPUT, ERR_FULL) for what is not a form, or a form over the limits. */
MUST_USE bool form_read(struct arena *arena, str raw, struct form *out, struct err *err);
/* The value of the one field with that name. Empty when it is not there, and when it stands there
 * twice: then nobody can say which was meant. */
str form_value(const struct form *form, str name);
bool form_has(const struct form *form, str name);
/* The values of a name that may stand several times, one after another: *at begins at 0. */
bool form_next(const struct form *form, str name, size_t *at, str *value);
/* Text as a browser sends it, made ours in place: CR LF becomes LF. False when it is not UTF-8, or
 * has control characters. For what reads other kinds of forms. */
bool form_tidy(str *s);
