#include "html/govuk_details.h"

void govuk_details_open(struct buf *b, const struct govuk_details *o)
{
	H(b, "<details");
	attr_some(b, "id", o->id);
	H(b, " class=\"govuk-details");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	if (o->open)
		H(b, " open");
	H(b, "><summary class=\"govuk-details__summary\">"
	     "<span class=\"govuk-details__summary-text\">");
	govuk_part_content(b, o->summary_text, o->summary_html);
	H(b, "</span></summary><div class=\"govuk-details__text\">");
}

void govuk_details_close(struct buf *b)
{
	H(b, "</div></details>\n");
}

void govuk_details_(struct buf *b, const struct govuk_details *o)
{
	govuk_details_open(b, o);
	govuk_part_content(b, o->text, o->html);
	govuk_details_close(b);
}
