#include "html/govuk_field.h"

bool govuk_field_has_hint(const struct govuk_hint *hint)
{
	return hint != NULL && govuk_part_some(hint->text, hint->html);
}

bool govuk_field_has_error(const struct govuk_error_message *error)
{
	return error != NULL && govuk_part_some(error->text, error->html);
}

void govuk_field_group(struct buf *b, const struct govuk_form_group *group, bool error)
{
	H(b, "<div class=\"govuk-form-group");
	if (error)
		H(b, " govuk-form-group--error");
	govuk_part_classes(b, group->classes);
	H(b, "\"");
	govuk_part_attributes(b, &group->attributes);
	H(b, ">\n");
}

void govuk_field_hint_error(struct buf *b, const struct govuk_field *field)
{
	if (govuk_field_has_hint(field->hint))
		govuk_hint_for(b, field->hint,
			(struct govuk_id){ .base = field->id, .suffix = S("-hint") }, S(""));
	if (govuk_field_has_error(field->error))
		govuk_error_message_for(b, field->error,
			(struct govuk_id){ .base = field->id, .suffix = S("-error") });
}

void govuk_field_open(struct buf *b, const struct govuk_field *field)
{
	govuk_field_group(b, field->group, govuk_field_has_error(field->error));
	if (field->label != NULL)
		govuk_label_for(b, field->label, (struct govuk_id){ .base = field->id });
	govuk_field_hint_error(b, field);
}

static void one_id(struct buf *b, bool *any, str base, str suffix)
{
	if (*any)
		H(b, " ");
	*any = true;
	text(b, base);
	text(b, suffix);
}

void govuk_described_by(struct buf *b, const struct govuk_described *by)
{
	bool any = false;
	if (by->by.n == 0 && !by->hint && !by->error && !by->info)
		return;
	H(b, " aria-describedby=\"");
	if (by->info)
		one_id(b, &any, by->base, S("-info"));
	if (by->by.n > 0)
		one_id(b, &any, by->by, S(""));
	if (by->hint)
		one_id(b, &any, by->base, S("-hint"));
	if (by->error)
		one_id(b, &any, by->base, S("-error"));
	H(b, "\"");
}
