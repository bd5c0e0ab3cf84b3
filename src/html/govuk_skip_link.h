/* govuk_skip_link.h - the first link of a page: past the navigation to the content. */
#pragma once

#include "html/govuk_part.h"

struct govuk_skip_link {
	str text;
	struct markup html;
	str href; /* "#content" by GOV.UK's default; our pages say "#main-content" */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_skip_link(b, ...) govuk_skip_link_((b), &(struct govuk_skip_link){ __VA_ARGS__ })
void govuk_skip_link_(struct buf *b, const struct govuk_skip_link *o);
