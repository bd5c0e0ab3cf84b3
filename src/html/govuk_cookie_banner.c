#include "html/govuk_cookie_banner.h"

static void action(struct buf *b, const struct govuk_cookie_action *a)
{
	if (a->href.n == 0 || str_equal(a->type, S("button"))) {
		govuk_button(b, .text = a->text, .type = govuk_part_default(a->type, S("button")),
			.name = a->name, .value = a->value, .classes = a->classes, .href = a->href,
			.attributes = a->attributes);
		return;
	}
	H(b, "<a class=\"govuk-link");
	govuk_part_classes(b, a->classes);
	H(b, "\"");
	attr(b, "href", a->href);
	govuk_part_attributes(b, &a->attributes);
	H(b, ">");
	text(b, a->text);
	H(b, "</a>\n");
}

static void words(struct buf *b, const struct govuk_cookie_message *m)
{
	if (govuk_part_some(m->heading_text, m->heading_html)) {
		H(b, "<h2 class=\"govuk-cookie-banner__heading govuk-heading-m\">");
		govuk_part_content(b, m->heading_text, m->heading_html);
		H(b, "</h2>\n");
	}
	H(b, "<div class=\"govuk-cookie-banner__content\">");
	if (m->html.s.n > 0) {
		html_put(b, m->html);
	} else if (m->text.n > 0) {
		H(b, "<p class=\"govuk-body\">");
		text(b, m->text);
		H(b, "</p>");
	}
	H(b, "</div>\n");
}

static void message(struct buf *b, const struct govuk_cookie_message *m)
{
	H(b, "<div class=\"govuk-cookie-banner__message");
	govuk_part_classes(b, m->classes);
	H(b, " govuk-width-container\"");
	attr_some(b, "role", m->role);
	govuk_part_attributes(b, &m->attributes);
	if (m->hidden)
		H(b, " hidden");
	H(b, ">\n<div class=\"govuk-grid-row\">\n<div class=\"govuk-grid-column-two-thirds\">\n");
	words(b, m);
	H(b, "</div>\n</div>\n");
	if (m->actions != NULL) {
		H(b, "<div class=\"govuk-button-group\">\n");
		for (size_t i = 0; i < m->n_actions; i++)
			action(b, &m->actions[i]);
		H(b, "</div>\n");
	}
	H(b, "</div>\n");
}

void govuk_cookie_banner_(struct buf *b, const struct govuk_cookie_banner *o)
{
	H(b, "<div class=\"govuk-cookie-banner");
	govuk_part_classes(b, o->classes);
	H(b, "\" data-nosnippet role=\"region\"");
	attr(b, "aria-label", govuk_part_default(o->aria_label, S("Cookie banner")));
	if (o->hidden)
		H(b, " hidden");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	for (size_t i = 0; i < o->n_messages; i++)
		message(b, &o->messages[i]);
	H(b, "</div>\n");
}
