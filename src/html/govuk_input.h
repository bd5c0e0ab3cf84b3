/* govuk_input.h - one line of text. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_field.h"

/* A sign before or after the box, as the pound sign. */
struct govuk_affix {
	str text;
	struct markup html;
	str classes;
	struct govuk_attributes attributes;
};

struct govuk_input {
	struct govuk_label label;
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	struct govuk_affix prefix, suffix;
	str id; /* the name when left out */
	str name;
	str type; /* "text" */
	str value;
	str described_by, autocomplete, autocapitalize, pattern, inputmode, classes;
	str wrapper_classes;
	struct govuk_attributes attributes, wrapper_attributes;
	enum govuk_choice spellcheck;
	bool disabled;
};

#define govuk_input(b, ...) govuk_input_((b), &(struct govuk_input){ __VA_ARGS__ })
void govuk_input_(struct buf *b, const struct govuk_input *o);
