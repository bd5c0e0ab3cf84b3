/* govuk_fieldset.h - fields that belong together, under one legend. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_field.h"

struct govuk_legend {
	str text;
	struct markup html;
	str classes;
	bool page_heading; /* the page's h1 */
};

struct govuk_fieldset {
	struct govuk_legend legend;
	struct markup html;
	str role, described_by, classes;
	struct govuk_attributes attributes;
};

#define govuk_fieldset(b, ...) govuk_fieldset_((b), &(struct govuk_fieldset){ __VA_ARGS__ })
void govuk_fieldset_(struct buf *b, const struct govuk_fieldset *o);
/* The same with the content written in between. */
void govuk_fieldset_open(struct buf *b, const struct govuk_fieldset *o);
void govuk_fieldset_open_described(
	struct buf *b, const struct govuk_fieldset *o, const struct govuk_described *by);
void govuk_fieldset_close(struct buf *b);
