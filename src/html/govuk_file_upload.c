#include "html/govuk_file_upload.h"

static void wrapper(struct buf *b, const struct govuk_file_upload *o)
{
	H(b, "<div class=\"govuk-file-upload-wrapper");
	govuk_part_classes(b, o->wrapper_classes);
	H(b, "\" data-module=\"govuk-file-upload\"");
	govuk_part_i18n(b, S("choose-files-button"), o->choose_files);
	govuk_part_i18n(b, S("no-file-chosen"), o->no_file_chosen);
	govuk_part_i18n_plural(b, S("multiple-files-chosen"), &o->multiple_files_chosen);
	govuk_part_i18n(b, S("drop-instruction"), o->drop);
	govuk_part_i18n(b, S("entered-drop-zone"), o->entered);
	govuk_part_i18n(b, S("left-drop-zone"), o->left);
	govuk_part_attributes(b, &o->wrapper_attributes);
	H(b, ">\n");
}

void govuk_file_upload_(struct buf *b, const struct govuk_file_upload *o)
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
	if (o->javascript)
		wrapper(b, o);
	H(b, "<input class=\"govuk-file-upload");
	govuk_part_classes(b, o->classes);
	if (error)
		H(b, " govuk-file-upload--error");
	H(b, "\"");
	attr(b, "id", id);
	attr(b, "name", o->name);
	H(b, " type=\"file\"");
	if (o->disabled)
		H(b, " disabled");
	if (o->multiple)
		H(b, " multiple");
	govuk_described_by(b, &(struct govuk_described){ .by = o->described_by,
				      .base = id,
				      .hint = govuk_field_has_hint(&o->hint),
				      .error = error });
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	if (o->javascript)
		H(b, "</div>\n");
	govuk_part_content(b, o->group.after.text, o->group.after.html);
	H(b, "</div>\n");
}
