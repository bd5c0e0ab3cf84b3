/* govuk_textarea.h - more than one line of text. */
#pragma once

#include "html/govuk_field.h"

struct govuk_textarea {
	struct govuk_label label;
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	str id; /* the name when left out */
	str name, value;
	int64_t rows; /* 5 */
	str described_by, autocomplete, classes;
	struct govuk_attributes attributes;
	enum govuk_choice spellcheck;
	bool disabled;
};

#define govuk_textarea(b, ...) govuk_textarea_((b), &(struct govuk_textarea){ __VA_ARGS__ })
void govuk_textarea_(struct buf *b, const struct govuk_textarea *o);
/* The <textarea> alone; `info`: it is described by ID-info as well. */
void govuk_textarea_control(
	struct buf *b, const struct govuk_textarea *o, str more_classes, bool info);
