/* manage_import_columns.c - which column of the files is what: as it was understood, and as a person
 * corrects it. What is corrected stands for the council's next files of that kind, too. */
#include "web/imports.h"

#include "html/govuk_button.h"
#include "html/govuk_select.h"
#include "job/importer.h"
#include "store/job_found.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/manage.h"

#include <string.h>

enum { HEADINGS_MOST = 150 };

struct columns_page {
	struct job job;
	struct job_columns found;
	str list; /* the one that is shown */
	struct importer_asked asked;
	str setting; /* the mapping as it is to be kept */
};

static bool is(str how, const char *word)
{
	return str_equal(how, str_of(word));
}

/* Its lists, and the one that the address names, or the first that needs something. */
static void choose_list(struct columns_page *own, str named)
{
	for (size_t i = 0; i < own->found.n; i++) {
		const struct job_column *one = &own->found.item[i];
		if (one->list.n > 0 && str_equal(one->list, named))
			own->list = one->list;
	}
	for (size_t i = 0; i < own->found.n && own->list.n == 0; i++) {
		if (is(own->found.item[i].how, "needed"))
			own->list = own->found.item[i].list;
	}
	for (size_t i = 0; i < own->found.n && own->list.n == 0; i++)
		own->list = own->found.item[i].list;
}

static bool read_page(struct page *page, struct columns_page *own, str named)
{
	struct err err;
	if (!store_job_read(
		    page->store, page->arena, page->actor.authority, page->id, &own->job, &err) ||
		!store_job_found(page->store, page->arena, page->id, &own->found, &err)) {
		page_failed(page, &err);
		return false;
	}
	choose_list(own, named);
	return true;
}

/* "List 3" as "List+3"; the names of our lists hold nothing else that an address may not. */
static str in_address(struct arena *arena, str list)
{
	str copy = arena_str(arena, list);
	for (size_t i = 0; i < copy.n; i++) {
		if (copy.p[i] == ' ')
			((char *)(uintptr_t)copy.p)[i] = '+';
	}
	return copy;
}

