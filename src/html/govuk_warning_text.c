#include "html/govuk_warning_text.h"

void govuk_warning_text_(struct buf *b, const struct govuk_warning_text *o)
{
	H(b, "<div class=\"govuk-warning-text");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>\n"
	     "<strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">");
	text(b, govuk_part_default(o->icon_fallback_text, S("Warning")));
	H(b, "</span> ");
	govuk_part_content(b, o->text, o->html);
	H(b, "</strong>\n</div>\n");
}
