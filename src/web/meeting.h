/* meeting.h - a meeting in words, for the pages that list some. */
#pragma once

#include "store/meeting.h"
#include "web/page.h"

/* "Review conference, Thursday 3 December 2026, 9:30am" */
str meeting_words(struct page *page, const struct meeting *meeting);
str meeting_kind(const struct meeting *meeting);
