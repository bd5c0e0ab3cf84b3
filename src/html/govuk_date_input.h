/* govuk_date_input.h - a day in three boxes: easier and surer than a calendar. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_fieldset.h"

struct govuk_date_item {
	str name, value;
	str id;    /* ID-NAME */
	str label; /* the name, with a capital */
	str autocomplete, pattern, classes;
	str inputmode; /* "numeric" */
	struct govuk_attributes attributes;
	enum govuk_choice error; /* this box is the wrong one; all are when none says */
};

struct govuk_date_input {
	const struct govuk_fieldset *fieldset; /* NULL: none */
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	const struct govuk_date_item *items; /* in place of day, month and year */
	size_t n_items;
	const struct govuk_date_item *day, *month, *year; /* NULL: the plain box */
	bool no_day, no_month, no_year;
	const struct govuk_attribute *values; /* by name of box, prefix included */
	size_t n_values;
	str id, name_prefix, classes;
	struct govuk_attributes attributes;
};

#define govuk_date_input(b, ...) govuk_date_input_((b), &(struct govuk_date_input){ __VA_ARGS__ })
void govuk_date_input_(struct buf *b, const struct govuk_date_input *o);
