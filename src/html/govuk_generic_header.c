#include "html/govuk_generic_header.h"

static void named(struct buf *b, const struct govuk_generic_header *o, str part)
{
	text(b, govuk_part_default(o->name_space, S("govuk-generic")));
	text(b, part);
}

void govuk_generic_header_(struct buf *b, const struct govuk_generic_header *o)
{
	H(b, "<div class=\"");
	named(b, o, S("-header"));
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<div class=\"");
	named(b, o, S("-header__container "));
	text(b, govuk_part_default(o->container_classes, S("govuk-width-container")));
	H(b, "\">\n<div class=\"");
	named(b, o, S("-header__logo"));
	H(b, "\"><a");
	attr(b, "href", govuk_part_default(o->url, S("/")));
	H(b, " class=\"");
	named(b, o, S("-header__homepage-link"));
	H(b, "\">");
	govuk_part_content(b, o->logo_text, o->logo_html);
	if (o->product_name.n > 0) {
		H(b, " <span class=\"");
		named(b, o, S("-header__product-name"));
		H(b, "\">");
		text(b, o->product_name);
		H(b, "</span>");
	}
	H(b, "</a></div>\n</div>\n</div>\n");
}
