/* story.h - what happened to a child as a person reads it: each event with the record that left it
 * and who recorded that. One statement. */
#pragma once

#include "store/store.h"

struct told {
	enum word word;
	day on;
	instant at;
	str detail;
	int64_t record;       /* that left it */
	instant known_at;     /* when it was recorded */
	str by;               /* who recorded it; empty: Duly itself, a file */
	str source;           /* "form", "ssda903" */
	instant withdrawn_at; /* INSTANT_UNKNOWN: it stands */
	str reason;           /* of the withdrawal */
};

struct story {
	struct told *item; /* in the arena, the latest day first; a day that is not known last */
	size_t n, room;
};

/* `withdrawn`: those that were withdrawn, too. */
MUST_USE bool store_story(struct store *store, struct arena *arena, int64_t subject, bool withdrawn,
	struct story *out, struct err *err);
