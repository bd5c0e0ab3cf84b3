#include "html/govuk_phase_banner.h"

void govuk_phase_banner_(struct buf *b, const struct govuk_phase_banner *o)
{
	H(b, "<div class=\"govuk-phase-banner govuk-width-container");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<p class=\"govuk-phase-banner__content\"><strong class=\"govuk-tag "
	     "govuk-phase-banner__content__tag");
	govuk_part_classes(b, o->tag.classes);
	H(b, "\">");
	govuk_part_content(b, o->tag.text, o->tag.html);
	H(b, "</strong> <span class=\"govuk-phase-banner__text\">");
	govuk_part_content(b, o->text, o->html);
	H(b, "</span></p>\n</div>\n");
}
