/* manage_import.c - one import: watched while it runs, what came of it, and what was not taken. */
#include "web/imports.h"

#include "base/csv.h"
#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_summary_list.h"
#include "html/show_list.h"
#include "job/importer.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

enum { REJECTS_PAGE = 100, REJECTS_FILE = 1000000, REFRESH_S = 3 };

static bool job_read(struct page *page, struct job *job)
{
	struct err err;
	if (store_job_read(
		    page->store, page->arena, page->actor.authority, page->id, job, &err))
		return true;
	page_failed(page, &err);
	return false;
}

/* "Being saved: 512 of 1,000 children, 51%": what is watched, with and without a script. */
static void say_progress(struct page *page, struct buf *b, const struct job *job)
{
	struct importer_progress progress = { 0 };
	if (page->web->options.importer != NULL)
		progress = importer_progress(page->web->options.importer, job->id);
	text(b, import_state_words(job->state));
	if (!progress.here || !progress.saving || progress.all == 0)
		return;
	H(b, ": ");
	text_int(b, (int64_t)progress.done);
	H(b, " of ");
	text_int(b, (int64_t)progress.all);
	H(b, " children, ");
	text_int(b, (int64_t)(progress.done * 100 / progress.all));
	H(b, "%");
}

static void running(struct page *page, const struct job *job)
{
	struct buf *b = page->out;
	H(b, "<p class=\"govuk-body-l\" role=\"status\" data-watch=\"/manage/imports/");
	text_id(b, job->id);
	H(b, "/state\">");
	say_progress(page, b, job);
	H(b, "</p>\n<p class=\"govuk-body\">You can leave this page: the import goes on. Nobody sees "
	     "any of it before all of it is there.</p>\n");
	if (!policy_may(page->actor.role, MAY_IMPORT, RELATION_AUTHORITY, OPEN))
		return;
	layout_form_open(b,
		arena_format(page->arena, "/manage/imports/%lld/cancel", (long long)job->id),
		page->csrf);
	govuk_button(b, .text = S("Cancel this import"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
}

static void ended(struct page *page, const struct job *job)
{
	struct buf *b = page->out;
	if (job->state != JOB_CHECKED)
		H(b, "<p class=\"govuk-body-l\">");
	switch (job->state) {
	case JOB_DONE:
		import_result(b, job);
		break;
	case JOB_FAILED:
		H(b, "Nothing was imported. ");
		text(b, job->why);
		break;
	case JOB_CANCELLED:
		H(b, "Cancelled. Nothing of it was kept.");
		break;
	case JOB_INTERRUPTED:
		H(b, "Duly was stopped while this import ran. Nothing of it was kept: import the "
		     "files again.");
		break;
	case JOB_CHECKED:
		import_checked(page, job);
		break;
	case JOB_WAITING:
	case JOB_READING:
	case JOB_SAVING:
	case JOB_STATES:
		break;
	}
	if (job->state != JOB_CHECKED)
		H(b, "</p>\n");
	import_links(page, job);
	if ((job->state == JOB_DONE || job->state == JOB_CHECKED) && job->rejected > 0 &&
		policy_may(page->actor.role, MAY_IMPORT, RELATION_AUTHORITY, OPEN)) {
		H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/manage/imports/");
		text_id(b, job->id);
		H(b, "/rejects\">See what was not taken, and why</a></p>\n");
	}
}

static struct markup list_of(struct buf *b, str lines)
{
	str rest = lines, line;
	H(b, "<ul class=\"govuk-list\">");
	while (str_split(&rest, '\n', &line)) {
		if (line.n == 0)
			continue;
		H(b, "<li>");
		text(b, line);
		H(b, "</li>");
	}
	H(b, "</ul>");
	return html_markup(b);
}

static str words_of(struct page *page, void (*say)(struct buf *b, int64_t value), int64_t value)
{
	struct buf words = { 0 };
	say(&words, value);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static void say_instant(struct buf *b, int64_t at)
{
	buf_instant_words(b, at);
}

static void say_day(struct buf *b, int64_t at)
{
	buf_day_words(b, (day)at);
}

static void facts(struct page *page, const struct job *job)
{
	struct govuk_summary_row row[8];
	struct buf files = { 0 };
	size_t n = 0;
	row[n++] = (struct govuk_summary_row){ .key = { .text = S("Files") },
		.value = { .html = list_of(&files, job->files) } };
	row[n++] = (struct govuk_summary_row){ .key = { .text = S("Asked by") },
		.value = { .text = job->who } };
	row[n++] = (struct govuk_summary_row){ .key = { .text = S("Asked at") },
		.value = { .text = words_of(page, say_instant, job->asked_at) } };
	if (job->ended_at != INSTANT_UNKNOWN)
		row[n++] = (struct govuk_summary_row){ .key = { .text = S("Ended at") },
			.value = { .text = words_of(page, say_instant, job->ended_at) } };
	if (job->known_to != DAY_UNKNOWN)
		row[n++] = (struct govuk_summary_row){ .key = { .text = S("Known to") },
			.value = { .text = words_of(page, say_day, job->known_to) } };
	if (job->state == JOB_DONE) {
		row[n++] = (struct govuk_summary_row){ .key = { .text = S("Records") },
			.value = { .text = job->added + job->edited == 0
						   ? S("Nothing was changed")
						   : arena_format(page->arena,
							     "%lld added, %lld changed",
							     (long long)job->added,
							     (long long)job->edited) } };
		if (job->by_hand > 0)
			row[n++] = (struct govuk_summary_row){
				.key = { .text = S("Written by hand") },
				.value = { .text = arena_format(page->arena,
						   "%lld differ from the files, and stay",
						   (long long)job->by_hand) }
			};
	}
	govuk_summary_list(page->out, .rows = row, .n_rows = n);
	buf_close(&files);
}

void manage_import_show(struct page *page)
{
	struct job job;
	if (!job_read(page, &job))
		return;
	page->layout.back_href = IMPORTS;
	page->layout.back_text = S("Imports");
	if (import_runs(&job))
		page->layout.refresh = REFRESH_S;
	manage_open(page, IMPORTS, import_kind_words(job.kind), NULL);
	if (import_runs(&job))
		running(page, &job);
	else
		ended(page, &job);
	facts(page, &job);
	manage_close(page);
}

/* For the script that watches: words while it runs, nothing when it has ended. */
void manage_import_state(struct page *page)
{
	struct job job;
	if (!job_read(page, &job))
		return;
	if (import_runs(&job))
		say_progress(page, page->out, &job);
	page->response.status = 200;
	page->response.type = S("text/plain; charset=utf-8");
	page->response.body = buf_view(page->out);
}

static bool cancel_write(struct page *page, struct store *store, struct err *err)
{
	struct job *job = page->own;
	job->state = JOB_CANCELLED;
	job->known_to = DAY_UNKNOWN;
	return store_job_end(store, job, NULL, err);
}

static void cancel_written(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)page->id));
}

