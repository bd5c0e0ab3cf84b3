/* govuk_footer.h - the band at the foot. Neither crown nor licence unless they are given. */
#pragma once

#include "html/govuk_part.h"

struct govuk_footer_link {
	str text, href;
	struct govuk_attributes attributes;
};

struct govuk_footer_section {
	str title;
	str width;       /* "full", "two-thirds" ... */
	int64_t columns; /* 0: one */
	const struct govuk_footer_link *items;
	size_t n_items;
};

struct govuk_footer_meta {
	str visually_hidden_title; /* "Support links" */
	const struct govuk_footer_link *items;
	size_t n_items;
	str text;
	struct markup html;
};

struct govuk_footer {
	const struct govuk_footer_section *sections;
	size_t n_sections;
	const struct govuk_footer_meta *meta; /* NULL: none */
	struct markup logo; /* above everything; the crown is not ours, so there is none here */
	struct govuk_content licence; /* none: no sentence about it */
	struct markup licence_logo;
	struct govuk_content copyright; /* none: no copyright column */
	str copyright_url;              /* none: plain words instead of the crown copyright link */
	str classes, container_classes;
	struct govuk_attributes attributes;
};

#define govuk_footer(b, ...) govuk_footer_((b), &(struct govuk_footer){ __VA_ARGS__ })
void govuk_footer_(struct buf *b, const struct govuk_footer *o);
