/* govuk_select.h - one choice from a list that drops down. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_field.h"

struct govuk_select_item {
	str text;
	str value; /* left out: the text is the value */
	enum govuk_choice selected;
	bool disabled;
	struct govuk_attributes attributes;
};

struct govuk_select {
	struct govuk_label label;
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	const struct govuk_select_item *items;
	size_t n_items;
	str id; /* the name when left out */
	str name;
	str value; /* selects the item with this value, or this text where it has none */
	str described_by, classes;
	struct govuk_attributes attributes;
	bool disabled;
};

#define govuk_select(b, ...) govuk_select_((b), &(struct govuk_select){ __VA_ARGS__ })
void govuk_select_(struct buf *b, const struct govuk_select *o);
