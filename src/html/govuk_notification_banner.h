/* govuk_notification_banner.h - what just happened, or what matters on this page. */
#pragma once

#include "html/govuk_part.h"

struct govuk_notification_banner {
	str text;
	struct markup html;
	str title_text; /* "Important", or "Success" */
	struct markup title_html;
	str title_id;                /* "govuk-notification-banner-title" */
	int64_t title_heading_level; /* 2 */
	str type;                    /* "success", or nothing */
	str role, classes;
	struct govuk_attributes attributes;
	enum govuk_choice disable_auto_focus;
};

#define govuk_notification_banner(b, ...)                                                          \
	govuk_notification_banner_((b), &(struct govuk_notification_banner){ __VA_ARGS__ })
void govuk_notification_banner_(struct buf *b, const struct govuk_notification_banner *o);
