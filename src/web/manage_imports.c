/* manage_imports.c - a custodian brings in the statutory files: asked, watched, and what came of it.
 *
 * The files are opened by nobody here: job/importer.h has them read by a process of their own. */
#include "base/csv.h"
#include "html/govuk_button.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_inset_text.h"
#include "html/govuk_options.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "html/show_list.h"
#include "identity/account.h"
#include "job/importer.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

#define IMPORTS S("/manage/imports")
enum { LISTED = 50, REJECTS_PAGE = 100, REJECTS_FILE = 1000000, REFRESH_S = 3 };

static const struct {
	str value, words, hint;
	bool several;
} kinds[] = {
	[IMPORT_SSDA903] = { S_INIT("ssda903"), S_INIT("SSDA903 return"),
		S_INIT("Header, episodes, reviews and missing as CSV, of one year or of several. Of several, "
		       "each name has its year: episodes-2025.csv."), true },
	[IMPORT_CIN] = { S_INIT("cin"), S_INIT("Children in need census"),
		S_INIT("One XML file."), false },
	[IMPORT_PEOPLE] = { S_INIT("people"), S_INIT("People file"),
		S_INIT("One CSV file with the columns child, forename, surname, dob, iro, chair, social_worker, "
		       "team, sibling_group and restricted."), false },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct {
	str words, classes;
} states[JOB_STATES] = {
	[JOB_WAITING] = { S_INIT("Waiting"), S_INIT("govuk-tag--blue") },
	[JOB_READING] = { S_INIT("Being read"), S_INIT("govuk-tag--blue") },
	[JOB_SAVING] = { S_INIT("Being saved"), S_INIT("govuk-tag--blue") },
	[JOB_DONE] = { S_INIT("Done"), S_INIT("govuk-tag--green") },
	[JOB_FAILED] = { S_INIT("Not imported"), S_INIT("govuk-tag--red") },
	[JOB_CANCELLED] = { S_INIT("Cancelled"), S_INIT("govuk-tag--grey") },
	[JOB_INTERRUPTED] = { S_INIT("Interrupted"), S_INIT("govuk-tag--orange") },
};

static str kind_words(str kind)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (str_equal(kinds[i].value, kind))
			return kinds[i].words;
	}
	return kind;
}

static bool runs(const struct job *job)
{
	return job->state == JOB_WAITING || job->state == JOB_READING || job->state == JOB_SAVING;
}

static void result_line(struct buf *b, const struct job *job)
{
	text_int(b, job->children);
	text(b, job->children == 1 ? S(" child, ") : S(" children, "));
	text_int(b, job->events);
	text(b, job->events == 1 ? S(" event, ") : S(" events, "));
	text_int(b, job->rejected);
	H(b, " rejected");
}

/* ---- the list, and the form */

static void job_row(struct buf *b, const struct job *job)
{
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/manage/imports/");
	text_id(b, job->id);
	H(b, "\">");
	text(b, kind_words(job->kind));
	H(b, "<span class=\"govuk-visually-hidden\"> of ");
	buf_instant_words(b, job->asked_at);
	H(b, "</span></a></th><td class=\"govuk-table__cell\">");
	buf_instant_words(b, job->asked_at);
	H(b, "<span class=\"app-under\">");
	text(b, job->who);
	H(b, "</span></td><td class=\"govuk-table__cell\">");
	govuk_tag(b, .text = states[job->state].words, .classes = states[job->state].classes);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (job->state == JOB_DONE)
		result_line(b, job);
	H(b, "</td></tr>\n");
}

