#include "html/govuk_exit_this_page.h"

void govuk_exit_this_page_(struct buf *b, const struct govuk_exit_this_page *o)
{
	H(b, "<div");
	attr_some(b, "id", o->id);
	H(b, " class=\"govuk-exit-this-page");
	govuk_part_classes(b, o->classes);
	H(b, "\" data-module=\"govuk-exit-this-page\"");
	govuk_part_attributes(b, &o->attributes);
	govuk_part_i18n(b, S("activated"), o->activated);
	govuk_part_i18n(b, S("timed-out"), o->timed_out);
	govuk_part_i18n(b, S("press-two-more-times"), o->press_two_more);
	govuk_part_i18n(b, S("press-one-more-time"), o->press_one_more);
	H(b, ">\n<a");
	attr(b, "href", govuk_part_default(o->redirect_url, S("https://www.bbc.co.uk/weather")));
	H(b, " role=\"button\" draggable=\"false\" class=\"govuk-button govuk-button--warning "
	     "govuk-exit-this-page__button govuk-js-exit-this-page-button\""
	     " data-module=\"govuk-button\" rel=\"nofollow noreferrer\">");
	if (govuk_part_some(o->text, o->html))
		govuk_part_content(b, o->text, o->html);
	else
		H(b, "<span class=\"govuk-visually-hidden\">Emergency</span> Exit this page");
	H(b, "</a>\n</div>\n");
}
