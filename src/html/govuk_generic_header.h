/* govuk_generic_header.h - the band at the top with the service's own name: no crown, no GOV.UK. */
#pragma once

#include "html/govuk_part.h"

struct govuk_generic_header {
	str logo_text;
	struct markup logo_html;
	str url; /* "/" */
	str product_name;
	str name_space;        /* "govuk-generic"; "govuk" for who may show the crown */
	str container_classes; /* "govuk-width-container" */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_generic_header(b, ...)                                                               \
	govuk_generic_header_((b), &(struct govuk_generic_header){ __VA_ARGS__ })
void govuk_generic_header_(struct buf *b, const struct govuk_generic_header *o);
