/* govuk_inset_text.h - text set apart from what surrounds it. */
#pragma once

#include "html/govuk_part.h"

struct govuk_inset_text {
	str text;
	struct markup html;
	str id, classes;
	struct govuk_attributes attributes;
};

#define govuk_inset_text(b, ...) govuk_inset_text_((b), &(struct govuk_inset_text){ __VA_ARGS__ })
void govuk_inset_text_(struct buf *b, const struct govuk_inset_text *o);
