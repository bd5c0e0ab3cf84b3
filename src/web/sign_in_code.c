/* sign_in_code.c - the second step of signing in: a one-time code from an app, or a recovery code. */
#include "html/govuk_button.h"
#include "html/govuk_error_summary.h"
#include "html/govuk_input.h"
#include "identity/attempt.h"
#include "identity/factor.h"
#include "web/cookie.h"
#include "web/frame.h"
#include "web/later.h"
#include "web/let_in.h"
#include "web/sign_in.h"

struct coding {
	str typed;
	bool recovery; /* a recovery code; else one from the app */
	bool over, right;
	bool gone; /* nobody is half-way here any more */
	struct factors factors; /* what else they might use */
	struct let_in in;
};

static const str paths[] = { S_INIT("/sign-in/code"), S_INIT("/sign-in/recovery") };
static const str titles[] = { S_INIT("Enter your one-time code"),
	S_INIT("Enter a recovery code") };

static str mistake_of(const struct coding *coding)
{
	if (coding->over)
		return S("There have been too many attempts. Wait 5 minutes and try again");
	if (coding->typed.n == 0)
		return coding->recovery ? S("Enter a recovery code")
					: S("Enter the 6-digit code from your authenticator app");
	return coding->recovery
		       ? S("That is not one of your recovery codes, or it was used before")
		       : S("Enter the code that your app shows now. Each code works once");
}

static void field(struct page *page, const struct coding *coding, str mistake)
{
	struct buf *b = page->out;
	H(b, "<form method=\"post\"");
	attr(b, "action", paths[coding->recovery]);
	H(b, " novalidate>\n");
	if (coding->in.next.n > 0) {
		H(b, "<input type=\"hidden\" name=\"next\"");
		attr(b, "value", coding->in.next);
		H(b, ">\n");
	}
	if (coding->recovery)
		govuk_input(b, .label = { .text = S("Recovery code") }, .id = S("code"),
			.name = S("code"), .autocomplete = S("off"), .autocapitalize = S("none"),
			.spellcheck = GOVUK_NO, .error = { .text = mistake },
			.hint = { .text = S("One of the ten codes that you wrote down. It works "
					    "once.") });
	else
		govuk_input(b, .label = { .text = S("One-time code") }, .id = S("code"),
			.name = S("code"), .autocomplete = S("one-time-code"),
			.inputmode = S("numeric"), .classes = S("govuk-input--width-10"),
			.spellcheck = GOVUK_NO, .error = { .text = mistake },
			.hint = { .text = S("The 6 digits that your authenticator app shows for "
					    "Duly.") });
	govuk_button(b, .text = S("Continue"), .prevent_double_click = GOVUK_YES);
	H(b, "</form>\n");
}

static void form_show(struct page *page, const struct coding *coding, str mistake)
{
	struct buf *b = page->out;
	page->layout.error = mistake.n > 0;
	page->layout.back_href = sign_in_step(page, S("/sign-in"), coding->in.next);
	page_open(page, titles[coding->recovery]);
	H(b, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
	if (mistake.n > 0)
		govuk_error_summary(b, .title_text = S("There is a problem"),
			GOVUK_LIST(errors, struct govuk_error,
				{ .text = mistake, .href = S("#code") }));
	H(b, "<h1 class=\"govuk-heading-l\">");
	text(b, titles[coding->recovery]);
	H(b, "</h1>\n");
	field(page, coding, mistake);
	sign_in_other_ways(page, paths[coding->recovery], coding->in.next, coding->factors.totp,
		coding->factors.passkeys > 0);
	H(b, "</div></div>\n");
	page_close(page);
}

static void show(struct page *page, struct coding *coding, str mistake)
{
	struct err err;
	if (half_find(page, page->store, &coding->in.person, &err) &&
		store_factors(page->store, coding->in.person, &coding->factors, &err))
		form_show(page, coding, mistake);
	else if (err.code == ERR_MISSING && mistake.n > 0)
		form_show(page, coding, mistake); /* nothing was typed: of nobody as of anybody */
	else if (err.code == ERR_MISSING)
		page_redirect(page, sign_in_step(page, S("/sign-in"), coding->in.next));
	else
		page_failed(page, &err);
}

static void first(struct page *page, bool recovery)
{
	struct coding coding = { .recovery = recovery };
	coding.in.next = let_in_next(page, form_value(&page->query, S("next")));
	show(page, &coding, (str){ 0 });
}

void sign_in_code_show(struct page *page)
{
	first(page, false);
}

void sign_in_recovery_show(struct page *page)
{
	first(page, true);
}

/* Counted before it is looked at, and all of it in one step of the writer: a code is taken once,
 * however many forms bring it. */
static bool code_write(struct page *page, struct store *store, struct err *err)
{
	struct coding *coding = page->own;
	struct let_in *in = &coding->in;
	struct err why;
	if (!half_find(page, store, &in->person, &why)) {
		coding->gone = true;
		return why.code == ERR_MISSING || err_set(err, why.code, "%s", why.text);
	}
	if (!store_factors(store, in->person, &coding->factors, err))
		return false;
	in->counted = arena_format(page->arena, "code %lld", (long long)in->person);
	if (!attempt_note(store, in->counted, page->request->peer, page->now, &coding->over, err))
		return false;
	if (coding->over)
		return true;
	bool looked = coding->recovery
			      ? factor_use_recovery(store, page->arena, in->person, coding->typed,
					page->now, &coding->right, err)
			      : factor_use_code(store, page->arena, in->person, coding->typed,
					page->now, &coding->right, err);
	if (!looked || !coding->right)
		return looked;
	in->how = coding->recovery ? S("recovery") : S("code");
	return let_in_write(page, store, in, err);
}

static void code_written(struct page *page, const struct err *failed)
{
	const struct coding *coding = page->own;
	if (failed != NULL) {
		page_failed(page, failed);
	} else if (coding->gone) {
		page_redirect(page, sign_in_step(page, S("/sign-in"), coding->in.next));
	} else if (coding->right) {
		let_in_answer(page, &coding->in);
	} else {
		page->status = coding->over ? 429 : 422;
		form_show(page, coding, mistake_of(coding));
	}
}

static void send(struct page *page, bool recovery)
{
	struct coding *coding = arena_new(page->arena, struct coding);
	page->own = coding;
	coding->recovery = recovery;
	coding->typed = str_trim(form_value(&page->form, S("code")));
	coding->in.next = let_in_next(page, form_value(&page->form, S("next")));
	if (coding->typed.n == 0) {
		page->status = 422;
		show(page, coding, mistake_of(coding));
	} else {
		page_write(page, code_write, code_written);
	}
}

void sign_in_code_send(struct page *page)
{
	send(page, false);
}

void sign_in_recovery_send(struct page *page)
{
	send(page, true);
}
