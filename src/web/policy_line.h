/* policy_line.h - by whose policy the dates of a list, a file or a print are counted, said on it. */
#pragma once

#include "web/page.h"

/* "Dates by the council's policy, version 3 ... Transfer-in conference counted from ...": from which of
 * several days a limit counts is said where the council chose nothing, too. Of the limits of children,
 * or of matters. One statement. */
str policy_says(struct page *page);
str policy_says_matters(struct page *page);
/* The same as a line of the page. */
void policy_line(struct page *page);
void policy_line_matters(struct page *page);
/* The authority, its edition and the citation; one that nobody read at its source says so. For files. */
str policy_line_source(struct page *page, const struct rule *rule);
