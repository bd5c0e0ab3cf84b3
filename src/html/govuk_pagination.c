#include "html/govuk_pagination.h"

static void arrow_previous(struct buf *b)
{
	H(b, "<svg class=\"govuk-pagination__icon govuk-pagination__icon--prev\""
	     " xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\""
	     " aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 15 13\">"
	     "<path d=\"m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768"
	     "h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z\"></path></svg>");
}

static void arrow_next(struct buf *b)
{
	H(b, "<svg class=\"govuk-pagination__icon govuk-pagination__icon--next\""
	     " xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\""
	     " aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 15 13\">"
	     "<path d=\"m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 "
	     "3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z\"></path></svg>");
}

static void arrow_link(
	struct buf *b, const struct govuk_pagination_link *link, bool previous, bool block)
{
	if (link->href.n == 0)
		return;
	H(b, "<div class=\"govuk-pagination__");
	text(b, previous ? S("prev") : S("next"));
	H(b, "\"><a class=\"govuk-link govuk-pagination__link\"");
	attr(b, "href", link->href);
	attr(b, "rel", previous ? S("prev") : S("next"));
	govuk_part_attributes(b, &link->attributes);
	H(b, ">\n");
	if (previous)
		arrow_previous(b);
	else if (block)
		arrow_next(b);
	H(b, " <span class=\"govuk-pagination__link-title");
	if (block && link->label_text.n == 0)
		H(b, " govuk-pagination__link-title--decorated");
	H(b, "\">");
	if (govuk_part_some(link->text, link->html)) {
		govuk_part_content(b, link->text, link->html);
	} else {
		text(b, previous ? S("Previous") : S("Next"));
		H(b, "<span class=\"govuk-visually-hidden\"> page</span>");
	}
	H(b, "</span>\n");
	if (link->label_text.n > 0 && block) {
		H(b, "<span class=\"govuk-visually-hidden\">:</span>\n"
		     "<span class=\"govuk-pagination__link-label\">");
		text(b, link->label_text);
		H(b, "</span>\n");
	}
	if (!block && !previous)
		arrow_next(b);
	H(b, "</a></div>\n");
}

static void page_item(struct buf *b, const struct govuk_pagination_item *item)
{
	if (item->number.n == 0 && !item->ellipsis)
		return;
	H(b, "<li class=\"govuk-pagination__item");
	if (item->current)
		H(b, " govuk-pagination__item--current");
	if (item->ellipsis)
		H(b, " govuk-pagination__item--ellipsis");
	H(b, "\">");
	if (item->ellipsis) {
		H(b, "&ctdot;");
	} else {
		H(b, "<a class=\"govuk-link govuk-pagination__link\"");
		attr(b, "href", item->href);
		H(b, " aria-label=\"");
		if (item->visually_hidden_text.p != NULL) {
			text(b, item->visually_hidden_text);
		} else {
			H(b, "Page ");
			text(b, item->number);
		}
		H(b, "\"");
		if (item->current)
			H(b, " aria-current=\"page\"");
		govuk_part_attributes(b, &item->attributes);
		H(b, ">");
		text(b, item->number);
		H(b, "</a>");
	}
	H(b, "</li>\n");
}

void govuk_pagination_(struct buf *b, const struct govuk_pagination *o)
{
	bool block = o->items == NULL && (o->next.href.n > 0 || o->previous.href.n > 0);
	H(b, "<nav class=\"govuk-pagination");
	if (block)
		H(b, " govuk-pagination--block");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	attr(b, "aria-label", govuk_part_default(o->landmark_label, S("Pagination")));
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	arrow_link(b, &o->previous, true, block);
	if (o->items != NULL) {
		H(b, "<ul class=\"govuk-pagination__list\">\n");
		for (size_t i = 0; i < o->n_items; i++)
			page_item(b, &o->items[i]);
		H(b, "</ul>\n");
	}
	arrow_link(b, &o->next, false, block);
	H(b, "</nav>\n");
}
