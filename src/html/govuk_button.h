/* govuk_button.h - a button, or a link that looks like one. */
#pragma once

#include "html/govuk_part.h"

struct govuk_button {
	str text;
	struct markup html;
	str href; /* a link when given */
	str type; /* "submit" */
	str name, value, id, classes;
	struct govuk_attributes attributes;
	bool disabled;
	bool start; /* "Start now", with its arrow */
	enum govuk_choice prevent_double_click;
};

#define govuk_button(b, ...) govuk_button_((b), &(struct govuk_button){ __VA_ARGS__ })
void govuk_button_(struct buf *b, const struct govuk_button *o);
