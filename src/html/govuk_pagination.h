/* govuk_pagination.h - links to the pages of a list. */
#pragma once

#include "html/govuk_part.h"

struct govuk_pagination_link {
	str text;
	struct markup html;
	str href, label_text;
	struct govuk_attributes attributes;
};

struct govuk_pagination_item {
	str number, href;
	str visually_hidden_text; /* "Page 3" */
	bool current;
	bool ellipsis; /* pages left out */
	struct govuk_attributes attributes;
};

struct govuk_pagination {
	struct govuk_pagination_link previous, next; /* shown when they have an href */
	const struct govuk_pagination_item *items;
	size_t n_items;
	str landmark_label; /* "Pagination" */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_pagination(b, ...) govuk_pagination_((b), &(struct govuk_pagination){ __VA_ARGS__ })
void govuk_pagination_(struct buf *b, const struct govuk_pagination *o);
