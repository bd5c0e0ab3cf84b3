/* govuk_error_message.h - what is wrong with a field and how to put it right. */
#pragma once

#include "html/govuk_part.h"

struct govuk_error_message {
	str text;
	struct markup html;
	str id, classes;
	str visually_hidden_text; /* "Error"; S("") for none */
	struct govuk_attributes attributes;
};

#define govuk_error_message(b, ...)                                                                \
	govuk_error_message_((b), &(struct govuk_error_message){ __VA_ARGS__ })
void govuk_error_message_(struct buf *b, const struct govuk_error_message *o);
/* The same with an id made of pieces. */
void govuk_error_message_for(
	struct buf *b, const struct govuk_error_message *o, struct govuk_id id);
