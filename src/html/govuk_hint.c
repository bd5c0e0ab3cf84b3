#include "html/govuk_hint.h"

void govuk_hint_for(struct buf *b, const struct govuk_hint *o, struct govuk_id id, str more_classes)
{
	H(b, "<div");
	if (id.base.n > 0 || id.suffix.n > 0) {
		H(b, " id=\"");
		govuk_part_id(b, id);
		H(b, "\"");
	}
	H(b, " class=\"govuk-hint");
	govuk_part_classes(b, more_classes);
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">");
	govuk_part_content(b, o->text, o->html);
	H(b, "</div>\n");
}

void govuk_hint_(struct buf *b, const struct govuk_hint *o)
{
	govuk_hint_for(b, o, (struct govuk_id){ .base = o->id }, S(""));
}
