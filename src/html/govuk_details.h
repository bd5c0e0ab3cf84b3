/* govuk_details.h - text that a reader may open; works without a script. */
#pragma once

#include "html/govuk_part.h"

struct govuk_details {
	str summary_text;
	struct markup summary_html;
	str text;
	struct markup html;
	str id, classes;
	struct govuk_attributes attributes;
	bool open;
};

#define govuk_details(b, ...) govuk_details_((b), &(struct govuk_details){ __VA_ARGS__ })
void govuk_details_(struct buf *b, const struct govuk_details *o);
/* The same with the content written in between. */
void govuk_details_open(struct buf *b, const struct govuk_details *o);
void govuk_details_close(struct buf *b);
