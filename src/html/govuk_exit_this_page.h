/* govuk_exit_this_page.h - leaves the page at once, for a child who may be watched. */
#pragma once

#include "html/govuk_part.h"

struct govuk_exit_this_page {
	str text; /* "Emergency: Exit this page" */
	struct markup html;
	str id;
	str redirect_url;                                         /* where to: something dull */
	str activated, timed_out, press_two_more, press_one_more; /* words of the script */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_exit_this_page(b, ...)                                                               \
	govuk_exit_this_page_((b), &(struct govuk_exit_this_page){ __VA_ARGS__ })
void govuk_exit_this_page_(struct buf *b, const struct govuk_exit_this_page *o);
