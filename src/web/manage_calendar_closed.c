/* manage_calendar_closed.c - clocks that were over when a newer calendar came, and would have other dates by
 * it: accepted or left by a person. */
#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/show_list.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_calendar.h"

#define CLOSED S("/manage/calendar/closed")
/* As many children follow at once; the others by themselves (job/daily.c). */
enum { HOLDS_PAGE = 100, AT_ONCE = 1000 };

static void hidden_int(struct buf *b, const char *name, int64_t value)
{
	H(b, "<input type=\"hidden\"");
	attr(b, "name", str_of(name));
	attr_int(b, "value", value);
	H(b, ">");
}

/* One clock by its five keys. */
static void row_form(struct page *page, const struct calendar_hold *hold, const struct rule *rule,
	str decision, str words)
{
	struct buf *b = page->out;
	layout_form_open(b, CLOSED, page->csrf);
	H(b, "<input type=\"hidden\" name=\"decision\"");
	attr(b, "value", decision);
	H(b, "><input type=\"hidden\" name=\"rule\"");
	attr(b, "value", hold->rule);
	H(b, ">");
	hidden_int(b, "subject", hold->subject);
	hidden_int(b, "thread", hold->thread);
	hidden_int(b, "event", hold->from_event);
	hidden_int(b, "from", hold->from);
	H(b, "<button type=\"submit\" class=\"govuk-button govuk-button--secondary app-in-row\">");
	text(b, words);
	H(b, "<span class=\"govuk-visually-hidden\">: ");
	text(b, rule == NULL ? hold->rule : rule->title);
	H(b, ", ");
	text(b, hold->number);
	H(b, "</span></button></form>\n");
}

static void hold_row(struct page *page, const struct calendar_hold *hold)
{
	struct buf *b = page->out;
	const struct rule *rule = rules_find(store_law(page->store)->rules, hold->rule);
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/");
	text(b, hold->matter ? S("matters/") : S("children/"));
	text_id(b, hold->subject);
	H(b, "\">");
	text(b, hold->matter ? hold->number : hold->name.n > 0 ? hold->name : S("Restricted record"));
	H(b, "</a>");
	if (!hold->matter) {
		H(b, "<span class=\"app-under\">");
		text(b, hold->number);
		H(b, "</span>");
	}
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, rule == NULL ? hold->rule : rule->title);
	if (hold->met_on != DAY_UNKNOWN) {
		H(b, "<span class=\"app-under\">Done on ");
		html_time(b, hold->met_on);
		H(b, "</span>");
	}
	H(b, "</td><td class=\"govuk-table__cell\">");
	html_time(b, hold->due);
	H(b, "</td><td class=\"govuk-table__cell\">");
	html_time(b, hold->new_due);
	if (hold->due == hold->new_due)
		H(b, "<span class=\"app-under\">another last working day</span>");
	H(b, "</td><td class=\"govuk-table__cell\">");
	row_form(page, hold, rule, S("leave"), S("Leave"));
	row_form(page, hold, rule, S("accept"), S("Accept"));
	H(b, "</td></tr>\n");
}

