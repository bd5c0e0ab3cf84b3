/* govuk_error_summary.h - every mistake on the page, each a link to its field. */
#pragma once

#include "html/govuk_part.h"

struct govuk_error {
	str text;
	struct markup html;
	str href; /* "#id-of-the-field" */
	struct govuk_attributes attributes;
};

struct govuk_error_summary {
	str title_text; /* "There is a problem" by our habit */
	struct markup title_html;
	str description_text;
	struct markup description_html;
	const struct govuk_error *errors;
	size_t n_errors;
	str classes;
	struct govuk_attributes attributes;
	enum govuk_choice disable_auto_focus;
};

#define govuk_error_summary(b, ...)                                                                \
	govuk_error_summary_((b), &(struct govuk_error_summary){ __VA_ARGS__ })
void govuk_error_summary_(struct buf *b, const struct govuk_error_summary *o);
