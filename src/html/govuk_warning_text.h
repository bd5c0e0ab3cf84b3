/* govuk_warning_text.h - a consequence that a person must know before acting. */
#pragma once

#include "html/govuk_part.h"

struct govuk_warning_text {
	str text;
	struct markup html;
	str icon_fallback_text; /* "Warning" */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_warning_text(b, ...)                                                                 \
	govuk_warning_text_((b), &(struct govuk_warning_text){ __VA_ARGS__ })
void govuk_warning_text_(struct buf *b, const struct govuk_warning_text *o);
