/* manage_calendar.c - the bank holidays that dates are counted with: which, since when, and a newer
 * list. What it would do is shown first; the file is opened by a process that may do nothing else. */
#include "html/govuk_button.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_warning_text.h"
#include "html/show_list.h"
#include "job/worker.h"
#include "law/bank_holidays.h"
#include "store/calendar.h"
#include "web/later.h"
#include "web/manage.h"

#define CALENDAR S("/manage/calendar")
#define CLOSED S("/manage/calendar/closed")
enum { CHANGES_SHOWN = 60, HOLDS_PAGE = 100 };

struct bringing {
	str file, rows, in_force;
	struct buf made;
	struct err wrong;
	bool bad;
	struct bank_join join;
	struct calendar_move move;
	struct manage_mistakes mistakes;
};

/* ---- the list */

static void version_row(struct buf *b, const struct calendar_version *v)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	text_int(b, v->number);
	H(b, "</th><td class=\"govuk-table__cell\">");
	buf_instant_words(b, v->came_at);
	H(b, "<span class=\"app-under\">");
	text(b, v->file.n == 0 ? S("came with Duly") : v->file);
	if (v->who.n > 0) {
		H(b, ", ");
		text(b, v->who);
	}
	H(b, "</span></td><td class=\"govuk-table__cell\">");
	html_time(b, v->horizon);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (v->file.n == 0) {
		H(b, "–");
	} else {
		text_int(b, v->effect.moved);
		H(b, " moved, ");
		text_int(b, v->effect.became_overdue);
		H(b, " became overdue, ");
		text_int(b, v->effect.no_longer_overdue);
		H(b, " no longer, ");
		text_int(b, v->effect.closed);
		H(b, " to decide");
	}
	H(b, "</td></tr>\n");
}

