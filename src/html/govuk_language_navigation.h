/* govuk_language_navigation.h - the same page in other languages. */
#pragma once

#include "html/govuk_part.h"

struct govuk_language {
	str text;
	struct markup html;
	str href, lang, href_lang, dir;
	str description; /* for a screen reader, after the language's own name */
	str classes;
	struct govuk_attributes attributes;
	bool current;
};

struct govuk_language_navigation {
	const struct govuk_language *items;
	size_t n_items;
	str aria_label; /* "Language" */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_language_navigation(b, ...)                                                          \
	govuk_language_navigation_((b), &(struct govuk_language_navigation){ __VA_ARGS__ })
void govuk_language_navigation_(struct buf *b, const struct govuk_language_navigation *o);
