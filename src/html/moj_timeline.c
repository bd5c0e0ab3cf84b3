#include "html/moj_timeline.h"

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

static void byline(struct buf *b, const struct moj_moment *m)
{
	if (m->by.n == 0 && m->source.n == 0)
		return;
	H(b, " <p class=\"moj-timeline__byline\">");
	if (m->by.n > 0) {
		H(b, "recorded by ");
		text(b, m->by);
	} else {
		H(b, "from ");
		text(b, m->source);
	}
	H(b, "</p>");
}

static void moment(struct buf *b, const struct moj_moment *m)
{
	H(b, "<li class=\"moj-timeline__item\">\n<div class=\"moj-timeline__header\"><h3 "
	     "class=\"moj-timeline__title\">");
	if (m->withdrawn)
		H(b, "Withdrawn: ");
	text(b, m->what);
	H(b, "</h3>");
	byline(b, m);
	H(b, "</div>\n<p class=\"moj-timeline__date\">");
	if (m->on == DAY_UNKNOWN)
		H(b, "Date not recorded");
	else
		html_time(b, m->on);
	if (has_time(m->at))
		clock_time(b, m->at);
	H(b, "</p>\n");
	if (m->detail.n > 0 || m->href.n > 0 || (m->withdrawn && m->reason.n > 0)) {
		H(b, "<div class=\"moj-timeline__description\">");
		text(b, m->detail);
		if (m->withdrawn && m->reason.n > 0) {
			text(b, m->detail.n > 0 ? S(". Reason: ") : S("Reason: "));
			text(b, m->reason);
		}
		if (m->href.n > 0) {
			H(b, " <a class=\"govuk-link\"");
			attr(b, "href", m->href);
			H(b, ">Changes<span class=\"govuk-visually-hidden\"> to this record: ");
			text(b, m->what);
			H(b, ", ");
			text_day(b, m->on);
			H(b, "</span></a>");
		}
		H(b, "</div>\n");
	}
	H(b, "</li>\n");
}

/* Months counted through the years; unknown days stand by themselves. */
static int month_of(day on)
{
	if (on == DAY_UNKNOWN)
		return -1;
	struct civil civil = day_civil(on);
	return civil.year * 12 + civil.month - 1;
}

static void month_heading(struct buf *b, int month)
{
	H(b, "<h2 class=\"govuk-heading-s app-timeline__month\">");
	if (month < 0) {
		H(b, "Date not recorded");
	} else {
		text(b, str_of(month_name(month % 12 + 1)));
		H(b, " ");
		buf_int(b, month / 12);
	}
	H(b, "</h2>\n");
}

void moj_timeline(struct buf *b, const struct moj_moment *m, size_t n, bool months)
{
	for (size_t i = 0; i < n;) {
		int month = month_of(m[i].on);
		if (months)
			month_heading(b, month);
		H(b, "<ol class=\"moj-timeline app-timeline\">\n");
		for (; i < n && (!months || month_of(m[i].on) == month); i++)
			moment(b, &m[i]);
		H(b, "</ol>\n");
	}
}
