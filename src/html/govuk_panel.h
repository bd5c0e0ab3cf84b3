/* govuk_panel.h - that something is done, or a stop before something grave. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_button.h"

struct govuk_panel_action {
	str text, href, type, classes;
	struct govuk_attributes attributes;
};

struct govuk_panel_actions {
	const struct govuk_panel_action *items;
	size_t n_items;
	str classes;
	struct govuk_attributes attributes;
};

struct govuk_panel {
	str title_text;
	struct markup title_html;
	str text;
	struct markup html;
	int64_t heading_level; /* 1 */
	bool interruption;     /* a stop before something grave; else a confirmation */
	const struct govuk_panel_actions *actions; /* of an interruption; NULL: none */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_panel(b, ...) govuk_panel_((b), &(struct govuk_panel){ __VA_ARGS__ })
void govuk_panel_(struct buf *b, const struct govuk_panel *o);
