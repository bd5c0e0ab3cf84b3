/* open.c - breaking the glass: a restricted record opened for 60 minutes with a reason. */
#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_textarea.h"
#include "html/govuk_warning_text.h"
#include "store/opening.h"
#include "web/later.h"

struct opening_form {
	str reason, wrong;
	struct opening opening;
};

static str child_at(struct page *page)
{
	return arena_format(page->arena, "/children/%lld", (long long)page->id);
}

static void form_page(struct page *page, const struct opening_form *form)
{
	struct buf *b = page->out;
	bool wrong = form->wrong.n > 0;
	page->layout.back_href = policy_role_may(page->actor.role, MAY_DUTY_SEARCH) &&
			!policy_role_may(page->actor.role, MAY_LIST_CASELOAD)
		? S("/duty")
		: child_at(page);
	page->layout.back_text = S("Back");
	page->layout.error = wrong;
	page->status = wrong ? 422 : 200;
	page_open(page, S("Open a record with a reason"));
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (wrong)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = form->wrong, .href = S("#reason") }));
	H(b, "<h1 class=\"govuk-heading-l\">Open a record with a reason</h1>\n"
	     "<p class=\"govuk-body\">You will see the record of child ");
	text(b, page->child.number);
	H(b, " for 60 minutes.</p>\n");
	govuk_warning_text(b, .icon_fallback_text = S("Warning"),
		.text = S("The child’s reviewing officer or chair is told at once, with your name and "
			  "your reason. Somebody else reviews it by the next working day."));
	layout_form_open(b,
		arena_format(page->arena, "/children/%lld/open", (long long)page->id), page->csrf);
	govuk_textarea(b, .label = { .text = S("Why do you need to see this record now?") },
		.hint = { .text = S("For example, the police rang about the child’s safety tonight.") },
		.id = S("reason"), .name = S("reason"), .value = form->reason, .rows = 4,
		.error = { .text = form->wrong });
	govuk_button(b, .text = S("Open the record for 60 minutes"),
		.classes = S("govuk-button--warning"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n</div></div>\n");
	page_close(page);
	page_looked(page, S("look:restricted"), &page->id, 1);
}

/* There is nothing to open where everything is seen. */
static bool is_open(struct page *page)
{
	if (page->child.level < 2)
		return false;
	page_redirect(page, child_at(page));
	return true;
}

void open_show(struct page *page)
{
	struct opening_form form = { .wrong = { 0 } };
	if (!is_open(page))
		form_page(page, &form);
}

static bool open_write(struct page *page, struct store *store, struct err *err)
{
	struct opening_form *form = page->own;
	return store_opening_add(store, &page->actor, page->id, form->reason, &form->opening, err);
}

static void open_written(struct page *page, const struct err *failed)
{
	struct opening_form *form = page->own;
	/* Sent twice: it is open by the first. */
	if (failed == NULL || failed->code == ERR_DENIED) {
		page_redirect(page, child_at(page));
	} else if (failed->code == ERR_INPUT) {
		form->wrong = S("The reason must be 1,000 characters or fewer");
		form_page(page, form);
	} else {
		page_failed(page, failed);
	}
}

void open_send(struct page *page)
{
	struct opening_form *form = arena_new(page->arena, struct opening_form);
	page->own = form;
	form->reason = str_trim(form_value(&page->form, S("reason")));
	if (is_open(page))
		return;
	if (form->reason.n == 0) {
		form->wrong = S("Enter why you need to see this record now");
		form_page(page, form);
		return;
	}
	page_write(page, open_write, open_written);
}
