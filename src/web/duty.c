/* duty.c - the search for duty and out-of-hours staff: an exact name and date of birth, or nothing. */
#include "html/govuk_button.h"
#include "html/govuk_date_input.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "html/govuk_inset_text.h"
#include "store/opening.h"
#include "web/later.h"

struct duty_form {
	str forename, surname, day, month, year;
	str forename_wrong, surname_wrong, born_wrong;
	struct duty_query query;
	int64_t search;
};

static void fields(struct page *page, const struct duty_form *form)
{
	struct buf *b = page->out;
	struct govuk_date_item box = { .name = S("day"), .value = form->day,
		.classes = S("govuk-input--width-2") };
	struct govuk_date_item month = { .name = S("month"), .value = form->month,
		.classes = S("govuk-input--width-2") };
	struct govuk_date_item year = { .name = S("year"), .value = form->year,
		.classes = S("govuk-input--width-4") };
	struct govuk_fieldset born = { .legend = { .text = S("Date of birth") } };
	layout_form_open(b, S("/duty"), page->csrf);
	govuk_input(b, .label = { .text = S("First name") }, .id = S("forename"),
		.name = S("forename"), .value = form->forename, .autocomplete = S("off"),
		.spellcheck = GOVUK_NO, .classes = S("govuk-input--width-20"),
		.error = { .text = form->forename_wrong });
	govuk_input(b, .label = { .text = S("Family name") }, .id = S("surname"),
		.name = S("surname"), .value = form->surname, .autocomplete = S("off"),
		.spellcheck = GOVUK_NO, .classes = S("govuk-input--width-20"),
		.error = { .text = form->surname_wrong });
	govuk_date_input(b, .id = S("born"), .name_prefix = S("born"), .fieldset = &born,
		.hint = { .text = S("For example, 27 3 2015") }, .day = &box, .month = &month,
		.year = &year, .error = { .text = form->born_wrong });
	govuk_button(b, .text = S("Search"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void mistakes(struct page *page, const struct duty_form *form)
{
	struct govuk_error error[3];
	size_t n = 0;
	if (form->forename_wrong.n > 0)
		error[n++] = (struct govuk_error){ .text = form->forename_wrong,
			.href = S("#forename") };
	if (form->surname_wrong.n > 0)
		error[n++] = (struct govuk_error){ .text = form->surname_wrong,
			.href = S("#surname") };
	if (form->born_wrong.n > 0)
		error[n++] = (struct govuk_error){ .text = form->born_wrong, .href = S("#born-day") };
	if (n > 0)
		govuk_error_summary(page->out, .title_text = S("There is a problem"), .errors = error,
			.n_errors = n);
}

static void ring(struct page *page, const struct duty_page *found)
{
	struct buf *b = page->out;
	if (found->number.n > 0) {
		H(b, " Ring ");
		text(b, found->number);
		H(b, ".");
	} else {
		H(b, " Ring the manager on call.");
	}
}

static void outcome(struct page *page, const struct duty_page *found)
{
	struct buf *b = page->out;
	if (found->search.id == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\" id=\"outcome\">");
	if (found->search.found + found->search.ring == 0) {
		H(b, "No record found</h2>\n<p class=\"govuk-body\">No record that you can be told "
		     "of has exactly this name and date of birth. Check the spelling, and whether the "
		     "child is known by another name.</p>\n");
		return;
	}
	H(b, "A record exists</h2>\n<p class=\"govuk-body\">");
	ring(page, found);
	H(b, "</p>\n");
}

static void to_open(struct page *page, const struct duty_page *found)
{
	struct buf *b = page->out;
	if (found->n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Records that you found</h2>\n<p class=\"govuk-body\">If "
	     "nobody answers and it cannot wait, open the record for 60 minutes with a reason.</p>\n"
	     "<ul class=\"govuk-list\">\n");
	for (size_t i = 0; i < found->n; i++) {
		H(b, "<li><a class=\"govuk-link\" href=\"/children/");
		text_id(b, found->found[i].subject);
		H(b, "/open\">Open record ");
		text_id(b, (int64_t)i + 1);
		H(b, " with a reason</a></li>\n");
	}
	H(b, "</ul>\n");
}

static void opened(struct page *page, const struct openings *own)
{
	struct buf *b = page->out;
	if (own->n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Open to you now</h2>\n<ul class=\"govuk-list\">\n");
	for (size_t i = 0; i < own->n; i++) {
		H(b, "<li><a class=\"govuk-link\" href=\"/children/");
		text_id(b, own->item[i].subject);
		H(b, "\">Child ");
		text(b, own->item[i].number);
		H(b, "</a>, until ");
		struct buf until = { 0 };
		buf_instant_words(&until, own->item[i].until);
		text(b, buf_view(&until));
		buf_close(&until);
		H(b, "</li>\n");
	}
	H(b, "</ul>\n");
}

static void duty_page(struct page *page, const struct duty_form *form)
{
	struct duty_page found;
	struct openings own;
	struct err err;
	struct buf *b = page->out;
	int64_t search = 0;
	bool wrong = form->forename_wrong.n + form->surname_wrong.n + form->born_wrong.n > 0;
	(void)!str_int(form_value(&page->query, S("search")), &search);
	if (!store_duty_read(page->store, page->arena, &page->actor, search, &found, &err) ||
		!store_openings_own(page->store, page->arena, &page->actor, &own, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.current = S("/duty");
	page->layout.error = wrong;
	page->status = wrong ? 422 : 200;
	page_open(page, S("Duty search"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (wrong)
		mistakes(page, form);
	H(b, "<h1 class=\"govuk-heading-l\">Duty search</h1>\n");
	if (!wrong)
		outcome(page, &found);
	to_open(page, &found);
	opened(page, &own);
	if (found.search.id != 0)
		H(b, "<h2 class=\"govuk-heading-m\">Search again</h2>\n");
	govuk_inset_text(b, .text = S("Give the exact name and date of birth. Each search is recorded "
				      "with your name, and there are 10 in 10 minutes."));
	fields(page, form);
	H(b, "</div></div>\n");
	page_close(page);
	int64_t *seen = arena_take(page->arena, own.n + found.n + 1, sizeof *seen);
	for (size_t i = 0; i < own.n; i++)
		seen[i] = own.item[i].subject;
	for (size_t i = 0; i < found.n; i++)
		seen[own.n + i] = found.found[i].subject;
	if (own.n + found.n > 0)
		page_looked(page, S("look:duty"), seen, own.n + found.n);
}

void duty_show(struct page *page)
{
	struct duty_form form = { .search = 0 };
	duty_page(page, &form);
}

static bool duty_write(struct page *page, struct store *store, struct err *err)
{
	struct duty_form *form = page->own;
	return store_duty_search(store, &page->actor, &form->query, &form->search, err);
}

static void duty_written(struct page *page, const struct err *failed)
{
	struct duty_form *form = page->own;
	if (failed == NULL)
		page_redirect(page, arena_format(page->arena, "/duty?search=%lld",
					    (long long)form->search));
	else if (failed->code == ERR_FULL)
		page_problem(page, 429);
	else
		page_failed(page, failed);
}

static day born_of(const struct duty_form *form)
{
	int64_t d, m, y;
	if (!str_int(form->day, &d) || !str_int(form->month, &m) || !str_int(form->year, &y) ||
		d < 1 || d > 31 || m < 1 || m > 12 || y < 1900 || y > 2200 ||
		!day_is_real((int)y, (int)m, (int)d))
		return DAY_UNKNOWN;
	return day_of((int)y, (int)m, (int)d);
}

static str field(struct page *page, str name)
{
	return str_trim(form_value(&page->form, name));
}

void duty_send(struct page *page)
{
	struct duty_form *form = arena_new(page->arena, struct duty_form);
	page->own = form;
	form->forename = field(page, S("forename"));
	form->surname = field(page, S("surname"));
	form->day = field(page, S("born-day"));
	form->month = field(page, S("born-month"));
	form->year = field(page, S("born-year"));
	if (form->forename.n == 0 || form->forename.n > 200)
		form->forename_wrong = S("Enter the first name");
	if (form->surname.n == 0 || form->surname.n > 200)
		form->surname_wrong = S("Enter the family name");
	day born = born_of(form);
	if (born == DAY_UNKNOWN)
		form->born_wrong = S("Enter a real date of birth");
	if (form->forename_wrong.n + form->surname_wrong.n + form->born_wrong.n > 0) {
		duty_page(page, form);
		return;
	}
	form->query = (struct duty_query){ form->forename, form->surname, born };
	page_write(page, duty_write, duty_written);
}
