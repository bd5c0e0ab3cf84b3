#include "html/govuk_fieldset.h"

static void legend(struct buf *b, const struct govuk_legend *l)
{
	if (!govuk_part_some(l->text, l->html))
		return;
	H(b, "<legend class=\"govuk-fieldset__legend");
	govuk_part_classes(b, l->classes);
	H(b, "\">");
	if (l->page_heading)
		H(b, "<h1 class=\"govuk-fieldset__heading\">");
	govuk_part_content(b, l->text, l->html);
	if (l->page_heading)
		H(b, "</h1>");
	H(b, "</legend>\n");
}

void govuk_fieldset_open_described(
	struct buf *b, const struct govuk_fieldset *o, const struct govuk_described *by)
{
	H(b, "<fieldset class=\"govuk-fieldset");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	attr_some(b, "role", o->role);
	govuk_described_by(b, by);
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	legend(b, &o->legend);
}

void govuk_fieldset_open(struct buf *b, const struct govuk_fieldset *o)
{
	govuk_fieldset_open_described(b, o, &(struct govuk_described){ .by = o->described_by });
}

void govuk_fieldset_close(struct buf *b)
{
	H(b, "</fieldset>\n");
}

void govuk_fieldset_(struct buf *b, const struct govuk_fieldset *o)
{
	govuk_fieldset_open(b, o);
	html_put(b, o->html);
	govuk_fieldset_close(b);
}
