#include "html/govuk_footer.h"

static void links(struct buf *b, const struct govuk_footer_link *items, size_t n, str list_item)
{
	for (size_t i = 0; i < n; i++) {
		H(b, "<li class=\"govuk-footer__");
		text(b, list_item);
		H(b, "\"><a class=\"govuk-footer__link\"");
		attr(b, "href", items[i].href);
		govuk_part_attributes(b, &items[i].attributes);
		H(b, ">");
		text(b, items[i].text);
		H(b, "</a></li>\n");
	}
}

static void section(struct buf *b, const struct govuk_footer_section *s)
{
	H(b, "<div class=\"govuk-footer__section govuk-grid-column-");
	text(b, govuk_part_default(s->width, S("full")));
	H(b, "\">\n<h2 class=\"govuk-footer__heading govuk-heading-m\">");
	text(b, s->title);
	H(b, "</h2>\n");
	if (s->n_items > 0) {
		H(b, "<ul class=\"govuk-footer__list");
		if (s->columns > 0) {
			H(b, " govuk-footer__list--columns-");
			buf_int(b, s->columns);
		}
		H(b, "\">\n");
		links(b, s->items, s->n_items, S("list-item"));
		H(b, "</ul>\n");
	}
	H(b, "</div>\n");
}

static void meta(struct buf *b, const struct govuk_footer_meta *m)
{
	H(b, "<h2 class=\"govuk-visually-hidden\">");
	text(b, govuk_part_default(m->visually_hidden_title, S("Support links")));
	H(b, "</h2>\n");
	if (m->n_items > 0) {
		H(b, "<ul class=\"govuk-footer__inline-list\">\n");
		links(b, m->items, m->n_items, S("inline-list-item"));
		H(b, "</ul>\n");
	}
	if (govuk_part_some(m->text, m->html)) {
		H(b, "<div class=\"govuk-footer__meta-custom\">");
		govuk_part_content(b, m->text, m->html);
		H(b, "</div>\n");
	}
}

static void licence(struct buf *b, const struct govuk_footer *o)
{
	if (!govuk_part_some(o->licence.text, o->licence.html))
		return;
	html_put(b, o->licence_logo);
	H(b, "<span class=\"govuk-footer__licence-description\">");
	govuk_part_content(b, o->licence.text, o->licence.html);
	H(b, "</span>\n");
}

static void copyright(struct buf *b, const struct govuk_footer *o)
{
	if (!govuk_part_some(o->copyright.text, o->copyright.html))
		return;
	H(b, "<div class=\"govuk-footer__meta-item\">");
	if (o->copyright_url.n > 0) {
		H(b, "<a class=\"govuk-footer__link govuk-footer__copyright-logo\"");
		attr(b, "href", o->copyright_url);
		H(b, ">");
	}
	govuk_part_content(b, o->copyright.text, o->copyright.html);
	if (o->copyright_url.n > 0)
		H(b, "</a>");
	H(b, "</div>\n");
}

void govuk_footer_(struct buf *b, const struct govuk_footer *o)
{
	H(b, "<div class=\"govuk-footer");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<div class=\"govuk-width-container");
	govuk_part_classes(b, o->container_classes);
	H(b, "\">\n");
	html_put(b, o->logo);
	if (o->n_sections > 0) {
		H(b, "<div class=\"govuk-footer__navigation\">\n");
		for (size_t i = 0; i < o->n_sections; i++)
			section(b, &o->sections[i]);
		H(b, "</div>\n<hr class=\"govuk-footer__section-break\">\n");
	}
	H(b, "<div class=\"govuk-footer__meta\">\n"
	     "<div class=\"govuk-footer__meta-item govuk-footer__meta-item--grow\">\n");
	if (o->meta != NULL)
		meta(b, o->meta);
	licence(b, o);
	H(b, "</div>\n");
	copyright(b, o);
	H(b, "</div>\n</div>\n</div>\n");
}
