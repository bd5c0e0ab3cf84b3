/* manage_import_try.c - an import that was tried: what it would change, and whether it may come in; and
 * what one that came in did change. */
#include "web/imports.h"

#include "html/govuk_button.h"
#include "html/govuk_inset_text.h"
#include "html/show_list.h"
#include "job/importer.h"
#include "store/imported.h"
#include "store/job_found.h"
#include "store/setting.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"
#include "web/say.h"

#include <string.h>

enum { CHANGES_PAGE = 100 };

static bool may(const struct page *page)
{
	return policy_may(page->actor.role, MAY_IMPORT, RELATION_AUTHORITY, OPEN);
}

bool import_with_mapping(struct page *page, struct importer_asked *asked)
{
	struct mapping read = { 0 }, *kept = arena_new(page->arena, struct mapping);
	struct err err;
	str text;
	if (!import_has_columns(asked->kind))
		return true;
	str key = arena_format(
		page->arena, "import-mapping:%.*s", STR_ARGS(import_kind_text(asked->kind)));
	if (!store_setting_of(page->store, page->arena, page->actor.authority, key, &text, &err) ||
		(text.n > 0 && !mapping_read(page->arena, S("mapping"), text, &read, &err))) {
		mapping_close(&read);
		return false;
	}
	kept->n = read.n;
	kept->item = arena_take(page->arena, read.n + 1, sizeof *kept->item);
	if (read.n > 0)
		memcpy(kept->item, read.item, read.n * sizeof *kept->item);
	mapping_close(&read);
	asked->mapping = kept;
	return true;
}

/* ---- what was tried */

static void notes(struct page *page, const struct job_columns *found)
{
	struct buf *b = page->out;
	size_t said = 0;
	for (size_t i = 0; i < found->n; i++) {
		const struct job_column *one = &found->item[i];
		bool guessed = str_equal(one->how, S("guessed"));
		if (!guessed && !str_equal(one->how, S("note")))
			continue;
		if (said++ == 0)
			H(b, "<h2 class=\"govuk-heading-m\">How the files were read</h2>\n"
			     "<ul class=\"govuk-list govuk-list--bullet\">\n");
		H(b, "<li>");
		if (guessed) {
			text(b, one->list);
			H(b, ": the column “");
			text(b, one->heading);
			H(b, "” is taken for ");
			text(b, one->field);
		} else {
			text(b, one->heading);
		}
		H(b, "</li>\n");
	}
	if (said > 0)
		H(b, "</ul>\n");
}

static str address(struct page *page, const struct job *job, const char *what)
{
	return arena_format(
		page->arena, "/manage/imports/%lld/%s", (long long)job->id, what);
}

static void answers(struct page *page, const struct job *job)
{
	struct buf *b = page->out;
	struct importer *importer = page->web->options.importer;
	bool held = importer != NULL && importer_holds(importer, job->id);
	if (!may(page))
		return;
	if (!held) {
		govuk_inset_text(b, .text = S("The files are no longer held: choose them again under "
					      "Imports. What is said here is how they were read then."));
		return;
	}
	if (job->why.n == 0) {
		layout_form_open(b, address(page, job, "import"), page->csrf);
		govuk_button(b, .text = S("Import this"), .prevent_double_click = GOVUK_YES);
		H(b, "</form>\n");
	}
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", address(page, job, "columns"));
	H(b, ">See which column is what, and correct it</a></p>\n");
	layout_form_open(b, address(page, job, "cancel"), page->csrf);
	govuk_button(b, .text = S("Do not import"), .classes = S("govuk-button--secondary"));
	H(b, "</form>\n");
}

void import_checked(struct page *page, const struct job *job)
{
	struct buf *b = page->out;
	struct job_columns found;
	struct err err;
	if (!store_job_found(page->store, page->arena, job->id, &found, &err)) {
		page_failed(page, &err);
		return;
	}
	if (job->why.n > 0) {
		H(b, "<p class=\"govuk-body-l\">It cannot be imported yet: ");
		text(b, job->why);
		H(b, ".</p>\n");
	} else {
		H(b, "<p class=\"govuk-body-l\">Nothing is imported yet. ");
		import_result(b, job);
		H(b, ".</p>\n<p class=\"govuk-body\">");
		if (job->added + job->edited == 0) {
			H(b, "Nothing would be changed.");
		} else {
			text_int(b, job->added);
			text(b, job->added == 1 ? S(" record would be added, ")
						: S(" records would be added, "));
			text_int(b, job->edited);
			H(b, " changed.");
		}
		H(b, "</p>\n");
	}
	answers(page, job);
	notes(page, &found);
}

void import_links(struct page *page, const struct job *job)
{
	struct buf *b = page->out;
	enum import_kind kind;
	if (job->import == 0 || !may(page) || !import_kind_find(job->kind, &kind) ||
		!import_has_columns(kind))
		return;
	H(b, "<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", address(page, job, "changes"));
	H(b, ">");
	text(b, job->state == JOB_CHECKED
			? S("See what would be changed, and what is missing from the files")
			: S("See what was changed, and what is missing from the files"));
	H(b, "</a></p>\n");
}

