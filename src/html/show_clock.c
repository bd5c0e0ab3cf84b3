#include "html/show_clock.h"

/* "1 day", "4 days": the unit a literal in the singular. */
#define AMOUNT(b, count, unit)                                                                     \
	do {                                                                                       \
		int64_t amount_ = (count);                                                         \
		text_int((b), amount_);                                                            \
		if (amount_ == 1)                                                                  \
			H((b), " " unit);                                                          \
		else                                                                               \
			H((b), " " unit "s");                                                      \
	} while (0)

enum { YEARS_FROM = 1096 }; /* days */

static void days(struct buf *b, int64_t n)
{
	AMOUNT(b, n, "day");
}

static bool is_soon(day due, day today)
{
	return due != DAY_UNKNOWN && due >= today && due <= today + SHOW_SOON;
}

void show_clock_tag(struct buf *b, enum clock_state state, day due, day today)
{
	switch (state) {
	case CLOCK_UNKNOWN:
		H(b, "<strong class=\"govuk-tag govuk-tag--purple\">Unknown</strong>");
		break;
	case CLOCK_DUE:
		if (is_soon(due, today))
			H(b, "<strong class=\"govuk-tag govuk-tag--yellow\">Due in 7 "
			     "days</strong>");
		else
			H(b, "<strong class=\"govuk-tag\">Due</strong>");
		break;
	case CLOCK_OVERDUE:
		H(b, "<strong class=\"govuk-tag govuk-tag--red\">Overdue</strong>");
		break;
	case CLOCK_MET:
		H(b, "<strong class=\"govuk-tag govuk-tag--green\">Met</strong>");
		break;
	case CLOCK_MET_LATE:
		H(b, "<strong class=\"govuk-tag govuk-tag--orange\">Met late</strong>");
		break;
	case CLOCK_MISSED:
		H(b, "<strong class=\"govuk-tag govuk-tag--red\">Missed</strong>");
		break;
	case CLOCK_NOT_REQUIRED:
		H(b, "<strong class=\"govuk-tag govuk-tag--grey\">Not required</strong>");
		break;
	case CLOCK_STATES:
		must(state != CLOCK_STATES);
		break;
	}
}

void show_hand(struct buf *b, enum hand hand)
{
	if (hand == HAND_UNSAID)
		return;
	H(b, " <span class=\"app-hand\">With ");
	text(b, hand_words(hand));
	H(b, "</span>");
}

/* Nobody counts the days to something that is years away. */
static void distance(struct buf *b, int64_t n)
{
	if (n < YEARS_FROM)
		days(b, n);
	else
		AMOUNT(b, n * 4 / 1461, "year");
}

void show_distance(struct buf *b, day due, day today)
{
	if (due == DAY_UNKNOWN)
		return;
	if (due < today) {
		days(b, (int64_t)today - due);
		H(b, " overdue");
	} else if (due == today) {
		H(b, "today");
	} else if (due == today + 1) {
		H(b, "tomorrow");
	} else {
		H(b, "in ");
		distance(b, (int64_t)due - today);
	}
}

void show_distance_at(struct buf *b, instant due, instant now)
{
	bool late = due < now;
	int64_t gap = late ? now - due : due - now;
	if (!late)
		H(b, "in ");
	if (gap >= 2 * INSTANT_DAY)
		days(b, gap / INSTANT_DAY);
	else if (gap >= INSTANT_HOUR)
		AMOUNT(b, gap / INSTANT_HOUR, "hour");
	else
		AMOUNT(b, gap / INSTANT_MINUTE, "minute");
	if (late)
		H(b, " overdue");
}

void show_met_distance(struct buf *b, day met, day due)
{
	if (met == DAY_UNKNOWN || due == DAY_UNKNOWN)
		return;
	if (met == due) {
		H(b, "on the day");
	} else if (met < due) {
		days(b, (int64_t)due - met);
		H(b, " early");
	} else {
		days(b, (int64_t)met - due);
		H(b, " late");
	}
}

void show_booking(struct buf *b, enum booking_state booking, day booked)
{
	switch (booking) {
	case BOOKING_NONE:
		H(b, "Not booked");
		break;
	case BOOKING_IN_TIME:
		H(b, "Booked in time for ");
		text_day(b, booked);
		break;
	case BOOKING_LATE:
		H(b, "Booked late for ");
		text_day(b, booked);
		break;
	}
}

static bool is_in_hours(const struct show_clock *c)
{
	return c->due_at != 0 && c->due_at != INSTANT_UNKNOWN;
}

static void due_date(struct buf *b, const struct show_clock *c)
{
	H(b, " <span class=\"app-clock__date\">");
	if (is_in_hours(c))
		buf_instant_words(b, c->due_at);
	else
		html_time(b, c->due);
	H(b, "</span>");
}

static void waiting(struct buf *b, const struct show_clock *c, day today, instant now)
{
	due_date(b, c);
	H(b, " <span class=\"app-clock__distance\">");
	if (is_in_hours(c))
		show_distance_at(b, c->due_at, now);
	else
		show_distance(b, c->due, today);
	H(b, "</span>");
	if (!c->needs_booking)
		return;
	/* A day that has passed books nothing any more. */
	bool over = c->booking != BOOKING_NONE && c->booked < today;
	if (c->booking == BOOKING_LATE || over ||
		(c->booking == BOOKING_NONE && c->state == CLOCK_OVERDUE))
		H(b, " <span class=\"app-clock__booking app-clock__booking--late\">");
	else
		H(b, " <span class=\"app-clock__booking\">");
	if (over) {
		H(b, "Was booked for ");
		text_day(b, c->booked);
		H(b, ": not recorded as held");
	} else {
		show_booking(b, c->booking, c->booked);
	}
	H(b, "</span>");
}

static void done(struct buf *b, const struct show_clock *c)
{
	H(b, " <span class=\"app-clock__date\">");
	html_time(b, c->met_on);
	H(b, "</span> <span class=\"app-clock__distance\">");
	if (!is_in_hours(c))
		show_met_distance(b, c->met_on, c->due);
	H(b, "</span>");
}

void show_clock(struct buf *b, const struct show_clock *c, day today, instant now)
{
	H(b, "<div class=\"app-clock\">");
	show_clock_tag(b, c->state, c->due, today);
	switch (c->state) {
	case CLOCK_DUE:
	case CLOCK_OVERDUE:
		waiting(b, c, today, now);
		break;
	case CLOCK_MET:
	case CLOCK_MET_LATE:
		done(b, c);
		break;
	case CLOCK_MISSED:
		H(b, " <span class=\"app-clock__distance\">was due</span>");
		due_date(b, c);
		break;
	case CLOCK_UNKNOWN:
	case CLOCK_NOT_REQUIRED:
	case CLOCK_STATES:
		break;
	}
	if (c->reason.n > 0) {
		H(b, " <span class=\"app-clock__distance\">");
		text(b, c->reason);
		H(b, "</span>");
	}
	H(b, "</div>\n");
}
