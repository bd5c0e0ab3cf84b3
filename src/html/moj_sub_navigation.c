#include "html/moj_sub_navigation.h"

void moj_sub_navigation(struct buf *b, const struct moj_sub_navigation *o)
{
	H(b, "<nav class=\"moj-sub-navigation\"");
	attr(b, "aria-label", o->label);
	H(b, ">\n<ul class=\"moj-sub-navigation__list\">\n");
	for (size_t i = 0; i < o->n; i++) {
		H(b, "<li class=\"moj-sub-navigation__item\"><a "
		     "class=\"moj-sub-navigation__link\"");
		if (o->tab[i].current)
			H(b, " aria-current=\"page\"");
		attr(b, "href", o->tab[i].href);
		H(b, ">");
		text(b, o->tab[i].text);
		H(b, "</a></li>\n");
	}
	H(b, "</ul>\n</nav>\n");
}
