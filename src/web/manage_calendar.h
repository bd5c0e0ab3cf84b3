/* manage_calendar.h - what the pages of bank holidays share: the list, and how far the clocks followed. */
#pragma once

#include "store/calendar.h"
#include "web/manage.h"

#define CALENDAR S("/manage/calendar")

/* The list, with what was wrong in its form. */
void manage_calendar_list(struct page *page, const struct manage_mistakes *mistakes);
/* Before the page opens: it comes again by itself, where no script watches. */
MUST_USE bool manage_calendar_follow(struct page *page, struct calendar_job *job);
/* How far the clocks are; nothing when they all followed. `state` is where a script asks for it. */
void manage_calendar_progress(struct page *page, const struct calendar_job *job, str state);
