#include "html/layout.h"

#include "html/asset.h"
#include "html/govuk_back_link.h"
#include "html/govuk_footer.h"
#include "html/govuk_generic_header.h"
#include "html/govuk_phase_banner.h"
#include "html/govuk_service_navigation.h"
#include "html/govuk_skip_link.h"

static str service_of(const struct layout *o)
{
	return govuk_part_default(o->service, S("Duly"));
}

static void title(struct buf *b, const struct layout *o)
{
	H(b, "<title>");
	if (o->error)
		H(b, "Error: ");
	text(b, o->title);
	H(b, " - ");
	text(b, service_of(o));
	if (o->authority.n > 0) {
		H(b, " - ");
		text(b, o->authority);
	}
	H(b, "</title>\n");
}

static void head(struct buf *b, const struct layout *o)
{
	H(b, "<!DOCTYPE html>\n<html lang=\"en\" class=\"govuk-template\">\n<head>\n"
	     "<meta charset=\"utf-8\">\n");
	title(b, o);
	H(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	     "<meta name=\"theme-color\"");
	attr(b, "content", govuk_part_default(o->brand_colour, S("#00585e")));
	H(b, ">\n<link rel=\"icon\"");
	attr(b, "href", asset_path(S("icon.svg")));
	H(b, " type=\"image/svg+xml\">\n<link rel=\"stylesheet\"");
	attr(b, "href", asset_path(S("app.css")));
	if (o->brand_href.n > 0) {
		H(b, ">\n<link rel=\"stylesheet\"");
		attr(b, "href", o->brand_href);
	}
	H(b, ">\n<script type=\"module\"");
	attr(b, "src", asset_path(S("app.js")));
	H(b, "></script>\n");
	if (o->refresh > 0) {
		H(b, "<noscript><meta http-equiv=\"refresh\"");
		attr_int(b, "content", o->refresh);
		H(b, "></noscript>\n");
	}
	H(b, "</head>\n");
}

void layout_form_open(struct buf *b, str action, str csrf)
{
	H(b, "<form method=\"post\"");
	attr(b, "action", action);
	H(b, " novalidate><input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", csrf);
	H(b, ">\n");
}

void layout_hidden(struct buf *b, str name, str value)
{
	H(b, "<input type=\"hidden\"");
	attr(b, "name", name);
	attr(b, "value", value);
	H(b, ">\n");
}

static void person(struct buf *b, const struct layout *o)
{
	H(b, "<li class=\"govuk-service-navigation__item app-person\">"
	     "<a class=\"govuk-service-navigation__link\" href=\"/account\">");
	text(b, o->user);
	H(b, "</a></li>\n<li class=\"govuk-service-navigation__item\">"
	     "<form method=\"post\" action=\"/sign-out\" class=\"app-sign-out\">"
	     "<input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", o->csrf);
	H(b, "><button type=\"submit\" class=\"app-sign-out__button\">Sign "
	     "out</button></form></li>\n");
}

enum { LAYOUT_LINKS = 12 };

static void navigation(struct buf *b, const struct layout *o)
{
	struct govuk_service_item items[LAYOUT_LINKS];
	size_t n = o->user.n == 0 ? 0 : o->n_nav;
	must(n <= LAYOUT_LINKS);
	for (size_t i = 0; i < n; i++) {
		bool here = str_equal(o->nav[i].href, o->current);
		items[i] = (struct govuk_service_item){ .text = o->nav[i].text,
			.href = o->nav[i].href,
			.current = here && o->current_is,
			.active = here };
	}
	const struct govuk_service_navigation bar = { .service_name = service_of(o),
		.service_url = S("/"),
		.items = items,
		.n_items = n,
		.list_goes_on = o->user.n > 0 };
	govuk_service_navigation_open(b, &bar);
	if (o->user.n > 0)
		person(b, o);
	govuk_service_navigation_close(b, &bar);
}

