/* moj_filter.h - what a list is filtered by, each with a link that takes it away, and the form that
 * chooses: a GET, so it works without a script and the address can be kept.
 *
 * The Ministry of Justice's filter by its CSS classes. The submit button stands above the fields, as
 * theirs does; the fields are folded away in `details`, so that the list is near.
 */
#pragma once

#include "html/html.h"

struct moj_filter_tag {
	str text;
	str href; /* the same list without it */
};
struct moj_filter {
	str clear; /* the list without any; empty: no such link */
	const struct moj_filter_tag *tag;
	size_t n;
	str action; /* of the form */
};
/* The fields go between the two. */
void moj_filter_open(struct buf *b, const struct moj_filter *filter);
void moj_filter_close(struct buf *b);
