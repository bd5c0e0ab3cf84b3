/* govuk_service_navigation.h - the service's name and the links to its parts. */
#pragma once

#include "html/govuk_part.h"

struct govuk_service_item {
	str text;
	struct markup html;
	str href;
	bool current; /* this very page */
	bool active;  /* a page of this part */
	struct govuk_attributes attributes;
};

struct govuk_service_navigation {
	str service_name, service_url;
	const struct govuk_service_item *items;
	size_t n_items;
	struct markup slot_start, slot_end, slot_navigation_start, slot_navigation_end;
	bool slot_end_inline;
	bool list_goes_on;    /* more items are written between open and close */
	str menu_button_text; /* "Menu" */
	str menu_button_label;
	str navigation_id;    /* "navigation" */
	str navigation_label; /* the menu button's text */
	str navigation_classes;
	str aria_label;                       /* "Service information" */
	enum govuk_choice collapse_on_mobile; /* yes, when there is more than one link */
	str classes;
	struct govuk_attributes attributes;
};

#define govuk_service_navigation(b, ...)                                                           \
	govuk_service_navigation_((b), &(struct govuk_service_navigation){ __VA_ARGS__ })
void govuk_service_navigation_(struct buf *b, const struct govuk_service_navigation *o);
/* The same with more items of the list written in between. */
void govuk_service_navigation_open(struct buf *b, const struct govuk_service_navigation *o);
void govuk_service_navigation_close(struct buf *b, const struct govuk_service_navigation *o);
