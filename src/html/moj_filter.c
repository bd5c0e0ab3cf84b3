#include "html/moj_filter.h"

#include "html/govuk_button.h"

static void tags(struct buf *b, const struct moj_filter *o)
{
	H(b, "<div class=\"moj-filter__selected\">\n<h3 class=\"govuk-heading-s "
	     "govuk-!-margin-bottom-1\">Selected filters</h3>\n<ul class=\"moj-filter-tags\">\n");
	for (size_t i = 0; i < o->n; i++) {
		H(b, "<li><a class=\"moj-filter__tag\"");
		attr(b, "href", o->tag[i].href);
		H(b, "><span class=\"govuk-visually-hidden\">Remove this filter: </span>");
		text(b, o->tag[i].text);
		H(b, "</a></li>\n");
	}
	H(b, "</ul>\n");
	if (o->clear.n > 0) {
		H(b, "<p class=\"govuk-body govuk-!-margin-bottom-0\"><a class=\"govuk-link "
		     "govuk-link--no-visited-state\"");
		attr(b, "href", o->clear);
		H(b, ">Clear filters</a></p>\n");
	}
	H(b, "</div>\n");
}

void moj_filter_open(struct buf *b, const struct moj_filter *o)
{
	H(b, "<section class=\"moj-filter app-filter app-no-print\" aria-labelledby=\"filter\">\n"
	     "<div class=\"moj-filter__header\"><div class=\"moj-filter__header-title\"><h2 "
	     "class=\"govuk-heading-m\" id=\"filter\">Filter</h2></div></div>\n"
	     "<div class=\"moj-filter__content\">\n");
	if (o->n > 0)
		tags(b, o);
	H(b, "<details class=\"govuk-details moj-filter__options app-filter__choose\"><summary "
	     "class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">Choose "
	     "filters</span></summary>\n<form method=\"get\"");
	attr(b, "action", o->action);
	H(b, ">\n");
	govuk_button(b, .text = S("Apply filters"));
	H(b, "<div class=\"app-filter__fields\">\n");
}

void moj_filter_close(struct buf *b)
{
	H(b, "</div>\n</form></details>\n</div>\n</section>\n");
}
