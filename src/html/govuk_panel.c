#include "html/govuk_panel.h"

static void add_class(struct buf *classes, str more)
{
	if (more.n > 0) {
		buf_char(classes, ' ');
		buf_str(classes, more);
	}
}

static void action(struct buf *b, const struct govuk_panel_action *a)
{
	if (a->href.n == 0 || str_equal(a->type, S("button"))) {
		struct buf classes = { 0 };
		buf_lit(&classes, "govuk-button--inverse");
		add_class(&classes, a->classes);
		govuk_button(b, .text = a->text, .type = govuk_part_default(a->type, S("button")),
			.classes = buf_view(&classes), .href = a->href,
			.attributes = a->attributes);
		buf_close(&classes);
		return;
	}
	H(b, "<a class=\"govuk-link govuk-link--inverse");
	govuk_part_classes(b, a->classes);
	H(b, "\"");
	attr(b, "href", a->href);
	govuk_part_attributes(b, &a->attributes);
	H(b, ">");
	text(b, a->text);
	H(b, "</a>\n");
}

static void actions(struct buf *b, const struct govuk_panel_actions *a)
{
	H(b, "<div class=\"govuk-panel__actions");
	govuk_part_classes(b, a->classes);
	H(b, "\"");
	govuk_part_attributes(b, &a->attributes);
	H(b, ">\n");
	if (a->n_items > 0) {
		H(b, "<div class=\"govuk-button-group\">\n");
		for (size_t i = 0; i < a->n_items; i++)
			action(b, &a->items[i]);
		H(b, "</div>\n");
	}
	H(b, "</div>\n");
}

void govuk_panel_(struct buf *b, const struct govuk_panel *o)
{
	int64_t level = o->heading_level == 0 ? 1 : o->heading_level;
	if (o->interruption)
		H(b, "<div class=\"govuk-panel");
	else
		H(b, "<div class=\"govuk-panel govuk-panel--confirmation");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<h");
	buf_int(b, level);
	H(b, " class=\"govuk-panel__title\">");
	govuk_part_content(b, o->title_text, o->title_html);
	H(b, "</h");
	buf_int(b, level);
	H(b, ">\n");
	if (govuk_part_some(o->text, o->html)) {
		H(b, "<div class=\"govuk-panel__body\">");
		govuk_part_content(b, o->text, o->html);
		H(b, "</div>\n");
	}
	if (o->interruption && o->actions != NULL)
		actions(b, o->actions);
	H(b, "</div>\n");
}
