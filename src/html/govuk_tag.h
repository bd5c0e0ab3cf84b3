/* govuk_tag.h - a word or two that says a state; never by its colour alone. */
#pragma once

#include "html/govuk_part.h"

struct govuk_tag {
	str text;
	struct markup html;
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_tag(b, ...) govuk_tag_((b), &(struct govuk_tag){ __VA_ARGS__ })
void govuk_tag_(struct buf *b, const struct govuk_tag *o);
