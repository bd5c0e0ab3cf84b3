#include "html/moj_side_navigation.h"

static void list(struct buf *b, const struct moj_side_item *items, size_t n)
{
	H(b, "<ul class=\"moj-side-navigation__list\">\n");
	for (size_t i = 0; i < n; i++) {
		H(b, "<li class=\"moj-side-navigation__item");
		if (items[i].active)
			H(b, " moj-side-navigation__item--active");
		H(b, "\"");
		govuk_part_attributes(b, &items[i].attributes);
		H(b, "><a");
		attr(b, "href", items[i].href);
		if (items[i].active)
			H(b, " aria-current=\"location\"");
		H(b, ">");
		govuk_part_content(b, items[i].text, items[i].html);
		H(b, "</a></li>\n");
	}
	H(b, "</ul>\n");
}

static void section(struct buf *b, const struct moj_side_section *o)
{
	int64_t level = o->heading.heading_level == 0 ? 4 : o->heading.heading_level;
	H(b, "<h");
	buf_int(b, level);
	H(b, " class=\"moj-side-navigation__title");
	govuk_part_classes(b, o->heading.classes);
	H(b, "\"");
	govuk_part_attributes(b, &o->heading.attributes);
	H(b, ">");
	govuk_part_content(b, o->heading.text, o->heading.html);
	H(b, "</h");
	buf_int(b, level);
	H(b, ">\n");
	list(b, o->items, o->n_items);
}

void moj_side_navigation_(struct buf *b, const struct moj_side_navigation *o)
{
	H(b, "<nav class=\"moj-side-navigation");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	attr_some(b, "aria-label", o->label);
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n");
	for (size_t i = 0; i < o->n_sections; i++)
		section(b, &o->sections[i]);
	if (o->n_sections == 0)
		list(b, o->items, o->n_items);
	H(b, "</nav>\n");
}
