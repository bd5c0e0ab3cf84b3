/* openings.h - the openings of one child, as they stand on its pages for who answers for it. */
#pragma once

#include "store/opening.h"
#include "web/page.h"

/* A table with its heading, and the heading of what follows; nothing where there are none. */
void openings_of_child(struct page *page, const struct openings *openings);
