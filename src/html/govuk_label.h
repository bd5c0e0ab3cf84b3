/* govuk_label.h - the name of a field. */
#pragma once

#include "html/govuk_part.h"

struct govuk_label {
	str text;
	struct markup html;
	str for_id, classes;
	struct govuk_attributes attributes;
	bool page_heading; /* the page's h1 */
};

#define govuk_label(b, ...) govuk_label_((b), &(struct govuk_label){ __VA_ARGS__ })
void govuk_label_(struct buf *b, const struct govuk_label *o);
/* The same for a control whose id is made of pieces. */
void govuk_label_for(struct buf *b, const struct govuk_label *o, struct govuk_id id);
