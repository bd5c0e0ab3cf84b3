/* authority.h - whoever works for two councils has one caseload, and the pages of the whole service
 * (Manage, the ten numbers) are about one council at a time: chosen here, for the session.
 *
 * On those pages page->actor.authority is the one that was chosen; page->home is always the person's
 * own. What was chosen counts for as long as they work for it. */
#pragma once

#include "store/person.h"
#include "web/frame.h"

/* Is the page about one council at a time? */
bool authority_pages(str path);
/* All that they work for, their own first; none for who works for one alone. */
MUST_USE bool authority_read(struct page *page, struct authorities *out, struct err *err);
/* Says which council the page is about, with a button for each other. */
void authority_switch(struct page *page);
