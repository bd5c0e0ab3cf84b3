#include "html/show_child.h"

#include "html/govuk_tag.h"

void show_identity(struct buf *b, const struct show_identity *o)
{
	H(b, "<section class=\"moj-identity-bar app-identity\" aria-label=\"This child\">\n"
	     "<div class=\"moj-identity-bar__details\">\n");
	if (o->heading)
		H(b, "<h1 class=\"app-identity__name\">");
	else
		H(b, "<p class=\"app-identity__name\">");
	text(b, o->name);
	if (o->age >= 0) {
		H(b, ", ");
		buf_int(b, o->age);
	}
	if (o->heading)
		H(b, "</h1>\n");
	else
		H(b, "</p>\n");
	if (o->restricted)
		govuk_tag(b, .text = S("Restricted"), .classes = S("govuk-tag--red"));
	H(b, "<dl class=\"app-identity__facts\">\n");
	for (size_t i = 0; i < o->n_facts; i++) {
		if (o->fact[i].value.n == 0)
			continue;
		H(b, "<div><dt>");
		text(b, o->fact[i].name);
		H(b, "</dt><dd>");
		text(b, o->fact[i].value);
		H(b, "</dd></div>\n");
	}
	H(b, "</dl>\n</div>\n</section>\n");
}

void show_sub_navigation(struct buf *b, str label, const struct show_tab *tab, size_t n)
{
	H(b, "<nav class=\"moj-sub-navigation\"");
	attr(b, "aria-label", label);
	H(b, ">\n<ul class=\"moj-sub-navigation__list\">\n");
	for (size_t i = 0; i < n; i++) {
		H(b, "<li class=\"moj-sub-navigation__item\"><a "
		     "class=\"moj-sub-navigation__link\"");
		if (tab[i].current)
			H(b, " aria-current=\"page\"");
		attr(b, "href", tab[i].href);
		H(b, ">");
		text(b, tab[i].text);
		H(b, "</a></li>\n");
	}
	H(b, "</ul>\n</nav>\n");
}

static bool has_time(instant at)
{
	return at != 0 && at != INSTANT_UNKNOWN;
}

static void clock_time(struct buf *b, instant at)
{
	struct local local = instant_local(at);
	int hour = local.minute / 60, minute = local.minute % 60;
	H(b, " at ");
	buf_int(b, hour % 12 == 0 ? 12 : hour % 12);
	if (minute > 0) {
		H(b, ":");
		if (minute < 10)
			H(b, "0");
		buf_int(b, minute);
	}
	text(b, hour < 12 ? S("am") : S("pm"));
}

static void moment(struct buf *b, const struct show_moment *m)
{
	H(b, "<li>");
	if (m->withdrawn)
		H(b, "<strong>Withdrawn:</strong> ");
	if (m->href.n > 0) {
		H(b, "<a class=\"govuk-link\"");
		attr(b, "href", m->href);
		H(b, ">");
		text(b, m->what);
		H(b, "</a>");
	} else {
		text(b, m->what);
	}
	if (has_time(m->at))
		clock_time(b, m->at);
	if (m->detail.n > 0) {
		H(b, ": ");
		text(b, m->detail);
	}
	if (m->withdrawn && m->reason.n > 0) {
		H(b, ". Reason: ");
		text(b, m->reason);
	}
	if (m->by.n > 0 || m->source.n > 0) {
		H(b, " <span class=\"moj-timeline__byline\">(");
		text(b, m->by);
		if (m->by.n > 0 && m->source.n > 0)
			H(b, ", ");
		text(b, m->source);
		H(b, ")</span>");
	}
	H(b, "</li>\n");
}

void show_timeline(struct buf *b, const struct show_moment *m, size_t n)
{
	H(b, "<ol class=\"moj-timeline app-timeline\">\n");
	for (size_t i = 0; i < n;) {
		day on = m[i].on;
		H(b, "<li class=\"moj-timeline__item\">\n<h3 class=\"moj-timeline__title\">");
		if (on == DAY_UNKNOWN)
			H(b, "Date not recorded");
		else
			html_time(b, on);
		H(b, "</h3>\n<ul class=\"govuk-list moj-timeline__description\">\n");
		for (; i < n && m[i].on == on; i++)
			moment(b, &m[i]);
		H(b, "</ul>\n</li>\n");
	}
	H(b, "</ol>\n");
}
