/* govuk_breadcrumbs.h - where this page lies, as links from the top. */
#pragma once

#include "html/govuk_part.h"

struct govuk_breadcrumb {
	str text;
	struct markup html;
	str href; /* none: this page */
	struct govuk_attributes attributes;
};

struct govuk_breadcrumbs {
	const struct govuk_breadcrumb *items;
	size_t n_items;
	str label; /* "Breadcrumb" */
	str classes;
	struct govuk_attributes attributes;
	bool collapse_on_mobile;
};

#define govuk_breadcrumbs(b, ...)                                                                  \
	govuk_breadcrumbs_((b), &(struct govuk_breadcrumbs){ __VA_ARGS__ })
void govuk_breadcrumbs_(struct buf *b, const struct govuk_breadcrumbs *o);
