#include "html/govuk_feedback.h"

void govuk_feedback_(struct buf *b, const struct govuk_feedback *o)
{
	int64_t level = o->heading_level == 0 ? 2 : o->heading_level;
	H(b, "<div class=\"govuk-feedback govuk-width-container");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<div class=\"govuk-grid-row\">\n<div class=\"govuk-grid-column-two-thirds\">\n<h");
	buf_int(b, level);
	H(b, " class=\"govuk-feedback__title\">");
	govuk_part_content(b, o->title_text, o->title_html);
	H(b, "</h");
	buf_int(b, level);
	H(b, ">\n");
	if (govuk_part_some(o->text, o->html)) {
		H(b, "<div class=\"govuk-feedback__body\">");
		if (o->html.s.n > 0) {
			html_put(b, o->html);
		} else {
			H(b, "<p class=\"govuk-body\">");
			text(b, o->text);
			H(b, "</p>");
		}
		H(b, "</div>\n");
	}
	H(b, "</div>\n</div>\n</div>\n");
}
