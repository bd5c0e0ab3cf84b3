/* govuk_feedback.h - asks what a reader thinks of the service. */
#pragma once

#include "html/govuk_part.h"

struct govuk_feedback {
	str title_text;
	struct markup title_html;
	str text;
	struct markup html;
	int64_t heading_level; /* 2 */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_feedback(b, ...) govuk_feedback_((b), &(struct govuk_feedback){ __VA_ARGS__ })
void govuk_feedback_(struct buf *b, const struct govuk_feedback *o);
