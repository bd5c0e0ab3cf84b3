#include "html/govuk_language_navigation.h"

static void common(struct buf *b, const struct govuk_language *item)
{
	attr_some(b, "lang", item->lang);
	attr_some(b, "dir", item->dir);
	govuk_part_attributes(b, &item->attributes);
	H(b, ">");
	govuk_part_content(b, item->text, item->html);
}

static void language(struct buf *b, const struct govuk_language *item)
{
	H(b, "<li class=\"govuk-language-navigation__list-item\">");
	if (item->current || item->href.n == 0) {
		H(b, "<span class=\"govuk-language-navigation__text");
		govuk_part_classes(b, item->classes);
		H(b, "\" aria-current=\"true\"");
		common(b, item);
		H(b, "</span></li>\n");
		return;
	}
	H(b, "<a class=\"govuk-language-navigation__link");
	govuk_part_classes(b, item->classes);
	H(b, "\"");
	attr(b, "href", item->href);
	H(b, " rel=\"alternate\"");
	attr_some(b, "hreflang", govuk_part_default(item->href_lang, item->lang));
	common(b, item);
	if (item->description.n > 0) {
		H(b, "<span class=\"govuk-visually-hidden\"> ");
		text(b, item->description);
		H(b, "</span>");
	}
	H(b, "</a></li>\n");
}

void govuk_language_navigation_(struct buf *b, const struct govuk_language_navigation *o)
{
	H(b, "<nav class=\"govuk-language-navigation");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->attributes);
	attr(b, "aria-label", o->aria_label.p == NULL ? S("Language") : o->aria_label);
	H(b, ">\n<ul class=\"govuk-language-navigation__list\">\n");
	for (size_t i = 0; i < o->n_items; i++)
		language(b, &o->items[i]);
	H(b, "</ul>\n</nav>\n");
}
