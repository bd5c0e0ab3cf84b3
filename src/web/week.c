/* week.c - my week on one sheet of paper, and the weeks after it: what falls due, what is booked. */
#include "html/govuk_inset_text.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "store/week.h"
#include "web/policy_line.h"
#include "web/children.h"
#include "web/matter.h"
#include "web/say.h"

enum { WEEKS = 6, WEEKS_MOST = 26 };

struct mine {
	struct week week;
	day today, monday;
	int64_t weeks;
	bool own; /* only what lies with the reader's own role */
};

/* What the service's people do themselves; the rest they see to it that others do. A manager has no
 * such part: everything is. */
static bool has_own_part(enum role role)
{
	return role == ROLE_REVIEWING_OFFICER || role == ROLE_CHAIR || role == ROLE_LEAD_PRACTITIONER ||
		role == ROLE_BUSINESS_SUPPORT || role == ROLE_MINUTE_TAKER || role == ROLE_SOCIAL_WORKER;
}

/* One person chairs conferences and reviews in many councils, so those two are one part. */
static bool is_own_part(enum role role, enum hand hand)
{
	if (role == ROLE_SOCIAL_WORKER)
		return hand == HAND_SOCIAL_WORKER || hand == HAND_PERSONAL_ADVISER;
	if (role == ROLE_BUSINESS_SUPPORT || role == ROLE_MINUTE_TAKER)
		return hand == HAND_SUPPORT;
	return hand == HAND_REVIEWING_OFFICER || hand == HAND_CHAIR;
}

/* A booked meeting stays on the sheet, whoever it lies with: somebody has to be there. */
static void keep_own(struct page *page, struct mine *mine)
{
	size_t kept = 0;
	for (size_t i = 0; i < mine->week.n; i++) {
		const struct week_item *item = &mine->week.item[i];
		if (is_own_part(page->actor.role, item->rule->with) || item->booked != DAY_UNKNOWN)
			mine->week.item[kept++] = *item;
	}
	mine->week.n = kept;
}

static day sunday(const struct mine *mine)
{
	return mine->monday + 6;
}

static bool is_booked_within(const struct week_item *item, day from, day upto)
{
	return item->booked != DAY_UNKNOWN && item->booked >= from && item->booked <= upto;
}

