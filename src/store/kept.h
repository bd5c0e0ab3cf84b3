/* kept.h - what somebody typed into a form whose session had ended, until they are back.
 *
 * Sealed, bound to its person, for a day; never for anybody else. Nothing of it is a record: whether
 * it becomes one is decided when its person sends it again.
 */
#pragma once

#include "store/store.h"

#define KEPT_FOR (24 * INSTANT_HOUR)
enum { KEPT_MOST = 20 }; /* of one person; the oldest goes */

struct kept_form {
	int64_t id;
	str path; /* where it was sent: "/children/12/record/contact" */
	str body; /* as it was sent, url-encoded, without its token */
	instant at;
};
struct kept_list {
	struct kept_form *item; /* in the arena, the latest first; bodies are empty */
	size_t n, room;
};

MUST_USE bool store_kept_add(struct store *store, struct arena *arena, int64_t person, str path,
	str body, instant now, struct err *err);
MUST_USE bool store_kept_list(struct store *store, struct arena *arena, int64_t person,
	instant now, struct kept_list *out, struct err *err);
/* ERR_MISSING: there is none, or it is somebody else's, or it is too old. */
MUST_USE bool store_kept_read(struct store *store, struct arena *arena, int64_t person, int64_t id,
	instant now, struct kept_form *out, struct err *err);
/* Everybody's that was sent to a page of that child, in the step that is open. */
MUST_USE bool store_kept_forget(
	struct store *store, struct arena *arena, int64_t subject, struct err *err);
MUST_USE bool store_kept_drop(struct store *store, int64_t person, int64_t id, struct err *err);
