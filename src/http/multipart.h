/* multipart.h - the fields and the files of a form that brings files: multipart/form-data (RFC 7578).
 *
 * Strict where a guess could be led astray: nothing before the first boundary or after the last,
 * which must be there; one Content-Disposition a part; no encodings of parts. A file's name is what
 * follows its last slash or backslash: it is shown and never opened. Pure.
 */
#pragma once

#include "http/form.h"

enum {
	MULTIPART_FILES_MAX = 100, /* nine years of a return of eleven files */
	MULTIPART_HEAD_MAX = 2048,    /* bytes of the headers of one part */
	MULTIPART_TEXT_MAX = 262144,  /* of all fields that are no files */
	MULTIPART_FILENAME_MAX = 200, /* bytes */
};

struct form_file {
	str field; /* the name of the input */
	str name;  /* "tracker.xlsx"; valid UTF-8 without control characters; empty: none was chosen */
	str bytes; /* borrowed from the body */
};

struct multipart {
	struct form form; /* the parts that are no files, as form_read() gives them */
	struct form_file *file; /* in the arena, in the order in which they were sent */
	size_t files;
};

/* Is it the media type of such a form? `type` is the value of the header Content-Type. */
bool multipart_is(str type);
/* False (ERR_INPUT, ERR_FULL) for what is no such form, or one over the limits. */
MUST_USE bool multipart_read(
	struct arena *arena, str type, str body, struct multipart *out, struct err *err);