static void table(struct page *page, str caption, str first, str second, str third)
{
	struct buf *b = page->out;
	const str head[] = { S("Child"), first, second, third };
	H(b, "<table class=\"govuk-table app-week\">\n<caption class=\"govuk-table__caption "
	     "govuk-table__caption--s\">");
	text(b, caption);
	H(b, "</caption>\n<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
	for (size_t i = 0; i < 4; i++) {
		H(b, "<th scope=\"col\" class=\"govuk-table__header\">");
		text(b, head[i]);
		H(b, "</th>");
	}
	H(b, "</tr></thead>\n");
}

/* ---- this week */

static void booked_now(struct page *page, const struct mine *mine)
{
	struct buf *b = page->out;
	size_t shown = 0;
	for (day on = mine->monday; on <= sunday(mine); on++) {
		for (size_t i = 0; i < mine->week.n; i++) {
			const struct week_item *item = &mine->week.item[i];
			if (item->booked != on)
				continue;
			if (shown++ == 0) {
				show_wide_open(b, S("Booked this week"));
				table(page, S("Booked this week"), S("Meeting"), S("Day"), S("Due by"));
				H(b, "<tbody class=\"govuk-table__body\">\n");
			}
			H(b, "<tr class=\"govuk-table__row\">");
			children_week_name(page->out, CHILD_NAMED(item));
			H(b, "<td class=\"govuk-table__cell\">");
			text(b, item->rule->title);
			H(b, "</td><td class=\"govuk-table__cell\">");
			text(b, str_of(weekday_name(day_weekday(on))));
			H(b, " ");
			html_time(b, on);
			H(b, "</td><td class=\"govuk-table__cell\">");
			html_time(b, item->due);
			if (on > item->due)
				H(b, " <strong>Booked late</strong>");
			H(b, "</td></tr>\n");
		}
	}
	if (shown > 0) {
		H(b, "</tbody></table>\n");
		show_wide_close(b);
	} else {
		H(b, "<p class=\"govuk-body\">No meeting is booked this week.</p>\n");
	}
}

static bool is_for_now(const struct mine *mine, const struct week_item *item)
{
	return item->due <= sunday(mine) && !is_booked_within(item, mine->monday, sunday(mine));
}

/* The same child's other clocks that are due by Sunday. */
static size_t others(const struct mine *mine, const struct week_item *item)
{
	size_t n = 0;
	for (size_t i = 0; i < mine->week.n; i++) {
		const struct week_item *other = &mine->week.item[i];
		n += other != item && other->subject == item->subject && is_for_now(mine, other);
	}
	return n;
}

/* The list is in order of due date: the first of a child is the worst. */
static bool is_first(const struct mine *mine, const struct week_item *item)
{
	for (const struct week_item *other = mine->week.item; other < item; other++) {
		if (other->subject == item->subject && is_for_now(mine, other))
			return false;
	}
	return true;
}

static void due_cell(struct page *page, const struct week_item *item)
{
	struct buf *b = page->out;
	H(b, "<td class=\"govuk-table__cell\">");
	show_clock_tag(b, item->state, item->due, page->today);
	H(b, " ");
	html_time(b, item->due);
	if (item->state != CLOCK_UNKNOWN) {
		H(b, " <span class=\"app-week__distance\">");
		show_distance(b, item->due, page->today);
		H(b, "</span>");
	}
	H(b, "</td>");
}

static void booking_cell(struct page *page, const struct week_item *item)
{
	struct buf *b = page->out;
	struct clock clock = clock_blank;
	clock.due = item->due;
	clock.booked = item->booked;
	H(b, "<td class=\"govuk-table__cell\">");
	if (item->rule->booking.n > 0)
		show_booking(b, clock_booking(&clock), item->booked);
	H(b, "</td>");
}

static void due_now(struct page *page, const struct mine *mine)
{
	struct buf *b = page->out;
	size_t shown = 0;
	for (size_t i = 0; i < mine->week.n; i++) {
		const struct week_item *item = &mine->week.item[i];
		if (!is_for_now(mine, item) || !is_first(mine, item))
			continue;
		if (shown++ == 0) {
			show_wide_open(b, S("Overdue, or due this week"));
			table(page, S("Overdue, or due this week: one row a child, the earliest first"),
				S("Clock"), S("Due by"), S("Booking"));
			H(b, "<tbody class=\"govuk-table__body\">\n");
		}
		size_t more = others(mine, item);
		H(b, "<tr class=\"govuk-table__row\">");
		children_week_name(page->out, CHILD_NAMED(item));
		H(b, "<td class=\"govuk-table__cell\">");
		text(b, item->rule->title);
		show_hand(b, item->rule->with);
		if (more > 0) {
			H(b, " <span class=\"app-week__more\">and ");
			text_int(b, (int64_t)more);
			H(b, " more</span>");
		}
		H(b, "</td>");
		due_cell(page, item);
		booking_cell(page, item);
		H(b, "</tr>\n");
	}
	if (shown > 0) {
		H(b, "</tbody></table>\n");
		show_wide_close(b);
	} else {
		H(b, "<p class=\"govuk-body\">Nothing is overdue, and nothing else is due this "
		     "week.</p>\n");
	}
}

/* ---- the weeks after */

static bool is_in_week(const struct week_item *item, day monday)
{
	return (item->due >= monday && item->due <= monday + 6) ||
		is_booked_within(item, monday, monday + 6);
}

static void week_head(struct buf *b, day monday, size_t due, size_t booked)
{
	H(b, "<tbody class=\"govuk-table__body\"><tr class=\"govuk-table__row\"><th scope=\"rowgroup\" "
	     "colspan=\"4\" class=\"govuk-table__header app-week__head\">Week of ");
	html_time(b, monday);
	H(b, ": ");
	text_int(b, (int64_t)due);
	H(b, " due, ");
	text_int(b, (int64_t)booked);
	H(b, " booked</th></tr>\n");
}

static void one_week(struct page *page, const struct mine *mine, day monday)
{
	struct buf *b = page->out;
	size_t due = 0, booked = 0;
	for (size_t i = 0; i < mine->week.n; i++) {
		const struct week_item *item = &mine->week.item[i];
		due += item->due >= monday && item->due <= monday + 6;
		booked += is_booked_within(item, monday, monday + 6);
	}
	week_head(b, monday, due, booked);
	for (size_t i = 0; i < mine->week.n; i++) {
		const struct week_item *item = &mine->week.item[i];
		if (!is_in_week(item, monday))
			continue;
		H(b, "<tr class=\"govuk-table__row\">");
		children_week_name(page->out, CHILD_NAMED(item));
		H(b, "<td class=\"govuk-table__cell\">");
		text(b, item->rule->title);
		show_hand(b, item->rule->with);
		H(b, "</td>");
		due_cell(page, item);
		booking_cell(page, item);
		H(b, "</tr>\n");
	}
	H(b, "</tbody>\n");
}

static void ahead(struct page *page, const struct mine *mine)
{
	struct buf *b = page->out;
	static const int64_t choice[] = { 4, 6, 13, 26 };
	H(b, "<div class=\"app-no-print\">\n<h2 class=\"govuk-heading-m\">The weeks ahead</h2>\n"
	     "<p class=\"govuk-body app-pick\"><span class=\"app-pick__label\">Show:</span>");
	for (size_t i = 0; i < sizeof choice / sizeof *choice; i++) {
		if (choice[i] == mine->weeks) {
			H(b, " <strong aria-current=\"true\">");
			text_int(b, choice[i]);
			H(b, " weeks</strong>");
			continue;
		}
		H(b, " <a class=\"govuk-link\" href=\"/week?weeks=");
		text_id(b, choice[i]);
		text(b, mine->own ? S("&part=own") : S(""));
		H(b, "\">");
		text_int(b, choice[i]);
		H(b, " weeks</a>");
	}
	H(b, "</p>\n");
	show_wide_open(b, S("The weeks ahead"));
	table(page, S("What falls due and what is booked, week by week"), S("Clock"), S("Due by"),
		S("Booking"));
	for (int64_t week = 1; week <= mine->weeks; week++)
		one_week(page, mine, mine->monday + (day)week * 7);
	H(b, "</table>\n");
	show_wide_close(b);
	H(b, "</div>\n");
}

static void pick_part(struct page *page, const struct mine *mine)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body app-pick app-no-print\"><span class=\"app-pick__label\">Show:</span> ");
	if (mine->own)
		H(b, "<a class=\"govuk-link\" href=\"/week\">Everything</a> <strong "
		     "aria-current=\"true\">Only what lies with me</strong>");
	else
		H(b, "<strong aria-current=\"true\">Everything</strong> <a class=\"govuk-link\" "
		     "href=\"/week?part=own\">Only what lies with me</a>");
	H(b, "</p>\n");
}

