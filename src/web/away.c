/* away.c - "I am away from 1 to 14 August: what falls due?" Asked of the list of one's own children;
 * nothing is stored, and the address carries dates alone. Cover is what arranges it (cover.c). */
#include "clock/absence.h"
#include "html/form_day.h"
#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_inset_text.h"
#include "html/show_clock.h"
#include "html/show_list.h"
#include "store/week.h"
#include "web/children.h"
#include "web/policy_line.h"
#include "web/say.h"

enum { DAYS_MOST = 366, AFTER = 14 };

struct away {
	struct form_boxes first_boxes, last_boxes;
	struct form_wrong first_wrong, last_wrong;
	struct absence absence;
	bool asked;
	struct week week;
};

static struct form_boxes boxes_of(struct page *page, const char *id)
{
#define BOX(part) form_value(&page->query, arena_format(page->arena, "%s-" part, id))
	return (struct form_boxes){ .day = BOX("day"), .month = BOX("month"), .year = BOX("year") };
#undef BOX
}

static void take_day(struct page *page, str label, const struct form_boxes *boxes,
	struct form_wrong *wrong, day *out)
{
	*wrong = form_day_read(page->arena, label, boxes, out);
	if (wrong->message.n == 0 && *out == DAY_UNKNOWN)
		*wrong = (struct form_wrong){
			arena_format(page->arena, "%.*s: enter a day", STR_ARGS(label)), PART_DAY };
}

static bool take(struct page *page, struct away *a)
{
	a->first_boxes = boxes_of(page, "first");
	a->last_boxes = boxes_of(page, "last");
	a->asked = form_value(&page->query, S("asked")).n > 0;
	if (!a->asked)
		return false;
	take_day(page, S("First day away"), &a->first_boxes, &a->first_wrong, &a->absence.first);
	take_day(page, S("Last day away"), &a->last_boxes, &a->last_wrong, &a->absence.last);
	if (a->first_wrong.message.n > 0 || a->last_wrong.message.n > 0)
		return false;
	if (a->absence.last < a->absence.first)
		a->last_wrong = (struct form_wrong){
			S("Last day away must be the first day or later"), PART_DAY };
	else if (a->absence.last < page->today)
		a->last_wrong = (struct form_wrong){ S("Last day away must not be past"), PART_DAY };
	else if (a->absence.last > page->today + DAYS_MOST)
		a->last_wrong = (struct form_wrong){
			S("Last day away must be within a year from now"), PART_YEAR };
	return a->last_wrong.message.n == 0;
}

/* ---- the answer */

static void by_or_from(struct buf *b, const struct absence_advice *advice, bool meeting)
{
	if (advice->before != DAY_UNKNOWN) {
		text(b, meeting ? S("Hold it by ") : S("Do it by "));
		html_time(b, advice->before);
	}
	if (advice->after != DAY_UNKNOWN) {
		text(b, advice->before != DAY_UNKNOWN ? S(", or from ") : S("From "));
		html_time(b, advice->after);
		H(b, ": ");
		text_int(b, advice->left);
		text(b, advice->left == 1 ? S(" working day is left") : S(" working days are left"));
	}
	if (advice->before == DAY_UNKNOWN && advice->after == DAY_UNKNOWN)
		H(b, "No day is left on either side: somebody must stand in");
}

static void suggestion(struct page *page, const struct week_item *item,
	const struct absence_advice *advice)
{
	struct buf *b = page->out;
	bool meeting = item->rule->booking.n > 0;
	by_or_from(b, advice, meeting);
	if (!meeting || item->level < 2 || !policy_role_may(page->actor.role, MAY_BOOK))
		return;
	H(b, " <a class=\"govuk-link app-no-print\"");
	attr(b, "href",
		arena_format(page->arena, "/children/%lld/book?rule=%.*s",
			(long long)item->subject, STR_ARGS(item->rule->id)));
	H(b, ">Find a day<span class=\"govuk-visually-hidden\">: ");
	text(b, item->rule->title);
	H(b, ", ");
	text(b, item->number);
	H(b, "</span></a>");
}

static void row(struct page *page, const struct week_item *item, const struct absence_advice *advice)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\">");
	children_week_name(page->out, CHILD_NAMED(item));
	H(b, "<td class=\"govuk-table__cell\">");
	text(b, item->rule->title);
	H(b, "</td><td class=\"govuk-table__cell\">");
	html_time(b, item->due);
	if (item->booked != DAY_UNKNOWN) {
		H(b, "<span class=\"app-under\">Booked for ");
		html_time(b, item->booked);
		H(b, "</span>");
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	suggestion(page, item, advice);
	H(b, "</td></tr>\n");
}

static size_t of_fate(struct page *page, const struct away *a, enum absence_fate fate, bool draw)
{
	const struct calendar *calendar = store_law(page->store)->calendar;
	size_t n = 0;
	for (size_t i = 0; i < a->week.n; i++) {
		const struct week_item *item = &a->week.item[i];
		struct absence_advice advice = absence_advise(
			calendar, &a->absence, page->today, item->due, item->booked);
		if (advice.fate != fate)
			continue;
		n++;
		if (draw)
			row(page, item, &advice);
	}
	return n;
}

