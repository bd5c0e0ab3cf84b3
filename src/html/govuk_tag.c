#include "html/govuk_tag.h"

void govuk_tag_(struct buf *b, const struct govuk_tag *o)
{
	H(b, "<strong class=\"govuk-tag");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">");
	govuk_part_content(b, o->text, o->html);
	H(b, "</strong>");
}
