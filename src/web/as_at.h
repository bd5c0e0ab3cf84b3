/* as_at.h - totals made of files that are older than their limit say so (practice.md, control 4). */
#pragma once

#include "web/page.h"

/* Before page_open(), on a page with totals: sets layout.stale where it is so. One statement. False,
 * and the page has failed, when the store did not answer. */
MUST_USE bool page_as_at(struct page *page);
/* "SSDA903 return" for "ssda903". */
str source_words(str kind);
