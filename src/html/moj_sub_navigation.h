/* moj_sub_navigation.h - links between the pages of one thing; each a page, no script.
 *
 * The Ministry of Justice's sub-navigation by its CSS classes, with a label of its own.
 */
#pragma once

#include "html/html.h"

struct moj_tab {
	str text, href;
	bool current; /* aria-current: this page */
};

struct moj_sub_navigation {
	str label; /* "Pages about this child" */
	const struct moj_tab *tab;
	size_t n;
};
void moj_sub_navigation(struct buf *b, const struct moj_sub_navigation *navigation);
