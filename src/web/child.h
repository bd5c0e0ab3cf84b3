/* child.h - what the pages of one child share: the bar with who it is, and the links between them.
 *
 * Every page of a child but the overview needs the whole record (level 2): names and protected
 * facts stand on it. The bar says in words what must be known before anybody is contacted.
 */
#pragma once

#include "html/moj_sub_navigation.h"
#include "record/types.h"
#include "web/page.h"

enum child_tab { TAB_OVERVIEW, TAB_VIEWS, TAB_CLOCKS, TAB_TIMELINE, TAB_PEOPLE, TAB_LOOKS, TABS };

/* The people around the child (person_around), which the bar's marks come from. One statement. */
MUST_USE bool child_people(struct page *page, struct stored_list *people, struct err *err);

/* From the page's beginning to its own heading. `what` is the page's h1 and stands in the title
 * before initials and number; empty: the child's name is the h1. */
void child_open(struct page *page, enum child_tab tab, str what, const struct stored_list *people);
/* To the end of the page; notes the look. */
void child_close(struct page *page, str act);

/* The law with the policy of the child's council; the nation's where that cannot be read. One statement,
 * once. */
const struct law *child_law(struct page *page);
str child_name(struct page *page); /* "Amara Osei", "Child 10442" */
/* "/children/12/people"; `rest` begins with a stroke, or is empty. */
str child_address(struct page *page, str rest);
/* Is there such a page of ours? A link to one that is not there is left out. */
bool child_may_go(struct page *page, str address);
str day_text(struct page *page, day d); /* "27 March 2026" */
/* The manager, and who is responsible for the child as reviewing officer or chair, or stands in. */
bool child_sees_looks(const struct page *page);

/* ---- clocks, worst first; child_clocks.c */
void child_clocks_sort(struct clocks *clocks, day today);
/* All of them: those that run, those that are over, and what cannot be known. page->own is the
 * struct stood_list of them, or NULL. */
void child_clocks_all(struct page *page, struct clocks *clocks);
/* The clocks that run, as a table with what can be booked; how many are not shown there. */
void child_clocks_running(struct page *page, struct clocks *clocks);
