#include "html/govuk_label.h"

void govuk_label_for(struct buf *b, const struct govuk_label *o, struct govuk_id id)
{
	if (!govuk_part_some(o->text, o->html))
		return;
	if (o->page_heading)
		H(b, "<h1 class=\"govuk-label-wrapper\">");
	H(b, "<label class=\"govuk-label");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	if (id.base.n > 0) {
		H(b, " for=\"");
		govuk_part_id(b, id);
		H(b, "\"");
	}
	H(b, ">");
	govuk_part_content(b, o->text, o->html);
	H(b, "</label>\n");
	if (o->page_heading)
		H(b, "</h1>\n");
}

void govuk_label_(struct buf *b, const struct govuk_label *o)
{
	govuk_label_for(b, o, (struct govuk_id){ .base = o->for_id });
}
