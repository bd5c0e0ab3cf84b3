/* manage_calendar_take.c - a newer list of bank holidays: what it would do is shown first, and the file is
 * opened by a process that may do nothing else. */
#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "html/govuk_warning_text.h"
#include "job/worker.h"
#include "law/bank_holidays.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage_calendar.h"

/* As many children follow at once; the others by themselves (job/daily.c). */
enum { CHANGES_SHOWN = 60, AT_ONCE = 1000 };

struct bringing {
	str file, rows, in_force;
	struct buf made;
	struct err wrong;
	bool bad;
	struct bank_join join;
	struct calendar_move move;
	struct manage_mistakes mistakes;
};

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
	struct calendar_job job;
	bool done = store_calendar_job(page->store, &job, &err) && store_calendar_holidays(
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
	else if (job.open)
		manage_wrong(&bringing->mistakes, S("holidays"),
			S("Clocks still follow the calendar that came last: wait until all of them have"));
	else if (bringing->join.same)
		manage_wrong(&bringing->mistakes, S("holidays"),
			S("The calendar in force says the same already"));
	if (bringing->mistakes.n > 0)
		manage_calendar_list(page, &bringing->mistakes);
	bringing->move = (struct calendar_move){ .holidays = bringing->join.rows,
		.file = bringing->file };
	return bringing->mistakes.n == 0;
}

/* On a thread that may wait: nobody's save waits for it. */
static void preview_work(struct page *page)
{
	struct bringing *bringing = page->own;
	struct store *reader = web_reader(page->web);
	bringing->bad = !store_calendar_preview(reader, &bringing->move, &bringing->wrong);
	web_reader_back(page->web, reader);
}

static void preview_worked(struct page *page, const struct err *failed)
{
	const struct bringing *bringing = page->own;
	if (failed != NULL || bringing->bad)
		page_failed(page, failed != NULL ? failed : &bringing->wrong);
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
		manage_calendar_list(page, &bringing->mistakes);
	} else if (joined(page, bringing)) {
		page_work(page, preview_work, preview_worked);
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
		manage_calendar_list(page, &bringing->mistakes);
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
	bool more;
	return store_calendar_begin(store, &page->actor, &bringing->move, err) &&
		store_calendar_turn(store, AT_ONCE, &more, err);
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
		page_work(page, preview_work, preview_worked);
		return;
	}
	page_write(page, take_write, take_written);
}