static void decide_form(struct page *page, str value, str words, bool first)
{
	struct buf *b = page->out;
	layout_form_open(b, S("/manage/calendar/closed"), page->csrf);
	H(b, "<input type=\"hidden\" name=\"decision\"");
	attr(b, "value", value);
	H(b, ">\n");
	govuk_button(b, .text = words,
		.classes = first ? (str){ 0 } : S("govuk-button--secondary"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void holds_table(struct page *page, const struct calendar_holds *holds)
{
	struct buf *b = page->out;
	show_wide_open(b, S("Clocks that are over"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Clocks that are over and would have other dates</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Child</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Clock</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Due</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">By the newer calendar</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Which dates?</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < holds->n; i++)
		hold_row(page, &holds->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

void manage_calendar_closed_show(struct page *page)
{
	struct buf *b = page->out;
	struct calendar_holds holds;
	struct calendar_job job;
	struct err err;
	int64_t number;
	if (!manage_calendar_follow(page, &job))
		return;
	if (!str_int(form_value(&page->query, S("page")), &number) || number < 1 || number > 100000)
		number = 1;
	if (!store_calendar_holds(page->store, &page->actor, page->arena, (number - 1) * HOLDS_PAGE,
		    HOLDS_PAGE, &holds, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, CLOSED, S("Dates of what is over"), NULL);
	manage_calendar_progress(page, &job, S("/manage/calendar/closed/state"));
	if (job.open) {
		H(b, "<p class=\"govuk-body\">What is to be decided stands here then.</p>\n");
		holds.n = 0;
	} else if (holds.all == 0) {
		govuk_inset_text(b, .text = S("No clock waits for a decision."));
	} else {
		H(b, "<p class=\"govuk-body\">");
		text_int(b, holds.all);
		H(b, " clocks were over when a newer calendar came, and would have other dates by it. "
		     "They keep their dates until you decide: for all of them, also those of children "
		     "whom you may not see.</p>\n");
		if (holds.n > 0)
			holds_table(page, &holds);
		const struct show_query address = { .path = S("/manage/calendar/closed") };
		show_pages(b, page->arena, &address, number,
			(holds.all + HOLDS_PAGE - 1) / HOLDS_PAGE);
		decide_form(page, S("leave"), S("Leave all dates as they are"), true);
		decide_form(page, S("accept"), S("Accept the newer dates of all"), false);
	}
	manage_close(page);
	int64_t *subject = arena_take(page->arena, holds.n + 1, sizeof *subject);
	size_t n = 0;
	for (size_t i = 0; i < holds.n; i++) {
		if (n == 0 || subject[n - 1] != holds.item[i].subject)
			subject[n++] = holds.item[i].subject;
	}
	page_looked(page, S("look:calendar"), subject, n);
}

/* All that wait, or one of them. */
struct deciding {
	bool accept, one;
	struct calendar_hold hold;
	int64_t decided;
};

/* False: half of a key was sent. */
static bool take_one(struct page *page, struct deciding *d)
{
	int64_t from;
	d->one = form_has(&page->form, S("subject"));
	if (!d->one)
		return true;
	d->hold.rule = form_value(&page->form, S("rule"));
	if (!str_int(form_value(&page->form, S("subject")), &d->hold.subject) ||
		!str_int(form_value(&page->form, S("thread")), &d->hold.thread) ||
		!str_int(form_value(&page->form, S("event")), &d->hold.from_event) ||
		!str_int(form_value(&page->form, S("from")), &from) || from < -1000000 ||
		from > 1000000 || d->hold.rule.n == 0)
		return false;
	d->hold.from = (day)from;
	return true;
}

static bool decide_write(struct page *page, struct store *store, struct err *err)
{
	struct deciding *d = page->own;
	bool more;
	return store_calendar_decide(
		       store, &page->actor, d->one ? &d->hold : NULL, d->accept, &d->decided, err) &&
		store_calendar_turn(store, AT_ONCE, &more, err);
}

static void decide_written(struct page *page, const struct err *failed)
{
	const struct deciding *d = page->own;
	if (failed != NULL)
		page_failed(page, failed);
	else
		manage_done(page, CLOSED, d->one ? (d->accept ? S("dated-one") : S("left-one"))
				: d->accept ? S("dated") : S("left"));
}

void manage_calendar_closed_send(struct page *page)
{
	struct deciding *d = arena_new(page->arena, struct deciding);
	str decision = form_value(&page->form, S("decision"));
	d->accept = str_equal(decision, S("accept"));
	page->own = d;
	if ((!d->accept && !str_equal(decision, S("leave"))) || !take_one(page, d)) {
		page_problem(page, 400);
		return;
	}
	page_write(page, decide_write, decide_written);
}
