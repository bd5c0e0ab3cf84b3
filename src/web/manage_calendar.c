/* manage_calendar.c - the bank holidays that dates are counted with: which, since when, and how far the
 * clocks followed the newest. */
#include "html/govuk_button.h"
#include "html/govuk_file_upload.h"
#include "html/show_list.h"
#include "web/manage_calendar.h"

enum { REFRESH_S = 3 };

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

/* ---- how far the clocks are */

static void say_progress(struct buf *b, const struct calendar_job *job)
{
	text(b, job->calendar == 0 ? S("The clocks get the newer dates: ")
				   : S("The clocks follow the newer calendar: "));
	text_int(b, job->made);
	H(b, " of ");
	text_int(b, job->all);
	H(b, " children, ");
	text_int(b, job->all == 0 ? 100 : job->made * 100 / job->all);
	H(b, "%");
}

bool manage_calendar_follow(struct page *page, struct calendar_job *job)
{
	struct err err;
	if (!store_calendar_job(page->store, job, &err)) {
		page_failed(page, &err);
		return false;
	}
	if (job->open)
		page->layout.refresh = REFRESH_S;
	return true;
}

void manage_calendar_progress(struct page *page, const struct calendar_job *job, str state)
{
	struct buf *b = page->out;
	if (!job->open)
		return;
	H(b, "<p class=\"govuk-body-l\" role=\"status\"");
	attr(b, "data-watch", state);
	H(b, ">");
	say_progress(b, job);
	H(b, "</p>\n<p class=\"govuk-body\">You can leave this page: it goes on. Until it is done some dates "
	     "are still by the calendar before.</p>\n");
}

/* For the script that watches: words while it runs, nothing when it has ended. */
void manage_calendar_state(struct page *page)
{
	struct calendar_job job;
	struct err err;
	if (!store_calendar_job(page->store, &job, &err)) {
		page_failed(page, &err);
		return;
	}
	if (job.open)
		say_progress(page->out, &job);
	page->response.status = 200;
	page->response.type = S("text/plain; charset=utf-8");
	page->response.body = buf_view(page->out);
}

/* ---- the page */

static void form(struct page *page, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
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
}

void manage_calendar_list(struct page *page, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	struct calendar_versions versions;
	struct calendar_job job;
	struct err err;
	if (!manage_calendar_follow(page, &job))
		return;
	if (!store_calendars(page->store, page->arena, &versions, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, CALENDAR, S("Bank holidays"), mistakes);
	manage_calendar_progress(page, &job, S("/manage/calendar/state"));
	H(b, "<p class=\"govuk-body\">Working days are counted with the newest calendar. What is not "
	     "published yet is computed, and such dates are marked as provisional.</p>\n");
	H(b, "<p class=\"govuk-body\">Clocks that run move when a newer one comes. Clocks that are over keep "
	     "their dates until a manager accepts the new ones.</p>\n");
	if (!job.open)
		form(page, mistakes);
	versions_table(b, &versions);
	manage_close(page);
}

void manage_calendar_show(struct page *page)
{
	manage_calendar_list(page, NULL);
}