/* ---- yes */

struct again {
	struct job job; /* that was tried */
	struct importer_asked asked;
};

static bool sure_write(struct page *page, struct store *store, struct err *err)
{
	struct again *again = page->own;
	return store_job_add(store, &page->actor, again->job.kind, again->job.files,
		&again->asked.job, err);
}

static void sure_written(struct page *page, const struct err *failed)
{
	struct again *again = page->own;
	struct importer *importer = page->web->options.importer;
	if (failed != NULL && failed->code != ERR_BUSY)
		page_failed(page, failed);
	else if (failed != NULL ||
		 !importer_give_held(importer, again->job.id, &again->asked))
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)again->job.id));
	else
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)again->asked.job));
}

void manage_import_sure(struct page *page)
{
	struct again *again = arena_new(page->arena, struct again);
	struct importer *importer = page->web->options.importer;
	struct err err;
	page->own = again;
	if (!store_job_read(page->store, page->arena, page->actor.authority, page->id, &again->job,
		    &err)) {
		page_failed(page, &err);
		return;
	}
	again->asked.actor = page->actor;
	again->asked.sure = true;
	bool known = import_kind_find(again->job.kind, &again->asked.kind);
	if (!known || again->job.state != JOB_CHECKED || again->job.why.n > 0 || importer == NULL ||
		!importer_holds(importer, again->job.id))
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)page->id));
	else if (!import_with_mapping(page, &again->asked))
		page_problem(page, 500);
	else
		page_write(page, sure_write, sure_written);
}

/* ---- what it changed */

static void change_row(struct buf *b, const struct imported *one)
{
	const struct record_type *type = NULL;
	for (size_t i = 0; i < record_types_n; i++) {
		if (str_equal(record_types[i]->name, one->type))
			type = record_types[i];
	}
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
	if (one->subject != 0) {
		H(b, "<a class=\"govuk-link\" href=\"/children/");
		text_id(b, one->subject);
		H(b, "\">");
		text_child_name(b, one->forename, one->surname, one->number);
		H(b, "</a>");
	} else {
		text(b, one->number);
	}
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, type == NULL ? one->type : type->title);
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_int(b, one->added);
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_int(b, one->edited);
	H(b, "</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">");
	text_int(b, one->missing);
	H(b, "</td></tr>\n");
}

static void changes_table(struct buf *b, const struct imported_list *list)
{
	show_wide_open(b, S("What was changed"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">What was changed</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
	     "<th scope=\"col\" class=\"govuk-table__header\">Child</th>"
	     "<th scope=\"col\" class=\"govuk-table__header\">Record</th>"
	     "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Added</th>"
	     "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Changed</th>"
	     "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Missing</th>"
	     "</tr></thead>\n<tbody class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < list->n; i++)
		change_row(b, &list->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
}

static int64_t page_number(const struct page *page)
{
	int64_t number;
	return str_int(form_value(&page->query, S("page")), &number) && number >= 1 &&
			       number <= 100000
		       ? number
		       : 1;
}

void manage_import_changes(struct page *page)
{
	struct buf *b = page->out;
	struct job job;
	struct imported_list list;
	struct err err;
	int64_t number = page_number(page), past = (number - 1) * CHANGES_PAGE;
	if (!store_job_read(
		    page->store, page->arena, page->actor.authority, page->id, &job, &err) ||
		!store_imported(page->store, page->arena, &page->actor, job.import, past,
			CHANGES_PAGE, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	int64_t *subject = arena_take(page->arena, list.n + 1, sizeof *subject);
	size_t seen = 0;
	for (size_t i = 0; i < list.n; i++) {
		bool again = seen > 0 && subject[seen - 1] == list.item[i].subject;
		if (list.item[i].subject != 0 && !again)
			subject[seen++] = list.item[i].subject;
	}
	page->layout.back_href =
		arena_format(page->arena, "/manage/imports/%lld", (long long)job.id);
	page->layout.back_text = import_kind_words(job.kind);
	manage_open(page, IMPORTS,
		job.state == JOB_CHECKED ? S("What would be changed") : S("What was changed"), NULL);
	H(b, "<p class=\"govuk-body\">Missing is what these files told before and do not tell now: "
	     "a child, or a record. It is said and nothing is deleted: find out whether it was "
	     "closed, moved or left out of the extract.</p>\n");
	if (list.all == 0) {
		H(b, "<p class=\"govuk-body\">Nothing is changed, and nothing is missing. A first "
		     "import is not listed: all of it is new.</p>\n");
	} else {
		const struct show_query where = { .path = address(page, &job, "changes") };
		show_range(b, &(struct show_range){ past + 1, past + (int64_t)list.n, list.all,
				      S("rows") });
		changes_table(b, &list);
		show_pages(b, page->arena, &where, number,
			(list.all + CHANGES_PAGE - 1) / CHANGES_PAGE);
	}
	manage_close(page);
	page_looked(page, S("look:imported"), subject, seen);
}
