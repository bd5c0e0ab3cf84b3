/* cover.h - what the pages of cover and handover share: words, the norm, the frame. */
#pragma once

#include "store/cover.h"
#include "web/page.h"

/* How many children a full-time reviewing officer should have: a setting, "50-70". */
struct caseload_norm {
	int64_t least, most;
};
MUST_USE bool cover_norm(struct page *page, struct caseload_norm *norm, struct err *err);
/* "74 children, norm 50 to 70": and whether that is over it. */
str cover_load(struct page *page, int64_t children, const struct caseload_norm *norm);

bool cover_may_allocate(const struct page *page);
str cover_reason_words(enum cover_reason reason); /* "Leave" */
/* "3 to 14 December 2026"; from one day on, for leaving. */
str cover_days(struct page *page, day first, day last);
/* The page's frame, with what was done before it (the word "done" in the address). */
void cover_open(struct page *page, str title);
void cover_close(struct page *page);
/* A table that may be wider than the page. */
void cover_table_open(struct buf *b, str caption, const str *head, size_t n);
void cover_table_close(struct buf *b);
/* " · Northmere", for a reader who works for more councils than one. */
void cover_council(struct page *page, str authority);
/* A button that posts to that address. */
void cover_button(struct page *page, str action, str words, str classes);
/* The form for a proposal; `reason` is fixed for a handover. */
void cover_form_begin(struct page *page, bool leaving);
