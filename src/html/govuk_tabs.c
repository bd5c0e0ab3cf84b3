#include "html/govuk_tabs.h"

static void panel_id(
	struct buf *b, const struct govuk_tabs *o, const struct govuk_tab *tab, size_t number)
{
	if (tab->id.n > 0) {
		text(b, tab->id);
		return;
	}
	text(b, o->id_prefix);
	H(b, "-");
	buf_int(b, (int64_t)number);
}

static void tab_link(
	struct buf *b, const struct govuk_tabs *o, const struct govuk_tab *tab, size_t number)
{
	H(b, "<li class=\"govuk-tabs__list-item");
	if (number == 1)
		H(b, " govuk-tabs__list-item--selected");
	H(b, "\"><a class=\"govuk-tabs__tab\" href=\"#");
	panel_id(b, o, tab, number);
	H(b, "\"");
	govuk_part_attributes(b, &tab->attributes);
	H(b, ">");
	text(b, tab->label);
	H(b, "</a></li>\n");
}

static void tab_panel(
	struct buf *b, const struct govuk_tabs *o, const struct govuk_tab *tab, size_t number)
{
	H(b, "<div class=\"govuk-tabs__panel");
	if (number > 1)
		H(b, " govuk-tabs__panel--hidden");
	H(b, "\" id=\"");
	panel_id(b, o, tab, number);
	H(b, "\"");
	govuk_part_attributes(b, &tab->panel_attributes);
	H(b, ">");
	if (tab->panel.html.s.n > 0) {
		html_put(b, tab->panel.html);
	} else if (tab->panel.text.n > 0) {
		H(b, "<p class=\"govuk-body\">");
		text(b, tab->panel.text);
		H(b, "</p>");
	}
	H(b, "</div>\n");
}

void govuk_tabs_(struct buf *b, const struct govuk_tabs *o)
{
	H(b, "<div");
	attr_some(b, "id", o->id);
	H(b, " class=\"govuk-tabs");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, " data-module=\"govuk-tabs\">\n<h2 class=\"govuk-tabs__title\">");
	text(b, o->title.p == NULL ? S("Contents") : o->title);
	H(b, "</h2>\n");
	if (o->n_items > 0) {
		H(b, "<ul class=\"govuk-tabs__list\">\n");
		for (size_t i = 0; i < o->n_items; i++) {
			if (!o->items[i].absent)
				tab_link(b, o, &o->items[i], i + 1);
		}
		H(b, "</ul>\n");
		for (size_t i = 0; i < o->n_items; i++) {
			if (!o->items[i].absent)
				tab_panel(b, o, &o->items[i], i + 1);
		}
	}
	H(b, "</div>\n");
}
