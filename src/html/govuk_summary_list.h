/* govuk_summary_list.h - names and values, with what can be done about each. */
#pragma once

#include "html/govuk_part.h"

struct govuk_summary_cell {
	str text;
	struct markup html;
	str classes;
};

struct govuk_summary_action {
	str text;
	struct markup html;
	str href;
	str visually_hidden_text; /* "date of birth", after "Change" */
	str classes;
	struct govuk_attributes attributes;
};

struct govuk_summary_row {
	struct govuk_summary_cell key, value;
	const struct govuk_summary_action *actions;
	size_t n_actions;
	str actions_classes, classes;
};

struct govuk_summary_card {
	str title_text;
	struct markup title_html;
	int64_t heading_level; /* 2 */
	str title_classes;
	const struct govuk_summary_action *actions;
	size_t n_actions;
	str actions_classes, classes;
	struct govuk_attributes attributes;
};

struct govuk_summary_list {
	const struct govuk_summary_row *rows;
	size_t n_rows;
	const struct govuk_summary_card *card; /* NULL: no card round it */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_summary_list(b, ...)                                                                 \
	govuk_summary_list_((b), &(struct govuk_summary_list){ __VA_ARGS__ })
void govuk_summary_list_(struct buf *b, const struct govuk_summary_list *o);
