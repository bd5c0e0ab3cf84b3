#include "html/govuk_error_summary.h"

static void error(struct buf *b, const struct govuk_error *item)
{
	H(b, "<li>");
	if (item->href.n > 0) {
		H(b, "<a");
		attr(b, "href", item->href);
		govuk_part_attributes(b, &item->attributes);
		H(b, ">");
	}
	govuk_part_content(b, item->text, item->html);
	if (item->href.n > 0)
		H(b, "</a>");
	H(b, "</li>\n");
}

void govuk_error_summary_(struct buf *b, const struct govuk_error_summary *o)
{
	H(b, "<div class=\"govuk-error-summary");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_choice(b, S("disable-auto-focus"), o->disable_auto_focus);
	govuk_part_attributes(b, &o->attributes);
	H(b, " data-module=\"govuk-error-summary\"><div role=\"alert\">\n"
	     "<h2 class=\"govuk-error-summary__title\">");
	govuk_part_content(b, o->title_text, o->title_html);
	H(b, "</h2>\n<div class=\"govuk-error-summary__body\">\n");
	if (govuk_part_some(o->description_text, o->description_html)) {
		H(b, "<p>");
		govuk_part_content(b, o->description_text, o->description_html);
		H(b, "</p>\n");
	}
	if (o->n_errors > 0) {
		H(b, "<ul class=\"govuk-list govuk-error-summary__list\">\n");
		for (size_t i = 0; i < o->n_errors; i++)
			error(b, &o->errors[i]);
		H(b, "</ul>\n");
	}
	H(b, "</div></div></div>\n");
}
