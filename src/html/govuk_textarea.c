#include "html/govuk_textarea.h"

void govuk_textarea_control(
	struct buf *b, const struct govuk_textarea *o, str more_classes, bool info)
{
	str id = govuk_part_default(o->id, o->name);
	bool error = govuk_field_has_error(&o->error);
	H(b, "<textarea class=\"govuk-textarea");
	if (error)
		H(b, " govuk-textarea--error");
	govuk_part_classes(b, more_classes);
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	attr(b, "id", id);
	attr(b, "name", o->name);
	attr_int(b, "rows", o->rows == 0 ? 5 : o->rows);
	if (o->spellcheck == GOVUK_YES)
		H(b, " spellcheck=\"true\"");
	if (o->spellcheck == GOVUK_NO)
		H(b, " spellcheck=\"false\"");
	if (o->disabled)
		H(b, " disabled");
	govuk_described_by(b, &(struct govuk_described){ .by = o->described_by,
				      .base = id,
				      .hint = govuk_field_has_hint(&o->hint),
				      .error = error,
				      .info = info });
	attr_some(b, "autocomplete", o->autocomplete);
	govuk_part_attributes(b, &o->attributes);
	H(b, ">");
	/* A browser drops one line break right after the tag: without ours, the writer's is lost.
	 */
	if (o->value.n > 0 && (o->value.p[0] == '\n' || o->value.p[0] == '\r'))
		H(b, "\n");
	text(b, o->value);
	H(b, "</textarea>\n");
}

void govuk_textarea_(struct buf *b, const struct govuk_textarea *o)
{
	govuk_field_open(b, &(struct govuk_field){ .group = &o->group,
				    .label = &o->label,
				    .hint = &o->hint,
				    .error = &o->error,
				    .id = govuk_part_default(o->id, o->name) });
	govuk_part_content(b, o->group.before.text, o->group.before.html);
	govuk_textarea_control(b, o, S(""), false);
	govuk_part_content(b, o->group.after.text, o->group.after.html);
	H(b, "</div>\n");
}
