#include "html/moj_identity_bar.h"

#include "html/govuk_tag.h"

static void name(struct buf *b, const struct moj_identity_bar *o)
{
	if (o->heading)
		H(b, "<h1 class=\"moj-identity-bar__title app-identity__name\">");
	else
		H(b, "<p class=\"moj-identity-bar__title app-identity__name\">");
	text(b, o->name);
	if (o->age.n > 0) {
		H(b, ", ");
		text(b, o->age);
	}
	if (o->heading)
		H(b, "</h1>\n");
	else
		H(b, "</p>\n");
}

static void marks(struct buf *b, const struct moj_identity_bar *o)
{
	if (o->n_marks == 0)
		return;
	H(b, "<ul class=\"app-identity__marks\">\n");
	for (size_t i = 0; i < o->n_marks; i++) {
		const struct moj_mark *mark = &o->mark[i];
		H(b, "<li>");
		if (mark->href.n > 0) {
			H(b, "<a class=\"app-identity__link\"");
			attr(b, "href", mark->href);
			H(b, ">");
		}
		govuk_tag(b, .text = mark->text, .classes = mark->classes);
		if (mark->href.n > 0)
			H(b, "</a>");
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

void moj_identity_bar(struct buf *b, const struct moj_identity_bar *o)
{
	H(b, "<section class=\"moj-identity-bar app-identity\"");
	attr(b, "aria-label", o->label.n > 0 ? o->label : S("This child"));
	H(b, ">\n<div class=\"moj-identity-bar__container\">\n<div "
	     "class=\"moj-identity-bar__details\">\n");
	name(b, o);
	marks(b, o);
	H(b, "<dl class=\"app-identity__facts\">\n");
	for (size_t i = 0; i < o->n_facts; i++) {
		if (o->fact[i].value.n == 0)
			continue;
		H(b, "<div><dt>");
		text(b, o->fact[i].name);
		H(b, "</dt><dd>");
		text(b, o->fact[i].value);
		H(b, "</dd></div>\n");
	}
	H(b, "</dl>\n</div>\n</div>\n</section>\n");
}
