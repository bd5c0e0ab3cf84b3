#include "html/govuk_breadcrumbs.h"

void govuk_breadcrumbs_(struct buf *b, const struct govuk_breadcrumbs *o)
{
	H(b, "<nav class=\"govuk-breadcrumbs");
	govuk_part_classes(b, o->classes);
	if (o->collapse_on_mobile)
		H(b, " govuk-breadcrumbs--collapse-on-mobile");
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	attr(b, "aria-label", o->label.p == NULL ? S("Breadcrumb") : o->label);
	H(b, ">\n<ol class=\"govuk-breadcrumbs__list\">\n");
	for (size_t i = 0; i < o->n_items; i++) {
		const struct govuk_breadcrumb *item = &o->items[i];
		if (item->href.n > 0) {
			H(b, "<li class=\"govuk-breadcrumbs__list-item\">"
			     "<a class=\"govuk-breadcrumbs__link\"");
			attr(b, "href", item->href);
			govuk_part_attributes(b, &item->attributes);
			H(b, ">");
			govuk_part_content(b, item->text, item->html);
			H(b, "</a></li>\n");
		} else {
			H(b, "<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">");
			govuk_part_content(b, item->text, item->html);
			H(b, "</li>\n");
		}
	}
	H(b, "</ol>\n</nav>\n");
}
