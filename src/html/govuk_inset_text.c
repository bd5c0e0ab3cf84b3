#include "html/govuk_inset_text.h"

void govuk_inset_text_(struct buf *b, const struct govuk_inset_text *o)
{
	H(b, "<div");
	attr_some(b, "id", o->id);
	H(b, " class=\"govuk-inset-text");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">");
	govuk_part_content(b, o->text, o->html);
	H(b, "</div>\n");
}
