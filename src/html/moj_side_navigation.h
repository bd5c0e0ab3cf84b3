/* moj_side_navigation.h - the pages of one area, down its side; where the reader is, marked. */
#pragma once

#include "html/govuk_part.h"

struct moj_side_item {
	str text;
	struct markup html;
	str href;
	bool active;
	struct govuk_attributes attributes;
};

struct moj_side_section {
	struct {
		str text;
		struct markup html;
		int64_t heading_level; /* 4 */
		str classes;
		struct govuk_attributes attributes;
	} heading;
	const struct moj_side_item *items;
	size_t n_items;
};

struct moj_side_navigation {
	str label; /* "Side navigation": what a screen reader calls it */
	const struct moj_side_item *items;
	size_t n_items;
	const struct moj_side_section *sections; /* in place of items */
	size_t n_sections;
	str classes;
	struct govuk_attributes attributes;
};

#define moj_side_navigation(b, ...)                                                                \
	moj_side_navigation_((b), &(struct moj_side_navigation){ __VA_ARGS__ })
void moj_side_navigation_(struct buf *b, const struct moj_side_navigation *o);
