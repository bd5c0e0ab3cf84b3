#include "html/govuk_select.h"

static void option(struct buf *b, const struct govuk_select_item *item, str chosen)
{
	str effective = item->value.p == NULL ? item->text : item->value;
	bool selected =
		item->selected == GOVUK_YES ||
		(item->selected == GOVUK_DEFAULT && chosen.n > 0 && str_equal(effective, chosen));
	H(b, "<option");
	if (item->value.p != NULL)
		attr(b, "value", item->value);
	if (selected)
		H(b, " selected");
	if (item->disabled)
		H(b, " disabled");
	govuk_part_attributes(b, &item->attributes);
	H(b, ">");
	text(b, item->text);
	H(b, "</option>\n");
}

void govuk_select_(struct buf *b, const struct govuk_select *o)
{
	str id = govuk_part_default(o->id, o->name);
	bool error = govuk_field_has_error(&o->error);
	govuk_field_open(b, &(struct govuk_field){ .group = &o->group,
				    .label = &o->label,
				    .hint = &o->hint,
				    .error = &o->error,
				    .id = id });
	govuk_part_content(b, o->group.before.text, o->group.before.html);
	H(b, "\n");
	H(b, "<select class=\"govuk-select");
	govuk_part_classes(b, o->classes);
	if (error)
		H(b, " govuk-select--error");
	H(b, "\"");
	attr(b, "id", id);
	attr(b, "name", o->name);
	if (o->disabled)
		H(b, " disabled");
	govuk_described_by(b, &(struct govuk_described){ .by = o->described_by,
				      .base = id,
				      .hint = govuk_field_has_hint(&o->hint),
				      .error = error });
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	for (size_t i = 0; i < o->n_items; i++)
		option(b, &o->items[i], o->value);
	H(b, "</select>\n");
	govuk_part_content(b, o->group.after.text, o->group.after.html);
	H(b, "</div>\n");
}
