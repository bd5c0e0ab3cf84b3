/* child_voice.h - what a child said, in the child's own words: the first thing on their page. */
#pragma once

#include "store/list.h"
#include "web/page.h"

struct voices {
	struct stored_list view; /* child_view, as stored: oldest first */
};

/* One statement. */
MUST_USE bool child_voices(struct page *page, struct voices *voices, struct err *err);
/* The latest words; that there are none, or none since 90 days, is said. */
void child_voice(
	struct page *page, const struct voices *voices, const struct stored_events *events);
