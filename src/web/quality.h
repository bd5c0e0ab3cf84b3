/* quality.h - what the pages of data quality share: which check is looked at, and who sees what of it. */
#pragma once

#include "returns/mend/mend.h"
#include "store/quality.h"
#include "web/page.h"

#include "html/show_list.h"

enum { QUALITY_PARAMS = 6 };
struct quality_view {
	struct quality_checks checks;
	const struct quality_check *check; /* that is looked at; NULL: none is whole yet */
	const struct quality_check *under_way; /* one of that return that was asked for; NULL: none */
	const struct quality_check *failed;    /* the latest of that return, if it failed; NULL: it did not */
	str kind;                          /* of return: "ssda903" */
	bool children;                     /* they see children, and not counts alone */
	struct quality_query query;
	struct quality_counts counts;
	struct show_param param[QUALITY_PARAMS];
	struct show_query address;
};
/* Which check, by the address, and its counts: two statements. False once the page has failed. */
MUST_USE bool quality_see(struct page *page, struct quality_view *view);
str quality_return_words(str kind); /* "Looked after children (SSDA903)" */
str quality_source_words(enum quality_source source);
/* "2025-26" */
str quality_year_words(struct page *page, int year);
/* The rule in our words, and its official code beside it. */
void quality_rule(struct buf *b, const struct quality_check *check, str rule);
/* "Reviews: REVIEW_CODE, 2 May 2025" */
void quality_place(struct page *page, const struct quality_finding *finding);
/* The rows, filtered, sorted, a page of them. */
void quality_list_show(struct page *page, struct quality_view *view);
