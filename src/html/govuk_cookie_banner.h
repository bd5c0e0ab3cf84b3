/* govuk_cookie_banner.h - a banner above everything; ours says only what is strictly necessary. */
#pragma once

#include "html/govuk_part.h"
#include "html/govuk_button.h"

struct govuk_cookie_action {
	str text, href, type, name, value, classes;
	struct govuk_attributes attributes;
};

struct govuk_cookie_message {
	str heading_text;
	struct markup heading_html;
	str text;
	struct markup html;
	const struct govuk_cookie_action *actions;
	size_t n_actions;
	str role, classes;
	struct govuk_attributes attributes;
	bool hidden;
};

struct govuk_cookie_banner {
	const struct govuk_cookie_message *messages;
	size_t n_messages;
	str aria_label; /* "Cookie banner" */
	str classes;
	struct govuk_attributes attributes;
	bool hidden;
};

#define govuk_cookie_banner(b, ...)                                                                \
	govuk_cookie_banner_((b), &(struct govuk_cookie_banner){ __VA_ARGS__ })
void govuk_cookie_banner_(struct buf *b, const struct govuk_cookie_banner *o);