/* The logo stands beside the name, not in its place: a picture says nothing to who cannot see it. */
static void band(struct buf *b, const struct layout *o)
{
	str name = govuk_part_default(o->authority, service_of(o));
	if (o->logo_href.n == 0) {
		govuk_generic_header(b, .logo_text = name);
		return;
	}
	struct buf logo = { 0 };
	H(&logo, "<img class=\"app-logo\"");
	attr(&logo, "src", o->logo_href);
	H(&logo, " alt=\"\"> ");
	text(&logo, name);
	govuk_generic_header(b, .logo_html = html_markup(&logo));
	buf_close(&logo);
}

void layout_open(struct buf *b, const struct layout *o)
{
	head(b, o);
	H(b, "<body class=\"govuk-template__body\">\n");
	govuk_skip_link(b, .text = S("Skip to main content"), .href = S("#main-content"));
	H(b, "<header>\n");
	band(b, o);
	navigation(b, o);
	if (o->demonstration)
		govuk_phase_banner(b, .tag = { .text = S("Demonstration") },
			.text = o->frozen ? S("No child, person or place here is real. The clock "
					      "stands still.")
					  : S("No child, person or place here is real."));
	if (o->back_href.n > 0) {
		H(b, "<div class=\"govuk-width-container\">");
		govuk_back_link(b, .href = o->back_href, .text = o->back_text);
		H(b, "</div>\n");
	}
	H(b, "</header>\n<div class=\"govuk-width-container\">\n");
	H(b, "<main class=\"govuk-main-wrapper\" id=\"main-content\">\n");
	if (o->known_to != 0 && o->known_to != DAY_UNKNOWN) {
		H(b, "<p class=\"app-known-to\">Records known to ");
		text_day(b, o->known_to);
		H(b, "</p>\n");
	}
	if (o->stale.n > 0) {
		H(b, "<div class=\"govuk-inset-text app-stale\">");
		text(b, o->stale);
		H(b, "</div>\n");
	}
}

/* Closed until a script opens it: without one, what is typed is kept when the session has ended. */
static void ends(struct buf *b, const struct layout *o)
{
	if (o->user.n == 0 || o->ends_in <= 0)
		return;
	H(b, "<dialog class=\"app-ends\" id=\"app-ends\" aria-labelledby=\"app-ends-title\" "
	     "aria-describedby=\"app-ends-words\"");
	attr_int(b, "data-left", o->ends_in);
	attr_int(b, "data-warning", o->ends_warning);
	H(b, ">\n<h2 class=\"govuk-heading-m\" id=\"app-ends-title\">You will be signed out "
	     "soon</h2>\n<p class=\"govuk-body\" id=\"app-ends-words\" role=\"status\">To protect "
	     "children’s information, you are signed out when no page was opened for half an "
	     "hour.</p>\n");
	layout_form_open(b, S("/account/stay"), o->csrf);
	H(b, "<button type=\"submit\" class=\"govuk-button\">Stay signed in</button></form>\n"
	     "</dialog>\n");
}

static void printed(struct buf *b, const struct layout *o)
{
	if (o->user.n == 0 || o->now == 0 || o->now == INSTANT_UNKNOWN)
		return;
	H(b, "<p class=\"app-printed govuk-body-s\">Printed by ");
	text(b, o->user);
	H(b, ", ");
	buf_instant_words(b, o->now);
	H(b, "</p>\n");
}

void layout_close(struct buf *b, const struct layout *o)
{
	static const struct govuk_footer_link links[] = {
		{ .text = S_INIT("Accessibility statement"), .href = S_INIT("/accessibility") },
		{ .text = S_INIT("Privacy"), .href = S_INIT("/privacy") },
		{ .text = S_INIT("Cookies"), .href = S_INIT("/cookies") },
	};
	struct govuk_footer_link all[4] = { links[0], links[1], links[2] };
	size_t n = 3;
	if (o->source_href.n > 0)
		all[n++] = (struct govuk_footer_link){ .text = S("Source code"),
			.href = o->source_href };
	printed(b, o);
	ends(b, o);
	H(b, "</main>\n</div>\n<footer>\n");
	govuk_footer(b, .meta = &(struct govuk_footer_meta){ .items = all, .n_items = n },
		.copyright = { .text = o->authority });
	H(b, "</footer>\n</body>\n</html>\n");
}
