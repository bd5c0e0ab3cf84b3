#include "html/govuk_generic_header.h"

void govuk_generic_header_(struct buf *b, const struct govuk_generic_header *o)
{
	H(b, "<div class=\"govuk-generic-header");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<div class=\"govuk-generic-header__container ");
	text(b, govuk_part_default(o->container_classes, S("govuk-width-container")));
	H(b, "\">\n<div class=\"govuk-generic-header__logo\"><a");
	attr(b, "href", govuk_part_default(o->url, S("/")));
	H(b, " class=\"govuk-generic-header__homepage-link\">");
	govuk_part_content(b, o->logo_text, o->logo_html);
	H(b, "</a></div>\n</div>\n</div>\n");
}
