/* govuk_options.h - radios and checkboxes: one choice, or any number, from options in view. */
#pragma once

#include "html/govuk_fieldset.h"

struct govuk_option {
	str text;
	struct markup html;
	str value;
	str id;        /* PREFIX for the first, then PREFIX-2 and so on */
	str name;      /* checkboxes: in place of the common name */
	str divider;   /* "or": a word between options, and no option */
	str behaviour; /* checkboxes: "exclusive" */
	str label_classes;
	struct govuk_attributes label_attributes;
	struct govuk_hint hint;
	struct markup conditional; /* shown while this option is chosen */
	struct govuk_attributes attributes;
	enum govuk_choice checked;
	bool disabled;
	bool absent; /* left out, but keeps its place in the numbering */
};

struct govuk_options {
	const struct govuk_fieldset *fieldset; /* NULL: none */
	struct govuk_hint hint;
	struct govuk_error_message error;
	struct govuk_form_group group;
	const struct govuk_option *items;
	size_t n_items;
	str name;
	str id_prefix;     /* the name when left out */
	str value;         /* radios: the chosen one */
	const str *values; /* checkboxes: the chosen ones */
	size_t n_values;
	str described_by; /* checkboxes */
	str classes;
	struct govuk_attributes attributes;
};

enum govuk_options_kind { GOVUK_RADIOS, GOVUK_CHECKBOXES };

#define govuk_radios(b, ...)                                                                       \
	govuk_options_((b), GOVUK_RADIOS, &(struct govuk_options){ __VA_ARGS__ })
#define govuk_checkboxes(b, ...)                                                                   \
	govuk_options_((b), GOVUK_CHECKBOXES, &(struct govuk_options){ __VA_ARGS__ })
void govuk_options_(struct buf *b, enum govuk_options_kind kind, const struct govuk_options *o);
