#include "html/govuk_service_navigation.h"

static void current(struct buf *b, const struct govuk_service_item *item)
{
	if (item->current)
		H(b, " aria-current=\"page\"");
	else if (item->active)
		H(b, " aria-current=\"true\"");
}

static void inner(struct buf *b, const struct govuk_service_item *item)
{
	bool marked = item->current || item->active;
	if (marked)
		H(b, "<strong class=\"govuk-service-navigation__active-fallback\">");
	govuk_part_content(b, item->text, item->html);
	if (marked)
		H(b, "</strong>");
}

static void link_item(struct buf *b, const struct govuk_service_item *item)
{
	H(b, "<li class=\"govuk-service-navigation__item");
	if (item->current || item->active)
		H(b, " govuk-service-navigation__item--active");
	H(b, "\">");
	if (item->href.n > 0) {
		H(b, "<a class=\"govuk-service-navigation__link\"");
		attr(b, "href", item->href);
		current(b, item);
		govuk_part_attributes(b, &item->attributes);
		H(b, ">");
		inner(b, item);
		H(b, "</a>");
	} else if (govuk_part_some(item->text, item->html)) {
		H(b, "<span class=\"govuk-service-navigation__text\"");
		current(b, item);
		H(b, ">");
		inner(b, item);
		H(b, "</span>");
	}
	H(b, "</li>\n");
}

static void service(struct buf *b, const struct govuk_service_navigation *o)
{
	if (o->service_name.n == 0)
		return;
	H(b, "<span class=\"govuk-service-navigation__service-name\">");
	if (o->service_url.n > 0) {
		H(b, "<a");
		attr(b, "href", o->service_url);
		H(b, " class=\"govuk-service-navigation__link\">");
		text(b, o->service_name);
		H(b, "</a></span>\n");
	} else {
		H(b, "<span class=\"govuk-service-navigation__text\">");
		text(b, o->service_name);
		H(b, "</span></span>\n");
	}
}

static bool has_list(const struct govuk_service_navigation *o)
{
	return o->n_items > 0 || o->slot_navigation_start.s.n > 0 ||
	       o->slot_navigation_end.s.n > 0 || o->list_goes_on;
}

static void list_open(struct buf *b, const struct govuk_service_navigation *o)
{
	str menu = govuk_part_default(o->menu_button_text, S("Menu"));
	str id = govuk_part_default(o->navigation_id, S("navigation"));
	bool collapse = o->collapse_on_mobile == GOVUK_DEFAULT ? o->n_items > 1
							       : o->collapse_on_mobile == GOVUK_YES;
	H(b, "<nav");
	attr(b, "aria-label", govuk_part_default(o->navigation_label, menu));
	H(b, " class=\"govuk-service-navigation__wrapper");
	govuk_part_classes(b, o->navigation_classes);
	H(b, "\">\n");
	if (collapse) {
		H(b, "<button type=\"button\" class=\"govuk-service-navigation__toggle "
		     "govuk-js-service-navigation-toggle\"");
		attr(b, "aria-controls", id);
		if (o->menu_button_label.n > 0 && !str_equal(o->menu_button_label, menu))
			attr(b, "aria-label", o->menu_button_label);
		H(b, " hidden aria-hidden=\"true\">");
		text(b, menu);
		H(b, "</button>\n");
	}
	H(b, "<ul class=\"govuk-service-navigation__list\"");
	attr(b, "id", id);
	H(b, ">\n");
	html_put(b, o->slot_navigation_start);
	for (size_t i = 0; i < o->n_items; i++)
		link_item(b, &o->items[i]);
}

/* With a name it is a landmark of its own; without, the nav inside is enough. */
static bool is_section(const struct govuk_service_navigation *o)
{
	return o->service_name.n > 0 || o->slot_start.s.n > 0 || o->slot_end.s.n > 0;
}

void govuk_service_navigation_open(struct buf *b, const struct govuk_service_navigation *o)
{
	if (is_section(o)) {
		H(b, "<section");
		attr(b, "aria-label",
			o->aria_label.p == NULL ? S("Service information") : o->aria_label);
	} else {
		H(b, "<div");
	}
	H(b, " class=\"govuk-service-navigation");
	govuk_part_classes(b, o->classes);
	H(b, "\" data-module=\"govuk-service-navigation\"");
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<div class=\"govuk-width-container");
	if (o->slot_end_inline)
		H(b, " govuk-service-navigation__inlining-container");
	H(b, "\">\n");
	html_put(b, o->slot_start);
	H(b, "<div class=\"govuk-service-navigation__container\">\n");
	service(b, o);
	if (has_list(o))
		list_open(b, o);
}

void govuk_service_navigation_close(struct buf *b, const struct govuk_service_navigation *o)
{
	if (has_list(o)) {
		html_put(b, o->slot_navigation_end);
		H(b, "</ul>\n</nav>\n");
	}
	H(b, "</div>\n");
	html_put(b, o->slot_end);
	H(b, "</div>\n");
	if (is_section(o))
		H(b, "</section>\n");
	else
		H(b, "</div>\n");
}

void govuk_service_navigation_(struct buf *b, const struct govuk_service_navigation *o)
{
	govuk_service_navigation_open(b, o);
	govuk_service_navigation_close(b, o);
}
