/* manage_imports.c - a custodian brings in the statutory files: those that came, and the form.
 *
 * The files are opened by nobody here: job/importer.h has them read by a process of their own. */
#include "web/imports.h"

#include "html/govuk_button.h"
#include "html/govuk_file_upload.h"
#include "html/govuk_options.h"
#include "html/govuk_tag.h"
#include "html/show_list.h"
#include "identity/account.h"
#include "job/importer.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

enum { LISTED = 50 };

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
	[IMPORT_SSD] = { S_INIT("ssd"), S_INIT("Standard Safeguarding Dataset"),
		S_INIT("A CSV file a table, ssd_person.csv and so on; or one zip file of them, or a "
		       "workbook with a sheet a table."), true },
	[IMPORT_ANNEX_A] = { S_INIT("annex-a"), S_INIT("Annex A"),
		S_INIT("Ofsted’s workbook (.xlsx)."), false },
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
	[JOB_CHECKED] = { S_INIT("To be confirmed"), S_INIT("govuk-tag--yellow") },
	[JOB_INTERRUPTED] = { S_INIT("Interrupted"), S_INIT("govuk-tag--orange") },
};

str import_state_words(enum job_state state)
{
	return states[state].words;
}

str import_kind_words(str kind)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (str_equal(kinds[i].value, kind))
			return kinds[i].words;
	}
	return kind;
}

bool import_runs(const struct job *job)
{
	return job->state == JOB_WAITING || job->state == JOB_READING || job->state == JOB_SAVING;
}

void import_result(struct buf *b, const struct job *job)
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
	text(b, import_kind_words(job->kind));
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
		import_result(b, job);
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
	else if (!import_with_mapping(page, &asking->asked))
		page_problem(page, 500);
	else if (page->web->options.importer == NULL)
		page_problem(page, 503);
	else
		page_write(page, ask_write, ask_written);
}