static void versions_table(struct buf *b, const struct calendar_versions *versions)
{
	show_wide_open(b, S("Calendars"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">Calendars, the newest first</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Number</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Came</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Published to</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Clocks</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < versions->n; i++)
		version_row(b, &versions->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void list_page(struct page *page, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	struct calendar_versions versions;
	struct err err;
	if (!store_calendars(page->store, page->arena, &versions, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, CALENDAR, S("Bank holidays"), mistakes);
	H(b, "<p class=\"govuk-body\">Working days are counted with the newest calendar. What is not "
	     "published yet is computed, and such dates are marked as provisional.</p>\n");
	H(b, "<p class=\"govuk-body\">Clocks that run move when a newer one comes. Clocks that are over keep "
	     "their dates until a manager accepts the new ones.</p>\n");
	H(b, "<form method=\"post\" action=\"/manage/calendar\" enctype=\"multipart/form-data\" "
	     "novalidate><input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", page->csrf);
	H(b, ">\n");
	govuk_file_upload(b, .label = { .text = S("A newer list of bank holidays") },
		.id = S("holidays"), .name = S("holidays"),
		.hint = { .text = S("The file bank-holidays.json, as GOV.UK publishes it. You see "
				    "what it would do before anything changes.") },
		.error = { .text = manage_wrong_at(mistakes, S("holidays")) });
	govuk_button(b, .text = S("Show what it would do"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	versions_table(b, &versions);
	manage_close(page);
}

void manage_calendar_show(struct page *page)
{
	list_page(page, NULL);
}

/* ---- what it would do */

static void change_line(struct buf *b, const struct bank_change *change)
{
	H(b, "<li>");
	html_time(b, change->on);
	H(b, ", ");
	text(b, change->title);
	text(b, change->added ? S(": becomes a bank holiday") : S(": is no bank holiday any more"));
	if (bank_change_warns(change))
		text(b, change->added ? S(". That day is past") : S(". It was published as one"));
	H(b, "</li>\n");
}

static void effect_words(struct page *page, const struct bringing *bringing)
{
	struct buf *b = page->out;
	const struct calendar_effect *effect = &bringing->move.effect;
	const struct bank_join *join = &bringing->join;
	H(b, "<p class=\"govuk-body-l\">It moves ");
	text_int(b, effect->moved);
	text(b, effect->moved == 1 ? S(" clock: ") : S(" clocks: "));
	text_int(b, effect->became_overdue);
	text(b, effect->became_overdue == 1 ? S(" becomes overdue, ") : S(" become overdue, "));
	text_int(b, effect->no_longer_overdue);
	H(b, " no longer.</p>\n<p class=\"govuk-body\">");
	text_int(b, effect->closed);
	H(b, " clocks that are over would have other dates: they keep theirs until somebody accepts the "
	     "new ones. Bank holidays are published to the end of ");
	text_id(b, join->last);
	H(b, ".</p>\n");
	if (join->changes == 0)
		return;
	H(b, "<ul class=\"govuk-list govuk-list--bullet\">\n");
	for (size_t i = 0; i < join->changes && i < CHANGES_SHOWN; i++)
		change_line(b, &join->change[i]);
	H(b, "</ul>\n");
}

static void confirm_page(struct page *page, struct bringing *bringing)
{
	struct buf *b = page->out;
	page->layout.back_href = CALENDAR;
	page->layout.back_text = S("Bank holidays");
	manage_open(page, CALENDAR, S("What this calendar would do"), &bringing->mistakes);
	effect_words(page, bringing);
	layout_form_open(b, S("/manage/calendar/take"), page->csrf);
	H(b, "<input type=\"hidden\" name=\"rows\"");
	attr(b, "value", bringing->rows);
	H(b, "><input type=\"hidden\" name=\"file\"");
	attr(b, "value", bringing->file);
	H(b, ">\n");
	if (bringing->join.warnings > 0) {
		const struct govuk_option compared = { .text = S("I have compared these days with GOV.UK"),
			.value = S("yes") };
		govuk_warning_text(b, .text = S("This is unusual. Compare the days with GOV.UK."),
			.icon_fallback_text = S("Warning"));
		govuk_checkboxes(b, .name = S("compared"), .id_prefix = S("compared"),
			.items = &compared, .n_items = 1,
			.error = { .text = manage_wrong_at(&bringing->mistakes, S("compared")) });
	}
	govuk_button(b, .text = S("Bring this calendar in"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
}

static bool joined(struct page *page, struct bringing *bringing)
{
	struct err err = { 0 };
	bool done = store_calendar_holidays(
			    page->store, page->arena, 0, &bringing->in_force, &err) &&
		bank_holidays_join(page->arena, bringing->in_force, bringing->rows, page->today,
			&bringing->join, &err);
	if (!done && err.code != ERR_INPUT) {
		page_failed(page, &err);
		return false;
	}
	if (!done)
		manage_wrong(&bringing->mistakes, S("holidays"),
			arena_str(page->arena, str_of(err.text)));
	else if (bringing->join.same)
		manage_wrong(&bringing->mistakes, S("holidays"),
			S("The calendar in force says the same already"));
	if (bringing->mistakes.n > 0)
		list_page(page, &bringing->mistakes);
	bringing->move = (struct calendar_move){ .holidays = bringing->join.rows,
		.file = bringing->file };
	return bringing->mistakes.n == 0;
}

static bool preview_write(struct page *page, struct store *store, struct err *err)
{
	struct bringing *bringing = page->own;
	return store_calendar_preview(store, &bringing->move, err);
}

static void preview_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		confirm_page(page, page->own);
}

/* On a thread that may wait. */
static void read_work(struct page *page)
{
	struct bringing *bringing = page->own;
	const struct worker worker = { .kind = "bank-holidays", .input = bringing->rows,
		.output_max = BANK_HOLIDAYS_BYTES };
	bringing->bad = !worker_run(&worker, &bringing->made, &bringing->wrong);
}

static void read_worked(struct page *page, const struct err *failed)
{
	struct bringing *bringing = page->own;
	bringing->rows = arena_str(page->arena, buf_view(&bringing->made));
	buf_close(&bringing->made);
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (bringing->bad) {
		manage_wrong(&bringing->mistakes, S("holidays"),
			arena_str(page->arena, str_of(bringing->wrong.text)));
		list_page(page, &bringing->mistakes);
	} else if (joined(page, bringing)) {
		page_write(page, preview_write, preview_written);
	}
}

void manage_calendar_send(struct page *page)
{
	struct bringing *bringing = arena_new(page->arena, struct bringing);
	const struct form_file *file = page_uploaded(page, S("holidays"));
	page->own = bringing;
	if (file == NULL || file->name.n == 0)
		manage_wrong(&bringing->mistakes, S("holidays"), S("Choose the file to read"));
	else if (file->bytes.n > BANK_HOLIDAYS_BYTES)
		manage_wrong(&bringing->mistakes, S("holidays"),
			S("The file is larger than a list of bank holidays can be"));
	if (bringing->mistakes.n > 0 || file == NULL) {
		list_page(page, &bringing->mistakes);
		return;
	}
	bringing->file = str_upto(file->name, 200);
	bringing->rows = file->bytes;
	page_work(page, read_work, read_worked);
}

/* ---- doing it */

static bool take_write(struct page *page, struct store *store, struct err *err)
{
	struct bringing *bringing = page->own;
	return store_calendar_take(store, &page->actor, &bringing->move, err);
}

static void take_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		manage_done(page, CALENDAR, S("calendar"));
}

/* The rows came back by the form, and are held to all that a file is. */
void manage_calendar_take(struct page *page)
{
	struct bringing *bringing = arena_new(page->arena, struct bringing);
	page->own = bringing;
	bringing->rows = form_value(&page->form, S("rows"));
	bringing->file = str_upto(form_value(&page->form, S("file")), 200);
	if (bringing->file.n == 0)
		bringing->file = S("bank-holidays.json");
	if (!joined(page, bringing))
		return;
	if (bringing->join.warnings > 0 && form_value(&page->form, S("compared")).n == 0) {
		manage_wrong(&bringing->mistakes, S("compared"),
			S("Say that you have compared these days with GOV.UK"));
		page_write(page, preview_write, preview_written);
		return;
	}
	page_write(page, take_write, take_written);
}

/* ---- what is over */

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
	struct err err;
	int64_t number;
	if (!str_int(form_value(&page->query, S("page")), &number) || number < 1 || number > 100000)
		number = 1;
	if (!store_calendar_holds(page->store, &page->actor, page->arena, (number - 1) * HOLDS_PAGE,
		    HOLDS_PAGE, &holds, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, CLOSED, S("Dates of what is over"), NULL);
	if (holds.all == 0) {
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
	return store_calendar_decide(
		store, &page->actor, d->one ? &d->hold : NULL, d->accept, &d->decided, err);
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
