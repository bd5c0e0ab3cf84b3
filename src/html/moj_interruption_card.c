#include "html/moj_interruption_card.h"

#include "html/govuk_button.h"

void moj_interruption_card(struct buf *b, const struct moj_interruption_card *o)
{
	H(b, "<div class=\"moj-interruption-card\">\n<div class=\"moj-interruption-card__content\">\n"
	     "<h1 class=\"moj-interruption-card__heading\">");
	text(b, o->heading);
	H(b, "</h1>\n<div class=\"moj-interruption-card__body\">\n");
	for (size_t i = 0; i < o->n; i++) {
		H(b, "<p>");
		text(b, o->body[i]);
		H(b, "</p>\n");
	}
	H(b, "</div>\n<div class=\"govuk-button-group moj-interruption-card__actions\">\n");
	govuk_button(b, .text = o->go, .href = o->href, .classes = S("govuk-button--inverse"),
		.prevent_double_click = GOVUK_YES);
	if (o->back_href.n > 0) {
		H(b, "<a class=\"govuk-link govuk-link--inverse\"");
		attr(b, "href", o->back_href);
		H(b, ">");
		text(b, o->back);
		H(b, "</a>\n");
	}
	H(b, "</div>\n</div>\n</div>\n");
}
