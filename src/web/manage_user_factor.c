/* manage_user_factor.c - the second step of somebody who has lost it, taken away by an administrator.
 *
 * Never weaker than the day they began: they need their password still, and set up another step before
 * anything else is shown. Who made their password does not do this too: nobody becomes somebody else
 * alone. They are told who did it. */
#include "html/govuk_button.h"
#include "html/govuk_warning_text.h"
#include "store/factor.h"
#include "web/later.h"
#include "web/manage.h"

#define USERS S("/manage/users")

struct resetting {
	struct person person;
	struct factors factors;
	struct manage_mistakes mistakes;
};

static str path_of(struct page *page, const char *rest)
{
	return arena_format(page->arena, "/manage/users/%lld%s", (long long)page->id, rest);
}

/* Of the same authority; else the page of an unknown id is the answer. */
static struct resetting *resetting_read(struct page *page)
{
	struct resetting *resetting = arena_new(page->arena, struct resetting);
	struct err err;
	page->own = resetting;
	if (!store_person_read(page->store, page->arena, page->id, &resetting->person, &err) ||
		!store_factors(page->store, page->id, &resetting->factors, &err)) {
		page_failed(page, &err);
		return NULL;
	}
	if (str_equal(resetting->person.authority, page->actor.authority))
		return resetting;
	page_problem(page, 404);
	return NULL;
}

static void reset_page(struct page *page, const struct resetting *resetting)
{
	struct buf *b = page->out;
	const struct factors *factors = &resetting->factors;
	page->layout.back_href = path_of(page, "");
	page->layout.back_text = resetting->person.name;
	manage_open(page, USERS, S("Reset the second step"), &resetting->mistakes);
	if (!factors->totp && factors->passkeys == 0) {
		H(b, "<p class=\"govuk-body\" id=\"reset\">They have no second step now.</p>\n");
		manage_close(page);
		return;
	}
	H(b, "<p class=\"govuk-body\" id=\"reset\">");
	text(b, resetting->person.name);
	H(b, " is signed out everywhere. Their authenticator app, passkeys and recovery codes stop "
	     "working.</p>\n<p class=\"govuk-body\">They sign in with their password, as before, and "
	     "set up another second step before anything else is shown. They are told that you did "
	     "this.</p>\n");
	govuk_warning_text(b, .text = S("Make sure that it is them who ask: meet them, or ring them on a "
					"number that you know."));
	layout_form_open(b, path_of(page, "/second-factor"), page->csrf);
	govuk_button(b, .text = S("Reset the second step"), .classes = S("govuk-button--warning"),
		.prevent_double_click = GOVUK_YES);
	H(b, "</form>\n<p class=\"govuk-body\"><a class=\"govuk-link\"");
	attr(b, "href", path_of(page, ""));
	H(b, ">Go back without resetting it</a></p>\n");
	manage_close(page);
}

void manage_user_factor_show(struct page *page)
{
	const struct resetting *resetting = resetting_read(page);
	if (resetting != NULL)
		reset_page(page, resetting);
}

static bool reset_write(struct page *page, struct store *store, struct err *err)
{
	return store_factor_reset(store, &page->actor, page->id, err);
}

static void reset_written(struct page *page, const struct err *failed)
{
	struct resetting *resetting = page->own;
	if (failed == NULL) {
		manage_done(page, path_of(page, ""), S("reset"));
	} else if (failed->code == ERR_INPUT) {
		manage_wrong(&resetting->mistakes, S("reset"),
			arena_str(page->arena, str_of(failed->text)));
		reset_page(page, resetting);
	} else {
		page_failed(page, failed);
	}
}

void manage_user_factor_send(struct page *page)
{
	if (resetting_read(page) != NULL)
		page_write(page, reset_write, reset_written);
}
