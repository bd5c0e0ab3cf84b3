/* manage_sign.c - a custodian's word that no child is restricted: what `duly sign` does, in a page.
 *
 * The password is asked again, and guessing it is counted as signing in is. */
#include "html/govuk_button.h"
#include "html/govuk_options.h"
#include "html/govuk_password_input.h"
#include "html/govuk_warning_text.h"
#include "identity/attempt.h"
#include "identity/password.h"
#include "store/person.h"
#include "store/source.h"
#include "web/later.h"
#include "web/manage.h"

#define SOURCES S("/manage/sources")

struct signing {
	str password;
	struct person person;
	bool over, right;
	struct manage_mistakes mistakes;
};

static void form(struct page *page, const struct manage_mistakes *mistakes)
{
	struct buf *b = page->out;
	int64_t children;
	struct err err;
	if (!store_sources_uncleared(page->store, page->actor.authority, &children, &err)) {
		page_failed(page, &err);
		return;
	}
	page->layout.back_href = SOURCES;
	page->layout.back_text = S("Sources");
	manage_open(page, SOURCES, S("Sign that no child is restricted"), mistakes);
	H(b, "<p class=\"govuk-body\">");
	text_int(b, children);
	text(b, children == 1 ? S(" child is") : S(" children are"));
	H(b, " seen by you alone. When you sign, everybody sees the children whom their work names. "
	     "Your name and the time stand in the ledger for ever.</p>\n");
	govuk_warning_text(b, .text = S("If one child’s address or name must be kept from somebody, "
					"do not sign: import the people file, which says who is "
					"restricted."));
	layout_form_open(b, S("/manage/sources/none-restricted"), page->csrf);
	const struct govuk_option sure = { .text = S("I have asked, and no child of this authority "
						     "is restricted"),
		.value = S("yes") };
	govuk_checkboxes(b, .name = S("sure"), .id_prefix = S("sure"), .items = &sure, .n_items = 1,
		.error = { .text = manage_wrong_at(mistakes, S("sure")) });
	govuk_password_input(b, .label = { .text = S("Your password") }, .id = S("password"),
		.name = S("password"), .autocomplete = S("current-password"),
		.error = { .text = manage_wrong_at(mistakes, S("password")) });
	govuk_button(b, .text = S("Sign this"), .classes = S("govuk-button--warning"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
	manage_close(page);
}

void manage_sign_show(struct page *page)
{
	form(page, NULL);
}

static bool sign_write(struct page *page, struct store *store, struct err *err)
{
	struct buf when = { 0 };
	buf_instant_utc(&when, page->now);
	str value = arena_format(page->arena, "%.*s %.*s", STR_ARGS(page->actor.name),
		STR_ARGS(buf_view(&when)));
	buf_close(&when);
	return attempt_forget(store, page->actor.name, err) &&
		store_set(store, &page->actor,
			arena_format(page->arena, "none-restricted:%.*s",
				STR_ARGS(page->actor.authority)),
			value, err);
}

static void signed_now(struct page *page, const struct err *failed)
{
	if (failed != NULL)
		page_failed(page, failed);
	else
		manage_done(page, SOURCES, S("signed"));
}

static void password_work(struct page *page)
{
	struct signing *signing = page->own;
	signing->right = password_verify(signing->person.password, signing->password);
}

static void password_worked(struct page *page, const struct err *failed)
{
	struct signing *signing = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (!signing->right) {
		manage_wrong(&signing->mistakes, S("password"), S("This is not your password"));
		form(page, &signing->mistakes);
	} else {
		page_write(page, sign_write, signed_now);
	}
}

static bool attempt_write(struct page *page, struct store *store, struct err *err)
{
	struct signing *signing = page->own;
	return attempt_note(
		store, page->actor.name, page->request->peer, page->now, &signing->over, err);
}

static void attempt_written(struct page *page, const struct err *failed)
{
	struct signing *signing = page->own;
	struct err err;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (signing->over) {
		page_problem(page, 429);
	} else if (!store_person_read(page->store, page->arena, page->actor.user,
			   &signing->person, &err)) {
		page_failed(page, &err);
	} else {
		page_compute(page, password_work, password_worked);
	}
}

void manage_sign_send(struct page *page)
{
	struct signing *signing = arena_new(page->arena, struct signing);
	page->own = signing;
	signing->password = form_value(&page->form, S("password"));
	if (!str_equal(form_value(&page->form, S("sure")), S("yes")))
		manage_wrong(&signing->mistakes, S("sure"),
			S("Tick to say that no child is restricted"));
	if (signing->password.n == 0)
		manage_wrong(&signing->mistakes, S("password"), S("Enter your password"));
	if (signing->mistakes.n > 0)
		form(page, &signing->mistakes);
	else
		page_write(page, attempt_write, attempt_written);
}
