#include "html/govuk_notification_banner.h"

void govuk_notification_banner_(struct buf *b, const struct govuk_notification_banner *o)
{
	bool success = str_equal(o->type, S("success"));
	str title_id = govuk_part_default(o->title_id, S("govuk-notification-banner-title"));
	int64_t level = o->title_heading_level == 0 ? 2 : o->title_heading_level;
	H(b, "<div class=\"govuk-notification-banner");
	if (success)
		H(b, " govuk-notification-banner--success");
	govuk_part_classes(b, o->classes);
	H(b, "\"");
	attr(b, "role", govuk_part_default(o->role, success ? S("alert") : S("region")));
	attr(b, "aria-labelledby", title_id);
	H(b, " data-module=\"govuk-notification-banner\"");
	govuk_part_choice(b, S("disable-auto-focus"), o->disable_auto_focus);
	govuk_part_attributes(b, &o->attributes);
	H(b, ">\n<div class=\"govuk-notification-banner__header\"><h");
	buf_int(b, level);
	H(b, " class=\"govuk-notification-banner__title\"");
	attr(b, "id", title_id);
	H(b, ">");
	govuk_part_content(b,
		govuk_part_default(o->title_text, success ? S("Success") : S("Important")),
		o->title_html);
	H(b, "</h");
	buf_int(b, level);
	H(b, "></div>\n<div class=\"govuk-notification-banner__content\">");
	if (o->html.s.n > 0) {
		html_put(b, o->html);
	} else if (o->text.n > 0) {
		H(b, "<p class=\"govuk-notification-banner__heading\">");
		text(b, o->text);
		H(b, "</p>");
	}
	H(b, "</div>\n</div>\n");
}
