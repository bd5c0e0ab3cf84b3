/* govuk_back_link.h - a link to the page before, above the heading. */
#pragma once

#include "html/govuk_part.h"

struct govuk_back_link {
	str text; /* "Back" */
	struct markup html;
	str href, classes;
	struct govuk_attributes attributes;
};

#define govuk_back_link(b, ...) govuk_back_link_((b), &(struct govuk_back_link){ __VA_ARGS__ })
void govuk_back_link_(struct buf *b, const struct govuk_back_link *o);
