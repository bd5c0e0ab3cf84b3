/* govuk_password_input.h - a password, with a button that shows it. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_input.h"

struct govuk_password_input {
	struct govuk_label label;
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	str id; /* the name when left out */
	str name, value;
	str autocomplete; /* "current-password" */
	str described_by, classes, button_classes;
	str show_text, hide_text; /* "Show", "Hide" */
	str show_label, hide_label, shown_announcement, hidden_announcement;
	struct govuk_attributes attributes;
	bool disabled;
};

#define govuk_password_input(b, ...)                                                               \
	govuk_password_input_((b), &(struct govuk_password_input){ __VA_ARGS__ })
void govuk_password_input_(struct buf *b, const struct govuk_password_input *o);
