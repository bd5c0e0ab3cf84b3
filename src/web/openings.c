/* openings.c - every time that somebody broke the glass, and its review by the next working day. */
#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "html/govuk_summary_list.h"
#include "html/govuk_tag.h"
#include "html/govuk_textarea.h"
#include "html/show_list.h"
#include "store/opening.h"
#include "web/later.h"
#include "web/manage.h"
#include "web/openings.h"

#define HERE S("/manage/openings")
enum { ROWS_MOST = 200 };

struct reviewing {
	str outcome, note;
	struct opening opening;
	struct manage_mistakes mistakes;
};

static str instant_text(struct page *page, instant at)
{
	struct buf words = { 0 };
	buf_instant_words(&words, at);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static str day_words(struct page *page, day d)
{
	struct buf words = { 0 };
	buf_day_words(&words, d);
	str kept = arena_str(page->arena, buf_view(&words));
	buf_close(&words);
	return kept;
}

static str outcome_words(str outcome)
{
	return str_equal(outcome, S("right")) ? S("It was right to open it")
					      : S("It should not have been opened");
}

static void state(struct page *page, const struct opening *opening)
{
	struct buf *b = page->out;
	if (opening->reviewed_at != INSTANT_UNKNOWN) {
		text(b, outcome_words(opening->outcome));
		H(b, " (");
		text(b, opening->reviewer);
		H(b, ")");
		return;
	}
	if (opening->review_by < page->today)
		govuk_tag(b, .text = S("Review overdue"), .classes = S("govuk-tag--red"));
	H(b, " Due for review by ");
	text(b, day_words(page, opening->review_by));
	if (opening->person == page->actor.user) {
		H(b, ". Somebody else must review it.");
		return;
	}
	H(b, ". <a class=\"govuk-link\" href=\"/manage/openings/");
	text_id(b, opening->id);
	H(b, "\">Review<span class=\"govuk-visually-hidden\"> the opening of child ");
	text(b, opening->number);
	H(b, "</span></a>");
}

static void list_row(struct page *page, const struct opening *opening)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">"
	     "<a class=\"govuk-link\" href=\"/children/");
	text_id(b, opening->subject);
	H(b, "\">Child ");
	text(b, opening->number);
	H(b, "</a></th><td class=\"govuk-table__cell\">");
	text(b, instant_text(page, opening->at));
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, opening->name);
	H(b, ", ");
	text(b, role_words(opening->role));
	H(b, "</td><td class=\"govuk-table__cell\">");
	text(b, opening->reason);
	H(b, "</td><td class=\"govuk-table__cell\">");
	state(page, opening);
	H(b, "</td></tr>\n");
}

/* ---- on the pages of one child */

static void child_row(struct page *page, const struct opening *opening)
{
	struct buf *b = page->out;
	H(b, "<tr class=\"govuk-table__row\"><td class=\"govuk-table__cell\">");
	text(b, instant_text(page, opening->at));
	H(b, "</td><th scope=\"row\" class=\"govuk-table__header\">");
	text(b, opening->name);
	H(b, ", ");
	text(b, role_words(opening->role));
	H(b, "</th><td class=\"govuk-table__cell\">");
	text(b, opening->reason);
	H(b, "</td><td class=\"govuk-table__cell\">");
	if (opening->reviewed_at != INSTANT_UNKNOWN) {
		text(b, outcome_words(opening->outcome));
		H(b, ", says ");
		text(b, opening->reviewer);
		H(b, ": ");
		text(b, opening->note);
	} else if (policy_role_may(page->actor.role, MAY_REVIEW_OPENINGS)) {
		state(page, opening);
	} else {
		if (opening->review_by < page->today)
			govuk_tag(b, .text = S("Review overdue"), .classes = S("govuk-tag--red"));
		H(b, " Somebody else reviews it by ");
		text(b, day_words(page, opening->review_by));
	}
	H(b, "</td></tr>\n");
}

void openings_of_child(struct page *page, const struct openings *openings)
{
	struct buf *b = page->out;
	if (openings->n == 0)
		return;
	H(b, "<h2 class=\"govuk-heading-m\">Opened with a reason</h2>\n");
	show_wide_open(b, S("Opened with a reason"));
	H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
	     "govuk-visually-hidden\">Opened with a reason, the latest first</caption><thead "
	     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th scope=\"col\" "
	     "class=\"govuk-table__header\">When</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Who</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Why</th><th scope=\"col\" "
	     "class=\"govuk-table__header\">Review</th></tr></thead>\n<tbody "
	     "class=\"govuk-table__body\">\n");
	for (size_t i = 0; i < openings->n; i++)
		child_row(page, &openings->item[i]);
	H(b, "</tbody></table>\n");
	show_wide_close(b);
	H(b, "<h2 class=\"govuk-heading-m\">Every look</h2>\n");
}

/* ---- all that were */

