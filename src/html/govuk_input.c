#include "html/govuk_input.h"

static void control(struct buf *b, const struct govuk_input *o, str id)
{
	H(b, "<input class=\"govuk-input");
	govuk_part_classes(b, o->classes);
	if (govuk_field_has_error(&o->error))
		H(b, " govuk-input--error");
	H(b, "\"");
	attr(b, "id", id);
	attr(b, "name", o->name);
	attr(b, "type", govuk_part_default(o->type, S("text")));
	if (o->spellcheck == GOVUK_YES)
		H(b, " spellcheck=\"true\"");
	if (o->spellcheck == GOVUK_NO)
		H(b, " spellcheck=\"false\"");
	if (o->value.p != NULL)
		attr(b, "value", o->value);
	if (o->disabled)
		H(b, " disabled");
	govuk_described_by(b, &(struct govuk_described){ .by = o->described_by,
				      .base = id,
				      .hint = govuk_field_has_hint(&o->hint),
				      .error = govuk_field_has_error(&o->error) });
	attr_some(b, "autocomplete", o->autocomplete);
	attr_some(b, "autocapitalize", o->autocapitalize);
	attr_some(b, "pattern", o->pattern);
	attr_some(b, "inputmode", o->inputmode);
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
}

static void affix(struct buf *b, const struct govuk_affix *a, str kind)
{
	if (!govuk_part_some(a->text, a->html))
		return;
	H(b, "<div class=\"govuk-input__");
	text(b, kind);
	govuk_part_classes(b, a->classes);
	H(b, "\" aria-hidden=\"true\"");
	govuk_part_attributes(b, &a->attributes);
	H(b, ">");
	govuk_part_content(b, a->text, a->html);
	H(b, "</div>\n");
}

static bool is_wrapped(const struct govuk_input *o)
{
	return govuk_part_some(o->prefix.text, o->prefix.html) ||
	       govuk_part_some(o->suffix.text, o->suffix.html) ||
	       govuk_part_some(o->group.before.text, o->group.before.html) ||
	       govuk_part_some(o->group.after.text, o->group.after.html);
}

void govuk_input_(struct buf *b, const struct govuk_input *o)
{
	str id = govuk_part_default(o->id, o->name);
	govuk_field_open(b, &(struct govuk_field){ .group = &o->group,
				    .label = &o->label,
				    .hint = &o->hint,
				    .error = &o->error,
				    .id = id });
	if (is_wrapped(o)) {
		H(b, "<div class=\"govuk-input__wrapper");
		govuk_part_classes(b, o->wrapper_classes);
		H(b, "\"");
		govuk_part_attributes(b, &o->wrapper_attributes);
		H(b, ">\n");
		govuk_part_content(b, o->group.before.text, o->group.before.html);
		H(b, "\n");
		affix(b, &o->prefix, S("prefix"));
		control(b, o, id);
		affix(b, &o->suffix, S("suffix"));
		govuk_part_content(b, o->group.after.text, o->group.after.html);
		H(b, "</div>\n");
	} else {
		control(b, o, id);
	}
	H(b, "</div>\n");
}
