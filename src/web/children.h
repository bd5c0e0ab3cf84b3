/* children.h - children as rows of a table: the same cells in every list that names them. */
#pragma once

#include "web/page.h"

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
/* <th scope="row"> with the link to the child; a restricted record has no name. */
void children_name(struct page *page, const struct caseload_row *row);
/* Says in the ledger who was seen. `asked`: the words that found them, or none. */
void children_looked(struct page *page, str act, str asked, const struct caseload_row *row, size_t n);
