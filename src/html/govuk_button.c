#include "html/govuk_button.h"

static void common(struct buf *b, const struct govuk_button *o)
{
	H(b, " class=\"govuk-button");
	govuk_part_classes(b, o->classes);
	if (o->start)
		H(b, " govuk-button--start");
	H(b, "\" data-module=\"govuk-button\"");
	govuk_part_attributes(b, &o->attributes);
	attr_some(b, "id", o->id);
	H(b, ">");
	if (o->start && o->html.s.n > 0) {
		H(b, "<span>");
		html_put(b, o->html);
		H(b, "</span>");
	} else {
		govuk_part_content(b, o->text, o->html);
	}
	if (o->start)
		H(b, " <svg class=\"govuk-button__start-icon\" xmlns=\"http://www.w3.org/2000/svg\""
		     " width=\"17.5\" height=\"19\" viewBox=\"0 0 33 40\" aria-hidden=\"true\""
		     " focusable=\"false\"><path fill=\"currentColor\""
		     " d=\"M0 0h13l20 20-20 20H0l20-20z\"/></svg>");
}

void govuk_button_(struct buf *b, const struct govuk_button *o)
{
	if (o->href.n > 0) {
		H(b, "<a");
		attr(b, "href", o->href);
		H(b, " role=\"button\" draggable=\"false\"");
		common(b, o);
		H(b, "</a>\n");
		return;
	}
	H(b, "<button");
	attr(b, "type", govuk_part_default(o->type, S("submit")));
	attr_some(b, "value", o->value);
	attr_some(b, "name", o->name);
	if (o->disabled)
		H(b, " disabled aria-disabled=\"true\"");
	govuk_part_choice(b, S("prevent-double-click"), o->prevent_double_click);
	common(b, o);
	H(b, "</button>\n");
}