static void looked(struct page *page, const struct mine *mine)
{
	int64_t *subject = arena_take(page->arena, mine->week.n, sizeof *subject);
	size_t n = 0;
	for (size_t i = 0; i < mine->week.n; i++) {
		size_t at = 0;
		while (at < n && subject[at] != mine->week.item[i].subject)
			at++;
		if (at == n)
			subject[n++] = mine->week.item[i].subject;
	}
	page_looked(page, S("look:week"), subject, n);
}

void week_show(struct page *page)
{
	struct mine mine = { .today = page->today, .weeks = WEEKS };
	struct err err;
	struct buf *b = page->out;
	int64_t asked;
	if (str_int(form_value(&page->query, S("weeks")), &asked) && asked > 0 && asked <= WEEKS_MOST)
		mine.weeks = asked;
	mine.own = has_own_part(page->actor.role) &&
		str_equal(form_value(&page->query, S("part")), S("own"));
	mine.monday = page->today - (day)day_weekday(page->today);
	struct week_query query = { .actor = &page->actor, .today = page->today,
		.upto = sunday(&mine) + (day)mine.weeks * 7 };
	struct matter_counts counts = { 0 };
	if (!store_week(page->store, page->arena, &query, &mine.week, &err) ||
		(policy_role_may(page->actor.role, MAY_SEE_MATTERS) &&
			!store_matter_counts(
				page->store, &page->actor, page->today, false, &counts, &err))) {
		page_failed(page, &err);
		return;
	}
	if (mine.own)
		keep_own(page, &mine);
	page->layout.known_to = mine.week.known_to;
	page->layout.current = S("/week");
	page->layout.current_is = true;
	page_open(page, S("My week"));
	H(b, "<h1 class=\"govuk-heading-l govuk-!-margin-bottom-2\">My week</h1>\n"
	     "<p class=\"govuk-body app-week__span\">");
	html_time(b, mine.monday);
	H(b, " to ");
	html_time(b, sunday(&mine));
	H(b, ", ");
	text_int(b, mine.week.children);
	text(b, mine.week.children == 1 ? S(" child") : S(" children"));
	H(b, "</p>\n<p class=\"govuk-body app-pick app-no-print\"><span class=\"app-pick__label\">View:"
	     "</span> <a class=\"govuk-link\" href=\"/caseload\">Table</a> <strong "
	     "aria-current=\"true\">Weeks</strong> <a class=\"govuk-link\" "
	     "href=\"/changes\">What changed</a> <a class=\"govuk-link\" "
	     "href=\"/week/away\">If I am away</a> <a class=\"govuk-link\" "
	     "href=\"/week/ahead\">The months ahead</a></p>\n");
	if (has_own_part(page->actor.role))
		pick_part(page, &mine);
	if (policy_role_may(page->actor.role, MAY_SEE_MATTERS))
		matter_waiting(page, &counts);
	if (mine.week.children == 0)
		govuk_inset_text(b, .text = S("This page lists the children that you work with "
					      "yourself. None is allocated to you."));
	booked_now(page, &mine);
	due_now(page, &mine);
	ahead(page, &mine);
	policy_line(page);
	page_close(page);
	looked(page, &mine);
}
