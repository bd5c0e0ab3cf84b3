/* hours.h - times of the day and working days in words. */
#pragma once

#include "base/buf.h"
#include "clock/suggest.h"
#include "web/page.h"

/* On the account page: the ways to working days and to the calendar. */
void hours_links(struct page *page);
/* "Monday to Thursday, 9am to 5pm; Friday, 9am to noon" */
void buf_hours_words(struct buf *b, const struct suggest_hours hours[static 7]);