static void jobs_table(struct buf *b, const struct job_list *jobs)
{
	if (jobs->n == 0) {
		H(b, "<p class=\"govuk-body\">Nothing was imported by browser yet.</p>\n");
		return;
	}
	show_wide_open(b, S("Imports"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-table__caption--m\">Imports</caption><thead class=\"govuk-table__head\">"
	     "<tr class=\"govuk-table__row\"><th scope=\"col\" class=\"govuk-table__header\">What</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">When</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">State</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Result</th></tr></thead>\n"
	     "<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < jobs->n; i++)
		job_row(b, &jobs->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static void form_fields(struct page *page, str kind, const struct manage_mistakes *mistakes)
{
	struct govuk_option option[KINDS];
	for (size_t i = 0; i < KINDS; i++)
		option[i] = (struct govuk_option){ .text = kinds[i].words,
			.value = kinds[i].value,
			.hint = { .text = kinds[i].hint } };
	const struct govuk_fieldset fieldset = { .legend = {
		.text = S("What do you want to import?"),
		.classes = S("govuk-fieldset__legend--m") } };
	govuk_radios(page->out, .fieldset = &fieldset, .name = S("kind"), .id_prefix = S("kind"),
		.items = option, .n_items = KINDS, .value = kind,
		.error = { .text = manage_wrong_at(mistakes, S("kind")) });
	govuk_file_upload(page->out, .label = { .text = S("Files") }, .id = S("files"),
		.name = S("files"), .multiple = true,
		.hint = { .text = S("Up to 20 files and 20 megabytes together. They are read by a "
				    "process that may do nothing else, and are not kept.") },
		.error = { .text = manage_wrong_at(mistakes, S("files")) });
	govuk_button(page->out, .text = S("Import these files"), .prevent_double_click = GOVUK_YES);
}

static void imports_page(struct page *page, str kind, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	struct job_list jobs;
	struct err err;
	if (!store_job_list(page->store, page->arena, page->actor.authority, LISTED, &jobs, &err)) {
		page_failed(page, &err);
		return;
	}
	manage_open(page, IMPORTS, S("Imports"), mistakes);
	if (!policy_may(page->actor.role, MAY_IMPORT, RELATION_AUTHORITY, OPEN)) {
		H(b, "<p class=\"govuk-body\">A custodian brings the council’s files in.</p>\n");
		jobs_table(b, &jobs);
		manage_close(page);
		return;
	}
	H(b, "<p class=\"govuk-body\">Nothing that is missing from a file is deleted, and what a "
	     "person wrote by hand stays. The same files twice change nothing.</p>\n"
	     "<form method=\"post\" action=\"/manage/imports\" enctype=\"multipart/form-data\" "
	     "novalidate><input type=\"hidden\" name=\"csrf\"");
	attr(b, "value", page->csrf);
	H(b, ">\n");
	form_fields(page, kind, mistakes);
	H(b, "</form>\n");
	jobs_table(b, &jobs);
	manage_close(page);
}

void manage_imports_show(struct page *page)
{
	imports_page(page, (str){ 0 }, NULL);
}

/* ---- asking */

struct asking {
	struct importer_asked asked;
	str kind, names, twice; /* twice: a name that two files have */
	struct manage_mistakes mistakes;
};

static void take_files(struct page *page, struct asking *asking)
{
	struct source *source = arena_take(page->arena, page->files + 1, sizeof *source);
	struct buf names = { 0 };
	for (size_t i = 0; i < page->files; i++) {
		const struct form_file *file = &page->file[i];
		if (!str_equal(file->field, S("files")) || file->name.n == 0)
			continue;
		for (size_t k = 0; k < asking->asked.n; k++) {
			if (str_equal_nocase(source[k].name, file->name))
				asking->twice = file->name;
		}
		source[asking->asked.n++] = (struct source){ file->name, file->bytes };
		buf_str(&names, file->name);
		buf_char(&names, '\n');
	}
	asking->asked.source = source;
	asking->names = arena_str(page->arena, buf_view(&names));
	buf_close(&names);
}

static void check(struct page *page, struct asking *asking)
{
	bool known = false;
	size_t kind = 0;
	asking->kind = form_value(&page->form, S("kind"));
	for (size_t i = 0; i < KINDS; i++) {
		if (str_equal(asking->kind, kinds[i].value)) {
			known = true;
			kind = i;
		}
	}
	asking->asked.kind = (enum import_kind)kind;
	if (!known)
		manage_wrong(&asking->mistakes, S("kind"), S("Choose what you want to import"));
	if (asking->asked.n == 0)
		manage_wrong(&asking->mistakes, S("files"), S("Choose the files to import"));
	else if (asking->twice.n > 0)
		manage_wrong(&asking->mistakes, S("files"),
			arena_format(page->arena,
				"There are two files called %.*s. Write the year into their names, as "
				"episodes-2025.csv",
				STR_ARGS(asking->twice)));
	else if (known && !kinds[kind].several && asking->asked.n > 1)
		manage_wrong(&asking->mistakes, S("files"), S("Choose one file only"));
}

static bool ask_write(struct page *page, struct store *store, struct err *err)
{
	struct asking *asking = page->own;
	return store_job_add(
		store, &page->actor, asking->kind, asking->names, &asking->asked.job, err);
}

static void ask_written(struct page *page, const struct err *failed)
{
	struct asking *asking = page->own;
	if (failed != NULL && failed->code != ERR_BUSY) {
		page_failed(page, failed);
	} else if (failed != NULL) {
		manage_wrong(&asking->mistakes, S("files"),
			arena_str(page->arena, str_of(failed->text)));
		imports_page(page, asking->kind, &asking->mistakes);
	} else if (!importer_give(page->web->options.importer, &asking->asked)) {
		page_problem(page, 503);
	} else {
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)asking->asked.job));
	}
}

void manage_imports_send(struct page *page)
{
	struct asking *asking = arena_new(page->arena, struct asking);
	page->own = asking;
	asking->asked.actor = page->actor;
	struct err err;
	take_files(page, asking);
	check(page, asking);
	if (!account_may_import(page->store, &page->actor, &err)) {
		if (err.code != ERR_DENIED) {
			page_failed(page, &err);
			return;
		}
		manage_wrong(&asking->mistakes, S("files"), arena_str(page->arena, str_of(err.text)));
	}
	if (asking->mistakes.n > 0)
		imports_page(page, asking->kind, &asking->mistakes);
	else if (page->web->options.importer == NULL)
		page_problem(page, 503);
	else
		page_write(page, ask_write, ask_written);
}

/* ---- one import */

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
	text(b, states[job->state].words);
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
	H(b, "<p class=\"govuk-body-l\">");
	switch (job->state) {
	case JOB_DONE:
		result_line(b, job);
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
	case JOB_WAITING:
	case JOB_READING:
	case JOB_SAVING:
	case JOB_STATES:
		break;
	}
	H(b, "</p>\n");
	if (job->state == JOB_DONE && job->rejected > 0 &&
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
	if (runs(&job))
		page->layout.refresh = REFRESH_S;
	manage_open(page, IMPORTS, kind_words(job.kind), NULL);
	if (runs(&job))
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
	if (runs(&job))
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
	if (here || !runs(job) || (importer != NULL && importer_progress(importer, job->id).here))
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
	page->layout.back_text = kind_words(job.kind);
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
