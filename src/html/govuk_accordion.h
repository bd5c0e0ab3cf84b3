/* govuk_accordion.h - sections that open one by one. Never for what the law asks to be seen. */
#pragma once

#include "html/govuk_part.h"

struct govuk_accordion_item {
	struct govuk_content heading, summary, content;
	bool expanded;
	bool absent; /* left out, but keeps its place in the numbering */
};

struct govuk_accordion {
	const struct govuk_accordion_item *items;
	size_t n_items;
	str id;
	int64_t heading_level; /* 2 */
	str classes;
	struct govuk_attributes attributes;
	enum govuk_choice remember_expanded;
	str hide_all, hide, hide_label, show_all, show, show_label; /* words of the script */
};

#define govuk_accordion(b, ...) govuk_accordion_((b), &(struct govuk_accordion){ __VA_ARGS__ })
void govuk_accordion_(struct buf *b, const struct govuk_accordion *o);
