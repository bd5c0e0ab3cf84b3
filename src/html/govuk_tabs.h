/* govuk_tabs.h - parts of one page, one shown at a time; without a script all are shown. */
#pragma once

#include "html/govuk_part.h"

struct govuk_tab {
	str label;
	str id; /* PREFIX-1, PREFIX-2 ... */
	struct govuk_content panel;
	struct govuk_attributes attributes, panel_attributes;
	bool absent; /* left out, but keeps its place in the numbering */
};

struct govuk_tabs {
	const struct govuk_tab *items;
	size_t n_items;
	str title; /* "Contents" */
	str id, id_prefix, classes;
	struct govuk_attributes attributes;
};

#define govuk_tabs(b, ...) govuk_tabs_((b), &(struct govuk_tabs){ __VA_ARGS__ })
void govuk_tabs_(struct buf *b, const struct govuk_tabs *o);
