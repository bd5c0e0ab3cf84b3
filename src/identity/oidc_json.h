/* oidc_json.h - the little that is asked of JSON from an identity provider: an object, its texts and
 * whole numbers, with limits. Names that come twice are refused, as are NUL and broken UTF-8.
 */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <jansson.h>

/* Yours until json_decref(); NULL when it is not one object. */
json_t *oidc_json_open(str text);
/* A text of 1 to `most` bytes without control characters, copied to the arena. False: anything else. */
MUST_USE bool oidc_json_str(
	struct arena *arena, const json_t *object, const char *name, size_t most, str *out);
/* A whole number, seconds since 1970, as milliseconds. */
MUST_USE bool oidc_json_time(const json_t *object, const char *name, int64_t *ms);
/* Is `word` the text there, or one of the texts of the list there? */
bool oidc_json_has(const json_t *object, const char *name, str word);
