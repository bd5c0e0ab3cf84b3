/* children.h - children as rows of a table: the same cells in every list that names them. */
#pragma once

#include "web/page.h"

/* Who a row is about, as its reader sees them. */
struct child_named {
	int64_t subject;
	int level;                     /* below 2 it has no name */
	str number, forename, surname; /* empty names at level 1 */
};
#define CHILD_NAMED(row)                                                                           \
	(&(struct child_named){ (row)->subject, (row)->level, (row)->number, (row)->forename,      \
		(row)->surname })
/* "Amara Osei", or that the record is restricted; and that as a link to the child's page, or to `rest`
 * behind it. */
void children_who(struct buf *b, const struct child_named *child);
void children_link(struct buf *b, const struct child_named *child, str rest);
/* Whoever holds the children need not be told so on every row. */
bool children_are_own(const struct page *page);
/* Marks the rows of children whom the reader covers for somebody. One statement. */
MUST_USE bool children_covered(
	struct page *page, struct caseload_row *row, size_t n, struct err *err);
/* The opening of a table of children_row(), without links to sort by. */
void children_table(struct page *page, str caption);
/* Child, age, next clock, due, and who works with the child. */
void children_row(struct page *page, const struct caseload_row *row);
/* The same with the child's words and the last contact before who works with the child. */
void children_row_heard(struct page *page, const struct caseload_row *row);
/* The last working day on or before the due date; DAY_UNKNOWN beyond the calendar. */
day children_last_working_day(struct page *page, const struct caseload_row *row);
/* <th scope="row"> with the link to the child. */
void children_name(struct page *page, const struct caseload_row *row);
/* The same cell for a week, which has room for the number alone, beside the name. */
void children_week_name(struct buf *b, const struct child_named *child);
/* Says in the ledger who was seen. `asked`: the words that found them, or none. */
void children_looked(struct page *page, str act, str asked, const struct caseload_row *row, size_t n);