static void list_links(struct page *page, const struct columns_page *own)
{
	struct buf *b = page->out;
	str last = { 0 };
	H(b, "<ul class=\"govuk-list\">\n");
	for (size_t i = 0; i < own->found.n; i++) {
		const struct job_column *one = &own->found.item[i];
		if (one->list.n == 0 || str_equal(one->list, last))
			continue;
		last = one->list;
		size_t needed = 0, guessed = 0, spare = 0;
		for (size_t k = i; k < own->found.n; k++) {
			const struct job_column *other = &own->found.item[k];
			if (!str_equal(other->list, last))
				continue;
			needed += is(other->how, "needed");
			guessed += is(other->how, "guessed");
			spare += is(other->how, "spare");
		}
		H(b, "<li><a class=\"govuk-link\"");
		attr(b, "href", arena_format(page->arena, "/manage/imports/%lld/columns?list=%.*s",
					(long long)own->job.id, STR_ARGS(in_address(page->arena, last))));
		H(b, ">");
		text(b, last);
		H(b, "</a>");
		if (needed > 0)
			H(b, ": a column is missing that must be there");
		else if (guessed > 0)
			H(b, ": a column was guessed");
		else if (spare > 0)
			H(b, ": a column is not known");
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

static str hint_of(const struct job_column *one)
{
	return is(one->how, "needed")	 ? S("It must be there.")
	       : is(one->how, "guessed") ? S("Guessed by its words.")
	       : is(one->how, "mapped")	 ? S("As somebody said.")
					 : (str){ 0 };
}

static void choice(struct page *page, const struct columns_page *own, const struct job_column *one)
{
	struct govuk_select_item item[HEADINGS_MOST];
	size_t n = 0;
	item[n++] = (struct govuk_select_item){ .text = S("None of them"), .value = S("-") };
	for (size_t i = 0; i < own->found.n && n < HEADINGS_MOST; i++) {
		str heading = own->found.item[i].heading;
		if (str_equal(own->found.item[i].list, own->list) && heading.n > 0)
			item[n++] = (struct govuk_select_item){ .text = heading,
				.selected = str_equal(heading, one->heading) ? GOVUK_YES
									     : GOVUK_NO };
	}
	govuk_select(page->out, .label = { .text = one->field }, .hint = { .text = hint_of(one) },
		.id = one->field, .name = one->field, .items = item, .n_items = n);
}

void manage_import_columns(struct page *page)
{
	struct columns_page *own = arena_new(page->arena, struct columns_page);
	struct buf *b = page->out;
	struct importer *importer = page->web->options.importer;
	if (!read_page(page, own, form_value(&page->query, S("list"))))
		return;
	page->layout.back_href =
		arena_format(page->arena, "/manage/imports/%lld", (long long)own->job.id);
	page->layout.back_text = import_kind_words(own->job.kind);
	manage_open(page, IMPORTS, S("Which column is what?"), NULL);
	if (own->list.n == 0) {
		H(b, "<p class=\"govuk-body\">The columns of these files are fixed.</p>\n");
		manage_close(page);
		return;
	}
	H(b, "<p class=\"govuk-body\">Choose the heading of the file for each column that Duly reads. "
	     "It is kept for the council’s next files of this kind, and the files are read again.</p>\n");
	list_links(page, own);
	H(b, "<h2 class=\"govuk-heading-m\">");
	text(b, own->list);
	H(b, "</h2>\n");
	layout_form_open(b, arena_format(page->arena, "/manage/imports/%lld/columns",
				    (long long)own->job.id), page->csrf);
	H(b, "<input type=\"hidden\" name=\"list\"");
	attr(b, "value", own->list);
	H(b, ">\n");
	for (size_t i = 0; i < own->found.n; i++) {
		const struct job_column *one = &own->found.item[i];
		if (str_equal(one->list, own->list) && one->field.n > 0)
			choice(page, own, one);
	}
	if (importer != NULL && importer_holds(importer, own->job.id))
		govuk_button(b, .text = S("Keep this, and read the files again"),
			.prevent_double_click = GOVUK_YES);
	else
		H(b, "<p class=\"govuk-body\">The files are no longer held: choose them again under "
		     "Imports.</p>\n");
	H(b, "</form>\n");
	manage_close(page);
}

/* ---- and what it sends: what stood before of other lists, and this list's differences */

static bool is_heading(const struct columns_page *own, str heading)
{
	for (size_t i = 0; i < own->found.n; i++) {
		if (str_equal(own->found.item[i].list, own->list) &&
			str_equal(own->found.item[i].heading, heading))
			return true;
	}
	return false;
}

static void merge(struct page *page, struct columns_page *own)
{
	const struct mapping *kept = own->asked.mapping;
	size_t most = kept->n + own->found.n;
	struct mapping *out = arena_new(page->arena, struct mapping);
	out->item = arena_take(page->arena, most + 1, sizeof *out->item);
	for (size_t i = 0; i < kept->n; i++) {
		const struct mapping_row *row = &kept->item[i];
		if (!str_equal(row->list, own->list) || row->column.n == 0 ||
			!form_has(&page->form, row->column))
			out->item[out->n++] = *row;
	}
	for (size_t i = 0; i < own->found.n; i++) {
		const struct job_column *one = &own->found.item[i];
		str said = form_value(&page->form, one->field);
		if (!str_equal(one->list, own->list) || one->field.n == 0 ||
			!form_has(&page->form, one->field))
			continue;
		if (str_equal(said, S("-")))
			said = (str){ 0 };
		bool as_before = str_equal(said, one->heading) && !is(one->how, "mapped") &&
				 !is(one->how, "guessed");
		if (!as_before && (said.n == 0 || is_heading(own, said)))
			out->item[out->n++] = (struct mapping_row){ own->list, one->field, said };
	}
	own->asked.mapping = out;
	struct buf text = { 0 };
	buf_mapping_kept(&text, out);
	own->setting = arena_str(page->arena, buf_view(&text));
	buf_close(&text);
}

static bool columns_write(struct page *page, struct store *store, struct err *err)
{
	struct columns_page *own = page->own;
	str key = arena_format(page->arena, "import-mapping:%.*s", STR_ARGS(own->job.kind));
	return store_set(store, &page->actor, key, own->setting, err) &&
	       store_job_add(store, &page->actor, own->job.kind, own->job.files, &own->asked.job,
		       err);
}

static void columns_written(struct page *page, const struct err *failed)
{
	struct columns_page *own = page->own;
	bool given = failed == NULL && importer_give_held(page->web->options.importer,
					       own->job.id, &own->asked);
	if (failed != NULL && failed->code != ERR_BUSY)
		page_failed(page, failed);
	else
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)(given ? own->asked.job : own->job.id)));
}

void manage_import_columns_send(struct page *page)
{
	struct columns_page *own = arena_new(page->arena, struct columns_page);
	struct importer *importer = page->web->options.importer;
	page->own = own;
	if (!read_page(page, own, form_value(&page->form, S("list"))))
		return;
	own->asked.actor = page->actor;
	if (importer == NULL || !importer_holds(importer, own->job.id) ||
		!import_kind_find(own->job.kind, &own->asked.kind) ||
		!import_has_columns(own->asked.kind)) {
		page_redirect(page, arena_format(page->arena, "/manage/imports/%lld",
					    (long long)page->id));
		return;
	}
	if (!import_with_mapping(page, &own->asked)) {
		page_problem(page, 500);
		return;
	}
	merge(page, own);
	page_write(page, columns_write, columns_written);
}