void openings_show(struct page *page)
{
	struct openings list;
	struct err err;
	struct buf *b = page->out;
	if (!store_openings(
		    page->store, page->arena, &page->actor, 0, ROWS_MOST, &list, &err)) {
		page_failed(page, &err);
		return;
	}
	int64_t *seen = arena_take(page->arena, list.n + 1, sizeof *seen);
	manage_open(page, HERE, S("Openings"), NULL);
	H(b, "<p class=\"govuk-body\">Each time that somebody opened a record with a reason. Each is "
	     "reviewed by somebody else by the next working day.</p>\n");
	if (list.n == 0)
		H(b, "<p class=\"govuk-body\">No record was opened.</p>\n");
	if (list.n > 0) {
		show_wide_open(b, S("Openings"));
		H(b, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
		     "govuk-visually-hidden\">Openings, those to be reviewed first</caption><thead "
		     "class=\"govuk-table__head\"><tr class=\"govuk-table__row\"><th scope=\"col\" "
		     "class=\"govuk-table__header\">Child</th><th scope=\"col\" "
		     "class=\"govuk-table__header\">When</th><th scope=\"col\" "
		     "class=\"govuk-table__header\">Who</th><th scope=\"col\" "
		     "class=\"govuk-table__header\">Why</th><th scope=\"col\" "
		     "class=\"govuk-table__header\">Review</th></tr></thead>\n<tbody "
		     "class=\"govuk-table__body\">\n");
		for (size_t i = 0; i < list.n; i++) {
			list_row(page, &list.item[i]);
			seen[i] = list.item[i].subject;
		}
		H(b, "</tbody></table>\n");
		show_wide_close(b);
	}
	manage_close(page);
	if (list.n > 0)
		page_looked(page, S("look:openings"), seen, list.n);
}

static struct reviewing *opening_read(struct page *page)
{
	struct reviewing *form = arena_new(page->arena, struct reviewing);
	struct err err;
	page->own = form;
	if (store_opening(page->store, page->arena, &page->actor, page->id, &form->opening, &err))
		return form;
	page_failed(page, &err);
	return NULL;
}

static void review_page(struct page *page, const struct reviewing *form)
{
	struct buf *b = page->out;
	const struct opening *opening = &form->opening;
	static const struct govuk_option outcome[] = {
		{ .text = S_INIT("It was right to open it"), .value = S_INIT("right") },
		{ .text = S_INIT("It should not have been opened"), .value = S_INIT("wrong") },
	};
	struct govuk_fieldset fieldset = { .legend = { .text = S("What do you find?") } };
	const struct govuk_summary_row row[] = {
		{ .key = { .text = S("Child") }, .value = { .text = opening->number } },
		{ .key = { .text = S("Opened by") }, .value = { .text = opening->name } },
		{ .key = { .text = S("When") },
			.value = { .text = instant_text(page, opening->at) } },
		{ .key = { .text = S("Reason given") }, .value = { .text = opening->reason } },
	};
	page->layout.back_href = HERE;
	page->layout.back_text = S("Openings");
	manage_open(page, HERE, S("Review an opening"), &form->mistakes);
	govuk_summary_list(b, .rows = row, .n_rows = sizeof row / sizeof *row);
	layout_form_open(b,
		arena_format(page->arena, "/manage/openings/%lld", (long long)page->id), page->csrf);
	govuk_radios(b, .fieldset = &fieldset, .name = S("outcome"), .id_prefix = S("outcome"),
		.items = outcome, .n_items = 2, .value = form->outcome,
		.error = { .text = manage_wrong_at(&form->mistakes, S("outcome")) });
	govuk_textarea(b, .label = { .text = S("What was done about it") }, .id = S("note"),
		.name = S("note"), .value = form->note, .rows = 3,
		.error = { .text = manage_wrong_at(&form->mistakes, S("note")) });
	govuk_button(b, .text = S("Save the review"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
	page_looked(page, S("look:openings"), &opening->subject, 1);
}

void opening_show(struct page *page)
{
	struct reviewing *form = opening_read(page);
	if (form != NULL)
		review_page(page, form);
}

static bool review_write(struct page *page, struct store *store, struct err *err)
{
	struct reviewing *form = page->own;
	return store_opening_review(
		store, &page->actor, page->id, form->outcome, form->note, err);
}

static void review_written(struct page *page, const struct err *failed)
{
	struct reviewing *form = page->own;
	/* Sent twice: it is reviewed by the first. */
	if (failed == NULL || failed->code == ERR_STALE) {
		manage_done(page, HERE, S("reviewed"));
	} else if (failed->code == ERR_DENIED) {
		manage_wrong(&form->mistakes, S("outcome"),
			S("Somebody else must review what you opened"));
		review_page(page, form);
	} else if (failed->code == ERR_INPUT) {
		manage_wrong(&form->mistakes, S("note"), S("The note must be 1,000 characters or fewer"));
		review_page(page, form);
	} else {
		page_failed(page, failed);
	}
}

void opening_send(struct page *page)
{
	struct reviewing *form = opening_read(page);
	if (form == NULL)
		return;
	form->outcome = str_trim(form_value(&page->form, S("outcome")));
	form->note = str_trim(form_value(&page->form, S("note")));
	if (!str_equal(form->outcome, S("right")) && !str_equal(form->outcome, S("wrong")))
		manage_wrong(&form->mistakes, S("outcome"), S("Choose what you find"));
	if (form->note.n == 0)
		manage_wrong(&form->mistakes, S("note"), S("Enter what was done about it"));
	if (form->mistakes.n > 0)
		review_page(page, form);
	else
		page_write(page, review_write, review_written);
}
