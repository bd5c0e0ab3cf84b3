#include "html/govuk_back_link.h"

void govuk_back_link_(struct buf *b, const struct govuk_back_link *o)
{
	H(b, "<a");
	attr(b, "href", govuk_part_default(o->href, S("#")));
	H(b, " class=\"govuk-back-link");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">");
	govuk_part_content(b, govuk_part_default(o->text, S("Back")), o->html);
	H(b, "</a>\n");
}