static void section(struct page *page, const struct away *a, enum absence_fate fate, str heading)
{
	struct buf *b = page->out;
	size_t n = of_fate(page, a, fate, false);
	if (n == 0)
		return;
	show_wide_open(b, heading);
	H(b, "<table class=\"govuk-table app-week\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">");
	text(b, heading);
	H(b, ": ");
	text_int(b, (int64_t)n);
	H(b, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Child</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Clock</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Due by</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">What could be done</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	of_fate(page, a, fate, true);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void answer(struct page *page, const struct away *a)
{
	struct buf *b = page->out;
	size_t all = 0;
	for (enum absence_fate fate = ABSENCE_DUE; fate <= ABSENCE_SOON_AFTER; fate++)
		all += of_fate(page, a, fate, false);
	H(b, "<h2 class=\"govuk-heading-m\" id=\"answer\">Away from ");
	html_time(b, a->absence.first);
	H(b, " to ");
	html_time(b, a->absence.last);
	H(b, "</h2>\n");
	if (a->week.children == 0)
		govuk_inset_text(b, .text = S("This page looks at the children that you work with "
					      "yourself. None is allocated to you."));
	else if (all == 0)
		H(b, "<p class=\"govuk-body\">Nothing of your children falls due or is booked "
		     "then.</p>\n");
	section(page, a, ABSENCE_DUE, S("Due while you are away"));
	section(page, a, ABSENCE_BOOKED, S("Booked for a day away, and due later"));
	section(page, a, ABSENCE_SOON_AFTER, S("Due within five working days of your return"));
	H(b, "<p class=\"govuk-body app-no-print\">Nothing of this is stored. <a class=\"govuk-link\" "
	     "href=\"/cover/new\">Arrange cover</a> to have a colleague stand in.</p>\n");
}

/* ---- the form */

static enum govuk_choice box_wrong(const struct form_wrong *wrong, unsigned part)
{
	return wrong->message.n > 0 && (wrong->part & part) != 0 ? GOVUK_YES : GOVUK_DEFAULT;
}

static void date(struct buf *b, str id, str legend, const struct form_boxes *boxes,
	const struct form_wrong *wrong)
{
	const struct govuk_date_item day_box = { .name = S("day"), .value = boxes->day,
		.error = box_wrong(wrong, PART_DAY) };
	const struct govuk_date_item month_box = { .name = S("month"), .value = boxes->month,
		.error = box_wrong(wrong, PART_MONTH) };
	const struct govuk_date_item year_box = { .name = S("year"), .value = boxes->year,
		.error = box_wrong(wrong, PART_YEAR) };
	govuk_date_input(b,
		.fieldset = &(struct govuk_fieldset){ .legend = { .text = legend,
							      .classes = S("govuk-fieldset__legend--s") },
			.role = S("group") },
		.id = id, .name_prefix = id, .error = { .text = wrong->message }, .day = &day_box,
		.month = &month_box, .year = &year_box);
}

static void errors(struct page *page, const struct away *a)
{
	struct govuk_error error[2];
	size_t n = 0;
	if (a->first_wrong.message.n > 0)
		error[n++] = (struct govuk_error){ .text = a->first_wrong.message,
			.href = S("#first-day") };
	if (a->last_wrong.message.n > 0)
		error[n++] = (struct govuk_error){ .text = a->last_wrong.message,
			.href = S("#last-day") };
	if (n > 0)
		govuk_error_summary(page->out, .title_text = S("There is a problem"),
			.errors = error, .n_errors = n);
}

static void form(struct page *page, const struct away *a)
{
	struct buf *b = page->out;
	H(b, "<form method=\"get\" action=\"/week/away\" novalidate class=\"app-no-print\">"
	     "<input type=\"hidden\" name=\"asked\" value=\"yes\">\n");
	date(b, S("first"), S("First day away"), &a->first_boxes, &a->first_wrong);
	date(b, S("last"), S("Last day away"), &a->last_boxes, &a->last_wrong);
	govuk_button(b, .text = S("Show what falls due"));
	H(b, "</form>\n");
}

static void looked(struct page *page, const struct away *a)
{
	int64_t *subject = arena_take(page->arena, a->week.n + 1, sizeof *subject);
	size_t n = 0;
	for (size_t i = 0; i < a->week.n; i++) {
		size_t at = 0;
		while (at < n && subject[at] != a->week.item[i].subject)
			at++;
		if (at == n)
			subject[n++] = a->week.item[i].subject;
	}
	page_looked(page, S("look:away"), subject, n);
}

void away_show(struct page *page)
{
	struct away *a = arena_new(page->arena, struct away);
	struct err err;
	bool shown = take(page, a);
	bool bad = a->first_wrong.message.n > 0 || a->last_wrong.message.n > 0;
	struct week_query query = { .actor = &page->actor, .today = page->today,
		.upto = a->absence.last + AFTER };
	if (shown && !store_week(page->store, page->arena, &query, &a->week, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.error = bad;
	if (bad)
		page->status = 422;
	page->layout.current = S("/week");
	page->layout.back_href = S("/week");
	page->layout.back_text = S("My week");
	page_open(page, S("If I am away"));
	errors(page, a);
	H(page->out, "<h1 class=\"govuk-heading-l\">If I am away</h1>\n<p class=\"govuk-body\">What falls "
		     "due for the children that you work with, and on which side of the time away "
		     "there is room.</p>\n");
	if (shown) {
		answer(page, a);
		policy_line(page);
	}
	form(page, a);
	page_close(page);
	looked(page, a);
}
