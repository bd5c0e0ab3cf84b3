#include "html/govuk_accordion.h"

static void part_id(struct buf *b, const struct govuk_accordion *o, str part, size_t number)
{
	H(b, "id=\"");
	text(b, o->id);
	text(b, part);
	buf_int(b, (int64_t)number);
	H(b, "\"");
}

static void section(struct buf *b, const struct govuk_accordion *o,
	const struct govuk_accordion_item *item, size_t number)
{
	int64_t level = o->heading_level == 0 ? 2 : o->heading_level;
	H(b, "<div class=\"govuk-accordion__section");
	if (item->expanded)
		H(b, " govuk-accordion__section--expanded");
	H(b, "\">\n<div class=\"govuk-accordion__section-header\">\n<h");
	buf_int(b, level);
	H(b, " class=\"govuk-accordion__section-heading\">"
	     "<span class=\"govuk-accordion__section-button\" ");
	part_id(b, o, S("-heading-"), number);
	H(b, ">");
	govuk_part_content(b, item->heading.text, item->heading.html);
	H(b, "</span></h");
	buf_int(b, level);
	H(b, ">\n");
	if (govuk_part_some(item->summary.text, item->summary.html)) {
		H(b, "<div class=\"govuk-accordion__section-summary govuk-body\" ");
		part_id(b, o, S("-summary-"), number);
		H(b, ">");
		govuk_part_content(b, item->summary.text, item->summary.html);
		H(b, "</div>\n");
	}
	H(b, "</div>\n<div ");
	part_id(b, o, S("-content-"), number);
	H(b, " class=\"govuk-accordion__section-content\">");
	if (item->content.html.s.n > 0) {
		html_put(b, item->content.html);
	} else if (item->content.text.n > 0) {
		H(b, "<p class=\"govuk-body\">");
		text(b, item->content.text);
		H(b, "</p>");
	}
	H(b, "</div>\n</div>\n");
}

void govuk_accordion_(struct buf *b, const struct govuk_accordion *o)
{
	H(b, "<div class=\"govuk-accordion");
	govuk_part_classes(b, o->classes);
	H(b, "\" data-module=\"govuk-accordion\"");
	attr(b, "id", o->id);
	govuk_part_i18n(b, S("hide-all-sections"), o->hide_all);
	govuk_part_i18n(b, S("hide-section"), o->hide);
	govuk_part_i18n(b, S("hide-section-aria-label"), o->hide_label);
	govuk_part_i18n(b, S("show-all-sections"), o->show_all);
	govuk_part_i18n(b, S("show-section"), o->show);
	govuk_part_i18n(b, S("show-section-aria-label"), o->show_label);
	govuk_part_choice(b, S("remember-expanded"), o->remember_expanded);
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	for (size_t i = 0; i < o->n_items; i++) {
		if (!o->items[i].absent)
			section(b, o, &o->items[i], i + 1);
	}
	H(b, "</div>\n");
}
