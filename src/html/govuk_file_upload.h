/* govuk_file_upload.h - a file from the reader's own machine. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_field.h"

struct govuk_file_upload {
	struct govuk_label label;
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	str id; /* the name when left out */
	str name, described_by, classes;
	struct govuk_attributes attributes;
	bool disabled, multiple;
	bool javascript; /* a place to drop files on */
	str wrapper_classes;
	struct govuk_attributes wrapper_attributes;
	struct govuk_attributes multiple_files_chosen;         /* by plural rule */
	str choose_files, no_file_chosen, drop, entered, left; /* words of the script */
};

#define govuk_file_upload(b, ...)                                                                  \
	govuk_file_upload_((b), &(struct govuk_file_upload){ __VA_ARGS__ })
void govuk_file_upload_(struct buf *b, const struct govuk_file_upload *o);