/* One that runs here ends itself; one that nobody runs any more is ended in the table. */
void manage_import_cancel(struct page *page)
{
	struct job *job = arena_new(page->arena, struct job);
	struct importer *importer = page->web->options.importer;
	page->own = job;
	if (!job_read(page, job))
		return;
	bool here = importer != NULL && importer_cancel(importer, job->id);
	bool tried = job->state == JOB_CHECKED;
	if (importer != NULL)
		importer_let_go(importer, job->id);
	if (here || (!import_runs(job) && !tried) || (importer != NULL && importer_progress(importer, job->id).here))
		cancel_written(page, NULL);
	else
		page_write(page, cancel_write, cancel_written);
}

/* ---- what was not taken */

static void reject_row(struct buf *b, const struct job_reject *reject)
{
	H(b, "<tr class=\"govuk-table__row\"><td class=\"govuk-table__cell\">");
	text(b, reject->file);
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_id(b, reject->line);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, reject->column);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, reject->value);
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, reject->reason);
	H(b, "</td></tr>\n");
}

static void rejects_table(struct buf *b, const struct job_rejects *rejects)
{
	show_wide_open(b, S("What was not taken"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">What was not taken</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">File</th>"
	     "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Line</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Column</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Value</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Reason</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < rejects->n; i++)
		reject_row(b, &rejects->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

void manage_import_rejects(struct page *page)
{
	struct job job;
	struct job_rejects rejects;
	struct err err;
	int64_t number;
	struct buf *b = page->out;
	if (!job_read(page, &job))
		return;
	if (!str_int(form_value(&page->query, S("page")), &number) || number < 1 || number > 100000)
		number = 1;
	int64_t past = (number - 1) * REJECTS_PAGE;
	if (!store_job_rejects(page->store, page->arena, job.id, past, REJECTS_PAGE, &rejects, &err)) {
		page_failed(page, &err);
		return;
	}
	str path = arena_format(page->arena, "/manage/imports/%lld", (long long)job.id);
	page->layout.back_href = path;
	page->layout.back_text = import_kind_words(job.kind);
	manage_open(page, IMPORTS, S("What was not taken"), NULL);
	H(b, "<p class=\"govuk-body\">Mend these in the council’s system and import the files again: "
	     "everything else was taken.</p>\n");
	if (rejects.n == 0) {
		H(b, "<p class=\"govuk-body\">Everything was taken.</p>\n");
	} else {
		const struct show_query address = { .path = arena_format(
			page->arena, "%.*s/rejects", STR_ARGS(path)) };
		show_range(b, &(struct show_range){ past + 1, past + (int64_t)rejects.n,
				      job.rejected, S("rows") });
		rejects_table(b, &rejects);
		show_pages(b, page->arena, &address, number,
			(job.rejected + REJECTS_PAGE - 1) / REJECTS_PAGE);
		H(b, "<p class=\"govuk-body app-no-print\"><a class=\"govuk-link\"");
		attr(b, "href", arena_format(page->arena, "%.*s/rejects.csv", STR_ARGS(path)));
		H(b, ">Download all of them (CSV)</a></p>\n");
	}
	manage_close(page);
	page_looked(page, S("look:rejects"), NULL, 0); /* values of children, by no name of ours */
}

void manage_import_rejects_file(struct page *page)
{
	struct job job;
	struct job_rejects rejects;
	struct err err;
	if (!job_read(page, &job))
		return;
	if (!store_job_rejects(
		    page->store, page->arena, job.id, 0, REJECTS_FILE, &rejects, &err)) {
		page_failed(page, &err);
		return;
	}
	struct csv_out out = { .buf = page->out, .safe = true };
	static const char *const column[] = { "file", "line", "column", "value", "reason" };
	for (size_t i = 0; i < sizeof column / sizeof *column; i++)
		csv_put(&out, str_of(column[i]));
	csv_put_end(&out);
	for (size_t i = 0; i < rejects.n; i++) {
		csv_put(&out, rejects.item[i].file);
		csv_put_int(&out, rejects.item[i].line);
		csv_put(&out, rejects.item[i].column);
		csv_put(&out, rejects.item[i].value);
		csv_put(&out, rejects.item[i].reason);
		csv_put_end(&out);
	}
	page_file(page, S("text/csv; charset=utf-8"), S("rejects.csv"));
	page_looked(page, S("export:rejects"), NULL, 0);
}
