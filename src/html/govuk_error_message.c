#include "html/govuk_error_message.h"

void govuk_error_message_for(struct buf *b, const struct govuk_error_message *o, struct govuk_id id)
{
	str hidden = o->visually_hidden_text;
	if (hidden.p == NULL)
		hidden = S("Error");
	H(b, "<p");
	if (id.base.n > 0 || id.suffix.n > 0) {
		H(b, " id=\"");
		govuk_part_id(b, id);
		H(b, "\"");
	}
	H(b, " class=\"govuk-error-message");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">");
	if (hidden.n > 0) {
		H(b, "<span class=\"govuk-visually-hidden\">");
		text(b, hidden);
		H(b, ":</span> ");
	}
	govuk_part_content(b, o->text, o->html);
	H(b, "</p>\n");
}

void govuk_error_message_(struct buf *b, const struct govuk_error_message *o)
{
	govuk_error_message_for(b, o, (struct govuk_id){ .base = o->id });
}
