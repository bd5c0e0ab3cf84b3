#include "html/govuk_skip_link.h"

void govuk_skip_link_(struct buf *b, const struct govuk_skip_link *o)
{
	H(b, "<a");
	attr(b, "href", govuk_part_default(o->href, S("#content")));
	H(b, " class=\"govuk-skip-link");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, " data-module=\"govuk-skip-link\">");
	govuk_part_content(b, o->text, o->html);
	H(b, "</a>\n");
}
