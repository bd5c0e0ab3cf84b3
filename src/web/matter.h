/* matter.h - what the pages of matters share: disputes, homes, complaints, incidents, requests, yearly
 * reports (record/matter.h). Their records are written on the pages of web/record.h.
 */
#pragma once

#include "web/record.h"

/* "Dispute D-12" */
str matter_name(struct page *page, const struct matter_row *row);
/* Over the heading of a page about page->matter: what it is, and whom it concerns. */
void matter_caption(struct page *page);
/* The look at page->matter, and at the child whom it names to this reader. */
void matter_looked(struct page *page);
/* The form of the step that leaves that word, for who may write it of page->matter; else empty. */
str matter_way(struct page *page, enum word word);
/* On a child's page: the way to what concerns this child, for who may see any. */
void matter_links(struct page *page);
/* What the list is called for this role: "Disputes" for who sees nothing else. Empty: they see none. */
str matter_list_name(enum role role);
/* A link to the child whom it names, for who sees all of it. */
void matter_child(struct buf *b, const struct matter_row *row);
/* A link to one, by its reference. */
void matter_link(struct buf *b, int64_t subject, str reference);
/* "Matters: 5 overdue, 1 due in 7 days", as links; nothing where nothing is. */
void matter_waiting(struct page *page, const struct matter_counts *counts);
/* State, date and distance of its next clock. */
void matter_clock(struct page *page, const struct matter_row *row);
